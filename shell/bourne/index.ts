/** The parser by its former name. */
export { shellParser as bourne } from '../parser.ts';
