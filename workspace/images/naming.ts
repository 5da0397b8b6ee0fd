/** Names and paths as build files write them, with the variables filled in as far as the file shows them. */
import type { Span } from '../../core/text.ts';
import type { BuildFile } from '../../facts/build-files.ts';
import { withoutTag } from '../../facts/built-images/names.ts';
import { expansions, UNKNOWN } from '../../facts/built-images/variables.ts';
import { EACH, type NamedImage } from './model.ts';

export interface Naming {
  /** With its variables filled in; `undefined` where one is not known. */
  known(written: string): string | undefined;
  /** The name of an image: of one whose tag is not known, the name without it. */
  named(written: string | undefined, span: Span): NamedImage | undefined;
}

/** `clean` masks secrets. */
export function namingOf(file: BuildFile, clean: (text: string) => string): Naming {
  const known = (written: string): string | undefined => {
    const found = expansions(written, file).find(one => !one.includes(UNKNOWN));
    return found === undefined ? undefined : clean(found);
  };
  return {
    known,
    named(written, { start, end }) {
      if (written === undefined || written === '') return undefined;
      const whole = known(written);
      const part = whole === undefined ? expansions(written, file).map(withoutTag).find(isName) : undefined;
      // Quotes are in the way in the values of variables: `${NAME:-"x"}`.
      const name = (whole ?? (part === undefined ? undefined : clean(part)))?.replace(/["']/g, '');
      return name === undefined || name === '' ? undefined : { name, certain: name === written, span: { start, end } };
    },
  };
}

const isName = (name: string): boolean => name !== '' && !name.includes(UNKNOWN);

interface Written {
  readonly written: string | undefined;
  readonly span: Span;
}

interface Paths {
  readonly context: string | undefined;
  readonly file: string | undefined;
}

const VARIABLE =
  /\$\{\{[ \t]{0,9}(?:matrix|inputs)\.([\w-]{1,60})[ \t]{0,9}\}\}|\$\{([A-Za-z_]\w{0,60})\}|\$\(([A-Za-z_]\w{0,60})\)|\$\$?([A-Za-z_]\w{0,60})/g;

/**
 * The paths and names of a command. Where a loop or a matrix gives the directory, each image is named by the directory
 * that it is in: `docker build -t example/$name images/$name`. {@link EACH} stands for it.
 */
export function withEach(
  { context, file }: Paths,
  written: readonly Written[],
  naming: Naming,
): Paths & { readonly names: readonly NamedImage[] } {
  const known = (path: string | undefined) => (path === undefined ? undefined : naming.known(path));
  const paths = { context: known(context), file: known(file) };
  const named = (texts: readonly Written[]) => texts.flatMap(one => naming.named(one.written, one.span) ?? []);
  const isMissing =
    (context !== undefined && paths.context === undefined) || (file !== undefined && paths.file === undefined);
  if (!isMissing) return { ...paths, names: named(written) };
  const variables = new Set([...`${context ?? ''} ${file ?? ''}`.matchAll(VARIABLE)].flatMap(nameOf));
  for (const variable of variables) {
    const replaced = (text: string | undefined) =>
      text?.replace(VARIABLE, (reference, ...names) =>
        nameOf([reference, ...names])[0] === variable ? EACH : reference,
      );
    const each = { context: known(replaced(context)), file: known(replaced(file)) };
    if ((context !== undefined && each.context === undefined) || (file !== undefined && each.file === undefined))
      continue;
    const names = named(written.map(one => ({ ...one, written: replaced(one.written) })));
    return { ...each, names: names.filter(({ name }) => name.includes(EACH)) };
  }
  return { context: undefined, file: undefined, names: named(written) };
}

const nameOf = (match: readonly unknown[]): readonly string[] =>
  match.slice(1, 5).filter(one => typeof one === 'string') as string[];
