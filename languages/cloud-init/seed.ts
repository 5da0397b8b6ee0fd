/** User-data of machines that live only while an image is built. */
import type { Files } from '../../core/language.ts';
import { nameOf, parentDirectory, pathIn } from '../../core/path.ts';
import { type Served, servedBy, uploadedAsCloudCfg } from './served.ts';

/** Templates and variables files of Packer, some of them filled in by another program first. */
const TEMPLATE = /\.(?:pkr\.hcl|pkrvars\.hcl|json)(?:\.(?:tmpl|tpl|j2|erb|in))?$/i;
/** Documents that are not user-data themselves but contain some, and what Packer's `templatefile` fills in. */
const WITHIN_TEMPLATE = /\.(?:hcl|json)$|\.pkrtpl(?:\.\w{1,8})?$/i;
/** How far up a template is looked for, and how many are read in all. */
const MOST_PARENTS = 5;
const MOST_TEMPLATES = 50;
/** Directories that have the templates alone, beside the seeds: `packerfiles`, `templates`. */
const OF_PACKER = /packer|^(?:templates?|builds?|builders?|definitions|sources|json)$/i;
const MOST_BESIDE = 3;

/**
 * Whether Packer hands the file to the machine that it builds an image from: it is inside a template, or a template in
 * its directory or above, or in one called after Packer there, names it or serves the directory that it is in. Logins and keys in such a file are for the
 * build; what the image keeps of them is the build's matter.
 */
export function isPackerSeed(path: string | undefined, files: Files): boolean {
  if (path === undefined) return false;
  return (
    WITHIN_TEMPLATE.test(path) ||
    !templatesAbove(path, files, text => servedBy(text).some(served => isServed(path, served))).next().done
  );
}

/** The texts of templates in the directory of a file or above that serve this directory as a whole. */
export function servingTemplates(path: string, files: Files): readonly string[] {
  return [
    ...templatesAbove(path, files, text =>
      servedBy(text).some(served => served.kind === 'directory' && isServed(path, served)),
    ),
  ];
}

/** The texts of templates that hand the file to a machine. */
export function seedingTemplates(path: string, files: Files): readonly string[] {
  return [...templatesAbove(path, files, text => servedBy(text).some(served => isServed(path, served)))];
}

/** The texts of templates that hand the file to a machine, and of those that are parts of the same modules. */
export function seedingModules(path: string, files: Files): readonly string[] {
  const templates = [...around(path, files)];
  // User-data may be a string of the template.
  const isOwn = ({ name, directory }: Template): boolean =>
    name === nameOf(path) && directory === parentDirectory(path);
  const seeding = new Set(
    templates.filter(one => isOwn(one) || servedBy(one.text).some(served => isServed(path, served))),
  );
  const modules = new Set([...seeding].flatMap(({ name, directory }) => (MODULE.test(name) ? [directory] : [])));
  return templates
    .filter(one => seeding.has(one) || (MODULE.test(one.name) && modules.has(one.directory)))
    .map(({ text }) => text);
}
/** All of them in a directory are one module. */
const MODULE = /\.(?:pkr|pkrvars)\.hcl$/i;

/** Whether a template uploads the file as cloud-init's own configuration, under any name. */
export function isUploadedAsCloudCfg(path: string, files: Files): boolean {
  const uploads = (text: string) => uploadedAsCloudCfg(text).some(served => isServed(path, served));
  return !templatesAbove(path, files, uploads).next().done;
}

function* templatesAbove(path: string, files: Files, serves: (text: string) => boolean): Generator<string> {
  for (const { text } of around(path, files)) if (serves(text)) yield text;
}

interface Template {
  readonly directory: string;
  readonly name: string;
  readonly text: string;
}

/** The templates in the directory of a file and above, and in those of Packer there. */
function* around(path: string, files: Files): Generator<Template> {
  let folder = parentDirectory(path);
  let left = MOST_TEMPLATES;
  for (let i = 0; i <= MOST_PARENTS; i++) {
    const ownOnes = (files.directories?.(folder) ?? []).filter(name => OF_PACKER.test(name)).slice(0, MOST_BESIDE);
    for (const directory of [folder, ...ownOnes.map(name => pathIn(folder, name))])
      for (const name of files.list(directory)?.filter(name => TEMPLATE.test(name)) ?? []) {
        if (left-- === 0) return;
        const text = files.read(pathIn(directory, name));
        if (typeof text === 'string') yield { directory, name, text };
      }
    const parent = parentDirectory(folder);
    if (parent === folder || nameOf(folder) === '..') return;
    folder = parent;
  }
}

/** Compared from the end: where a path in a template starts (at the template, at Packer, at a variable) is not known. */
function isServed(path: string, { kind, name }: Served): boolean {
  // A script fills `boot_template.txt` in, and the template of Packer names what it makes.
  const whole = `/${path.replace(/[-_.]template(?=\.\w{1,5}$)/i, '')}`;
  const inside = kind !== 'file' && (name === '' || `${parentDirectory(whole)}/`.includes(`/${name}/`));
  return inside || (kind !== 'directory' && whole.endsWith(`/${name}`));
}
