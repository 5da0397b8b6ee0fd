import { readFileSync } from 'node:fs';
import ignore, { type Ignore } from 'ignore';
import { folderOf } from '../core/path.ts';
import { isInside } from '../node/paths.ts';

interface Layer {
  readonly folder: string;
  readonly rules: Ignore;
}

/** The `.gitignore` files that hold for a folder, the outermost first. Immutable. https://git-scm.com/docs/gitignore */
export class Ignored {
  private constructor(private readonly layers: readonly Layer[]) {}

  /** What holds in `folder` inside of the repository `root`. A folder that is ignored itself, but asked for, is seen. */
  static at(folder: string, root: string | undefined): Ignored {
    const above: string[] = [];
    if (root !== undefined && folder !== root)
      for (let at = folderOf(folder); isInside(root, at); at = folderOf(at)) {
        above.push(at);
        if (at === root) break;
      }
    let ignored = new Ignored([]);
    for (const one of above.reverse()) ignored = ignored.entering(one);
    return (ignored.has(folder, true) ? new Ignored([]) : ignored).entering(folder);
  }

  /** With the folder's own `.gitignore`. */
  entering(folder: string): Ignored {
    const text = read(`${folder}/.gitignore`);
    if (text === undefined) return this;
    return new Ignored([...this.layers, { folder, rules: ignore().add(bearable(text)) }]);
  }

  has(path: string, isFolder: boolean): boolean {
    for (const { folder, rules } of this.layers.toReversed()) {
      const { ignored, unignored } = rules.test(
        path.slice(folder.length + (folder === '/' ? 0 : 1)) + (isFolder ? '/' : ''),
      );
      if (ignored || unignored) return ignored;
    }
    return false;
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** Patterns become regular expressions with a loop for each star: many stars in one name could run for hours. */
const MOST_STARS = 3;

/** The lines of a `.gitignore` that are cheap to match. */
function bearable(text: string): string[] {
  return text
    .slice(0, 200_000)
    .split(/\r?\n/)
    .filter(
      line =>
        line.length < 1000 && line.split('/').every(segment => (segment.match(/\*+/g)?.length ?? 0) <= MOST_STARS),
    );
}
