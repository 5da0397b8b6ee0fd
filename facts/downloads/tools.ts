/** The command lines of programs that fetch: what from, and where to. */
import { nameOf } from '../../core/path.ts';
import type { Word } from '../../core/shell-tree.ts';
import { type SourceText, UNRESOLVED } from '../../core/text.ts';
import type { Invocation } from '../../shell/invocations.ts';
import { type OptionValue, readArguments } from '../../shell/programs/index.ts';
import { isOnWindows } from '../../shell/windows-files.ts';
import { WINDOWS_FETCHERS, windowsFetches } from './windows.ts';

/** Where the content goes: a path, the program's output, or `undefined` when that cannot be known. */
export type Destination = { readonly path: string } | 'output' | undefined;

export interface Fetch {
  readonly url: SourceText;
  readonly urlWord: Word;
  readonly to: Destination;
  /** The word that switches the check of the server's certificate off. */
  readonly insecure: Word | undefined;
  /** The branch, tag or commit that is asked for, of a repository. */
  readonly revision: OptionValue | undefined;
}

/** The machine itself and its cloud's metadata service: asking them is not a download. */
const NEARBY =
  /^(?:https?:\/\/)?(?:localhost|127\.\d+\.\d+\.\d+|\[::1\]|0\.0\.0\.0|169\.254\.169\.254|metadata\.google\.internal)(?:[:/?]|$)/i;

/** The programs that {@link fetchesOf} reads. */
export const FETCHING_PROGRAMS: readonly string[] = [
  'curl',
  'wget',
  'wget2',
  'aria2c',
  'http',
  'https',
  'git',
  ...WINDOWS_FETCHERS,
];

/** The URLs that one invocation fetches; empty when it is not a program of these, or what it fetches is not on its command line. */
export function fetchesOf(invocation: Invocation): readonly Fetch[] {
  const found = all(invocation).filter(({ url }) => !NEARBY.test(url.text));
  return isOnWindows(invocation) ? found.map(fetch => ({ ...fetch, to: onWindows(fetch.to) })) : found;
}

function onWindows(to: Destination): Destination {
  return typeof to === 'object' ? { path: to.path.replaceAll('\\', '/').toLowerCase() } : to;
}

function all(invocation: Invocation): readonly Fetch[] {
  switch (invocation.program) {
    case 'curl':
      return byCurl(invocation);
    case 'wget':
    case 'wget2':
      return byWget(invocation);
    case 'aria2c':
      return byAria2(invocation);
    case 'http':
    case 'https':
      return byHttpie(invocation);
    case 'git':
      return byGit(invocation);
    default:
      return windowsFetches(invocation);
  }
}

const redirected = ({ command }: Invocation): Destination => {
  const to = command.redirects.find(
    ({ operator, descriptor }) => /^>[>|]?$/.test(operator) && (descriptor === undefined || descriptor === 1),
  );
  return to ? fileOf(to.target?.literal) : 'output';
};

function fileOf(path: string | undefined): Destination {
  if (path === '-' || path === '/dev/stdout') return 'output';
  return path === undefined ? undefined : { path };
}

function pathOf(value: OptionValue | undefined): string | undefined {
  return value && (value.literal ?? value.source.text);
}

