import { setFlagsOfStart } from '../node/tiering.ts';
import { programs } from './load.ts';

// All threads have the same flags, and the one that started this one has set others by now; `work` sets them again.
setFlagsOfStart();
const { work } = await programs().exports.worker();
await work();
