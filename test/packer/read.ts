import type { ImageBuild } from '../../core/build.ts';
import type { Files, LowerContext } from '../../core/language.ts';
import { nameOf, parentDirectory } from '../../core/path.ts';
import { Script } from '../../core/script.ts';
import { SourceText } from '../../core/text.ts';
import { packer } from '../../languages/packer/language.ts';
import type { Evaluated, PackerTree } from '../../languages/packer/tree.ts';
import { shellParser } from '../../shell/parser.ts';

/** Files in memory by absolute path; what is not there is certainly not there, and `null` is a file without a text. */
export function inMemory(texts: Readonly<Record<string, string | null>>): Files {
  return {
    read: path => texts[path] ?? null,
    list(folder) {
      const inside = Object.keys(texts).filter(path => path.startsWith(`${folder}/`));
      return inside.length === 0
        ? null
        : inside.flatMap(path => (parentDirectory(path) === folder ? nameOf(path) : []));
    },
  };
}

export interface Reading {
  readonly tree: PackerTree;
  readonly build: ImageBuild;
  /** The strings that were handed to cloud-init. */
  readonly handed: readonly SourceText[];
}

/** Reads and lowers a document as the linter does, `others` beside it. */
export function read(
  text: string,
  others: Readonly<Record<string, string | null>> = {},
  path = '/p/main.pkr.hcl',
): Reading {
  const handed: SourceText[] = [];
  const context: LowerContext = {
    path,
    files: inMemory({ ...others, [path]: text }),
    depth: 0,
    script: (source, settings) => new Script(source, settings, shellParser),
    nested(_language, source) {
      handed.push(source);
      return undefined;
    },
  };
  const tree = packer.parse(SourceText.document(text), context);
  return { tree, build: packer.lower(tree, context), handed };
}

/** The value of the local `x` of a template. */
export function local(text: string, others?: Readonly<Record<string, string>>): Evaluated {
  const value = read(text, others).tree.module.local('x')?.value;
  if (!value) throw new Error(`no local x in ${text}`);
  return value;
}
/** An expression on its own. */
export function value(expression: string): Evaluated {
  return local(`locals {\n  x = ${expression}\n}\n`);
}