/** The part of a URL in front of `?` and `#`. */
export function withoutQuery(url: string): string {
  const end = url.search(/[?#]/);
  return end < 0 ? url : url.slice(0, end);
}

/** The name that a URL's content is saved under. */
export function nameInUrl(url: string): string {
  return nameOf(withoutQuery(url).replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*\/?/i, ''));
}

/** A word without a dot, a slash or a port is no host of others: `curl -sSL wget https://…`. */
function namesAddress({ value }: Word): boolean {
  return /[./:]/.test(value.text) || value.text.includes(UNRESOLVED);
}

function byCurl(invocation: Invocation): Fetch[] {
  const given = readArguments(invocation);
  if (given.has('--upload-file')) return [];
  const urls = [
    ...given.operands.filter(namesAddress).map(word => ({ word, source: word.value })),
    ...given.values('--url').map(({ word, source }) => ({ word, source })),
  ];
  const outputs = given.all('--output', '--remote-name');
  const all = given.has('--remote-name-all');
  const folder = pathOf(given.value('--output-dir'));
  const insecure = given.find('--insecure', '--proxy-insecure')?.words[0];
  return urls.map(({ word, source }, i) => {
    const output = outputs[i];
    const named = all || output?.canonical === '--remote-name';
    const path = named ? nameInUrl(source.text) : output && (pathOf(output.value) ?? '');
    const to = path === undefined ? redirected(invocation) : fileOf(folder ? `${folder}/${path}` : path);
    return { url: source, urlWord: word, to, insecure, revision: undefined };
  });
}

function byWget(invocation: Invocation): Fetch[] {
  const given = readArguments(invocation);
  const output = pathOf(given.value('--output-document'));
  const folder = pathOf(given.value('--directory-prefix'));
  const insecure = given.find('--no-check-certificate')?.words[0];
  return given.operands.map(word => {
    const named = nameInUrl(word.value.text) || 'index.html';
    const path = output ?? (folder ? `${folder}/${named}` : named);
    const to = path === '-' ? redirected(invocation) : fileOf(path);
    return { url: word.value, urlWord: word, to, insecure, revision: undefined };
  });
}

function byAria2(invocation: Invocation): Fetch[] {
  const given = readArguments(invocation);
  const folder = pathOf(given.value('--dir'));
  const check = given.find('--check-certificate');
  return given.operands.map(word => {
    const path = pathOf(given.value('--out')) ?? nameInUrl(word.value.text);
    return {
      url: word.value,
      urlWord: word,
      to: fileOf(folder ? `${folder}/${path}` : path),
      insecure: check?.value?.literal === 'false' ? check.words[0] : undefined,
      revision: undefined,
    };
  });
}

/** `http [flags] [METHOD] URL [items]`. */
function byHttpie(invocation: Invocation): Fetch[] {
  const given = readArguments(invocation);
  const method = /^[A-Z]+$/.test(given.operands[0]?.literal ?? '');
  const word = given.operands[method ? 1 : 0];
  if (!word || (method && given.operands[0]!.literal !== 'GET')) return [];
  const path = pathOf(given.value('--output')) ?? (given.has('--download') ? nameInUrl(word.value.text) : undefined);
  const check = given.find('--verify');
  const insecure = /^(?:no|false|0)$/.test(check?.value?.literal ?? '') ? check!.words[0] : undefined;
  const to = path === undefined ? redirected(invocation) : fileOf(path);
  return [{ url: word.value, urlWord: word, to, insecure, revision: undefined }];
}

function byGit(invocation: Invocation): Fetch[] {
  const given = readArguments(invocation);
  const [word, folder] = given.operands;
  if (given.path[0] !== 'clone' || !word) return [];
  const insecure =
    given.values('-c').find(({ literal }) => /^http\.(?:.*\.)?sslverify=(?:false|0|no|off)$/i.test(literal ?? ''))
      ?.word ?? noVerify(invocation);
  const { text } = word.value;
  const name = folder
    ? (folder.literal ?? folder.value.text)
    : nameOf(text.endsWith('/') ? text.slice(0, -1) : text).replace(/\.git$/, '');
  return [
    { url: word.value, urlWord: word, to: fileOf(name), insecure, revision: given.value('--branch', '--revision') },
  ];
}

/** `GIT_SSL_NO_VERIFY=1 git clone`: with any value, `0`, `false` and an empty one included. The word that says so. */
function noVerify({ command }: Invocation): Word | undefined {
  const found = command.assignments.find(({ name }) => name === 'GIT_SSL_NO_VERIFY');
  // An empty value has no place: the program that obeys it is reported.
  return found && (found.value ? (found.value.literal === undefined ? undefined : found.value) : command.words[0]);
}

/** Whether the text is certain. */
export const isKnown = (text: string): boolean => !text.includes(UNRESOLVED);
