/** Names and paths as build files write them, with the variables filled in as far as the file shows them. */
import type { Span } from '../../core/text.ts';
import type { BuildFile } from '../../facts/build-files.ts';
import { withoutTag } from '../../facts/built-images/names.ts';
import { expansions, filled, UNKNOWN, withGaps, withNamedGaps } from '../../facts/built-images/variables.ts';
import { parseImageReference } from '../../facts/image-reference.ts';
import { MASK } from '../../facts/secrets/masking/masks.ts';
import { type BuildCall, EACH, type NamedImage, type NamePart } from './model.ts';

export interface Naming {
  /** With its variables filled in; `undefined` where one is not known. */
  known(written: string): string | undefined;
  /** The name of an image: of one whose tag is not known, the name without it. */
  named(written: string | undefined, span: Span): NamedImage | undefined;
  /** The same where a variable has a value. */
  where(variable: string, value: string): Naming;
  /** The same where a variable has a value that is not known. */
  without(variable: string): Naming;
  /** The same where the variables of another text come first. */
  with(text: string): Naming;
  /** A text of the file, without its secrets. */
  shown(written: string): string;
  /** The name of an image, also of one that is known in parts only: then it is as it is written, without its tag. */
  started(written: string | undefined, span: Span): NamedImage | undefined;
  /** With those variables filled in that are known; the others stay. */
  filled(written: string): string;
  /** What is known of a name, without the tag. `undefined` where all is. */
  part(written: string | undefined): Omit<NamePart, 'span'> | undefined;
}

/** Whether the last part of a name, with its gaps marked, is known. */
export const isEndKnown = (known: string): boolean => /(?:^|\/)[a-z\d][\w.-]{2,100}$/.test(known);

