/** The other documents that belong to one: user-data beside vendor-data, and the user-data of other environments. */

import type { Files } from '../../core/language.ts';
import { joinPath, nameOf, parentDirectory, pathIn } from '../../core/path.ts';
import { SourceText } from '../../core/text.ts';
import { buildFilesAround } from '../../facts/build-files.ts';
import { namesElsewhere, withoutFileEnvironment } from '../../facts/environments.ts';
import { parseCloudInit } from './document.ts';
import { misencodedBy } from './handed-over.ts';
import { launcherOf } from './launchers.ts';
import { isUploadedAsCloudCfg, servingTemplates } from './seed.ts';
import type { CloudInitTree, Surroundings } from './tree.ts';

/** What is around a document at a path. */
export function surroundingsOf(path: string | undefined, text: string, files: Files): Surroundings {
  const folder = path === undefined ? undefined : parentDirectory(path);
  let userData: { readonly tree: CloudInitTree | undefined } | undefined;
  return {
    get names() {
      return (folder === undefined ? undefined : files.list(folder)) ?? undefined;
    },
    get userData() {
      return (userData ??= { tree: path === undefined ? undefined : userDataBeside(path, files) }).tree;
    },
    get lacksMetaData() {
      return path !== undefined && lacksMetaData(path, files);
    },
    get launcher() {
      return path === undefined ? undefined : launcherOf(path, files);
    },
    get isCloudCfg() {
      return path !== undefined && isUploadedAsCloudCfg(path, files);
    },
    get misencoded() {
      return path === undefined ? undefined : misencodedBy(path, files);
    },
    get twins() {
      return path === undefined ? [] : twinsOf(path, text, files);
    },
  };
}

/** https://docs.cloud-init.io/en/latest/reference/datasources/nocloud.html */
function lacksMetaData(path: string, files: Files): boolean {
  if (nameOf(path) !== 'user-data') return false;
  const names = files.list(parentDirectory(path));
  if (!names || names.some(name => /^meta[-_]?data/i.test(name))) return false;
  return servingTemplates(path, files).some(text => !META_DATA.test(text)) || isPackedAlone(path, files);
}

/** What tells of `meta-data`, or hands the file over by its address, as `cloud-config-url=` of the kernel does. */
const META_DATA = /meta[-_]?data|\bcloud-config-url=/i;
/** A command that writes the image of a disc with the label of a seed; `cloud-localds` makes `meta-data` itself. */
const SEED_IMAGE = /\b(?:genisoimage|mkisofs|xorrisofs?|hdiutil|oscdimg)\b[^\n]{0,300}\bcidata\b/i;

/** Whether scripts make a seed of the file, and none of them makes or packs `meta-data`. */
function isPackedAlone(path: string, files: Files): boolean {
  const texts = (buildFilesAround(path, files) ?? []).map(({ text }) => text.replaceAll('\\\n', ' '));
  const packing = texts.some(text => SEED_IMAGE.test(text) && text.includes(nameOf(path)));
  return packing && !texts.some(text => META_DATA.test(text));
}

/** Longer texts are not compared. */
const LONGEST = 100_000;
/** How many lines two files have at least, and which part of them in common. */
const FEWEST_LINES = 5;
const SHARE = 0.7;

function twinsOf(path: string, text: string, files: Files): Surroundings['twins'] {
  const folder = parentDirectory(path);
  const name = nameOf(path);
  const lines = linesOf(text);
  if (lines.length < FEWEST_LINES || text.length > LONGEST) return [];
  const beside = new Set(files.list(folder) ?? []);
  const found = namesElsewhere(name).filter(other => beside.has(other));
  for (const other of namesElsewhere(nameOf(folder)))
    if (files.list(joinPath(folder, `../${other}`))?.includes(name)) found.push(`../${other}/${name}`);
  return found
    .filter(
      other =>
        pathIn(folder, other) !== path &&
        (other.startsWith('..') ? other.slice(3) < `${nameOf(folder)}/` : other < name),
    )
    .filter(other => {
      const content = files.read(joinPath(folder, other));
      return typeof content === 'string' && content.length <= LONGEST && areTwins(lines, linesOf(content));
    })
    .map(other => ({ name: other }));
}

/** The lines that say something, without the names of environments. */
function linesOf(text: string): readonly string[] {
  return text
    .split('\n')
    .map(line => withoutFileEnvironment(line.trim()))
    .filter(line => line !== '' && !line.startsWith('#'));
}

function areTwins(lines: readonly string[], others: readonly string[]): boolean {
  const left = new Map<string, number>();
  for (const line of others) left.set(line, (left.get(line) ?? 0) + 1);
  let common = 0;
  for (const line of lines) {
    const count = left.get(line) ?? 0;
    if (count > 0) common++;
    left.set(line, count - 1);
  }
  return common >= Math.max(lines.length, others.length) * SHARE;
}

/** The user-data beside vendor-data, under the usual names of both. */
function userDataBeside(path: string, files: Files): CloudInitTree | undefined {
  if (!/^vendor[-_]data2?(?:\.ya?ml)?$/.test(nameOf(path))) return undefined;
  const folder = parentDirectory(path);
  const beside = files.list(folder)?.find(name => /^user[-_]data(?:\.ya?ml)?$/.test(name));
  if (beside === undefined) return undefined;
  const place = pathIn(folder, beside);
  const text = files.read(place);
  return typeof text === 'string' ? parseCloudInit(SourceText.document(text, place), place) : undefined;
}
