/** Secrets on command lines: options, headers, assignments, and what is written into files or piped into `chpasswd`. */
import type { Stage, Step } from '../../../core/build.ts';
import type { Script } from '../../../core/script.ts';
import type { Command, Word } from '../../../core/shell-tree.ts';
import { type SourceText, UNRESOLVED } from '../../../core/text.ts';
import {
  type Invocation,
  invocationBy,
  invocationsElsewhere,
  invocationsOf,
  invocationsOfStep,
} from '../../../shell/invocations.ts';
import { type LooseOption, looseOptions } from '../../../shell/loose-options.ts';
import { type Arguments, programOf, readArguments } from '../../../shell/programs/index.ts';
import { isOnWindows } from '../../../shell/windows-files.ts';
import { wrappersOf } from '../../../shell/wrappers.ts';
import { commandLinesIn } from '../../file-commands.ts';
import type { NameLists } from '../names.ts';
import { tokensIn } from '../scan.ts';
import {
  accountInput,
  beforeEscape,
  FROM_INPUT,
  heredocsOf,
  inputsOf,
  inputTexts,
  printedBy,
  readsSecret,
  readsSudoPassword,
  sudoInput,
} from './command-inputs.ts';
import { PROGRAMS } from './command-options.ts';
import {
  htpasswd,
  iscsiSetting,
  ORACLE,
  operandExposures,
  optionExposures,
  SPOKEN,
  SQL,
  spokenWords,
  sqlPasswords,
  sqlplusLogin,
  userPassword,
} from './command-words.ts';
import { contentExposures, lineExposures, tokenExposures } from './content.ts';
import { decodedText, decodesBase64, type Replacement, replacementsOf, unescaped } from './converted.ts';
import { asksForSecret, type Exposure, expose, placeOf } from './exposure.ts';
import { formExposures } from './file-forms.ts';
import { scatteredExposures } from './scattered.ts';
import { named, type Scene, siteOf } from './scene.ts';
import { windowsExposures } from './windows-commands.ts';

const NONE: readonly Exposure[] = [];

/** The exposures in a step's commands and scripts. */
export function commandExposures(stage: Stage, step: Step, lists: NameLists): readonly Exposure[] {
  if (step.kind !== 'run' && step.kind !== 'write-file') return NONE;
  const scene: Scene = { span: step.span, stage, lists };
  const { script } = step;
  if (!script) return invocationsOfStep(step).flatMap(invocation => invocationExposures(invocation, scene));
  const found = scriptExposures(script, scene);
  const isTold = step.kind === 'run' && tokensIn(script.text).length > 0;
  // What is in the document itself is read with it.
  const isFile = script.text.span.file !== undefined;
  if (!isTold && !isFile) return found;
  const site = siteOf('command', 'a command line', scene);
  if (isTold) found.push(...tokenExposures(script.text, site));
  if (isFile) found.push(...scatteredExposures(script.text, site, lists));
  return found;
}

/** The exposures in the command lines of a file that is written: those of units and of tables of cron. */
export function fileCommandExposures(text: SourceText, path: string, scene: Scene): readonly Exposure[] {
  return commandLinesIn(text, path).flatMap(line => scriptExposures(line, scene));
}

function scriptExposures(script: Script, scene: Scene): Exposure[] {
  const found: Exposure[] = [];
  // A secret that is for another machine is in the image as well.
  addCommands(script, script.commands, scene, found);
  addCommands(script, script.elsewhere, scene, found);
  addInvocations(invocationsOf(script), scene, found);
  addInvocations(invocationsElsewhere(script), scene, found);
  return found;
}

function addCommands(script: Script, commands: readonly Command[], scene: Scene, found: Exposure[]): void {
  for (const command of commands) {
    for (const { name, value } of command.assignments)
      if (value && !isCounter(name, value))
        found.push(...named(name, value.value, 'shell', placeOf('', name, 'an assignment'), 'command', scene));
    const path = fileWrittenBy(command, script);
    if (path !== undefined) found.push(...written(command, path, script, scene));
  }
}

function addInvocations(invocations: readonly Invocation[], scene: Scene, found: Exposure[]): void {
  for (const invocation of invocations)
    for (const exposure of invocationExposures(invocation, scene)) found.push(exposure);
}

/** `PASS=0`: tests that passed, or a boolean. `$DontExpirePassword = 0x10000`: a flag. */
function isCounter(name: string, { value, quoted }: Word): boolean {
  if (!quoted && /^0x[\da-f]{1,16}$/i.test(value.text)) return true;
  return /^pass(?:ed)?$/i.test(name) && !/[A-Za-z]{4}/.test(value.text);
}

/** Builtins whose operands are assignments. */
const ASSIGNING = new Set(['export', 'declare', 'typeset', 'local', 'readonly', 'env', 'setenv']);

