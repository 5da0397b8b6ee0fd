/** Parts of Node that most runs never use, loaded when they are used: at a start each takes two milliseconds. */

export const childProcess = () => process.getBuiltinModule('node:child_process');
export const crypto = () => process.getBuiltinModule('node:crypto');
export const workerThreads = () => process.getBuiltinModule('node:worker_threads');
export const v8 = () => process.getBuiltinModule('node:v8');
