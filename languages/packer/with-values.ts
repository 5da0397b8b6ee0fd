/** What becomes of a template that a command gives files of variables and values. */
import type { Files } from '../../core/language.ts';
import { readGiven } from './directory.ts';
import { readModule } from './module.ts';
import type { PackerTree } from './tree.ts';
import type { GivenSet } from './var-files.ts';

const LONGEST = 100_000;
/** Stands for the command itself among the files. */
const COMMAND = '-var.pkrvars.hcl';

/** The same template with the values of a set as those of its variables; `undefined` where the set sets none of them. */
export function withValues(tree: PackerTree, set: GivenSet, files: Files): PackerTree | undefined {
  const { alone, complete, files: own } = tree.module;
  const given = textsOf(set, files).map(({ path, text }) => readGiven(path, text));
  const names = given.flatMap(({ hcl }) =>
    hcl.body.items.flatMap(item => (item.kind === 'attribute' ? item.name.text : [])),
  );
  const declared = names.filter(name => tree.module.variable(name));
  // A file for another template has variables of that one.
  if (declared.length === 0 || declared.length * 2 < names.length) return undefined;
  const module = readModule({ files: [...own, ...given], complete, alone, fragment: false }, files);
  // What the tree finds out when it is asked stays its own.
  return Object.create(tree, { file: { value: module.files[0] }, module: { value: module } }) as PackerTree;
}

/** The texts of a set as files of variables. */
export function textsOf(
  { files: names, values }: GivenSet,
  files: Files,
): readonly { readonly path: string; readonly text: string }[] {
  const found = names.flatMap(path => {
    const text = files.read(path);
    return typeof text === 'string' && text.length <= LONGEST ? { path, text } : [];
  });
  if (values.length === 0) return found;
  const text = values.map(([name, value]) => `${name} = ${JSON.stringify(value)}\n`).join('');
  return [...found, { path: COMMAND, text }];
}
