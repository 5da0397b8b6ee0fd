/** Secrets on command lines: options, headers, assignments, and what is written into files or piped into `chpasswd`. */
import type { ImageBuild, Stage, Step } from '../../../core/build.ts';
import type { Script } from '../../../core/script.ts';
import type { Command, Word } from '../../../core/shell-tree.ts';
import { type SourceText, type Span, UNRESOLVED } from '../../../core/text.ts';
import { type Invocation, invocationByCommand, invocationsOf, invocationsOfStep } from '../../../shell/invocations.ts';
import { type LooseOption, looseOptions } from '../../../shell/loose-options.ts';
import { printedWords } from '../../../shell/printed-words.ts';
import { type Arguments, readArguments } from '../../../shell/programs/index.ts';
import { wrappersOf } from '../../../shell/wrappers.ts';
import type { SecretContext } from '../judge.ts';
import type { NameLists } from '../names.ts';
import { type CredentialOperand, type CredentialOption, type Form, PROGRAMS } from './command-options.ts';
import { contentExposures, lineExposures, tokenExposures } from './content.ts';
import { decodedText, decodesBase64, replacementsOf } from './converted.ts';
import { asksForSecret, type Exposure, type ExposureSite, expose, placeOf } from './exposure.ts';
import { scatteredExposures } from './scattered.ts';

/** Where commands are, for the exposures that are found in them. */
interface Scene {
  readonly span: Span;
  readonly stage: Stage | undefined;
  readonly lists: NameLists;
}

/** The exposures in a step's commands and scripts. */
export function commandExposures(_build: ImageBuild, stage: Stage, step: Step, lists: NameLists): Exposure[] {
  if (step.kind !== 'run' && step.kind !== 'write-file') return [];
  const scene: Scene = { span: step.span, stage, lists };
  const found: Exposure[] = [];
  const { script } = step;
  if (script) {
    found.push(...scriptExposures(script, scene));
    const site = siteOf('command', 'a command line', scene);
    if (step.kind === 'run') found.push(...tokenExposures(script.text, site));
    // What is in the document itself is read with it.
    if (script.text.span.file !== undefined) found.push(...scatteredExposures(script.text, site, lists));
  } else for (const invocation of invocationsOfStep(step)) found.push(...invocationExposures(invocation, scene));
  return found;
}

function siteOf(kind: ExposureSite['kind'], place: string, { span, stage }: Scene): ExposureSite {
  return { kind, place, span, stage };
}

function* scriptExposures(script: Script, scene: Scene): Generator<Exposure> {
  for (const command of script.commands) {
    for (const { name, value } of command.assignments)
      if (value && !isCounter(name, value))
        yield* named(name, value.value, 'shell', placeOf('', name, 'an assignment'), 'command', scene);
    yield* written(command, script, scene);
  }
  for (const invocation of invocationsOf(script)) yield* invocationExposures(invocation, scene);
}

/** `PASS=0`: tests that passed, or a boolean. */
function isCounter(name: string, { value }: Word): boolean {
  return /^pass(?:ed)?$/i.test(name) && !/[A-Za-z]{4}/.test(value.text);
}

function* named(
  name: string,
  value: SourceText,
  context: SecretContext,
  place: string,
  kind: ExposureSite['kind'],
  scene: Scene,
): Generator<Exposure> {
  const exposure = expose(name, value, context, siteOf(kind, place, scene), scene.lists);
  if (exposure) yield exposure;
}

/** Builtins whose operands are assignments. */
const ASSIGNING = new Set(['export', 'declare', 'typeset', 'local', 'readonly', 'env', 'setenv']);

