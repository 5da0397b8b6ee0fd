/** Secrets that come from outside, as they should, and that a command then writes into a file of the image. */
import type { ImageBuild, RunStep, Stage, WriteFileStep } from '../../../core/build.ts';
import { memo } from '../../../core/memo.ts';
import { joinPath, nameOf } from '../../../core/path.ts';
import type { Command, Expansion, Word } from '../../../core/shell-tree.ts';
import { contains, type SourceText, type Span, UNRESOLVED } from '../../../core/text.ts';
import { type Invocation, invocationBy, invocationsOfStep } from '../../../shell/invocations.ts';
import { printedWords } from '../../../shell/printed-words.ts';
import { readArguments } from '../../../shell/programs/index.ts';
import { putInBySed, sedCommandOf } from '../../../shell/sed-scripts.ts';
import { wrappersOf } from '../../../shell/wrappers.ts';
import { copyOf } from '../../copies.ts';
import { fileWrittenBy } from './commands.ts';
import { asksForSecret, placeOf } from './exposure.ts';
import { type Mounts, mountsOf } from './mounts.ts';
import { type Deletion, type Deletions, deletionsIn } from './removal.ts';
import { isRevoking, isUndoing, type Store, storeOf } from './stores.ts';

/** A secret from outside that stays in a file of the image. */
export interface WrittenSecret {
  /** How messages call it: "`NPM_TOKEN`", "a mounted secret". */
  readonly what: string;
  /** "`.npmrc`". */
  readonly file: string;
  /** The word that brings it. */
  readonly span: Span;
  readonly stage: Stage;
  /** What is written is got with it: a session, or a key. */
  readonly isLogin: boolean;
  /** The deletion in a later layer, which does not help. */
  readonly tooLate: Span | undefined;
}

/**
 * The secrets that commands write into files and that stay there: mounted ones of a Dockerfile, variables of Packer and
 * of its provisioners. What the same layer (in Packer: any later step of the build) deletes again is gone.
 */
export const writtenSecrets: (build: ImageBuild) => readonly WrittenSecret[] = memo(build => written(build, NONE));
const NONE: ReadonlySet<string> = new Set();

/** Whether the commands of a stage would leave a variable in a file if a secret were mounted as it. */
export function wouldBeWritten(name: string, stage: Stage, build: ImageBuild): boolean {
  return valuesWritten(name, stage, build).length > 0;
}

/** Where that would be. */
export function valuesWritten(name: string, stage: Stage, build: ImageBuild): readonly WrittenSecret[] {
  return written(build, new Set([name])).filter(one => one.stage === stage && one.what === placeOf('', name, ''));
}

/** `mounted`: names that every step of a Dockerfile has besides its own mounts. */
function written(build: ImageBuild, mounted: ReadonlySet<string>): readonly WrittenSecret[] {
  const found: WrittenSecret[] = [];
  if (build.language === 'cloud-init') return found;
  // A Dockerfile gets secrets from outside by its mounts alone.
  if (build.language === 'dockerfile' && mounted.size === 0 && !MOUNTED.test(build.source.text)) return found;
  for (const stage of build.stages) {
    const deletions = deletionsIn(stage);
    const given = new Set(mounted);
    const layers = layersOf(stage);
    const undone = undoings(stage);
    stage.steps.forEach((step, at) => {
      const isGiven = build.language === 'packer' && step.kind === 'env' && step.scope === 'build';
      if (isGiven && asksForSecret(step.name, {})) given.add(step.name);
      const writes =
        step.kind === 'run' && step.phase === 'build'
          ? writesOf(step, build, given)
          : step.kind === 'write-file' && build.language === 'packer'
            ? contentOf(step, build)
            : [];
      for (const { word, what, path, by, isLogin = false } of writes) {
        if (VOLATILE.test(path) || PUBLIC.test(path)) continue;
        if (step.kind === 'run' && mountsOf(step, build).covers(path)) continue;
        const isUndone = ({ at: later, revokes }: Undoing): boolean =>
          layers[later] === layers[at] || (later > at && (revokes || build.language === 'packer'));
        if (by !== undefined && undone.get(by)?.some(isUndone)) continue;
        const deletion = deletionAfter(word, at, path, deletions, layers, build.language === 'packer');
        if (deletion && (layers[deletion.at] === layers[at] || build.language === 'packer')) continue;
        const file = shownFile(path, by);
        found.push({ what, file, span: word, stage, isLogin, tooLate: deletion?.span });
      }
    });
  }
  return found;
}

