/** Reads a document of any form into the tree. Nothing here throws; what cannot be read is a problem. */
import type { Comment } from '../../core/build.ts';
import type { Finding } from '../../core/finding.ts';
import { type SourceText, type Span, UNRESOLVED } from '../../core/text.ts';
import { isCloudCfg, isConfigPiece, isHeaderlessScript, isNetworkConfig, withoutTemplateEnding } from './detect.ts';
import { dialectOf, isStrange } from './dialects.ts';
import { decodeBase64 } from './encodings.ts';
import { type Header, headerOf, jinjaMarker } from './header.ts';
import { isForInstaller, withInstallerKey } from './installer.ts';
import { readJinja } from './jinja/reader.ts';
import type { JinjaProblem } from './jinja/tokens.ts';
import { readMime } from './mime.ts';
import { asMap, asScalar, get, itemsOf, textOf } from './nodes.ts';
import { parseTemplated } from './templates.ts';
import type { CloudInitForm, CloudInitPart, CloudInitTree, Surroundings, YamlNode } from './tree.ts';
import { isWindowsUserData } from './windows.ts';

/** Messages in archives in messages are read to this depth. */
const DEEPEST_PARTS = 4;

interface DocumentContext {
  readonly path: string | undefined;
  /** Whose ending says what template language it is; for parts the path of the whole file. */
  readonly template: string | undefined;
  readonly within: CloudInitTree['within'];
  readonly seed: boolean;
  readonly surroundings: Surroundings;
  /** The MIME type that the part declares. */
  readonly type?: string | undefined;
  readonly depth: number;
}

const ALONE: Surroundings = {
  names: undefined,
  userData: undefined,
  lacksMetaData: false,
  launcher: undefined,
  isCloudCfg: false,
  misencoded: undefined,
  twins: [],
};

/** The tree of a whole document. */
export function parseCloudInit(
  source: SourceText,
  path: string | undefined,
  seed = false,
  surroundings = ALONE,
): CloudInitTree {
  return parseAt(source, { path, template: path, within: undefined, seed, surroundings, depth: 0 });
}

function parseAt(source: SourceText, place: DocumentContext): CloudInitTree {
  const header = headerOf(source.text);
  const form = formOf(header, place, source.text);
  const base: CloudInitTree = {
    form,
    source,
    path: place.path,
    header: header && source.spanOf(header.start, header.end),
    within: place.within,
    type: place.type,
    seed: place.seed,
    surroundings: place.surroundings,
    joined: false,
    document: undefined,
    root: undefined,
    parts: [],
    includes: [],
    script: undefined,
    dialect: undefined,
    templated: [],
    autoinstall: undefined,
    jinja: header?.jinja ? readJinja(source.text, jinjaMarker(source.text)?.next ?? 0) : undefined,
    comments: [],
    problems: [],
  };
  const rejected = isFilledInBefore(place.template, source.text) ? undefined : base.jinja?.problem;
  const tree = treeOf(form, base, header, place);
  // What is wrong in YAML that is not there yet comes after.
  return rejected ? { ...tree, problems: [templateProblem(source, rejected)] } : tree;
}

