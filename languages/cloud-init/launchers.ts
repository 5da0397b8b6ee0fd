/** What hands a file to machines as user-data, by the templates around it, and how large it may be there. */
import type { Files } from '../../core/language.ts';
import { nameOf, parentDirectory, pathIn } from '../../core/path.ts';

/** A service and the largest user-data that it takes, in bytes before it is encoded. */
export interface Launcher {
  readonly service: string;
  readonly limit: number;
}

const RESOURCES: readonly (readonly [service: string, limit: number, resource: RegExp])[] = [
  // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-add-user-data.html
  [
    'EC2',
    16_384,
    /\bresource[ \t]+"aws_(?:instance|launch_template|launch_configuration|spot_instance_request)"|\bsource[ \t]+"amazon-/,
  ],
  // https://learn.microsoft.com/azure/virtual-machines/custom-data
  ['Azure', 65_535, /\bresource[ \t]+"azurerm_(?:linux_)?virtual_machine(?:_scale_set)?"/],
  // https://cloud.google.com/compute/docs/metadata/setting-custom-metadata#limitations
  ['Compute Engine', 262_144, /\bresource[ \t]+"google_compute_instance(?:_template)?"/],
];
/** What takes user-data in those. */
const ATTRIBUTE = /\b(?:user_data(?:_base64|_file)?|custom_data|user-data)"?[ \t]{0,40}=/;

/** Directories above a file that are looked into, and the files of each that are read. */
const MOST_PARENTS = 3;
const MOST_FILES = 30;
/** Longer templates are not read. */
const LONGEST = 500_000;

/**
 * The service whose template sends the file as it is; `undefined` where none does for certain, where templates for several
 * are there, and where one compresses it.
 */
export function launcherOf(path: string, files: Files): Launcher | undefined {
  const found = new Map<string, Launcher>();
  let folder = parentDirectory(path);
  for (let i = 0; i <= MOST_PARENTS; i++) {
    const names = (files.list(folder) ?? []).filter(name => /\.(?:tf|tofu|pkr\.hcl)$/.test(name));
    for (const name of names.slice(0, MOST_FILES)) {
      const text = files.read(pathIn(folder, name));
      if (typeof text !== 'string' || text.length > LONGEST || !namesFile(text, path)) continue;
      if (!ATTRIBUTE.test(text) || /gzip/i.test(text)) return undefined;
      for (const [service, limit, resource] of RESOURCES)
        if (resource.test(text)) found.set(service, { service, limit });
    }
    const parent = parentDirectory(folder);
    if (parent === folder || nameOf(folder) === '..') break;
    folder = parent;
  }
  return found.size === 1 ? [...found.values()][0] : undefined;
}

/** Whether a text names the file, alone or in a directory. */
function namesFile(text: string, path: string): boolean {
  const name = nameOf(path);
  return text.includes(`"${name}"`) || text.includes(`/${name}"`);
}

/** How many bytes a text has in UTF-8. */
export function bytesIn(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    // Two units that make a pair are four bytes.
    if (code > 0x7f) bytes += code <= 0x7ff || (code >= 0xd800 && code <= 0xdfff) ? 1 : 2;
  }
  return bytes;
}