/** The programs of which words are looked at that are neither options nor pairs. */
const TAKING: ReadonlySet<string> = new Set([
  ...['base64', 'chpasswd', 'htpasswd', 'iscsiadm', 'openssl', 'passwd', 'sed'],
  ...[ASSIGNING, ORACLE, SPOKEN, SQL].flatMap(programs => [...programs]),
  ...[PROGRAMS, FROM_INPUT].flatMap(Object.keys),
]);
/** What an option or a pair has. */
const mayBeNamed = ({ text }: Word): boolean => text[0] === '-' || text.includes('=');

function invocationExposures(invocation: Invocation, scene: Scene): readonly Exposure[] {
  const { program, args, via } = invocation;
  // Most commands are plain words after a program that takes no secret, and need no reading.
  const takes = TAKING.has(program) || TAKING.has(programOf(program)?.names[0] ?? program);
  if (!takes && via.length === 0 && !args.some(mayBeNamed) && !isOnWindows(invocation)) return NONE;
  const given = readArguments(invocation);
  const place = placeOf('', program, 'a command');
  const found: Exposure[] = [];
  const add = (exposures: Iterable<Exposure>): void => {
    for (const exposure of exposures) found.push(exposure);
  };
  const assigning = ASSIGNING.has(program);
  const forContainer = environmentWords(given);
  const pairs = (word: Word): void => {
    if (!word.text.includes('=')) return;
    add(pair(word, assigning ? 'assignment' : forContainer.has(word) ? 'environment' : 'word', place, scene));
  };
  wrapperWords(invocation).forEach(pairs);
  args.forEach(pairs);
  for (const option of looseOptions(invocation)) add(longOption(option, place, scene));
  const credentials = Object.hasOwn(PROGRAMS, given.program) ? PROGRAMS[given.program]! : undefined;
  for (const option of credentials?.options ?? []) add(optionExposures(option, given, place, scene));
  for (const wrapper of via.length > 0 ? wrappersOf(invocation) : [])
    for (const option of Object.hasOwn(PROGRAMS, wrapper.program) ? (PROGRAMS[wrapper.program]!.options ?? []) : [])
      add(optionExposures(option, wrapper, placeOf('', wrapper.program, 'a command'), scene));
  if (isOnWindows(invocation)) add(windowsExposures(invocation, place, scene));
  // Other verbs of dscl set attributes of accounts: `dscl . -create /Users/ci UserShell /bin/zsh`.
  const isOtherVerb = given.program === 'dscl' && !invocation.args.some(({ literal }) => literal === '-passwd');
  for (const operand of isOtherVerb ? [] : (credentials?.operands ?? []))
    add(operandExposures(operand, given, place, scene));
  if (given.program === 'htpasswd') add(htpasswd(given, place, scene));
  if (given.program === 'sed')
    for (const replacement of replacementsOf(invocation)) add(replaced(replacement, place, scene));
  if (decodesBase64(given)) add(decoded(invocation, scene));
  if (via.includes('sudo') && readsSudoPassword(invocation)) add(sudoInput(invocation, scene));
  if (SPOKEN.has(program)) add(spokenWords(args, place, scene));
  if (given.program === 'openssl' && given.path[0] === 'passwd' && given.operands[0])
    add(named('password', given.operands[0].value, 'account', `the command line of ${place}`, 'account', scene));
  if (program === 'iscsiadm') add(iscsiSetting(given, place, scene));
  if (ORACLE.has(program)) add(sqlplusLogin(args, place, scene));
  if (SQL.has(program)) for (const word of args) add(sqlPasswords(word, place, scene));
  if (program === 'chpasswd' || program === 'passwd') add(accountInput(invocation, given, place, scene));
  else if (readsSecret(given, invocation))
    for (const text of inputsOf(invocation))
      add(named('password', beforeEscape(text), 'shell', `the input of ${place}`, 'command', scene));
  return found;
}

/** `env NAME=value` and `sudo NAME=value` in front of the program. */
function wrapperWords({ command, args, via }: Invocation): readonly Word[] {
  return via.length === 0 ? [] : command.words.slice(0, command.words.length - args.length - 1);
}

/** The words with variables for a container: `-e NAME=value` of container engines. */
function environmentWords(given: Arguments): ReadonlySet<Word> {
  return ENGINES.has(given.program) ? new Set(given.all('--env').flatMap(({ words }) => words)) : NO_WORDS;
}
const ENGINES: ReadonlySet<string> = new Set(['docker', 'podman', 'nerdctl', 'buildah']);
const NO_WORDS: ReadonlySet<Word> = new Set();

const PAIR = /^(?:--?[A-Za-z][\w-]{0,60}[= ]?)?([A-Za-z_][\w.-]{0,120})=/;

