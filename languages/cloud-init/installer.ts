/**
 * The file that Ubuntu's installer reads from its medium, without cloud-init: it needs no header, and the key `autoinstall`
 * around it may be left out (`_read_config` in https://github.com/canonical/subiquity/blob/main/subiquity/server/server.py).
 */
import { nameOf } from '../../core/path.ts';
import { headerOf } from './header.ts';
import { get } from './nodes.ts';
import type { CloudInitTree, YamlMap, YamlScalar } from './tree.ts';

const NAME = /^(?:.{1,80}[-_.])?autoinstall(?:[-_.][\w-]{1,40})?\.ya?ml$/;
/** In a directory of that name, YAML with another one is too; NoCloud takes only files without an ending. */
const IN_DIRECTORY = /(?:^|\/)autoinstall\/[^/]{1,80}\.ya?ml$/;

/** Keys that only the installer has. */
export const INSTALLER_KEYS: readonly string[] = [
  'early-commands',
  'late-commands',
  'error-commands',
  'debconf-selections',
  'interactive-sections',
  'refresh-installer',
  'identity',
];

/** Keys of the installer that few other programs have in one file, those among them. */
const KEYS =
  /^\uFEFF?(?:interactive-sections|early-commands|late-commands|error-commands|refresh-installer|identity|storage|keyboard|active-directory|ubuntu-pro|drivers|kernel-crash-dumps|reporting|snaps|shutdown|user-data|source|timezone|locale|network|packages|ssh|apt|updates|codecs|debconf-selections):/gm;

/** Whether a file, by its name without the endings of template engines, is the installer's. */
export function isInstallerFile(path: string, beginning: string): boolean {
  const isNamed = NAME.test(nameOf(path)) || IN_DIRECTORY.test(path);
  return isNamed && (/^\uFEFF?autoinstall:/m.test(beginning) || isBare(beginning));
}

/** Whether the keys are not below `autoinstall`. */
function isBare(text: string): boolean {
  if (/^\uFEFF?autoinstall:/m.test(text)) return false;
  const keys = new Set(text.match(KEYS)).size;
  return keys > 1 || (keys > 0 && /^\uFEFF?version:[ \t]{0,20}["']?\d/m.test(text));
}

/**
 * Whether only the installer can read a file: without a header, cloud-init ignores it, and with one it reads nothing of what is
 * not below `autoinstall`.
 */
export function isForInstaller(path: string, text: string): boolean {
  if (!isInstallerFile(path, text)) return false;
  const kind = headerOf(text)?.kind;
  return kind === undefined || kind === 'misplaced' || (kind === 'cloud-config' && isBare(text));
}

/** Whether the keys of the document are those that other files have below `autoinstall`. */
export function leavesKeyOut({ form, document }: CloudInitTree): boolean {
  return form === 'autoinstall' && get(document, 'autoinstall') === undefined;
}

/** The same with the key `autoinstall`, which takes up no room, where it was left out. */
export function withInstallerKey(root: YamlMap): YamlMap {
  if (get(root, 'autoinstall')) return root;
  const text = root.written.slice(0, 0);
  const span = { start: root.span.start, end: root.span.start };
  const key: YamlScalar = {
    kind: 'scalar',
    style: 'plain',
    type: 'string',
    value: 'autoinstall',
    text,
    written: text,
    span,
    anchor: undefined,
    tag: undefined,
  };
  return {
    ...root,
    anchor: undefined,
    tag: undefined,
    entries: [{ key, name: 'autoinstall', value: root, span: root.span }],
  };
}
