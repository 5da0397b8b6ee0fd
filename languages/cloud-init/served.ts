/** Which files and directories a Packer template hands to the machine that it builds, as far as its text says. */

/** A path, relative to what is not known here, without the variables and dots at its start: `http/user-data`. */
export interface Served {
  /** `path`: a file, or a directory with all that is in it. */
  readonly kind: 'file' | 'directory' | 'path';
  readonly name: string;
}

/** Attributes that serve what they name; in templates of JSON too. */
const SERVING =
  /\b(http_directory|floppy_dirs|cd_files|cd_content|http_content|floppy_files|floppy_content|user_data_file)"?[ \t]{0,40}[=:]/g;
const READING = /\b(?:templatefile|file)\([ \t]{0,9}"([^"\n]{1,300})"/g;
/** `"/user-data" = templatefile(var.user_data, …)` */
const READING_VARIABLE =
  /(?:"\/?([\w./-]{1,100})"[ \t]{0,20}[=:][ \t]{0,20})?\b(?:templatefile|file)\([ \t]{0,9}var\.([\w-]{1,100})/g;
const VARIABLE =
  /\bvariable[ \t]{1,9}"([\w-]{1,100})"[ \t]{0,9}\{[^{}]{0,1000}?\bdefault[ \t]{0,20}=[ \t]{0,20}"([^"\n]{1,300})"/g;
const STRING = /"([^"\n]{1,300})"/g;
/** A step on the build machine that makes the disc of a seed: `cloud-localds seed.iso user-data meta-data`. */
const PACKING = /\b(?:cloud-localds|genisoimage|mkisofs|xorrisofs)\b([^\n"';&|]{1,400})/g;
/** The value of one attribute is looked through so far. */
const LONGEST_VALUE = 4_000;
/** Longer templates are not read. */
const LONGEST_TEMPLATE = 500_000;

/** A template without the lines that are comments, those of its scripts among them; empty where it is too long. */
export function withoutComments(text: string): string {
  return text.length > LONGEST_TEMPLATE ? '' : text.replace(/^[ \t]*(?:#|\/\/).*$/gm, '');
}

/** What a template, or a variables file of one, serves to installers and to cloud-init. */
export function servedBy(text: string): readonly Served[] {
  const template = withoutComments(text);
  // `file("…")` reads it, wherever the text is used then.
  const found: Served[] = [];
  const add = (kind: Served['kind'], name: string | undefined): void => {
    if (name !== undefined && (name !== '' || kind === 'directory')) found.push({ kind, name });
  };
  for (const call of template.matchAll(READING)) add('file', known(call[1]!));
  const byVariable = [...template.matchAll(READING_VARIABLE)];
  if (byVariable.length > 0) {
    const defaults = new Map([...template.matchAll(VARIABLE)].map(([, name, value]) => [name!, value!]));
    // Where another file has the default, the file most often has the name that it is served under.
    for (const [, served, name] of byVariable) {
      const path = defaults.get(name!) ?? served;
      add('file', path === undefined ? undefined : known(path));
    }
  }
  for (const [, words] of localCommands(template).matchAll(PACKING))
    for (const word of words!.split(/\s+/)) if (!/^-|\.(?:iso|img)$|^$/.test(word)) add('file', known(word));
  for (const attribute of template.matchAll(SERVING)) {
    const name = attribute[1]!;
    // The keys of contents are addresses, and `file("…")` inside has been seen.
    if (name.endsWith('_content')) continue;
    const value = valueAt(template, attribute.index + attribute[0].length);
    const names = [...value.matchAll(STRING)].map(string => known(string[1]!));
    const isDirectory = name === 'http_directory' || name === 'floppy_dirs';
    // A variable most often has the usual name.
    if (isDirectory && names.every(one => one === undefined)) add('directory', 'http');
    for (const one of names) add(isDirectory ? 'directory' : 'path', one);
  }
  return found;
}

const LOCAL = /\b(?:provisioner|post-processor)[ \t]{1,9}"shell-local"/g;
const NEXT = /^[ \t]{0,40}(?:provisioner|post-processors?|source|build|variable|locals|data|packer)\b[^\n=]{0,100}\{/m;

/** The steps of a template that run on the build machine. */
function localCommands(template: string): string {
  if (!template.includes('shell-local')) return '';
  if (template.trimStart().startsWith('{')) return localCommandsOfJson(template);
  return [...template.matchAll(LOCAL)]
    .map(({ 0: start, index }) => template.slice(index + start.length, index + LONGEST_STEP).split(NEXT, 1)[0]!)
    .join('\n');
}
const LONGEST_STEP = 8_000;

function localCommandsOfJson(template: string): string {
  if (!/"(?:builders|provisioners|post-processors)"/.test(template)) return '';
  try {
    const { provisioners = [], 'post-processors': after = [] } = JSON.parse(template) as Record<string, unknown[]>;
    return [...provisioners, ...after.flat()]
      .filter(step => (step as { type?: unknown } | null)?.type === 'shell-local')
      .map(step => JSON.stringify(step))
      .join('\n');
  } catch {
    return '';
  }
}

const TO_CLOUD_CFG = /\bdestination"?[ \t]{0,40}[=:][ \t]{0,20}"\/etc\/cloud\/cloud\.cfg(?:\.d(?:\/[^"\n]{0,200})?)?"/g;
const SOURCES = /\bsources?"?[ \t]{0,40}[=:]/g;
/** A block of `file` is looked through so far before and after its destination. */
const LONGEST_BLOCK = 2_000;

/** The files and directories that a template uploads as the configuration of cloud-init, or into `cloud.cfg.d`. */
export function uploadedAsCloudCfg(text: string): readonly Served[] {
  const template = withoutComments(text);
  const found: Served[] = [];
  for (const { 0: destination, index } of template.matchAll(TO_CLOUD_CFG)) {
    const end = index + destination.length;
    // The bracket of a block ends its line, or begins one; those of `${…}` and of objects in a line do neither.
    const before = template
      .slice(Math.max(0, index - LONGEST_BLOCK), index)
      .split(/\{[ \t]*\r?\n|\n[ \t]*[{}]/)
      .at(-1)!;
    const after = template.slice(end, end + LONGEST_BLOCK).split(/\n[ \t]*\}/, 1)[0]!;
    const block = before + destination + after;
    for (const source of block.matchAll(SOURCES))
      for (const [, path = ''] of valueAt(block, source.index + source[0].length).matchAll(STRING)) {
        const name = known(path);
        if (name !== undefined && name !== '') found.push({ kind: 'path', name });
      }
  }
  return found;
}

/** The text of a value: a list to its bracket, anything else to the end of its line. */
function valueAt(text: string, from: number): string {
  const start = text.slice(from, from + 200).search(/\S/) + from;
  const close = text[start] === '[' ? text.indexOf(']', start) : text.indexOf('\n', start);
  return text.slice(start, Math.min(close < 0 ? text.length : close, start + LONGEST_VALUE));
}

/** The end of a path that is known: what follows variables and dots, up to a wildcard; `undefined` when it is a variable. */
function known(path: string): string | undefined {
  const plain = path.slice(path.lastIndexOf('}') + 1);
  if (plain === '' && !/^\$\{path\.(?:root|cwd)\}$/.test(path)) return undefined;
  const wildcard = plain.indexOf('*');
  const fixed = wildcard < 0 ? plain : plain.slice(0, plain.lastIndexOf('/', wildcard) + 1);
  return fixed
    .split('/')
    .filter(step => step !== '' && step !== '.' && step !== '..')
    .join('/');
}
