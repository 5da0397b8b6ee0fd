/** Does another template of the repository start from what a template makes, so that it goes on with the machine? */
import type { Files } from '../../core/language.ts';
import { joinPath, nameOf, parentDirectory } from '../../core/path.ts';
import { sourceUses } from './images.ts';
import type { PackerBuildSource, PackerModule, PackerTree } from './tree.ts';

const TEMPLATE = /\.(?:pkr|pkrvars)\.(?:hcl|json)$/;
/** Directories beside that are looked into, files that are read, and how long they may be. */
const MOST_DIRECTORIES = 40;
const MOST_FILES = 60;
const LONGEST = 200_000;

/** An attribute that a machine starts from, or a variable for one, with a path. */
const STARTS =
  /^[ \t]*"?(?:default|\w{0,40}(?:iso|image|source|base|ova|ovf|vmx|vhd|disk)\w{0,40})"?[ \t]*[=:][^\n]{0,40}"([^"\n]{3,300})"/gm;

/** Whether all that the sources of the document make is what templates around start from. */
export function isHandedOn(tree: PackerTree, files: Files): boolean {
  const { path, source: own } = tree;
  const outputs = sourceUses(tree)
    .filter(({ source }) => source.source?.block.source === own)
    .map(({ source }) => outputOf(source, tree.module));
  if (path === undefined || outputs.length === 0 || outputs.includes(undefined)) return false;
  const starts = startsAround(path, files);
  return outputs.every(output => starts.some(start => `/${start}`.includes(`/${output}/`)));
}

/** The directory that a source writes to, without the way to it: https://developer.hashicorp.com/packer/integrations/hashicorp/qemu/latest/components/builder/qemu#output_directory */
function outputOf(source: PackerBuildSource, module: PackerModule): string | undefined {
  const given = source.attribute('output_directory')?.value;
  const path = given && module.asPath(given);
  const text = path ? (path.literal ?? path.byDefault) : `output-${source.name}`;
  if (text === undefined || text.includes('{{')) return undefined;
  const plain = withoutWay(text).replace(/\/$/, '');
  return plain === '' ? undefined : plain;
}

const withoutWay = (path: string): string => path.replace(/^(?:\$\{path\.\w+\}\/|\.{1,2}\/)+/, '');

/** The paths that other templates in the directory and in those beside start from. */
function startsAround(path: string, files: Files): readonly string[] {
  const own = parentDirectory(path);
  const above = parentDirectory(own);
  const beside = above === own ? [] : (files.directories?.(above) ?? []).map(name => joinPath(above, name));
  const directories = [own, ...beside.filter(one => one !== own)].slice(0, MOST_DIRECTORIES);
  const found = directories.flatMap(directory =>
    (files.list(directory) ?? []).filter(name => TEMPLATE.test(name)).map(name => joinPath(directory, name)),
  );
  return found
    .filter(one => one !== path && nameOf(one) !== '')
    .slice(0, MOST_FILES)
    .flatMap(one => {
      const text = files.read(one) ?? '';
      if (text.length > LONGEST) return [];
      return [...text.matchAll(STARTS)].map(([, start]) => withoutWay(start!));
    });
}