/** `NAME=value` in any word, and `--set NAME=value`. A weak value counts only where the word is for certain a variable's. */
function* pair(
  word: Word,
  use: 'assignment' | 'environment' | 'word',
  place: string,
  scene: Scene,
): Generator<Exposure> {
  const assigning = use === 'assignment';
  const { text } = word.value;
  const match = /^[A-Za-z_]/.test(text)
    ? /^([A-Za-z_][\w.-]{0,120})=/.exec(text.slice(0, 130))
    : PAIR.exec(text.slice(0, 200));
  if (!match) return;
  // https://docs.sonarsource.com/sonarqube-server/latest/analyzing-source-code/analysis-parameters/
  const name = match[0] === '-Dsonar.login=' ? 'token' : match[1]!;
  const value = word.value.slice(match[0].length, text.length);
  // A text with spaces is something to print or to run.
  if (!assigning && /\s/.test(value.text)) return;
  const shown = assigning ? placeOf('', name, place) : `the command line of ${place}`;
  for (const exposure of named(name, value, 'shell', shown, 'command', scene))
    if (use !== 'word' || exposure.judgement.kind === 'secret') yield exposure;
}

/** `--token value`, `--token=value` of any program, when the option's name asks for a secret. */
function* longOption({ name: written, value }: LooseOption, place: string, scene: Scene): Generator<Exposure> {
  // `--creds USER:PASSWORD`
  if (/(?:^|[-_])s?creds$/i.test(written) && value.text.includes(':')) {
    for (const exposure of userPassword(value, place, scene)) if (exposure.judgement.kind === 'secret') yield exposure;
    return;
  }
  // `--auth`, `--registry-auth`, `--pat`
  const name = /(?:^|[-_])(?:auth|pat)$/i.test(written) ? 'token' : written;
  // `--setup-keys --interval=10s`: a switch.
  if (!asksForSecret(name, scene.lists) || /^--[a-z][\w-]{1,60}(?:=|$)/.test(value.text)) return;
  for (const exposure of named(name, value, 'shell', `the command line of ${place}`, 'command', scene))
    if (exposure.judgement.kind === 'secret') yield exposure;
}

/** `s/NAME=x/NAME=value/`, `s/__NAME__/value/`; what is put in is a line of the file. */
function* replaced({ pattern, text, path }: Replacement, place: string, scene: Scene): Generator<Exposure> {
  const site = siteOf('command', `the command line of ${place}`, scene);
  const lines = lineExposures(text, site, scene.lists);
  if (path !== undefined) lines.push(...formExposures(text, path, site, scene.lists));
  yield* lines;
  const name = pattern
    .slice(0, 400)
    .match(/[A-Za-z_][\w.-]{0,120}/g)
    ?.find(one => asksForSecret(one, scene.lists));
  const isDefault = DEFAULT_PASSWORD.test(pattern) || (/^change_?me$/i.test(pattern) && OF_PASSWORDS.test(path ?? ''));
  const asked = name ?? (isDefault ? 'password' : undefined);
  if (asked === undefined || lines.length > 0 || /[\s\\=:]/.test(text.text)) return;
  for (const exposure of named(asked, text, 'shell', site.place, 'command', scene))
    if (exposure.judgement.kind === 'secret') yield exposure;
}

/** What programs come with, and what templates of settings have in the place of a password. */
const DEFAULT_PASSWORD =
  /^(?:testing123|radpass|changeit|s[e3]cr[e3]t|p[a4][s5]{2}w[o0]rd|mypassword|yourpassword|foobared|tooManySecrets)$/i;
/** `CHANGEME` is in the place of any value, in files of passwords in that of one. */
const OF_PASSWORDS = /passw|secret|cred|token|htpasswd|(?:^|[/._-])(?:auth|keys?)(?:[/._-]|$)/i;

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

/** What is printed or pasted into the file at `path`: `echo … > FILE`, `cat > FILE <<EOF`, `… | tee FILE`. */
function* written(command: Command, path: string, script: Script, scene: Scene): Generator<Exposure> {
  const site = siteOf('file', placeOf('', path.split('/').at(-1)!, 'a file'), scene);
  const tee = invocationBy(command, script)?.program === 'tee';
  const texts = tee
    ? inputTexts(command, script).map(unescaped)
    : [...printedBy(command, script).map(unescaped), ...heredocsOf(command)];
  for (const text of texts) {
    yield* contentExposures(text, path, site, scene.lists);
    yield* fileCommandExposures(text, path, scene);
  }
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

/** The file that a command's output goes to, when its name is certain. */
export function fileWrittenBy(command: Command, script: Script): string | undefined {
  const invocation = invocationBy(command, script);
  if (invocation?.program === 'tee') return readArguments(invocation).operands[0]?.literal;
  if (command.redirects.length === 0) return undefined;
  const redirect = command.redirects.find(
    ({ operator, descriptor }) => (operator === '>' || operator === '>>') && (descriptor ?? 1) === 1,
  );
  const target = redirect?.target?.text;
  // The directory may be a variable; the name is what counts.
  const name = target?.slice(target.lastIndexOf(UNRESOLVED) + 1);
  return name === '' ? undefined : name;
}
