/**
 * `{{ user `name` }}`, how JSON templates write a variable; in HCL it is empty.
 * https://developer.hashicorp.com/packer/docs/templates/legacy_json_templates/user-variables
 */
import { memo } from '../../core/memo.ts';
import type { PackerModule } from './tree.ts';

const USER = /\{\{-?\s{0,9}user\s{1,9}(?:`([\w-]{1,64})`|\\?"([\w-]{1,64})\\?"|'([\w-]{1,64})')\s{0,9}-?\}\}/g;

/** Every use in a text, in order. */
export function* userFunctions(
  text: string,
): Iterable<{ readonly name: string; readonly start: number; readonly end: number }> {
  for (const { index, 0: whole, 1: quoted, 2: escaped, 3: single } of text.matchAll(USER))
    yield { name: quoted ?? escaped ?? single!, start: index, end: index + whole.length };
}

/** The variables that the templates of a module mean to use so. */
export const meantByUserFunctions: (module: PackerModule) => ReadonlySet<string> = memo(
  ({ files }) => new Set(files.flatMap(({ source }) => [...userFunctions(source.text)].map(({ name }) => name))),
);
