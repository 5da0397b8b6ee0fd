/** The command lines of programs that fetch: what from, and where to. */
import { nameOf } from '../../core/path.ts';
import type { Word } from '../../core/shell-tree.ts';
import { HOLE, type SourceText } from '../../core/text.ts';
import { argumentsOf, type OptionValue, splitArguments } from '../../shell/arguments.ts';
import type { Invocation } from '../../shell/invocations.ts';

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

const CURL = [
  ...[
    '-o',
    '--output',
    '-H',
    '--header',
    '-d',
    '--data',
    '--data-raw',
    '--data-binary',
    '--data-urlencode',
    '--json',
    '-F',
    '--form',
  ],
  ...[
    '-u',
    '--user',
    '-U',
    '--proxy-user',
    '-x',
    '--proxy',
    '-X',
    '--request',
    '-A',
    '--user-agent',
    '-e',
    '--referer',
    '-b',
    '--cookie',
  ],
  ...['-c', '--cookie-jar', '-C', '--continue-at', '-m', '--max-time', '--connect-timeout', '--retry', '--retry-delay'],
  ...[
    '--retry-max-time',
    '-w',
    '--write-out',
    '-T',
    '--upload-file',
    '-r',
    '--range',
    '-E',
    '--cert',
    '--key',
    '--cacert',
    '--capath',
  ],
  ...[
    '-K',
    '--config',
    '--output-dir',
    '-D',
    '--dump-header',
    '--resolve',
    '--connect-to',
    '--interface',
    '--limit-rate',
    '-z',
  ],
  ...[
    '--time-cond',
    '-y',
    '-Y',
    '--speed-time',
    '--speed-limit',
    '--ciphers',
    '--tls-max',
    '--proto',
    '--proto-default',
    '--url',
  ],
  ...[
    '--proto-redir',
    '--max-redirs',
    '--oauth2-bearer',
    '--netrc-file',
    '--noproxy',
    '--stderr',
    '--unix-socket',
    '--aws-sigv4',
  ],
];
const WGET = [
  ...[
    '-O',
    '--output-document',
    '-P',
    '--directory-prefix',
    '-o',
    '--output-file',
    '-a',
    '--append-output',
    '-t',
    '--tries',
    '-T',
  ],
  ...[
    '--timeout',
    '-w',
    '--wait',
    '-i',
    '--input-file',
    '-U',
    '--user-agent',
    '--header',
    '--user',
    '--password',
    '-e',
    '--execute',
  ],
  ...[
    '-Q',
    '--quota',
    '-A',
    '--accept',
    '-R',
    '--reject',
    '-I',
    '-X',
    '-D',
    '--domains',
    '-l',
    '--level',
    '-B',
    '--base',
    '--post-data',
  ],
  ...[
    '--post-file',
    '--http-user',
    '--http-password',
    '--certificate',
    '--private-key',
    '--ca-certificate',
    '--ca-directory',
  ],
  ...[
    '--cut-dirs',
    '--limit-rate',
    '--waitretry',
    '--connect-timeout',
    '--read-timeout',
    '--dns-timeout',
    '--load-cookies',
    '--referer',
  ],
];
const ARIA2 = [
  '-o',
  '--out',
  '-d',
  '--dir',
  '-s',
  '--split',
  '-x',
  '--max-connection-per-server',
  '-j',
  '-k',
  '--header',
  '-i',
  '-l',
  '-U',
];
const GIT = ['-C', '-c', '--git-dir', '--work-tree', '--namespace', '--exec-path'];
const CLONE = [
  ...[
    '-b',
    '--branch',
    '--depth',
    '-o',
    '--origin',
    '--reference',
    '--template',
    '-c',
    '--config',
    '-j',
    '--jobs',
    '-u',
  ],
  ...[
    '--upload-pack',
    '--separate-git-dir',
    '--shallow-since',
    '--shallow-exclude',
    '--filter',
    '--revision',
    '--server-option',
  ],
];

/** The machine itself and its cloud's metadata service: asking them is no download. */
const NEARBY =
  /^(?:https?:\/\/)?(?:localhost|127\.\d+\.\d+\.\d+|\[::1\]|0\.0\.0\.0|169\.254\.169\.254|metadata\.google\.internal)(?:[:/?]|$)/i;

