/**
 * The language server of the extension: one file, that VS Code runs as a process and in the browser as a worker. Only
 * the part for the host that it is on is run; what both need is given to it, so that it does not become a module that
 * is set up on demand, which is more code.
 */
import './early.ts';
import { serveAll } from './engine.ts';

const inWorker = 'importScripts' in globalThis;
void (inWorker ? import('./worker.ts') : import('./process.ts')).then(({ start }) => start(serveAll));