/** Whether another template engine than Jinja comes first, so that the tags are not final. */
function isFilledInBefore(path: string | undefined, text: string): boolean {
  if (path === undefined || /\$\{|%\{|<%/.test(text) === false) return false;
  return withoutTemplateEnding(path) !== path.toLowerCase();
}

function templateProblem(source: SourceText, { message, help, start, end }: JinjaProblem): Finding {
  return { message, help, span: source.spanOf(start, end) };
}

function treeOf(
  form: CloudInitForm,
  base: CloudInitTree,
  header: Header | undefined,
  place: DocumentContext,
): CloudInitTree {
  const { source } = base;
  switch (form) {
    case 'mime':
      return mime(base, place);
    case 'include':
      return { ...base, includes: includesOf(source), comments: lineComments(source) };
    case 'windows scripts':
      return { ...base, header: undefined, comments: lineComments(source) };
    case 'script':
      return { ...base, script: source, comments: lineComments(source) };
    case 'boothook':
    case 'part-handler': {
      const newline = source.text.indexOf('\n', header?.end ?? 0);
      const body = header && newline >= 0 ? source.slice(newline + 1, source.text.length) : source;
      return { ...base, script: body, comments: lineComments(body) };
    }
    default:
      return yaml(base, header, place);
  }
}

/** The types that cloud-init reads a part's kind from; for any other, it looks at the first line. */
const TYPES: Readonly<Record<string, CloudInitForm>> = {
  'text/cloud-config': 'cloud-config',
  'text/cloud-config-archive': 'archive',
  'text/cloud-boothook': 'boothook',
  'text/part-handler': 'part-handler',
  'text/x-include-url': 'include',
  'text/x-include-once-url': 'include',
  'text/x-shellscript': 'script',
  'text/x-shellscript-per-boot': 'script',
  'text/x-shellscript-per-instance': 'script',
  'text/x-shellscript-per-once': 'script',
};

function formOf(header: Header | undefined, place: DocumentContext, text: string): CloudInitForm {
  const typed = isScriptInName(header, place) ? undefined : TYPES[place.type ?? ''];
  if (!typed && isWindowsUserData(withoutTemplateEnding(place.path ?? ''), text)) return 'windows scripts';
  if (typed && !(typed === 'cloud-config' && header?.kind === 'jinja cloud-config')) return typed;
  if (place.path !== undefined && isCloudCfg(place.path)) return 'cloud.cfg';
  if (place.path !== undefined && isNetworkConfig(place.path) && (!header || isCommentThere(header, text)))
    return 'network-config';
  if (header?.kind === 'cloud-config' && place.path !== undefined && isConfigPiece(place.path)) return 'cloud.cfg';
  if (place.path !== undefined && isForInstaller(withoutTemplateEnding(place.path), text)) return 'autoinstall';
  // Without a header, or with the one that user-data has. A part of a message is no file of its own.
  if (place.path !== undefined && (!header || header.kind === 'cloud-config') && place.surroundings.isCloudCfg)
    return 'cloud.cfg';
  if (header === undefined)
    return place.path !== undefined && isHeaderlessScript(place.path, text) ? 'script' : 'cloud-config';
  return header.kind === 'misplaced' ? 'unknown header' : header.kind;
}

/**
 * Whether the content decides although the part of a message is called a script: some clouds call every part so. Items of
 * archives keep their type (`_process_msg` and `_explode_archive` in `cloudinit/user_data.py`).
 */
function isScriptInName(header: Header | undefined, { type, within }: DocumentContext): boolean {
  return within === 'mime' && type === 'text/x-shellscript' && header !== undefined && header.kind !== 'misplaced';
}

/** Whether `#cloud-config` is a mere comment: above the network under its own name. */
function isCommentThere({ kind }: Header, text: string): boolean {
  return kind === 'cloud-config' && /^(?:network|ethernets|wifis|bonds|bridges|vlans):/m.test(text);
}

function yaml(base: CloudInitTree, header: Header | undefined, place: DocumentContext): CloudInitTree {
  const filled = parseTemplated(base.source, place.template, base.jinja);
  // Of a file, only placeholders are unknown before its template is read.
  const hasPlaceholders = place.path !== undefined && base.source.text.includes(UNRESOLVED);
  const read = hasPlaceholders ? { ...filled, templated: [...filled.templated, 'placeholders' as const] } : filled;
  const control = controlCharacter(base.source);
  const tree = { ...base, ...read, problems: control ? [control, ...read.problems] : read.problems };
  if (base.form === 'archive') return { ...tree, parts: archived(tree.document, place) };
  const written = asMap(tree.document);
  const root = written && tree.form === 'autoinstall' ? withInstallerKey(written) : written;
  const byName = !header && place.within === undefined && place.path !== undefined && base.form === 'cloud-config';
  const isOurs = !root || tree.form === 'autoinstall';
  const dialect = isOurs
    ? undefined
    : (dialectOf(root, place.path, header !== undefined || place.within !== undefined) ??
      (byName && isStrange(root, tree.templated.length > 0) ? 'unknown' : undefined));
  return {
    ...tree,
    root,
    dialect,
    form: dialect ? 'other-dialect' : tree.form,
    autoinstall: asMap(get(root, 'autoinstall')),
    problems: dialect === 'unknown' ? [] : tree.problems.length > 0 ? tree.problems : notAMap(tree),
  };
}

/** What PyYAML refuses to read at all; U+0085 and surrogates, which are pairs here, may be there. */
const UNREADABLE = /[\0-\x08\x0B\x0C\x0E-\x1F\x7F-\x84\x86-\x9F\uFFFE\uFFFF]/;

/** A control character, for which PyYAML rejects the whole document. https://pyyaml.org/wiki/PyYAMLDocumentation#yaml-syntax */
function controlCharacter(source: SourceText): Finding | undefined {
  const at = source.text.search(UNREADABLE);
  if (at < 0 || source.text[at] === UNRESOLVED) return undefined;
  const code = source.text.charCodeAt(at).toString(16).toUpperCase().padStart(4, '0');
  return {
    message: `Control character U+${code}: cloud-init rejects the file`,
    help: 'Remove it, or write an escape such as `"\\e"` in double quotes',
    span: source.spanOf(at, at + 1),
  };
}

/** cloud-init needs a mapping; it ignores a string or a list. */
function notAMap(tree: CloudInitTree): readonly Finding[] {
  const { document } = tree;
  if (!document || document.kind === 'map' || document.kind === 'null' || document.kind === 'alias') return [];
  if (/^#cloud-config-jsonp/i.test(tree.source.text.trimStart()) || tree.templated.length > 0) return [];
  const what = document.kind === 'seq' ? 'a list' : 'a string';
  return [
    {
      message: `Document is ${what}, but cloud-config must be a mapping`,
      help: 'Write keys with values, such as `packages: [curl]`',
      span: firstLine(document),
    },
  ];
}
function firstLine(node: YamlNode): Span {
  const newline = node.written.text.indexOf('\n');
  return node.written.spanOf(0, newline < 0 ? node.written.text.length : newline);
}

function mime(base: CloudInitTree, place: DocumentContext): CloudInitTree {
  const message = readMime(base.source);
  const parts = message.parts.map((part): CloudInitPart => {
    const content =
      part.encoding === 'base64'
        ? decodeBase64(part.body)
        : part.encoding === 'quoted-printable'
          ? undefined
          : part.body;
    return { ...part, content, tree: content && partTree(content, part.type, 'mime', place) };
  });
  return { ...base, parts, problems: message.problems };
}

function partTree(
  content: SourceText,
  type: string | undefined,
  within: 'mime' | 'archive',
  place: DocumentContext,
): CloudInitTree | undefined {
  if (place.depth >= DEEPEST_PARTS) return undefined;
  // Without a known type, cloud-init goes by the first line; without either, no handler gets it.
  if (!TYPES[type ?? ''] && !headerOf(content.text)) return undefined;
  return parseAt(content, {
    path: undefined,
    template: place.template,
    within,
    seed: place.seed,
    surroundings: ALONE,
    type,
    depth: place.depth + 1,
  });
}

/** `#cloud-config-archive`: a list of strings, or of mappings with `type`, `filename` and `content`. */
function archived(document: YamlNode | undefined, place: DocumentContext): CloudInitPart[] {
  return itemsOf(document).map(item => {
    const content = (asScalar(item) ?? asScalar(get(item, 'content')))?.text;
    const typeNode = get(item, 'type');
    const type = textOf(typeNode)?.toLowerCase();
    return {
      type,
      typeSpan: typeNode?.span,
      filename: textOf(get(item, 'filename')),
      mergeType: textOf(get(item, 'Merge-Type')) ?? textOf(get(item, 'X-Merge-Type')),
      span: item.span,
      content,
      tree: content && partTree(content, type, 'archive', place),
    };
  });
}

/** One URL per line; lines that start with `#` are comments. */
function includesOf(source: SourceText): SourceText[] {
  const urls: SourceText[] = [];
  for (const { start, end } of linesOf(source.text)) {
    const line = source.text.slice(start, end);
    const skipped = /^#include(?:-once)?\s*/i.exec(line)?.[0].length ?? 0;
    const text = line.slice(skipped).trim();
    if (text === '' || text.startsWith('#')) continue;
    const from = start + line.indexOf(text, skipped);
    urls.push(source.slice(from, from + text.length));
  }
  return urls;
}

function* linesOf(text: string): Iterable<{ start: number; end: number }> {
  for (let start = 0; start < text.length; ) {
    const found = text.indexOf('\n', start);
    const end = found < 0 ? text.length : found;
    yield { start, end };
    start = end + 1;
  }
}

/** The whole-line comments of a script; each is about the next line that is not a comment. */
function lineComments(source: SourceText): Comment[] {
  const comments: Comment[] = [];
  let waiting: { start: number; end: number; from: number }[] = [];
  const settle = (target: Span | undefined) => {
    for (const { start, end, from } of waiting)
      comments.push({ text: source.text.slice(from + 1, end), span: source.spanOf(start, end), target });
    waiting = [];
  };
  for (const { start, end } of linesOf(source.text)) {
    const line = source.text.slice(start, end);
    const from = start + line.length - line.trimStart().length;
    if (line.trim() === '') continue;
    if (source.text[from] === '#' && !line.startsWith('#!'))
      waiting.push({ start: from, end: start + line.trimEnd().length, from });
    else settle(source.spanOf(from, start + line.trimEnd().length));
  }
  settle(undefined);
  return comments;
}