/** The URLs that one invocation fetches; empty when it is no program of these, or what it fetches is not on its command line. */
export function fetchesOf(invocation: Invocation): readonly Fetch[] {
  return all(invocation).filter(({ url }) => !NEARBY.test(url.text));
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
      return [];
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

/** https://curl.se/docs/manpage.html */
function byCurl(invocation: Invocation): Fetch[] {
  const { options, operands } = argumentsOf(invocation, CURL);
  const urls = [
    ...operands.map(word => ({ word, source: word.value })),
    ...options.flatMap(({ name, value }) => (name === '--url' && value ? [value] : [])),
  ];
  const uploads = options.some(({ name }) => name === '-T' || name === '--upload-file');
  if (uploads) return [];
  const outputs = options.filter(({ name }) => /^(?:-o|--output|-O|--remote-name)$/.test(name));
  const all = options.some(({ name }) => name === '--remote-name-all');
  const folder = pathOf(options.find(({ name }) => name === '--output-dir')?.value);
  const insecure = options.find(
    ({ name }) => name === '-k' || name === '--insecure' || name === '--proxy-insecure',
  )?.word;
  return urls.map(({ word, source }, i) => {
    const output = outputs[i];
    const named = all || output?.name === '-O' || output?.name === '--remote-name';
    const path = named ? nameInUrl(source.text) : output && (pathOf(output.value) ?? '');
    const to = path === undefined ? redirected(invocation) : fileOf(folder ? `${folder}/${path}` : path);
    return { url: source, urlWord: word, to, insecure, revision: undefined };
  });
}

/** https://www.gnu.org/software/wget/manual/wget.html */
function byWget(invocation: Invocation): Fetch[] {
  const { options, operands } = argumentsOf(invocation, WGET);
  const output = options.find(({ name }) => name === '-O' || name === '--output-document')?.value;
  const folder = pathOf(options.find(({ name }) => name === '-P' || name === '--directory-prefix')?.value);
  const insecure = options.find(({ name }) => name === '--no-check-certificate')?.word;
  return operands.map(word => {
    const named = nameInUrl(word.value.text) || 'index.html';
    const path = pathOf(output) ?? (folder ? `${folder}/${named}` : named);
    const to = path === '-' ? redirected(invocation) : fileOf(path);
    return { url: word.value, urlWord: word, to, insecure, revision: undefined };
  });
}

/** https://aria2.github.io/manual/en/html/aria2c.html */
function byAria2(invocation: Invocation): Fetch[] {
  const { options, operands } = argumentsOf(invocation, ARIA2);
  const value = (...names: string[]) => pathOf(options.find(({ name }) => names.includes(name))?.value);
  const folder = value('-d', '--dir');
  const insecure = options.find(
    option => option.name === '--check-certificate' && option.value?.literal === 'false',
  )?.word;
  return operands.map(word => {
    const path = value('-o', '--out') ?? nameInUrl(word.value.text);
    return {
      url: word.value,
      urlWord: word,
      to: fileOf(folder ? `${folder}/${path}` : path),
      insecure,
      revision: undefined,
    };
  });
}

/** https://httpie.io/docs/cli: `http [flags] [METHOD] URL [items]`. */
function byHttpie(invocation: Invocation): Fetch[] {
  const { options, operands } = argumentsOf(invocation, [
    '-o',
    '--output',
    '-a',
    '--auth',
    '--session',
    '--proxy',
    '--timeout',
  ]);
  const method = /^[A-Z]+$/.test(operands[0]?.literal ?? '');
  const word = operands[method ? 1 : 0];
  if (!word || (method && operands[0]!.literal !== 'GET')) return [];
  const output = options.find(({ name }) => name === '-o' || name === '--output')?.value;
  const saved = options.some(({ name }) => name === '-d' || name === '--download');
  const path = pathOf(output) ?? (saved ? nameInUrl(word.value.text) : undefined);
  const insecure = options.find(
    ({ name, value }) => name === '--verify' && /^(?:no|false|0)$/.test(value?.literal ?? ''),
  )?.word;
  const to = path === undefined ? redirected(invocation) : fileOf(path);
  return [{ url: word.value, urlWord: word, to, insecure, revision: undefined }];
}

/** https://git-scm.com/docs/git-clone */
function byGit(invocation: Invocation): Fetch[] {
  const { options: globals, operands } = argumentsOf(invocation, GIT);
  const verb = operands[0];
  if (verb?.literal !== 'clone') return [];
  const given = splitArguments(invocation.args.slice(invocation.args.indexOf(verb) + 1), CLONE);
  const [word, folder] = given.operands;
  if (!word) return [];
  const settings = [...globals, ...given.options].filter(({ name }) => name === '-c' || name === '--config');
  const insecure =
    settings.find(({ value }) => /^http\.(?:.*\.)?sslverify=(?:false|0|no|off)$/i.test(value?.literal ?? ''))?.value
      ?.word ?? noVerify(invocation);
  const { text } = word.value;
  const name = folder
    ? (folder.literal ?? folder.value.text)
    : nameOf(text.endsWith('/') ? text.slice(0, -1) : text).replace(/\.git$/, '');
  const revision = given.options.find(option => /^(?:-b|--branch|--revision)$/.test(option.name))?.value;
  return [{ url: word.value, urlWord: word, to: fileOf(name), insecure, revision }];
}

/** `GIT_SSL_NO_VERIFY=1 git clone`; the word that says so is the assignment's value. */
function noVerify({ command }: Invocation): Word | undefined {
  const value = command.assignments.find(({ name }) => name === 'GIT_SSL_NO_VERIFY')?.value;
  return value?.literal !== undefined && !/^(?:|0|false)$/.test(value.literal) ? value : undefined;
}

/** Whether the text is certain. */
export const isKnown = (text: string): boolean => !text.includes(HOLE);