function* invocationExposures(invocation: Invocation, scene: Scene): Generator<Exposure> {
  const { program, args } = invocation;
  const given = readArguments(invocation);
  const place = placeOf('', program, 'a command');
  const assigning = ASSIGNING.has(program);
  for (const word of [...wrapperWords(invocation), ...args]) yield* pair(word, assigning, place, scene);
  for (const option of looseOptions(invocation)) yield* longOption(option, place, scene);
  const credentials = Object.hasOwn(PROGRAMS, given.program) ? PROGRAMS[given.program]! : undefined;
  for (const option of credentials?.options ?? []) yield* optionExposures(option, given, place, scene);
  for (const operand of credentials?.operands ?? []) yield* operandExposures(operand, given, place, scene);
  if (given.program === 'htpasswd') yield* htpasswd(given, place, scene);
  for (const { pattern, text } of replacementsOf(invocation)) yield* replaced(pattern, text, place, scene);
  if (decodesBase64(invocation)) yield* decoded(invocation, scene);
  if (readsSudoPassword(invocation)) yield* sudoInput(invocation, scene);
  if (SQL.has(program)) for (const word of args) yield* sqlPasswords(word, place, scene);
  if (program === 'chpasswd' || program === 'passwd') yield* accountInput(invocation, given, place, scene);
  else if (readsSecret(given))
    for (const text of inputsOf(invocation))
      yield* named('password', beforeEscape(text), 'shell', `the input of ${place}`, 'command', scene);
}

/** Options with which a program reads its password or token from its input. */
const STDIN = new Set(['--password-stdin', '--with-token', '--token-stdin', '--stdin']);

function readsSecret({ options }: Arguments): boolean {
  return options.some(
    ({ canonical, value }) => STDIN.has(canonical) || (canonical === '--passphrase-fd' && value?.literal === '0'),
  );
}

/** `env NAME=value` and `sudo NAME=value` in front of the program. */
function wrapperWords({ command, programWord }: Invocation): readonly Word[] {
  const at = command.words.indexOf(programWord);
  return at > 0 ? command.words.slice(0, at) : [];
}

const PAIR = /^(?:--?[A-Za-z][\w-]{0,60}[= ]?)?([A-Za-z_][\w.-]{0,120})=/;

/** `NAME=value` in any word, and `--set NAME=value`. A weak value counts only where the word assigns a variable. */
function* pair(word: Word, assigning: boolean, place: string, scene: Scene): Generator<Exposure> {
  const { text } = word.value;
  const match = /^[A-Za-z_]/.test(text)
    ? /^([A-Za-z_][\w.-]{0,120})=/.exec(text.slice(0, 130))
    : PAIR.exec(text.slice(0, 200));
  if (!match) return;
  const name = match[1]!;
  const value = word.value.slice(match[0].length, text.length);
  // A text with spaces is something to print or to run.
  if (!assigning && /\s/.test(value.text)) return;
  const shown = assigning ? placeOf('', name, place) : `the command line of ${place}`;
  for (const exposure of named(name, value, 'shell', shown, 'command', scene))
    if (assigning || exposure.judgement.kind === 'secret') yield exposure;
}

/** `--token value`, `--token=value` of any program, when the option's name asks for a secret. */
function* longOption({ name: written, value }: LooseOption, place: string, scene: Scene): Generator<Exposure> {
  // `--auth`, `--registry-auth`
  const name = /(?:^|[-_])auth$/i.test(written) ? 'token' : written;
  if (!asksForSecret(name, scene.lists)) return;
  for (const exposure of named(name, value, 'shell', `the command line of ${place}`, 'command', scene))
    if (exposure.judgement.kind === 'secret') yield exposure;
}

function* optionExposures(
  { names, form, under, account, throwaway }: CredentialOption,
  given: Arguments,
  place: string,
  scene: Scene,
): Generator<Exposure> {
  if (under !== undefined && !given.path.includes(under)) return;
  for (const { source } of given.values(...names))
    for (const exposure of inForm(form, source, account === true, place, scene))
      if (!throwaway || exposure.judgement.kind === 'secret') yield exposure;
}

