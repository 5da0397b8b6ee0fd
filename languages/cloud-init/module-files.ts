/** What modules write into files of their own, or hand to a program. https://docs.cloud-init.io/en/latest/reference/modules.html */
import type { Value, WriteFileStep } from '../../core/build.ts';
import { SourceText } from '../../core/text.ts';
import { asScalar, at, get, itemsOf, scalarValue, textOf, textValue } from './nodes.ts';
import type { YamlMap, YamlNode } from './tree.ts';

export function moduleFiles(root: YamlMap): WriteFileStep[] {
  const found: WriteFileStep[] = [];
  const add = (path: Value | undefined, content: YamlNode | undefined, mode?: Value): void => {
    const scalar = asScalar(content);
    if (!scalar) return;
    const { text, span } = scalar;
    found.push({ kind: 'write-file', path, content: text, mode, script: undefined, span });
  };
  add(value('/etc/apt/apt.conf.d/94cloud-init-config'), at(root, 'apt', 'conf'));
  // A program reads it from its input.
  add(value('/var/lib/lxd/preseed.yaml'), at(root, 'lxd', 'preseed'));
  add(pathOf(at(root, 'fan', 'config_path'), '/etc/network/fan'), at(root, 'fan', 'config'));
  for (const item of itemsOf(at(root, 'wireguard', 'interfaces')))
    add(pathOf(get(item, 'config_path')), get(item, 'content'), value('0600'));
  for (const item of itemsOf(at(root, 'rsyslog', 'configs')))
    add(rsyslogPath(get(root, 'rsyslog'), get(item, 'filename')), asScalar(item) ?? get(item, 'content'));
  return found;
}

/** The name of a file of rsyslog is in its directory, unless it is absolute. */
function rsyslogPath(rsyslog: YamlNode | undefined, filename: YamlNode | undefined): Value | undefined {
  const name = known(filename ?? get(rsyslog, 'config_filename'), '20-cloud-config.conf')?.trim();
  const directory = known(get(rsyslog, 'config_dir'), '/etc/rsyslog.d');
  if (name === undefined || directory === undefined) return undefined;
  return value(name.startsWith('/') ? name : `${directory.replace(/\/$/, '')}/${name}`);
}

/** A text, and what it is where the key is not there. */
const known = (node: YamlNode | undefined, otherwise: string): string | undefined =>
  node === undefined ? otherwise : textOf(node);

function pathOf(node: YamlNode | undefined, otherwise?: string): Value | undefined {
  const path = asScalar(node);
  if (path) return scalarValue(path);
  return otherwise === undefined ? undefined : value(otherwise);
}

const value = (text: string): Value => textValue(SourceText.document(text));
