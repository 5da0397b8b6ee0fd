/**
 * Kickstart, the answers for Anaconda: commands, one a line, and sections from `%name` to `%end`.
 * https://pykickstart.readthedocs.io/en/latest/kickstart-docs.html
 *
 * Read are the commands that decide who may log in and what protects the machine, the packages, and the scripts. What
 * `%include` and `%ksappend` name is not read.
 */
import { dialectOfShebang, type ShellDialect } from '../../../core/script.ts';
import { Decoder, SourceText, UNRESOLVED } from '../../../core/text.ts';
import { onTarget } from '../../../shell/target-paths.ts';
import { type Answer, equivalent, type Installation, type InstallerScript } from './installation.ts';
import { linesOf, wordsOf } from './lines.ts';

/** Commands and sections that no other format has; one at the start of a line shows what the text is. */
const SIGN =
  /^(?:%(?:pre|post|packages)\b|(?:rootpw|autopart|bootloader|clearpart|ignoredisk|zerombr|timezone|keyboard|selinux|firewall)(?:[ \t]|\r?$)|(?:url|repo)[ \t]{1,8}--)/m;

export function isKickstart(text: string): boolean {
  return SIGN.test(text);
}

export function readKickstart(text: SourceText): Installation {
  const found = { answers: [] as Answer[], scripts: [] as InstallerScript[], packages: [] as SourceText[] };
  let section: Section | undefined;
  for (const line of linesOf(text)) {
    const head = /^%(\w[\w-]{0,20})/.exec(line.text)?.[1];
    if (head === undefined || head === 'include' || head === 'ksappend') {
      if (!section) commandIn(line, found);
      else if (section.name === 'packages') packageIn(line, found.packages);
      else section.lines.push(line);
      continue;
    }
    if (section) closeSection(section, found.scripts);
    section = head === 'end' ? undefined : { name: head, words: wordsOf(line), lines: [] };
  }
  if (section) closeSection(section, found.scripts);
  return found;
}

interface Section {
  readonly name: string;
  /** Of its first line. */
  readonly words: readonly SourceText[];
  readonly lines: SourceText[];
}

/** Sections with scripts: `%post` runs on the new system, the others around the installation. */
const PHASES: Readonly<Record<string, InstallerScript['phase']>> = {
  pre: 'host',
  'pre-install': 'host',
  post: 'build',
  onerror: 'host',
  traceback: 'host',
};

/** Where the new system is mounted for `%post --nochroot`. */
const MOUNTS = ['/mnt/sysroot', '/mnt/sysimage'];

function closeSection({ name, words, lines }: Section, scripts: InstallerScript[]): void {
  const phase = Object.hasOwn(PHASES, name) ? PHASES[name] : undefined;
  if (!phase || lines.length === 0) return;
  const options = optionsOf(words);
  const joined = SourceText.join(lines, '\n');
  const text = options.has('nochroot') ? onTarget(joined, MOUNTS) : joined;
  scripts.push({ phase, text, dialect: interpreter(options.get('interpreter')?.text) });
}

function interpreter(program: string | undefined): ShellDialect | undefined {
  return program === undefined ? undefined : dialectOfShebang(`#!${program}`);
}

