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

/** An attribute that a machine starts from. */
const START =
  /^[ \t]*(?:\w{0,40}(?:iso|image|source|base|ova|ovf|vmx|vhd|disk|clone)\w{0,40})[ \t]*=[ \t]*([^\n]{1,600})/gm;
const START_IN_JSON =
  /"\w{0,40}(?:iso|image|source|base|ova|ovf|vmx|vhd|disk|clone)\w{0,40}"[ \t]*:[^\n]{0,40}"([^"\n]{3,300})"/g;
/** What such an attribute takes from elsewhere, and where that is given. */
const NAMES = /\b(?:var|local)\.([\w-]{1,100})/g;
const DEFAULT =
  /^[ \t]*variable[ \t]{1,9}"([\w-]{1,100})"[ \t]{0,9}\{[^{}]{0,1000}?\bdefault[ \t]{0,20}=[ \t]{0,20}"([^"\n]{1,300})"/gm;
const GIVEN = /^[ \t]*([\w-]{1,100})[ \t]*=[ \t]*"([^"\n]{3,300})"/gm;

/** Whether all that the sources of the document make is what templates around start from. */
export function isHandedOn(tree: PackerTree, files: Files): boolean {
  const { path, source: own } = tree;
  const outputs = sourceUses(tree)
    .filter(({ source }) => source.source?.block.source === own)
    .map(({ source }) => outputOf(source, tree.module));
  if (path === undefined || outputs.length === 0 || outputs.includes(undefined)) return false;
  const starts = startsAround(path, files);
  return outputs.every(output => starts.some(start => isIn(start, output!, parentDirectory(path))));
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

/** Whether a path that a template gives is in the directory that another one writes to; where each starts from is not known. */
function isIn(start: string, output: string, directory: string): boolean {
  const known = start.slice(start.lastIndexOf('}') + 1);
  const at = `/${known}`.indexOf(`/${output}/`);
  if (at < 0) return false;
  const way = known.slice(0, at).replace(/\/$/, '');
  return known !== start || way === '' || `/${directory}`.endsWith(`/${way.replace(/^\//, '')}`);
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
  const templates = found
    .filter(one => nameOf(one) !== '')
    .slice(0, MOST_FILES)
    .flatMap(one => {
      const text = files.read(one) ?? '';
      return text.length > LONGEST ? [] : [{ one, text: text.replace(/^[ \t]*(?:#|\/\/).*$/gm, '') }];
    });
  return templates
    .filter(({ one }) => one !== path)
    .flatMap(({ one, text }) => {
      if (one.endsWith('.json')) return [...text.matchAll(START_IN_JSON)].map(([, start]) => start!);
      const beside = templates.filter(other => parentDirectory(other.one) === parentDirectory(one));
      return startsIn(text, () => beside.map(other => other.text));
    })
    .map(withoutWay);
}

/** The paths that the sources of a template start from, also through variables and locals of its module. */
function startsIn(template: string, module: () => readonly string[]): readonly string[] {
  const found: string[] = [];
  const names = new Set<string>();
  // A build has sources of its own too, with attributes that it sets: they are indented.
  for (const block of template.split(/^(?=[ \t]{0,40}source[ \t]+")/m)) {
    const [, indent] = /^([ \t]{0,40})source\b/.exec(block) ?? [];
    if (indent === undefined) continue;
    for (const [, value] of block.split(`\n${indent}}`, 1)[0]!.matchAll(START)) {
      found.push(...[...value!.matchAll(/"([^"]{3,300})"/g)].map(([, path]) => path!));
      for (const [, name] of value!.matchAll(NAMES)) names.add(name!);
    }
  }
  if (names.size > 0)
    for (const text of module())
      for (const pattern of [DEFAULT, GIVEN])
        for (const [, name, path] of text.matchAll(pattern)) if (names.has(name!)) found.push(path!);
  return found;
}
