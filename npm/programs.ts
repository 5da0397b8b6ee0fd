/**
 * What of Bakelint runs on Node outside of VS Code: one bundle, so that all that V8 compiles of it is in one file as well
 * (compiled.ts). Each program is set up when it is asked for.
 */
export const commandLine = () => import('../cli/main.ts');
export const worker = () => import('../cli/worker.ts');
export const languageServer = () => import('../server/node.ts');
export const api = () => import('../api/index.ts');
