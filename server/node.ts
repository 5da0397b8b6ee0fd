/** The language server of the npm package. */
import './early.ts';
import { serveAll } from './engine.ts';
import { start } from './process.ts';

start(serveAll);
