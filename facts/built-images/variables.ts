/** The variables of a build file, as far as its text shows them: of Make, shells, Bake and the environment of workflows. */
import { memo } from '../../core/memo.ts';
import { nameOf, parentDirectory } from '../../core/path.ts';
import type { BuildFile } from '../build-files.ts';
import { asksForSecret } from '../secrets/exposures/exposure.ts';
import { looksSecret } from '../secrets/masking/masks.ts';
import { changedBy, directoryIn } from './shell-values.ts';

/** Stands for what cannot be known. */
export const UNKNOWN = '\0';

/** Values of one variable, texts that one text becomes, and nested variables that are followed. */
const MOST_VALUES = 4;
const MOST_TEXTS = 16;
const DEEPEST = 4;
const LONGEST = 400;

/** `NAME=x`, `NAME ?= x`, `NAME := x`, `export NAME="x"`, and `NAME: x` of an environment. */
const ASSIGNED =
  /^[ \t]*(?:-[ \t]+)?(?:export[ \t]+|local[ \t]+|readonly[ \t]+|ENV[ \t]+)?([A-Za-z_]\w{0,60})[ \t]*(?:[:?+]{0,2}=|:(?=[ \t]))[ \t]*(.{0,400})$/gm;
/** `NAME ?=`: the caller gives a value. */
const LEFT_TO_CALLER = /\?=[ \t\r]{0,20}(?:""|'')?[ \t\r]{0,20}$/;
/** `: "${NAME:=x}"` */
const ASSIGNED_DEFAULT = /^[ \t]*:[ \t]+["']?\$\{([A-Za-z_]\w{0,60}):?=([^{}\n]{0,200})\}/gm;
/** `echo "NAME=x" >> "$GITHUB_OUTPUT"` in a step of a workflow. */
const PUT_OUT =
  /\becho[ \t]{1,9}["']?([A-Za-z_][\w-]{0,60})=([^"'\n]{0,200})["']?[ \t]{0,9}>>[ \t]{0,9}["']?\$\{?GITHUB_(?:OUTPUT|ENV)\b/g;
/** `variable "NAME" { default = "x" }` of Bake. */
const DEFAULTED =
  /\bvariable[ \t]+"([A-Za-z_]\w{0,60})"[ \t]*\{\s{0,40}(?:type[^\n]{0,80}\n\s{0,40})?default[ \t]*=[ \t]*"([^"\n]{0,400})"/g;

/** The values that a file gives its variables, in order. */
const variablesOf = memo((file: BuildFile) => valuesIn(file, [ASSIGNED, DEFAULTED, PUT_OUT, ASSIGNED_DEFAULT]));
/** Those that the steps of a workflow put out. */
const putOutBy = memo((file: BuildFile) => valuesIn(file, [PUT_OUT]));

function valuesIn({ text }: BuildFile, patterns: readonly RegExp[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const pattern of patterns)
    for (const [whole, name, value] of text.matchAll(pattern)) {
      // A key of YAML without a value has others below it.
      if (LEFT_TO_CALLER.test(whole) || (value === '' && whole.trimEnd().endsWith(':'))) continue;
      const values = found.get(name!) ?? [];
      found.set(name!, values);
      if (values.length < MOST_VALUES) values.push(bare(value!));
    }
  return found;
}

function bare(value: string): string {
  const written = value
    .split(/[ \t]#/, 1)[0]!
    .trim()
    .replace(/;$/, '');
  // Make's first of several that is not empty: what the callers set, or the last.
  const last = /^\$\(or (?:\$\(\w{1,60}\),[ \t]?){1,4}([^()$,]{1,200})\)$/.exec(written)?.[1];
  const plain = (last ?? written).replace(/^(["'])(.*)\1$/, '$2');
  // The directory of the script, or the root of the repository, which paths count from.
  return directoryIn(written) ?? plain;
}

/** `$NAME`, `${NAME}`, `${NAME:-x}`, `${NAME:-x${Y}}`, `$(NAME)`, `${{ env.NAME }}`, `{{NAME}}`, `{{ .Var }}`, arguments: `$1`, `$@`, and commands in backquotes. */
const REFERENCE =
  /\$\{\{(?:[^{}]|\{\d\}){0,200}\}\}|\$\{(?:[^{}]|\$\{[^{}]{0,100}\}){0,200}\}|\$\((?:[^()]|\([^()]{0,100}\)){0,200}\)|\$\$?[A-Za-z_]\w{0,60}|\$[1-9@*<^]|\{\{[^{}]{0,100}\}\}|`[^`\n]{0,200}`/;

const REFERENCES = new RegExp(REFERENCE.source, 'g');

/** The texts that a text may be, with {@link UNKNOWN} for what is not known. */
export function expansions(text: string, file: BuildFile, depth = 0): readonly string[] {
  // A part of a text may be that of a secret, and no name is so long.
  if (text.length > LONGEST) return [UNKNOWN];
  let texts: readonly string[] = [''];
  let rest = text;
  for (let i = 0; i < 12; i++) {
    const found = REFERENCE.exec(rest);
    const before = found ? rest.slice(0, found.index) : rest;
    texts = texts.map(one => one + before);
    if (!found) break;
    const values = valuesOf(found[0], file, depth);
    texts = texts.flatMap(one => values.map(value => one + value)).slice(0, MOST_TEXTS);
    rest = rest.slice(found.index + found[0].length);
  }
  return texts;
}

/** `${PREFIX:-}`: what is in front of the rest of a name as a rule. */
const EMPTY_BY_DEFAULT = /:?-\}$/;

/** So many references are followed for one text. */
const MOST_FILLED = 200;

/**
 * The text with the first values of its variables; a reference to one that has none stays as it is. Nothing of a text that
 * is longer than a name: its end may be in the middle of a secret.
 */
export function filled(text: string, file: BuildFile, depth = 0, budget = { left: MOST_FILLED }): string {
  if (text.length > LONGEST) return '';
  return text.replace(REFERENCES, reference => {
    if (budget.left-- <= 0) return reference;
    const [first] = depth < DEEPEST ? writtenFor(reference, file, depth) : [];
    if (first === '' && EMPTY_BY_DEFAULT.test(reference)) return '';
    const value = first === undefined ? '' : filled(first, file, depth + 1, budget);
    // Other variables say no more than this one.
    return value.length <= LONGEST && /[\w\u0001]/.test(value.replace(REFERENCES, '')) ? value : reference;
  });
}

/** The text with {@link UNKNOWN} in place of its references. */
export const withGaps = (text: string): string => text.slice(0, LONGEST).replace(REFERENCES, UNKNOWN);

/** The text with `{NAME}` in place of its references, and `{}` for what is computed. */
export const withNamedGaps = (text: string): string =>
  text.slice(0, LONGEST).replace(REFERENCES, reference => {
    const name = (reference.includes('{{') ? NAME_OF_EXPRESSION : NAME_OF_VARIABLE).exec(reference)?.[1];
    return `{${name?.replace(OUTPUT, '') ?? ''}}`;
  });

const OUTPUT = /^(?:steps|needs|jobs)\.[\w-]{1,60}\.outputs\./;
const NAME_OF_EXPRESSION = /^\$?\{\{[ \t.]{0,9}([A-Za-z_][\w.-]{0,80})[ \t]{0,9}\}\}$/;
const NAME_OF_VARIABLE = /^\$[${(]{0,2}([A-Za-z_][\w.]{0,80}|[1-9])(?!\w|[ \t])/;

function valuesOf(reference: string, file: BuildFile, depth: number): readonly string[] {
  if (depth >= DEEPEST) return [UNKNOWN];
  const known = writtenFor(reference, file, depth).flatMap(value => expansions(value, file, depth + 1));
  // A caller may set it, and one that nothing sets is empty.
  return [...new Set([...known.slice(0, MOST_TEXTS), UNKNOWN])];
}

/** The last part of a path. */
const IS_NAME = /^(?:\$\([ \t]{0,9}|`)basename|##\*\/\}$/;

/** The values that the file gives what a reference names, as they are written. */
function writtenFor(reference: string, file: BuildFile, depth: number): readonly string[] {
  const changed = changedBy(reference);
  if (changed) {
    const directory = directoryIn(changed.of);
    const known = depth < DEEPEST ? expansions(changed.of, file, depth + 1) : [];
    const values = directory === undefined ? known : [directory];
    // The directory of the script has a name.
    const own = nameOf(parentDirectory(file.path));
    return values.flatMap(one => {
      const value = one.includes(UNKNOWN) || looksSecret(one) ? undefined : changed.to(one);
      return value === undefined || value === '..'
        ? []
        : value !== '.' || !IS_NAME.test(reference)
          ? value
          : own === '.'
            ? []
            : own || [];
    });
  }
  const isExpression = /^\$?\{\{/.test(reference);
  const inner = reference
    .replace(/^[${(]{1,4}/, '')
    .replace(isExpression ? /\}\}$/ : /[)}]$/, '')
    .trim();
  const [, name, fallback] = isExpression
    ? (/^(?:env\.|vars\.|steps\.[\w-]{1,60}\.outputs\.)?([A-Za-z_][\w-]{0,60})$/.exec(inner) ?? [])
    : (/^(?:env\.|vars\.|steps\.[\w-]{1,60}\.outputs\.)?([A-Za-z_]\w{0,60})(?::?[-=](.{0,200})|:?\?.{0,100})?$/.exec(
        inner,
      ) ?? []);
  // What changes a value would change what it is known by; such a name is a gap.
  if (name === undefined || asksForSecret(name, {})) return [];
  // What a step puts out is no key of the file that is called so.
  const known = inner.startsWith('steps.') ? putOutBy(file) : variablesOf(file);
  const values = (known.get(name) ?? []).filter(value => !value.includes(reference));
  return [...values, ...(fallback === undefined ? [] : [fallback])];
}
