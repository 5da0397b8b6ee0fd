import { optimizeLate } from '../node/tiering.ts';
import { programs } from './load.ts';

// A thread has the flags of its process, and the name of what was compiled depends on them.
optimizeLate();
const { work } = await programs().exports.worker();
await work();