/** A name, of which `-name` and groups (`@core`) are none; a comment may stand behind it. */
function packageIn(line: SourceText, packages: SourceText[]): void {
  const match = /^[ \t]{0,40}([A-Za-z0-9][^\s#@]{0,200})[ \t]{0,40}(?:#|$)/.exec(line.text);
  if (!match) return;
  const start = match[0].indexOf(match[1]!);
  packages.push(line.slice(start, start + match[1]!.length));
}

interface Found {
  readonly answers: Answer[];
  readonly scripts: InstallerScript[];
}

const COMMAND =
  /^[ \t]{0,40}(rootpw|sshpw|realm|user|bootloader|autopart|part|partition|logvol|raid|firewall|selinux|services|url|repo)(?=[ \t])/;

function commandIn(line: SourceText, found: Found): void {
  const command = COMMAND.exec(line.text)?.[1];
  if (command === undefined) return;
  const words = wordsOf(line).slice(1);
  const options = optionsOf(words, command === 'services' ? NO_FLAGS : FLAGS);
  const password = passwordIn(command, words, options);
  if (password) found.answers.push(password);
  for (const text of effectsOf(command, line, options))
    found.scripts.push({ phase: 'build', text, dialect: undefined });
}

/** The answer in a line of a kickstart file. */
export function kickstartAnswer(line: SourceText): Answer | undefined {
  const found: Found = { answers: [], scripts: [] };
  commandIn(line, found);
  return found.answers[0];
}

/** Options that take no value, so that the next word is none. */
const FLAGS: ReadonlySet<string> = new Set([
  ...['plaintext', 'iscrypted', 'lock', 'allow-ssh', 'encrypted', 'nochroot', 'erroronfail', 'noverifyssl', 'enabled'],
  ...['disabled', 'enable', 'disable', 'enforcing', 'permissive', 'install'],
]);

const NO_FLAGS: ReadonlySet<string> = new Set();

/** Options by name with their values, `--name=value` and `--name value`; of a flag the word itself. */
function optionsOf(words: readonly SourceText[], flags = FLAGS): ReadonlyMap<string, SourceText> {
  const options = new Map<string, SourceText>();
  words.forEach((word, at) => {
    const match = /^--([a-z][\w-]{0,40})(=?)/.exec(word.text);
    if (!match) return;
    const [whole, name, equals] = match;
    const next = words[at + 1];
    if (equals) options.set(name!, word.slice(whole.length, word.text.length));
    else options.set(name!, !flags.has(name!) && next && !next.text.startsWith('--') ? next : word);
  });
  return options;
}

function passwordIn(
  command: string,
  words: readonly SourceText[],
  options: ReadonlyMap<string, SourceText>,
): Answer | undefined {
  // A locked account accepts no password.
  if (options.has('lock') || /^(?:firewall|selinux|services|url|repo)$/.test(command)) return undefined;
  const isRoot = command === 'rootpw';
  const isOperand = isRoot || command === 'sshpw';
  const given = isOperand
    ? words.find((word, at) => word.text !== '' && !word.text.startsWith('-') && !isValueOf(words[at - 1]))
    : (options.get('password') ?? options.get('passphrase') ?? options.get('one-time-password'));
  if (!given || given.text === '' || given.text.startsWith('--')) return undefined;
  if (options.has('iscrypted') && !given.text.includes('$')) return undefined;
  const named = command === 'user' ? 'name' : command === 'sshpw' ? 'username' : undefined;
  const account = isRoot ? 'root' : named && known(options.get(named));
  return { name: isOperand ? command : `${command}.password`, text: given, account };
}

/** Whether the word after this one is its value: `--username ops`. */
const isValueOf = (word: SourceText | undefined): boolean => /^--username$/.test(word?.text ?? '');

function known(name: SourceText | undefined): string | undefined {
  return name && !name.text.includes(UNRESOLVED) ? name.text : undefined;
}

/** What a command does to the new system, as the commands of a shell that do the same. */
function effectsOf(command: string, line: SourceText, options: ReadonlyMap<string, SourceText>): readonly SourceText[] {
  switch (command) {
    case 'firewall':
      return options.has('disabled') || options.has('disable') ? [equivalent('systemctl disable firewalld', line)] : [];
    case 'selinux': {
      const mode = options.has('disabled') ? 'disabled' : options.has('permissive') ? 'permissive' : undefined;
      return mode === undefined ? [] : [equivalent(`echo SELINUX=${mode} > /etc/selinux/config`, line)];
    }
    case 'services':
      return ['disabled', 'enabled'].flatMap(state => serviceCommand(state, options.get(state)));
    case 'rootpw':
      return options.has('allow-ssh') && !options.has('lock')
        ? [equivalent('echo "PermitRootLogin yes" > /etc/ssh/sshd_config.d/01-permitrootlogin.conf', line)]
        : [];
    default:
      return isUnverified(options) ? [equivalent('echo sslverify=0 > /etc/yum.repos.d/install.repo', line)] : [];
  }
}

/** `--disabled=a,b` as `systemctl disable a b`. */
function serviceCommand(state: string, list: SourceText | undefined): readonly SourceText[] {
  if (!list || list.text === '' || list.text.startsWith('--')) return [];
  const decoder = new Decoder(list, 'read-only').insert(`systemctl ${state.slice(0, -1)} `, 0);
  let at = 0;
  for (let comma = list.text.indexOf(','); comma >= 0; comma = list.text.indexOf(',', at)) {
    decoder.verbatim(at, comma).as(' ', comma, comma + 1);
    at = comma + 1;
  }
  return [decoder.verbatim(at, list.text.length).done()];
}

/** Whether certificates of a source of packages are not verified, one that is not Packer's own server. */
function isUnverified(options: ReadonlyMap<string, SourceText>): boolean {
  const address = (options.get('url') ?? options.get('baseurl') ?? options.get('mirrorlist') ?? options.get('metalink'))
    ?.text;
  return options.has('noverifyssl') && address?.startsWith('https://') === true;
}
