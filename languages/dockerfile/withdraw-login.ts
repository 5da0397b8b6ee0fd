/** Takes a login out of a command: that of a URL comes from a mounted file, the password of an account is locked. */
import { type Fix, fix } from '../../core/finding.ts';
import { quoted } from '../../core/quoted.ts';
import type { Edit, Span } from '../../core/text.ts';
import type { DockerfileTree, RunInstruction } from './tree.ts';

/** Longer names and addresses are not looked through. */
const REACH = 300;
const NETRC = '/root/.netrc';

/** `undefined` where the place is neither, or the program does not read such a file. */
export function withdrawLogin(tree: DockerfileTree, run: RunInstruction, place: Span): Fix | undefined {
  if (run.form === 'exec' || run.trigger || tree.escape !== '\\') return undefined;
  return fromUrl(tree, run, place) ?? fromAccount(tree, run, place);
}

/** https://everything.curl.dev/usingcurl/netrc.html and https://git-scm.com/docs/gitcredentials */
function fromUrl({ source }: DockerfileTree, run: RunInstruction, { start, end }: Span): Fix | undefined {
  const { text } = source;
  const from = Math.max(run.span.start, start - REACH);
  const before = /https?:\/\/[^\s"'/@]*$/.exec(text.slice(from, start));
  const after = /^[^\s"'/@]{0,60}@(?=[\w.-])/.exec(text.slice(end, end + REACH));
  if (!before || !after) return undefined;
  const scheme = from + before.index;
  const login = scheme + before[0].indexOf('//') + 2;
  const command = text
    .slice(run.keywordSpan.end, scheme)
    .split(/&&|\|\||[;|(]/)
    .at(-1)!;
  const reads = /(?:^|\s)(?:git\s(?:[^\n]{0,80}\s)?(?:clone|fetch|pull|ls-remote)|pip3?|uv|wget)\s/.test(command);
  const curl = reads ? null : /(?:^|\s)curl(?=\s)/.exec(command);
  // The file is for the user root, whose home nothing has moved.
  const isRoot = run.stage?.instructions.every(
    other => other.kind !== 'user' && !(other.kind === 'env' && other.pairs.some(({ key }) => key === 'HOME')),
  );
  if ((!reads && !curl) || !isRoot) return undefined;
  const edits: (Edit | undefined)[] = [source.replace(login, end + after[0].length, '')];
  if (!text.slice(run.span.start, run.span.end).includes(`target=${NETRC}`))
    edits.push(source.insert(run.keywordSpan.end, ` --mount=type=secret,id=netrc,target=${NETRC}`));
  if (curl) edits.push(source.insert(scheme - command.length + curl.index + curl[0].length, ' --netrc'));
  return fix('suggested', `Read the login from a mounted ${quoted('.netrc')}`, ...edits);
}

/** `echo 'ada:secret' | chpasswd` */
function fromAccount({ source, stages }: DockerfileTree, run: RunInstruction, { start, end }: Span): Fix | undefined {
  const { text } = source;
  const from = Math.max(run.span.start, start - REACH);
  const before = /(?:echo|printf)(?:[ \t]+-[en]{1,2})?[ \t]+(["']?)([a-z_][\w-]{0,31}):$/.exec(text.slice(from, start));
  const after = /^(?:\\n)?(["']?)[ \t]*\|[ \t]*chpasswd(?:[ \t]+-[a-zA-Z]\b)?(?=[ \t]*(?:$|[\n;&|\\]))/.exec(
    text.slice(end, end + REACH),
  );
  if (!before || !after || before[1] !== after[1]) return undefined;
  // Alpine's `chpasswd` is BusyBox's, which has no `usermod`.
  const isAlpine = stages.some(({ from: { rest } }) => rest.text.includes('alpine'));
  const lock = `${isAlpine ? 'passwd -l' : 'usermod -L'} ${before[2]}`;
  const edit = source.replace(from + before.index, end + after[0].length, lock);
  return fix('suggested', `Replace it with ${quoted(lock)}`, edit);
}
