/** Plugins that Packer has without `packer init`: those that commands of the repository install, and those of old releases. */
import type { Files } from '../../core/language.ts';
import { directoriesAbove, joinPath, nameOf, parentDirectory } from '../../core/path.ts';
import { buildFilesAround } from '../../facts/build-files.ts';

export interface PluginsAround {
  /** The names of plugins that something else installs, in lowercase, without the address: `azure`. */
  readonly installed: ReadonlySet<string>;
  /** Every version of Packer that the files name comes with its plugins. */
  readonly bundled: boolean;
}

const INSTALL =
  /\bpacker[ \t]+plugins[ \t]+install[ \t]+(?:-{1,2}[\w-]{1,20}(?:[= \t][^\s-]\S{0,200})?[ \t]+){0,4}["']?([\w.-]{1,60}(?:\/[\w.-]{1,60}){2})/g;
/** `packer init -upgrade "$ROOT/plugins.pkr.hcl"`; the directory in front is found by trying those above. */
const INIT = /\bpacker[ \t]+init[ \t]+(?:-{1,2}[\w-]{1,20}[ \t]+){0,3}["']?((?:[\w${}().-]{0,60}\/){0,6}[\w.-]{1,80})/g;
/** The binary of a plugin, which a script puts where Packer looks for it. */
const BINARY = /\bpacker-(?:plugin|builder|provisioner)-([a-z\d]{1,30}(?:-[a-z\d]{1,30}){0,4})/g;
const SOURCE =
  /^[ \t]{0,40}(?:[\w-]{1,60}[ \t]{0,40}=[ \t]{0,8}\{[ \t]{0,8})?source[ \t]{0,40}=[ \t]{0,40}"([\w.-]{1,60}(?:\/[\w.-]{1,60}){2})"/gm;
/** `PACKER_VERSION=1.6.6`, `packer_version: "1.8"`, the tag of its image; and `version: 1.6.6` below the action that installs Packer. */
const VERSION =
  /\bpacker[_-]?version["']?[ \t]{0,9}[:=][ \t]{0,9}["']?v?(\d{1,2}\.\d{1,3})|hashicorp\/packer:(?:light-|full-)?v?(\d{1,2}\.\d{1,3})|hashicorp\/setup-packer@[^\n]{1,60}\n(?:[^\n]{0,200}\n){0,3}?[^\n]{0,40}version:[ \t]{0,9}["']?v?(\d{1,2}\.\d{1,3})/gi;
const MOST_LEVELS = 6;
/** Operands of `packer init` that are looked up, and files that are read for one. */
const MOST_INITS = 10;
const MOST_FILES = 10;

/** https://developer.hashicorp.com/packer/docs/plugins/install: the release 1.10 came without plugins. */
export function pluginsAround(path: string, files: Files): PluginsAround {
  const installed = new Set<string>();
  const versions: string[] = [];
  const inits = new Set<string>();
  const addAddress = (address: string): void => void installed.add(nameOf(address).toLowerCase());
  for (const { path: place, text } of buildFilesAround(path, files) ?? []) {
    if (!/packer/i.test(text)) continue;
    for (const [, address] of text.matchAll(INSTALL)) addAddress(address!);
    for (const [, name] of text.matchAll(BINARY)) installed.add(name!);
    for (const [, ...found] of text.matchAll(VERSION)) versions.push(found.find(Boolean) ?? '');
    for (const [, operand] of text.matchAll(INIT))
      for (const one of placesOf(operand!, place, path)) if (inits.size < MOST_INITS) inits.add(one);
  }
  const own = parentDirectory(path);
  for (const one of inits) if (one !== own) for (const address of requiredIn(one, files)) addAddress(address);
  for (const folder of directoriesAbove(path, MOST_LEVELS).slice(1))
    for (const address of sharedIn(folder, files)) addAddress(address);
  return { installed, bundled: versions.length > 0 && versions.every(hasPlugins) };
}

/** Where the operand of a command may be: from the directory of the file, or from one above the template. */
function placesOf(operand: string, place: string, path: string): readonly string[] {
  // `$ROOT/packer`, `"$(pwd)/packer"`
  const plain = operand.replace(/^(?:\$\S{0,60}?|\.)\//, '');
  if (/[${}()]/.test(plain)) return [];
  return [parentDirectory(place), ...directoriesAbove(path, MOST_LEVELS)].map(folder => joinPath(folder, plain));
}

/** The plugins that a file, or the files of a directory, require. */
function requiredIn(place: string, files: Files): readonly string[] {
  if (place.endsWith('.pkr.hcl')) return required(files.read(place));
  const names = (files.list(place) ?? []).filter(name => name.endsWith('.pkr.hcl')).slice(0, MOST_FILES);
  return names.flatMap(name => required(files.read(joinPath(place, name))));
}

/** Those of files that do nothing else: no build reads them, so that they are there for `packer init`. */
function sharedIn(folder: string, files: Files): readonly string[] {
  const names = (files.list(folder) ?? []).filter(name => name.endsWith('.pkr.hcl')).slice(0, MOST_FILES);
  const texts = names.map(name => files.read(joinPath(folder, name)));
  return texts.some(text => /^(?:build|source|data)\b/m.test(text ?? '')) ? [] : texts.flatMap(required);
}

function required(text: string | null | undefined): readonly string[] {
  if (!text?.includes('required_plugins')) return [];
  return [...text.slice(0, 50_000).matchAll(SOURCE)].map(([, address]) => address!);
}

function hasPlugins(version: string): boolean {
  const [major, minor] = version.split('.').map(Number);
  return major! < 1 || (major === 1 && minor! < 10);
}
