/** The API: ../api/index.ts. */
import { programs } from './load.ts';

export const { fix, lint } = await programs().exports.api();
