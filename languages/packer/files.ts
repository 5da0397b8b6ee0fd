/** Which files does a template refer to: scripts, and what `file` and `templatefile` read? */
import type { Value } from '../../core/build.ts';
import type { Files } from '../../core/language.ts';
import { joinPath, parentDirectory } from '../../core/path.ts';
import { SourceText, type Span } from '../../core/text.ts';
import type { Assumptions, Site } from './evaluate/evaluate.ts';
import type { Evaluated, PackerBlock, ScriptUse } from './tree.ts';

/** `path.root` is the template's directory. */
const FROM_ROOT: Assumptions = { defaults: false, root: '.' };
/** How many directories above the template are tried: relative paths start at the directory where Packer is called. */
const MOST_ABOVE = 3;

export interface FileFinder {
  /** The files of `script` and `scripts` of a provisioner. */
  scriptsIn(block: PackerBlock): readonly ScriptUse[];
  /** See `PackerModule.fileReadBy`. */
  fileReadBy(value: Evaluated): ScriptUse | undefined;
  /** See `PackerModule.fileAt`. */
  fileAt(value: Evaluated, below?: string): ScriptUse;
  /** See `PackerModule.asPath`. */
  asPath(value: Evaluated): Value;
}

export function fileFinder(
  files: Files,
  read: (site: Site, assume: Assumptions) => Evaluated,
  directoryOf: (source: SourceText) => string | undefined,
): FileFinder {
  const asPath = (value: Evaluated): Value => read(value, FROM_ROOT).asValue();
  const find = (written: Evaluated, below?: string): ScriptUse => {
    const value = asPath(written);
    const directory = directoryOf(written.source);
    const { span } = written;
    const { literal } = value;
    const name = literal === undefined || below === undefined ? literal : joinPath(literal, below);
    if (directory === undefined || name === undefined || name === '') return { ...NOWHERE, value, span };
    const here = joinPath(directory, name);
    const text = files.read(here);
    if (typeof text === 'string') return found(value, span, here, text);
    const fixed = name.startsWith('/') || written.references.some(({ root }) => root === 'path');
    let above = directory;
    for (let i = 0; !fixed && text === null && i < MOST_ABOVE; i++) {
      if (above === parentDirectory(above) || above === '.') break;
      above = parentDirectory(above);
      const there = joinPath(above, name);
      const other = files.read(there);
      if (typeof other === 'string') return found(value, span, there, other);
    }
    return { value, span, path: here, text: undefined, missing: text === null };
  };
  return {
    asPath,
    fileAt: find,
    scriptsIn(block) {
      const uses: ScriptUse[] = [];
      const script = block.attribute('script');
      if (script && script.value.kind !== 'null') uses.push(find(script.value));
      for (const item of block.attribute('scripts')?.value.items ?? []) uses.push(find(item));
      return uses;
    },
    fileReadBy(value) {
      const { expression, source } = value;
      const call = expression.kind === 'call' ? expression : undefined;
      const first = call?.args[0];
      if (!call || !first || (call.name.text !== 'file' && call.name.text !== 'templatefile')) return undefined;
      return find(read({ expression: first, source }, FROM_ROOT));
    },
  };
}

function found(value: Value, span: Span, path: string, text: string): ScriptUse {
  return { value, span, path, text: SourceText.document(text, path), missing: false };
}

const NOWHERE = { path: undefined, text: undefined, missing: false };