/** What messages call a file: its name, with that of its directory where a program keeps it under a name that says little. */
function shownFile(path: string, by: string | undefined): string {
  const name = nameOf(path);
  const within = path.endsWith(CLONE) || (by !== undefined && TELLS_LITTLE.has(name));
  return within ? `\`${path.split('/').slice(-2).join('/')}\`` : placeOf('', name, 'a file');
}
const CLONE = '/.git/config';
const TELLS_LITTLE: ReadonlySet<string> = new Set(['config', 'gcloud', 'key.pem', 'token']);

const MOUNTED = /type=secret|\/run\/secrets\//;

/** Places that are not part of the image. */
const VOLATILE = /^\/(?:dev|proc|sys|run|var\/run)\//;
/** Certificates, also those that the machine trusts, and public keys are no secrets. */
const PUBLIC =
  /\/(?:ca-certificates|ca-trust|anchors|etc\/ssl\/certs|apt\/keyrings|share\/keyrings|trusted\.gpg\.d|rpm-gpg)\/(?![^/]{0,100}\.key$|[^/]{0,100}key\.pem$)|\.(?:crt|cer|pub)$|(?:^|\/)(?:authorized_keys|known_hosts|allowed_signers)$|(?:^|[/_.-])ca(?:[_.-]?(?:cert(?:ificate)?s?|bundle))?\.pem$/i;

/** The first deletion after a write, in its step or in a later one, of the file or of a directory around it. */
function deletionAfter(
  word: Span,
  at: number,
  path: string,
  deletions: Deletions,
  layers: readonly number[],
  oneLayer: boolean,
): Deletion | undefined {
  const around = path
    .split('/')
    .slice(-6)
    .filter(part => part !== '');
  const inStep = ({ inOrder, span, start }: Deletion) => !inOrder || span.file !== word.file || start > word.start;
  return deletions
    .of(around)
    .find(deletion =>
      deletion.at === at
        ? inStep(deletion)
        : layers[deletion.at] === layers[at] || (deletion.at > at && (oneLayer || deletion.how !== 'changed')),
    );
}

interface Write {
  readonly word: Span;
  readonly what: string;
  readonly path: string;
  /** The program that keeps it in a file of its own, and that may take it back. */
  readonly by?: string;
  readonly isLogin?: boolean;
}

/** A command that takes back what its program kept. */
interface Undoing {
  /** The position of its step. */
  readonly at: number;
  /** Whether what an earlier layer has of it opens nothing any more. */
  readonly revokes: boolean;
}

/** The commands of a stage with which each program forgets what it kept. */
function undoings({ steps }: Stage): ReadonlyMap<string, readonly Undoing[]> {
  const found = new Map<string, Undoing[]>();
  for (const [at, step] of steps.entries())
    if (step.kind === 'run' && step.phase === 'build')
      for (const invocation of invocationsOfStep(step)) {
        if (!isUndoing(invocation)) continue;
        const list = found.get(invocation.program);
        const one = { at, revokes: isRevoking(invocation) };
        if (list) list.push(one);
        else found.set(invocation.program, [one]);
      }
  return found;
}

/** By step, the position of the one that it is a part of: a script in a file is in the layer of the command that runs it. */
function layersOf({ steps }: Stage): readonly number[] {
  let own = 0;
  return steps.map((step, at) => (step.kind === 'run' && step.calledBy ? own : (own = at)));
}

