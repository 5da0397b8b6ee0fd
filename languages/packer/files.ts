/** Which files does a template refer to: scripts, and what `file` and `templatefile` read? */
import type { Value } from '../../core/build.ts';
import type { Files } from '../../core/language.ts';
import { joinPath, nameOf, parentDirectory } from '../../core/path.ts';
import { SourceText, type Span } from '../../core/text.ts';
import { buildFilesAround } from '../../facts/build-files.ts';
import { followsOnLine, WRITES } from '../../facts/named-on-line.ts';
import { type Assumptions, BY_DEFAULT, CERTAIN, type Site } from './evaluate/evaluate.ts';
import type { Call, Expression } from './hcl/ast.ts';
import { isIgnoredByGit } from './ignored.ts';
import { isInSubmodule } from './submodules.ts';
import type { Evaluated, PackerBlock, ScriptUse } from './tree.ts';

/** `path.root` is the template's directory. */
const FROM_ROOT: Assumptions = { defaults: false, root: '.' };
/** The ways in which a value may come out. */
const OPEN: readonly Assumptions[] = [true, false].flatMap(unless =>
  [true, false].map(defaults => ({ defaults, root: '.', gaps: true, unless })),
);
/** How many directories above the template are tried: relative paths start at the directory where Packer is called. */
const MOST_ABOVE = 3;
/** What such a path is made of is assumed: nothing follows from a file that is not there. */
const CALLS_ABSPATH = /\babspath\(/;
/** Conditions in conditions are looked into so far. */
const DEEPEST_CHOICE = 4;
/** Usual names of files with answers for an installer, and how many of a directory are read. */
const ANSWERS = /^user-data$|\.(?:ks|cfg|seed|xml)$|^(?:ks|kickstart|preseed|auto[-_]?unattend|unattend|autoinst)/i;
const MOST_INSIDE = 10;

/** Functions whose result is their first argument in other letters, or without spaces at its ends. */
const ENCODERS: ReadonlySet<string> = new Set(['base64encode', 'base64gzip', 'chomp', 'trimspace']);
/** How many of these, and locals, are looked through. */
const MOST_LAYERS = 8;

/** Functions whose first argument is a file that they read. */
const READERS: ReadonlySet<string> = new Set(['file', 'filebase64', 'templatefile']);

export interface FileFinder {
  /** The files of `script` and `scripts` of a provisioner. */
  scriptsIn(block: PackerBlock): readonly ScriptUse[];
  /** See `PackerModule.encodedIn`. */
  encodedIn(value: Evaluated): Evaluated;
  /** See `PackerModule.fileReadBy`. */
  fileReadBy(value: Evaluated): ScriptUse | undefined;
  /** See `PackerModule.fileOfCall`. */
  fileOfCall(call: Call, source: SourceText): ScriptUse | undefined;
  /** See `PackerModule.isMade`. */
  isMade(path: string, written: string): boolean;
  /** See `PackerModule.hasDirectory`. */
  hasDirectory(path: string): boolean;
  /** See `PackerModule.fileAt`. */
  fileAt(value: Evaluated, below?: string): ScriptUse;
  /** See `PackerModule.filesAt`. */
  filesAt(value: Evaluated): readonly ScriptUse[];
  /** See `PackerModule.choices`. */
  choices(value: Evaluated): readonly Evaluated[];
  /** See `PackerModule.asPath`. */
  asPath(value: Evaluated): Value;
  /** See `PackerModule.textsIn`. */
  textsIn(value: Evaluated): readonly string[];
}

export function fileFinder(
  files: Files,
  read: (site: Site, assume: Assumptions) => Evaluated,
  directoryOf: (source: SourceText) => string | undefined,
  localNamed: (name: string) => Evaluated | undefined,
): FileFinder {
  const asPath = (value: Evaluated): Value => read(value, FROM_ROOT).asValue();
  /** The directories that a path may start at, the nearest first. */
  const startsOf = (written: Evaluated, name: string): readonly string[] => {
    const directory = directoryOf(written.source);
    if (directory === undefined) return [];
    const starts = [directory];
    const fixed = name.startsWith('/') || written.references.some(({ root }) => root === 'path');
    for (let above = directory; !fixed && starts.length <= MOST_ABOVE; ) {
      if (above === parentDirectory(above) || above === '.') break;
      above = parentDirectory(above);
      starts.push(above);
    }
    return starts;
  };
  const find = (written: Evaluated, below?: string): ScriptUse => {
    const value = asPath(written);
    const { span } = written;
    const { literal } = value;
    // On Windows, where Packer may run, `\` separates directories.
    const plain = literal?.replaceAll('\\', '/');
    const name = plain === undefined || below === undefined ? plain : joinPath(plain, below);
    if (name === undefined || name === '') return { ...NOWHERE, value, span };
    const places = startsOf(written, name).map(start => joinPath(start, name));
    let missing = places.length > 0 && !CALLS_ABSPATH.test(written.written.text);
    for (const [at, place] of places.entries()) {
      const text = files.read(place);
      if (typeof text === 'string') return found(value, span, place, text);
      if (!isListed(place) && (text === null ? files.list(place) === null : at > 0)) continue;
      // A directory and a picture have no text, and are there.
      missing = false;
      break;
    }
    const otherCase = missing ? places.map(inOtherCase).find(Boolean) : undefined;
    return { value, span, path: places[0], text: undefined, missing, ...(otherCase !== undefined && { otherCase }) };
  };
  const isListed = (place: string): boolean => files.list(parentDirectory(place))?.includes(nameOf(place)) === true;
  const inOtherCase = (place: string): string | undefined => {
    const name = nameOf(place).toLowerCase();
    return (files.list(parentDirectory(place)) ?? []).find(file => file.toLowerCase() === name);
  };
  /** The answer files in a directory, or that a pattern matches in one. */
  const findIn = (written: Evaluated): readonly ScriptUse[] => {
    const value = asPath(written);
    const name = value.literal;
    if (name === undefined || name === '') return [];
    const folder = name.includes('*') ? parentDirectory(name) : name;
    for (const start of folder.includes('*') ? [] : startsOf(written, name)) {
      const place = joinPath(start, folder);
      const inside = (files.list(place) ?? []).filter(file => ANSWERS.test(file)).slice(0, MOST_INSIDE);
      const uses = inside.flatMap(file => {
        const text = files.read(joinPath(place, file));
        return typeof text === 'string' ? found(value, written.span, joinPath(place, file), text) : [];
      });
      if (uses.length > 0) return uses;
    }
    return [];
  };
  const fileOfCall = (call: Call, source: SourceText): ScriptUse | undefined => {
    const first = call.args[0];
    return first && READERS.has(call.name.text) ? find(read({ expression: first, source }, FROM_ROOT)) : undefined;
  };
  return {
    asPath,
    textsIn: value => [...new Set(OPEN.flatMap(assume => stringsIn(read(value, assume))))],
    fileAt: find,
    choices: value => choicesOf(value, read, DEEPEST_CHOICE),
    filesAt(value) {
      const one = find(value);
      return one.text ? [one] : findIn(value);
    },
    scriptsIn(block) {
      const uses: ScriptUse[] = [];
      const script = block.attribute('script');
      if (script && script.value.kind !== 'null') uses.push(find(script.value));
      for (const item of block.attribute('scripts')?.value.items ?? []) uses.push(find(item));
      return uses;
    },
    encodedIn(given) {
      let value = given;
      for (let i = 0; i < MOST_LAYERS; i++) {
        const { expression, source } = value;
        const inner =
          expression.kind === 'parentheses'
            ? expression.expression
            : expression.kind === 'call' && ENCODERS.has(expression.name.text)
              ? expression.args[0]
              : undefined;
        const next = inner ? read({ expression: inner, source }, CERTAIN) : localNamed(localIn(expression) ?? '');
        if (!next) break;
        value = next;
      }
      return value;
    },
    fileReadBy(value) {
      const { expression, source } = value;
      const isText = expression.kind === 'call' && expression.name.text !== 'filebase64';
      return isText ? fileOfCall(expression, source) : undefined;
    },
    fileOfCall,
    isMade: (path, written) =>
      isIgnoredByGit(path, written, files) || isInSubmodule(path, written, files) || isWrittenAround(path, files),
    hasDirectory: path => Boolean(files.list(path)),
  };
}

/** The name in `local.name`. */
function localIn(expression: Expression): string | undefined {
  if (expression.kind !== 'traversal' || expression.steps.length !== 1) return undefined;
  const { source, steps } = expression;
  const [step] = steps;
  const isLocal = source.kind === 'variable' && source.name === 'local';
  return isLocal && step?.kind === 'attribute-step' ? step.name.text : undefined;
}

/** Whether a workflow, a Makefile or another build file around writes a file of that name. */
function isWrittenAround(path: string, files: Files): boolean {
  return (buildFilesAround(path, files) ?? []).some(({ text }) => followsOnLine(nameOf(path), text, WRITES));
}

function choicesOf(
  value: Evaluated,
  read: (site: Site, assume: Assumptions) => Evaluated,
  deeper: number,
): readonly Evaluated[] {
  let { expression } = value;
  while (expression.kind === 'parentheses') ({ expression } = expression);
  if (value.kind !== 'unknown' || expression.kind !== 'conditional' || deeper === 0) return [value];
  return [expression.whenTrue, expression.whenFalse].flatMap(arm =>
    choicesOf(read({ expression: arm, source: value.source }, BY_DEFAULT), read, deeper - 1),
  );
}

function stringsIn(value: Evaluated): readonly string[] {
  return value.kind === 'list'
    ? value.items.flatMap(({ raw }) => raw ?? [])
    : value.raw === undefined
      ? []
      : [value.raw];
}

function found(value: Value, span: Span, path: string, text: string): ScriptUse {
  return { value, span, path, text: SourceText.document(text, path), missing: false };
}

const NOWHERE = { path: undefined, text: undefined, missing: false };
