import { joinPath } from '../../core/path.ts';

/** Whether a source of COPY or ADD is all of the build context: `.`, `./`, `/`, `*`. */
export function isWhole(source: string): boolean {
  return /^(?:\.?\/)?\*$/.test(source) || joinPath('/', source) === '/';
}
