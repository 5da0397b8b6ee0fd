/** Plugins that Packer has without `packer init`: those that commands of the repository install, and those of old releases. */
import type { Files } from '../../core/language.ts';
import { buildFilesAround } from '../../facts/build-files.ts';

export interface PluginsAround {
  /** The addresses of plugins that are installed by name, in lowercase: `github.com/hashicorp/azure`. */
  readonly installed: ReadonlySet<string>;
  /** Every version of Packer that the files name comes with its plugins. */
  readonly bundled: boolean;
}

const INSTALL =
  /\bpacker[ \t]+plugins[ \t]+install[ \t]+(?:-{1,2}[\w-]{1,20}(?:[= \t][^\s-]\S{0,200})?[ \t]+){0,4}["']?([\w.-]{1,60}(?:\/[\w.-]{1,60}){2})/g;
/** `PACKER_VERSION=1.6.6`, `packer_version: "1.8"`; and `version: 1.6.6` below the action that installs Packer. */
const VERSION =
  /\bpacker[_-]?version["']?[ \t]{0,9}[:=][ \t]{0,9}["']?v?(\d{1,2}\.\d{1,3})|hashicorp\/setup-packer@[^\n]{1,60}\n(?:[^\n]{0,200}\n){0,3}?[^\n]{0,40}version:[ \t]{0,9}["']?v?(\d{1,2}\.\d{1,3})/gi;

/** https://developer.hashicorp.com/packer/docs/plugins/install: the release 1.10 came without plugins. */
export function pluginsAround(path: string, files: Files): PluginsAround {
  const installed = new Set<string>();
  const versions: string[] = [];
  for (const { text } of buildFilesAround(path, files) ?? []) {
    if (!/packer/i.test(text)) continue;
    for (const [, address] of text.matchAll(INSTALL)) installed.add(address!.toLowerCase());
    for (const [, set, asked] of text.matchAll(VERSION)) versions.push(set ?? asked ?? '');
  }
  return { installed, bundled: versions.length > 0 && versions.every(hasPlugins) };
}

function hasPlugins(version: string): boolean {
  const [major, minor] = version.split('.').map(Number);
  return major! < 1 || (major === 1 && minor! < 10);
}
