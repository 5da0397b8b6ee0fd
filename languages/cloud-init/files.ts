/** `write_files`: what it writes, decoded (https://docs.cloud-init.io/en/latest/reference/modules.html#write-files). */
import type { FetchStep, ImageBuild, Value, WriteFileStep } from '../../core/build.ts';
import type { LowerContext } from '../../core/language.ts';
import { nameOf } from '../../core/path.ts';
import type { ShellDialect } from '../../core/script.ts';
import type { SourceText } from '../../core/text.ts';
import { scriptFile } from './commands.ts';
import { decodeBase64 } from './encodings.ts';
import { headerOf } from './header.ts';
import { asScalar, booleanOf, get, itemsOf, scalarValue, textOf } from './nodes.ts';
import type { YamlNode, YamlScalar } from './tree.ts';

export interface WrittenFiles {
  /** Written before users and packages are there, then those with `defer: true`. */
  readonly early: readonly (WriteFileStep | FetchStep)[];
  readonly deferred: readonly (WriteFileStep | FetchStep)[];
  /** Dockerfiles and user-data among the files. */
  readonly nested: readonly ImageBuild[];
}

/** The items of `write_files` as steps. An item whose content cannot be had yields none. */
export function writtenFiles(list: YamlNode | undefined, context: LowerContext): WrittenFiles {
  const early: (WriteFileStep | FetchStep)[] = [];
  const deferred: (WriteFileStep | FetchStep)[] = [];
  const nested: ImageBuild[] = [];
  for (const item of itemsOf(list)) {
    const steps = booleanOf(get(item, 'defer')) ? deferred : early;
    const uri = asScalar(get(get(item, 'source'), 'uri'));
    if (uri) steps.push({ kind: 'fetch', url: scalarValue(uri), checksum: undefined, span: item.span });
    const content = contentOf(item);
    if (!content) continue;
    const path = asScalar(get(item, 'path'));
    const mode = asScalar(get(item, 'permissions'));
    const name = nameOf(textOf(path) ?? '');
    steps.push({
      kind: 'write-file',
      path: path && scalarValue(path),
      content,
      mode: mode && modeOf(mode),
      script: scriptFile(content, dialectOfName(name), context),
      span: item.span,
    });
    if (/^(?:dockerfile|containerfile)(?:\.|$)|\.dockerfile$/i.test(name))
      pushDefined(nested, context.nested('dockerfile', content));
    else if (isUserData(content)) pushDefined(nested, context.nested('cloud-init', content));
  }
  return { early, deferred, nested };
}

/** A number that is not in quotes is one for cloud-init too: `438` is `0666`. YAML reads `0644` as octal by itself. */
function modeOf(mode: YamlScalar): Value {
  const value = scalarValue(mode);
  const isNumber = mode.style === 'plain' && /^[1-9]\d{0,5}$/.test(value.literal ?? '');
  return isNumber ? { ...value, literal: Number(value.literal).toString(8).padStart(4, '0') } : value;
}

function pushDefined<T>(list: T[], item: T | undefined): void {
  if (item !== undefined) list.push(item);
}

/** The text that will be in the file; `undefined` when there is none or its encoding cannot be read. */
function contentOf(item: YamlNode): SourceText | undefined {
  const content = asScalar(get(item, 'content'));
  if (!content) return undefined;
  const encoding = (textOf(get(item, 'encoding')) ?? 'text/plain').toLowerCase().replaceAll(' ', '');
  const binary = content.tag === '!!binary';
  switch (encoding) {
    case 'b64':
    case 'base64':
      return decodeBase64(content.text);
    case 'gz+b64':
    case 'gz+base64':
    case 'gzip+b64':
    case 'gzip+base64':
      return decodeBase64(content.text, true);
    case 'gz':
    case 'gzip':
      return binary ? decodeBase64(content.text, true) : undefined;
    default:
      return binary ? decodeBase64(content.text) : content.text;
  }
}

function dialectOfName(name: string): ShellDialect | undefined {
  switch (/\.([a-z0-9]+)$/.exec(name.toLowerCase())?.[1]) {
    case 'sh':
      return 'posix';
    case 'bash':
      return 'bash';
    case 'ps1':
      return 'powershell';
    case 'bat':
    case 'cmd':
      return 'cmd';
    default:
      return undefined;
  }
}

function isUserData(content: SourceText): boolean {
  const kind = headerOf(content.text)?.kind;
  return kind === 'cloud-config' || kind === 'jinja cloud-config';
}