/** The secrets that a template fills into a file that it uploads. */
function* contentOf({ content, path }: WriteFileStep, build: ImageBuild): Generator<Write> {
  const to = path?.byDefault;
  if (to === undefined) return;
  for (const { name, span } of variablesIn(content, build))
    yield { word: span, what: placeOf('', name, 'a secret'), path: to };
}

function* writesOf(step: RunStep, build: ImageBuild, given: ReadonlySet<string>): Generator<Write> {
  const mounts = mountsOf(step, build);
  const mounted = mounts.names.size > 0 ? new Set([...given, ...mounts.names]) : given;
  for (const invocation of invocationsOfStep(step)) {
    const { command, program, script } = invocation;
    if (!command.mayRun) continue;
    if (COPIERS.has(program)) yield* copies(invocation, mounts);
    const store = storeOf(invocation);
    if (store) yield* stored(store, invocation, mounted, mounts, build);
    const path = program === 'sed' ? filledBySed(invocation) : fileWrittenBy(command, script);
    if (path === undefined) continue;
    const fed = fedFromMount(invocation, mounts);
    if (fed) yield { word: fed, what: MOUNTED_SECRET, path };
    if (program === 'sed' && !fed) yield* putIn(invocation, path, mounted, build);
    if (fed || !PRINTERS.has(program)) continue;
    for (const word of wordsWritten(invocation)) {
      const span = script.spanOf(word);
      if (program === 'cat' && mounts.isSecret(word.literal)) yield { word: span, what: MOUNTED_SECRET, path };
      const what = secretIn(word, span, mounted, build) ?? substitutedIn(word, mounts);
      if (what !== undefined) yield { word: span, what, path };
    }
    if (program !== 'cat' && program !== 'tee') continue;
    for (const { name, span } of inHeredocs(invocation, mounted, build))
      yield { word: span, what: placeOf('', name, 'a secret'), path };
  }
}

/** What a login or a setting keeps. */
function* stored(
  { files, isLogin, path, words }: Store,
  invocation: Invocation,
  mounted: ReadonlySet<string>,
  mounts: Mounts,
  build: ImageBuild,
): Generator<Write> {
  const { program: by, script } = invocation;
  const brought = words.flatMap(word => {
    const span = script.spanOf(word);
    const what = secretIn(word, span, mounted, build) ?? substitutedIn(word, mounts);
    return what === undefined ? [] : { word: span, what, path, by, isLogin };
  });
  // One login, however many values it takes.
  if (isLogin && brought.length > 0) {
    yield brought.find(({ what }) => asksForSecret(what.replaceAll('`', ''), {})) ?? brought[0]!;
    return;
  }
  yield* brought;
  for (const file of files)
    if (mounts.isSecret(file.path)) yield { word: script.spanOf(file.word), what: MOUNTED_SECRET, path, by, isLogin };
  for (const { name, span } of inHeredocs(invocation, mounted, build))
    yield { word: span, what: placeOf('', name, 'a secret'), path, by, isLogin };
}

const MOUNTED_SECRET = 'a mounted secret';

