/** Takes secrets that are no account's own key out of user-data: passwords of `chpasswd`, host keys, tokens of Ubuntu Pro. */
import { type Fix, fix } from '../../core/finding.ts';
import type { Edit, Span } from '../../core/text.ts';
import { offsetIn, removal } from './edits.ts';
import { asMap, asScalar, at, entriesOf, entryOf, get, itemsOf, textOf } from './nodes.ts';
import type { CloudInitTree, YamlMap, YamlScalar } from './tree.ts';

const RANDOM = 'RANDOM';
/** What cloud-init does with it: https://docs.cloud-init.io/en/latest/reference/modules.html#set-passwords */
const TITLE = 'Set a random password, which the console shows';

/** Lets cloud-init choose a password; `undefined` where the place is none that it can choose. */
export function randomPassword(tree: CloudInitTree, { start, end }: Span): Fix | undefined {
  const { root } = tree;
  const isAt = (scalar: YamlScalar | undefined): scalar is YamlScalar =>
    scalar !== undefined && scalar.span.start <= start && end <= scalar.span.end;
  const own = asScalar(get(root, 'password'));
  if (isAt(own)) return fix('suggested', TITLE, own.written.replace(0, own.written.text.length, RANDOM));
  for (const user of itemsOf(at(root, 'chpasswd', 'users'))) {
    const map = asMap(user);
    const password = asScalar(get(map, 'password'));
    if (map && isAt(password)) return fix('suggested', TITLE, asRandom(tree, map));
  }
  const list = at(root, 'chpasswd', 'list');
  for (const line of asScalar(list) ? [asScalar(list)] : itemsOf(list).map(asScalar)) {
    if (!isAt(line)) continue;
    for (const { 0: whole, 1: name = '', index } of line.text.text.matchAll(/^[ \t]{0,20}([\w.-]{1,64}:)\S{1,500}/gm)) {
      const from = index + whole.indexOf(name) + name.length;
      const span = line.text.spanOf(from, index + whole.length);
      if (span.start <= start && end <= span.end)
        return fix('suggested', TITLE, line.text.replace(from, index + whole.length, RANDOM));
    }
  }
  return undefined;
}

/** `type: RANDOM` takes the place of the password and of the type that is beside it. */
function asRandom({ source }: CloudInitTree, map: YamlMap): Edit | undefined {
  const password = entryOf(map, 'password');
  const type = entryOf(map, 'type');
  if (!password) return undefined;
  const [first, last] = type && type.span.start < password.span.start ? [type, password] : [password, type ?? password];
  const from = offsetIn(source, first.span.start);
  const to = offsetIn(source, last.span.end);
  const between = type ? source.text.slice(offsetIn(source, first.span.end), offsetIn(source, last.span.start)) : '';
  return /^[\s,]*$/.test(between) ? source.replace(from, to, `type: ${RANDOM}`) : undefined;
}

const HOST_KEY = /^[a-z0-9]{2,10}_(?:private|public|certificate)$/;

/** Takes `ssh_keys` out, so that the machine generates its own. */
export function withoutHostKeys(tree: CloudInitTree, { start, end }: Span): Fix | undefined {
  const entry = entryOf(tree.root, 'ssh_keys');
  if (!entry || !tree.root || start < entry.span.start || end > entry.span.end) return undefined;
  const keys = entriesOf(entry.value);
  if (keys.length === 0 || !keys.every(({ name }) => HOST_KEY.test(name ?? ''))) return undefined;
  return fix('suggested', 'Remove `ssh_keys`, so that cloud-init generates host keys', removal(tree, tree.root, entry));
}

const PRO = ['ubuntu_pro', 'ubuntu-pro', 'ubuntu_advantage', 'ubuntu-advantage'];

/** Takes the settings of Ubuntu Pro out, where nothing but the token is set. */
export function withoutToken(tree: CloudInitTree, { start, end }: Span): Fix | undefined {
  for (const map of [tree.root, asMap(tree.autoinstall)])
    for (const name of map ? PRO : []) {
      const entry = entryOf(map, name);
      const token = asScalar(get(entry?.value, 'token'));
      if (!map || !entry || !token || start < token.span.start || end > token.span.end) continue;
      if (entriesOf(entry.value).length > 1 || textOf(token) === undefined) return undefined;
      return fix('suggested', `Remove \`${name}\`; run \`pro attach\` on the machine`, removal(tree, map, entry));
    }
  return undefined;
}