/** `clean` masks secrets. */
export function namingOf(file: BuildFile, clean: (text: string) => string): Naming {
  const known = (written: string): string | undefined => {
    const found = expansions(written, file).find(one => !one.includes(UNKNOWN));
    return found === undefined ? undefined : clean(found);
  };
  const inPlace = (written: string): string => clean(filled(written, file).replace(/["']/g, ''));
  const part: Naming['part'] = written => {
    if (written === undefined || known(written) !== undefined) return undefined;
    const whole = inPlace(written);
    const named = untagged(whole);
    const tag = /^:([\w.-]{2,100})$/.exec(whole.slice(named.length))?.[1];
    const parts = withGaps(named);
    const isName = parts.includes(UNKNOWN) && /^[^\s"'`,;]{1,300}$/.test(parts) && /[A-Za-z]/.test(named);
    return isName && !COMPUTED.test(named)
      ? { known: parts, written: named, shown: shownOf(whole, named), ...(tag === undefined ? {} : { tag }) }
      : undefined;
  };
  return {
    known,
    shown: clean,
    where: (variable, value) => namingOf({ ...file, text: `${variable}=${value}\n${file.text}` }, clean),
    without: variable => namingOf({ ...file, text: withoutSetting(file.text, variable) }, clean),
    with: text => namingOf({ ...file, text: `${text}\n${file.text}` }, clean),
    part,
    filled: inPlace,
    started(written, { start, end }) {
      const found = written === undefined ? undefined : part(written);
      if (!found) return this.named(written, { start, end });
      const { written: name, known, shown } = found;
      return { name, certain: false, known, shown, span: { start, end } };
    },
    named(written, { start, end }) {
      if (written === undefined || written === '') return undefined;
      const whole = known(written);
      const part = whole === undefined ? expansions(written, file).map(untagged).find(isName) : undefined;
      // Quotes are in the way in the values of variables: `${NAME:-"x"}`.
      const found = (whole ?? (part === undefined ? undefined : clean(part)))?.replace(/["']/g, '');
      const name = found !== undefined && isTagHidden(found) ? withoutTag(found) : found;
      if (name === undefined || name === '') return undefined;
      const open = part === undefined ? {} : { open: true as const, shown: shownOf(inPlace(written), name) };
      return { name, certain: name === written, ...open, span: { start, end } };
    },
  };
}

/** A name for people, of which `named` has all but the tag. */
function shownOf(whole: string, named: string): string {
  const shown = withNamedGaps(whole);
  const name = withNamedGaps(named);
  if (shown.startsWith(name) && /^[^\s"'`,;]{1,300}$/.test(shown)) return shown;
  return `${name}:{}`;
}

/** What a command puts out: `$(git describe)`. */
const COMPUTED = /\$\([^()]{0,200}\s|`/;

/** Without the lines that give the variable a value. */
const withoutSetting = (text: string, variable: string): string =>
  text.replace(SETTINGS, (line, name: string) => (name === variable ? '' : line));
const SETTINGS =
  /^[ \t]{0,80}(?:-[ \t]{1,20})?(?:(?:export|local|readonly)[ \t]{1,20})?([\w.-]{1,100})[ \t]{0,20}[:?+]{0,2}[=:][^\n]*/gm;

/** A tag that may be a secret is not shown. */
const isTagHidden = (name: string): boolean => name.includes(':') && !parseImageReference(name) && name.endsWith(MASK);

const isName = (name: string): boolean => name !== '' && !name.includes(UNKNOWN);

interface Written {
  readonly written: string | undefined;
  readonly span: Span;
  /** Not in every run. */
  readonly isPerhaps?: true;
}

const perhaps = ({ isPerhaps }: Written, name: NamedImage | undefined): readonly NamedImage[] =>
  name ? [isPerhaps ? { ...name, certain: false } : name] : [];

interface Paths {
  readonly context: string | undefined;
  readonly file: string | undefined;
}

const VARIABLE =
  /\$\{\{[ \t]{0,9}(?:matrix|inputs|github\.event\.inputs)\.([\w-]{1,60})[ \t]{0,9}\}\}|\$\{([A-Za-z_]\w{0,60})\}|\$\(([A-Za-z_]\w{0,60})\)|\$\$?([A-Za-z_]\w{0,60})|\$\{?([1-9@*])\}?/g;

/**
 * The paths and names of a command. Where a loop or a matrix gives the directory, each image is named by the directory
 * that it is in: `docker build -t example/$name images/$name`. {@link EACH} stands for it.
 */
export function withEach(
  { context, file }: Paths,
  written: readonly Written[],
  naming: Naming,
): Paths & Pick<BuildCall, 'names' | 'parts' | 'spelled'> {
  const known = (path: string | undefined) => (path === undefined ? undefined : naming.known(path));
  const paths = { context: known(context), file: known(file) };
  const named = (texts: readonly Written[]) => texts.flatMap(one => perhaps(one, naming.named(one.written, one.span)));
  const isMissing =
    (context !== undefined && paths.context === undefined) || (file !== undefined && paths.file === undefined);
  const isEach = `${paths.context ?? ''}${paths.file ?? ''}`.includes(EACH);
  if (!isMissing && !isEach) return { ...paths, names: named(written), ...partsOf(written, naming) };
  if (isEach) {
    // What is called the same in each directory is none of them.
    const parts = partsOf(written, naming).parts?.filter(one => one.written.includes(EACH));
    return {
      ...paths,
      names: named(written).filter(({ name }) => name.includes(EACH)),
      ...(parts && parts.length > 0 ? { parts } : {}),
    };
  }
  const variables = new Set([...`${context ?? ''} ${file ?? ''}`.matchAll(VARIABLE)].flatMap(nameOf));
  for (const variable of variables) {
    const replaced = (text: string | undefined) =>
      text?.replace(VARIABLE, (reference, ...names) =>
        nameOf([reference, ...names])[0] === variable ? EACH : reference,
      );
    const given = naming.where(variable, EACH);
    const knownEach = (text: string | undefined) => (text === undefined ? undefined : given.known(text));
    const each = { context: knownEach(replaced(context)), file: knownEach(replaced(file)) };
    if ((context !== undefined && each.context === undefined) || (file !== undefined && each.file === undefined))
      continue;
    const isOfEach = (text: string): boolean => text.includes(EACH);
    const texts = written.map(one => ({ ...one, written: replaced(one.written) }));
    const parts = partsOf(texts, given).parts?.filter(one => isOfEach(one.written));
    const spelled = written.flatMap(one => {
      const part = naming.part(one.written);
      return part && isOfEach(replaced(one.written) ?? '') ? part.written : [];
    });
    return {
      ...each,
      names: texts
        .flatMap(one => perhaps(one, given.named(one.written, one.span)))
        .filter(({ name }) => isOfEach(name)),
      ...(parts && parts.length > 0 ? { parts } : {}),
      ...(spelled.length > 0 ? { spelled } : {}),
    };
  }
  return { context: undefined, file: undefined, names: named(written) };
}

/** The names that are known in parts only, and how those are written of which nothing is known. */
export function partsOf(written: readonly Written[], naming: Naming): Pick<BuildCall, 'parts' | 'spelled'> {
  const parts = new Map<string, NamePart>();
  const spelled = new Set<string>();
  for (const { written: whole, span } of written) {
    const part = naming.part(whole);
    if (!part) continue;
    if (!/\w/.test(part.known.replaceAll(EACH, 'x'))) spelled.add(part.written);
    if (isShown(part.shown)) parts.set(part.shown, { ...part, span });
  }
  return {
    ...(parts.size > 0 ? { parts: [...parts.values()] } : {}),
    ...(spelled.size > 0 ? { spelled: [...spelled] } : {}),
  };
}

/** Whether a name for people says anything. */
const isShown = (shown: string): boolean => /[\w\u0001]/.test(shown.replace(/\{[^{}]{0,100}\}/g, ''));

/** A name as it is written without its tag; a colon in a reference to a variable is none of a tag. */
export function untagged(written: string): string {
  let depth = 0;
  let end = written.length;
  for (const [i, char] of [...written].entries()) {
    if (char === '{' || char === '(') depth++;
    else if (char === '}' || char === ')') depth--;
    else if (depth === 0 && char === '/') end = written.length;
    else if (depth === 0 && char === ':' && end === written.length) end = i;
  }
  return written.slice(0, end).replace(/["']/g, '');
}

const nameOf = (match: readonly unknown[]): readonly string[] =>
  match.slice(1, 6).filter(one => typeof one === 'string') as string[];