/** What is written in a form; `place` is the program. */
function* inForm(form: Form, value: SourceText, account: boolean, place: string, scene: Scene): Generator<Exposure> {
  const { text } = value;
  const line = `the command line of ${place}`;
  const context = account ? 'account' : 'shell';
  const kind = account ? 'account' : 'command';
  switch (form) {
    case 'password':
    case 'secret':
      yield* named(form, value, form === 'password' && !account ? 'password' : context, line, kind, scene);
      return;
    case 'user,password':
    case 'user%password': {
      const sign = text.indexOf(form[4]!);
      if (sign > 0) yield* named('password', value.slice(sign + 1, text.length), 'password', line, kind, scene);
      return;
    }
    case 'user:password': {
      if (/^[a-z]+:\/\//i.test(text)) return;
      const colon = text.indexOf(':');
      if (colon < 0) return;
      // `-u token:` and `-u token:x-oauth-basic` have the secret in front.
      if (/^:?(?:x-oauth-basic|x)?$/.test(text.slice(colon + 1)))
        yield* named('secret', value.slice(0, colon), context, line, kind, scene);
      else yield* named('password', value.slice(colon + 1, text.length), 'password', line, kind, scene);
      return;
    }
    case 'header': {
      const match =
        /^([A-Za-z][\w-]{0,80})[ \t]{0,4}:[ \t]{0,8}((?:basic|bearer|token|apikey|api-key)[ \t]{1,4})?/i.exec(
          text.slice(0, 200),
        );
      if (!match) return;
      const name = /^(?:proxy-)?authorization$/i.test(match[1]!) ? 'token' : match[1]!;
      yield* named(name, value.slice(match[0].length, text.length), context, line, kind, scene);
      return;
    }
    case 'pass:':
      if (text.startsWith('pass:')) yield* named('password', value.slice(5, text.length), context, line, kind, scene);
      return;
    case 'entry': {
      const name = text.slice(0, Math.max(0, text.indexOf('=')));
      const asked = asksForSecret(name, scene.lists) ? name : 'secret';
      if (name !== '') yield* named(asked, value.slice(name.length + 1, text.length), context, line, kind, scene);
      return;
    }
    case 'name=value': {
      const equals = text.indexOf('=');
      if (equals > 0)
        yield* named(lastPart(text.slice(0, equals)), value.slice(equals + 1, text.length), context, line, kind, scene);
    }
  }
}

/** `//npm.example.com/:_authToken`, `http-basic.example.com`, `profile.x.aws_secret_access_key`. */
function lastPart(name: string): string {
  return name.split(/[:/.]/).at(-1) || name;
}

function* operandExposures(
  { after, at, form, account = false }: CredentialOperand,
  given: Arguments,
  place: string,
  scene: Scene,
): Generator<Exposure> {
  const operands = [...given.pathWords, ...given.operands];
  if (!after.every((word, i) => (given.path[i] ?? operands[i]?.literal) === word)) return;
  const rest = operands.slice(after.length);
  const word = rest[at];
  if (!word) return;
  if (form !== 'name=value' || word.value.text.includes('=')) {
    yield* inForm(form, word.value, account, place, scene);
    return;
  }
  // `npm config set NAME VALUE`, `poetry config http-basic.NAME USER PASSWORD`.
  const name = word.value.text;
  const basic = name.startsWith('http-basic.');
  const header = name.endsWith('.extraheader') || name === 'http.extraHeader';
  const value = rest[at + (basic ? 2 : 1)];
  if (!value || name.includes(UNRESOLVED)) return;
  if (header) yield* inForm('header', value.value, account, place, scene);
  else {
    const asked = basic
      ? 'password'
      : /^(?:github-oauth|gitlab-token|bearer)\./.test(name)
        ? 'token'
        : name.startsWith('pypi-token.')
          ? 'token'
          : lastPart(name);
    yield* named(asked, value.value, 'shell', `the command line of ${place}`, 'command', scene);
  }
}

/** `htpasswd -b FILE USER PASSWORD`, `htpasswd -nb USER PASSWORD`. */
function* htpasswd(given: Arguments, place: string, scene: Scene): Generator<Exposure> {
  const password = given.has('-b') ? given.operands[given.has('-n') ? 1 : 2] : undefined;
  if (password) yield* named('password', password.value, 'shell', `the command line of ${place}`, 'command', scene);
}

/** `s/NAME=x/NAME=value/`, `s/__NAME__/value/`. */
function* replaced(pattern: string, text: SourceText, place: string, scene: Scene): Generator<Exposure> {
  const site = siteOf('command', `the command line of ${place}`, scene);
  const lines = lineExposures(text, site, scene.lists);
  yield* lines;
  const name = pattern
    .slice(0, 400)
    .match(/[A-Za-z_][\w.-]{0,120}/g)
    ?.find(one => asksForSecret(one, scene.lists));
  if (name === undefined || lines.length > 0 || /[\s\\=:]/.test(text.text)) return;
  for (const exposure of named(name, text, 'shell', site.place, 'command', scene))
    if (exposure.judgement.kind === 'secret') yield exposure;
}

/** `echo BASE64 | base64 -d > FILE`. */
function* decoded(invocation: Invocation, scene: Scene): Generator<Exposure> {
  const { command, script } = invocation;
  const members = command.pipeline.slice(command.pipeline.indexOf(command));
  const path = members.map(member => fileWrittenBy(member, script)).find(Boolean);
  const place = path === undefined ? 'a command line' : placeOf('', path.split('/').at(-1)!, 'a file');
  const site = siteOf(path === undefined ? 'command' : 'file', place, scene);
  for (const input of inputsOf(invocation)) {
    const text = decodedText(input);
    if (text) yield* contentExposures(text, path, site, scene.lists);
  }
}

/** `sudo -S command`: sudo reads a password from the input, the command gets the rest. */
function readsSudoPassword(invocation: Invocation): boolean {
  return wrappersOf(invocation).some(given => given.program === 'sudo' && given.has('--stdin'));
}

function* sudoInput(invocation: Invocation, scene: Scene): Generator<Exposure> {
  for (const text of inputsOf(invocation))
    for (const exposure of named('password', beforeEscape(text), 'shell', 'the input of `sudo`', 'command', scene))
      if (exposure.judgement.kind === 'secret') yield exposure;
}

const SQL = new Set(['mysql', 'mariadb', 'psql', 'sqlcmd']);

function* sqlPasswords(word: Word, place: string, scene: Scene): Generator<Exposure> {
  const { text } = word.value;
  if (text.length > 20_000) return;
  for (const match of text.matchAll(/\b(?:IDENTIFIED[ \t]{1,4}BY|PASSWORD)[ \t]{0,4}[=(]?[ \t]{0,4}(['"])/gi)) {
    const start = match.index + match[0].length;
    const end = text.indexOf(match[1]!, start);
    if (end > start && end - start < 200)
      yield* named('password', word.value.slice(start, end), 'shell', `the command line of ${place}`, 'command', scene);
  }
}

/** What `chpasswd` and `passwd --stdin` are given: by a pipe, a here-string or a heredoc. */
function* accountInput(invocation: Invocation, given: Arguments, place: string, scene: Scene): Generator<Exposure> {
  const pairs = given.program === 'chpasswd';
  if (!pairs && !given.has('--stdin') && invocation.command.pipeline.length < 2) return;
  const line = `the input of ${place}`;
  for (const text of inputsOf(invocation)) {
    if (text.text.includes('\n') || pairs) yield* lines(text, pairs, line, scene);
    else yield* named('password', beforeEscape(text), 'account', line, 'account', scene);
  }
}

function* lines(text: SourceText, pairs: boolean, line: string, scene: Scene): Generator<Exposure> {
  for (let start = 0; start < text.text.length; ) {
    const found = text.text.indexOf('\n', start);
    const end = found < 0 ? text.text.length : found;
    const colon = pairs ? text.text.slice(start, end).indexOf(':') : -1;
    if (!pairs || colon > 0)
      yield* named('password', beforeEscape(text.slice(start + colon + 1, end)), 'account', line, 'account', scene);
    start = end + 1;
  }
}

/** `printf 'pw\npw\n'`: the first line. */
function beforeEscape(text: SourceText): SourceText {
  const at = text.text.indexOf('\\n');
  return at < 0 ? text : text.slice(0, at);
}

/** The literal strings that a command reads from its standard input. */
function inputsOf({ command, script }: Invocation): readonly SourceText[] {
  return inputTexts(command, script);
}

function inputTexts(command: Command, script: Script): readonly SourceText[] {
  const source = command.pipeline[command.pipeline.indexOf(command) - 1];
  const found = source ? [...printedBy(source, script)] : [];
  for (const { operator, target, heredoc } of [...command.redirects, ...(source?.redirects ?? [])]) {
    if (operator === '<<<' && target) found.push(target.value);
    else if (heredoc) found.push(heredoc.body);
  }
  return found;
}

/** The words that `echo` and `printf` print. */
function printedBy(command: Command, script: Script): readonly SourceText[] {
  const invocation = invocationByCommand(script).get(command);
  return invocation ? printedWords(invocation).map(({ value }) => value) : [];
}

/** What is printed or pasted into a file: `echo … > FILE`, `cat > FILE <<EOF`, `… | tee FILE`. */
function* written(command: Command, script: Script, scene: Scene): Generator<Exposure> {
  const path = fileWrittenBy(command, script);
  if (path === undefined) return;
  const site = siteOf('file', placeOf('', path.split('/').at(-1)!, 'a file'), scene);
  const tee = invocationByCommand(script).get(command)?.program === 'tee';
  const texts = tee ? inputTexts(command, script) : [...printedBy(command, script), ...heredocsOf(command)];
  for (const text of texts) yield* contentExposures(text, path, site, scene.lists);
  for (const { name, value } of filledIn(command)) {
    const exposure = expose(name, value, 'file', site, scene.lists);
    if (exposure) yield exposure;
  }
}

/** The arguments of `printf` by the names before their places in the format: `printf 'password=%s\n' VALUE`. */
function* filledIn({ words }: Command): Generator<{ readonly name: string; readonly value: SourceText }> {
  if (words[0]?.literal !== 'printf') return;
  const [format, ...rest] = words.slice(words[1]?.literal === '--' ? 2 : 1);
  let from = 0;
  for (const [at, { index }] of [...(format?.value.text.slice(0, 4000) ?? '').matchAll(/%[sbq]/g)].entries()) {
    const before = format!.value.text.slice(Math.max(from, index - 100), index).replaceAll('\\n', '\n');
    const name = /([A-Za-z_][\w.-]{0,60})["']?[ \t]{0,4}[=: \t][ \t]{0,4}["']?$/.exec(before)?.[1];
    if (name !== undefined && rest[at]) yield { name, value: rest[at].value };
    from = index;
  }
}

function heredocsOf({ redirects }: Command): readonly SourceText[] {
  return redirects.flatMap(({ heredoc }) => heredoc?.body ?? []);
}

/** The file that a command's output goes to, when its name is certain. */
export function fileWrittenBy(command: Command, script: Script): string | undefined {
  const invocation = invocationByCommand(script).get(command);
  if (invocation?.program === 'tee') return readArguments(invocation).operands[0]?.literal;
  const redirect = command.redirects.find(
    ({ operator, descriptor }) => (operator === '>' || operator === '>>') && (descriptor ?? 1) === 1,
  );
  const target = redirect?.target?.value.text;
  // The directory may be a variable; the name is what counts.
  const name = target?.slice(target.lastIndexOf(UNRESOLVED) + 1);
  return name === '' ? undefined : name;
}