/** Whether a word is filled in from the file of a mounted secret as it is: `$(cat /run/secrets/token)`. */
function substitutedIn({ expansions, raw, start }: Word, mounts: Mounts): string | undefined {
  for (const expansion of expansions) {
    if (expansion.kind !== 'command') continue;
    const inner = raw.slice(expansion.start - start, Math.min(expansion.end - start, expansion.start - start + 400));
    if (!READS.test(inner) || DIGESTS.test(inner)) continue;
    if ((inner.match(PATHS) ?? []).some(path => mounts.isSecret(path))) return MOUNTED_SECRET;
  }
  return undefined;
}
const READS = /^(?:\$\(|`)[ \t]{0,8}(?:<|(?:cat|head|tail|tr|jq|cut|sed|base64)\b)/;
const PATHS = /\/[\w./-]{1,200}/g;
/** What is left of a secret tells nothing of it. */
const DIGESTS = /\b(?:\w{2,8}sum|wc|openssl)\b/;

/** What `sed` puts in; what it looks for goes nowhere. */
function* putIn(invocation: Invocation, path: string, given: ReadonlySet<string>, build: ImageBuild): Generator<Write> {
  const { args, script } = invocation;
  const places = sedCommandOf(invocation)?.scripts.flatMap(putInBySed) ?? [];
  for (const word of args) {
    const span = script.spanOf(word);
    for (const place of places.map(one => one.span).filter(one => contains(span, one))) {
      const expansions = word.expansions.filter(one => contains(place, script.spanOf(one)));
      const what = secretIn(word, place, given, build, expansions);
      if (what === undefined) continue;
      yield { word: span, what, path };
      break;
    }
  }
}

/** The file that `sed` changes, or that its output goes into. */
function filledBySed(invocation: Invocation): string | undefined {
  const sed = sedCommandOf(invocation);
  return sed?.inPlace ? sed.files[0]?.literal : fileWrittenBy(invocation.command, invocation.script);
}

/** Programs that pass on what they read as it is or in another form. */
const FILTERS = new Set([
  'cat',
  'tee',
  'tr',
  'base64',
  'sed',
  'envsubst',
  'gunzip',
  'zcat',
  'head',
  'tail',
  'jq',
  'cut',
]);
/** Those that pass on a part of it, which is a secret where its name or that of the mount says so: `jq -r .db.password`. */
const SELECTORS = new Set(['head', 'tail', 'jq', 'cut']);

/** The word with which a mounted secret comes in: `cat /run/secrets/x | tee FILE`, `base64 -d < /run/secrets/x > FILE`. */
function fedFromMount({ command, program, script }: Invocation, mounts: Mounts): Span | undefined {
  if (!FILTERS.has(program)) return undefined;
  const before = command.pipeline.slice(0, command.pipeline.indexOf(command) + 1);
  if (before.some(member => !FILTERS.has(invocationBy(member, script)?.program ?? ''))) return undefined;
  for (const member of before) {
    const input = member.redirects.find(({ operator }) => operator === '<')?.target;
    const operands = member === command && program !== 'base64' ? [] : member.words.slice(1);
    const word = [...operands, ...(input ? [input] : [])].find(({ literal }) => mounts.isSecret(literal));
    if (word) return before.every(one => isWhole(one, nameOf(word.literal!))) ? script.spanOf(word) : undefined;
  }
  return undefined;
}

/** Whether a command passes on all that it reads, or a part that is a secret. */
function isWhole({ words: [program, ...args] }: Command, mount: string): boolean {
  const isPart = SELECTORS.has(nameOf(program?.literal ?? '')) || args.some(({ literal }) => literal === '-n');
  if (!isPart || asksForSecret(mount, {})) return true;
  return args.some(({ literal = '' }) =>
    (literal.match(/[A-Za-z_]\w{0,80}/g) ?? []).some(name => asksForSecret(name, {})),
  );
}

const PRINTERS = new Set(['echo', 'printf', 'cat', 'tee']);
const COPIERS = new Set(['cp', 'install', 'mv']);

/** The words whose text ends up in the file: those of the command, or of what is piped into `tee`. */
function wordsWritten(invocation: Invocation): readonly Word[] {
  const { command, program, script } = invocation;
  if (program === 'cat') return readArguments(invocation).operands;
  if (program !== 'tee') return printedWords(invocation);
  // Then sudo takes what is piped in, or the first line of it, for itself.
  if (wrappersOf(invocation).some(given => given.program === 'sudo' && given.has('--stdin'))) return [];
  const before = command.pipeline[command.pipeline.indexOf(command) - 1];
  const printer = before && invocationBy(before, script);
  return printer ? printedWords(printer) : [];
}

function* copies(invocation: Invocation, mounts: Mounts): Generator<Write> {
  const copy = copyOf(invocation);
  const to = copy?.target?.literal;
  const from = copy?.sources.find(word => mounts.isSecret(word.literal));
  if (to === undefined || !copy || !from) return;
  const path = copy.intoFolder ? joinPath(to, nameOf(from.literal!)) : to;
  yield { word: invocation.script.spanOf(from), what: MOUNTED_SECRET, path };
}

/** How messages call the secret that a word brings: a variable of the shell or one that a template fills in. */
function secretIn(
  word: Word,
  span: Span,
  given: ReadonlySet<string>,
  build: ImageBuild,
  expansions: readonly Expansion[] = word.expansions,
): string | undefined {
  const own = expansions.find(one => one.name !== undefined && given.has(one.name) && isValue(one, word))?.name;
  const name = own ?? (word.raw.includes(UNRESOLVED) ? variablesInSpan(span, build)[0]?.name : undefined);
  return name === undefined ? undefined : placeOf('', name, 'a secret');
}

/** Not the length of a value, whether it is set, or a part of it that may be anything: `${#X}`, `${X:+yes}`, `${X%%:*}`. */
function isValue({ name, start, end }: Expansion, word: Word): boolean {
  const written = word.raw.slice(start - word.start, end - word.start);
  if (/^\$\{(?:#|\w{1,100}:?\+)/.test(written)) return false;
  return !/^\$\{\w{1,100}(?:[%#]|:\d)/.test(written) || asksForSecret(name!, {});
}

interface Use {
  readonly name: string;
  readonly span: Span;
}

/** The secrets that are in what is written from here-documents. */
function* inHeredocs({ command, script }: Invocation, given: ReadonlySet<string>, build: ImageBuild): Generator<Use> {
  for (const { heredoc, end } of command.redirects) {
    if (!heredoc) continue;
    yield* variablesIn(heredoc.body, build);
    if (heredoc.quoted || given.size === 0) continue;
    const { text } = script.text;
    const start = text.indexOf('\n', end);
    const close = text.indexOf(`\n${heredoc.delimiter}`, start);
    if (start < 0) continue;
    for (const match of text.slice(start, close < 0 ? start + LONGEST : close).matchAll(EXPANSION)) {
      const name = match[1] ?? match[2]!;
      const from = start + match.index;
      if (given.has(name)) yield { name, span: script.text.spanOf(from, from + match[0].length) };
    }
  }
}

const EXPANSION = /\$(?:\{([A-Za-z_]\w{0,100})\}|([A-Za-z_]\w{0,100}))/g;

/** The longest word or file that is searched for variables. */
const LONGEST = 100_000;

/** The variables with the names of secrets that a template fills in. */
function variablesIn(text: SourceText, build: ImageBuild): readonly Use[] {
  return text.text.includes(UNRESOLVED) ? variablesInSpan(text.span, build) : [];
}

function variablesInSpan({ start, end, file }: Span, { language, source }: ImageBuild): readonly Use[] {
  if (language !== 'packer' || file !== undefined) return [];
  const found: Use[] = [];
  const text = source.text.slice(start, Math.min(end, start + LONGEST));
  for (const match of text.matchAll(REFERENCE)) {
    const from = start + match.index;
    if (asksForSecret(match[1]!, {}) && !HASHED.test(text.slice(Math.max(0, match.index - 200), match.index)))
      found.push({ name: match[1]!, span: { start: from, end: from + match[0].length } });
  }
  return found;
}

/** In front of what only a hash is written of: `$(openssl passwd -6 '` */
const HASHED =
  /(?:\$\(|`)[ ]?(?:openssl (?:passwd|dgst)|mkpasswd|htpasswd|caddy hash-password|grub2?-mkpasswd-pbkdf2|pwhash|argon2)\b[^)`]{0,150}$/;

const REFERENCE = /\$\{\s{0,4}(?:var|local)\.([A-Za-z_][\w-]{0,100})\s{0,4}\}/g;
