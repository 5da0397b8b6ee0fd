/**
 * Preseeding, the answers for the installer of Debian and older Ubuntu: `OWNER QUESTION TYPE VALUE`, one a line; a
 * backslash at its end continues it. https://www.debian.org/releases/stable/amd64/apb.en.html
 *
 * Read are passwords, packages and the commands that are run at the end and on the way. What `preseed/include` and
 * `preseed/run` name is not read.
 */
import { nameOf } from '../../../core/path.ts';
import { type SourceText, UNRESOLVED } from '../../../core/text.ts';
import { onTarget } from '../../../shell/target-paths.ts';
import { type Answer, answer, equivalent, type Installation, type InstallerScript } from './installation.ts';
import { joinedLines, wordsOf } from './lines.ts';

const ENTRY =
  /^[ \t]{0,40}[A-Za-z][\w.+-]{0,60}[ \t]{1,40}([\w.+-]{1,60}\/[\w./+-]{1,80})[ \t]{1,40}(string|password|boolean|select|multiselect|note|text|error)(?:[ \t]{1,40}|$)/;
const SIGN =
  /^[ \t]{0,40}[A-Za-z][\w.+-]{0,60}[ \t]{1,40}[\w.+-]{1,60}\/[\w./+-]{1,80}[ \t]{1,40}(?:string|password|boolean|select|multiselect)\b/m;

export function isPreseed(text: string): boolean {
  return SIGN.test(text);
}

interface Entry {
  readonly question: string;
  readonly type: string;
  readonly value: SourceText;
}

/** Questions whose answer is run, and where. */
const COMMANDS: Readonly<Record<string, InstallerScript['phase']>> = {
  'preseed/early_command': 'host',
  'partman/early_command': 'host',
  'preseed/late_command': 'build',
  'ubiquity/success_command': 'build',
};

/** Turns off the check of signatures, during the installation and in the system after it. */
const UNAUTHENTICATED = 'debian-installer/allow_unauthenticated';
const ALLOW_UNAUTHENTICATED = `echo 'APT::Get::AllowUnauthenticated "true";' > /etc/apt/apt.conf.d/00AllowUnauthenticated`;

export function readPreseed(text: SourceText): Installation {
  const entries = [...entriesOf(text)];
  const said = (question: string): string | undefined =>
    entries.findLast(entry => entry.question === question)?.value.text.trim();
  const user = said('passwd/username');
  const asks = { root: said('passwd/root-login') !== 'false', user: said('passwd/make-user') !== 'false' };
  const answers = entries.flatMap((entry): Answer[] => {
    const found = passwordIn(entry, user === undefined || user.includes(UNRESOLVED) ? undefined : user);
    const isAsked = entry.question.startsWith('passwd/root-')
      ? asks.root
      : asks.user || !entry.question.startsWith('passwd/user-');
    return found && isAsked ? [found] : [];
  });
  const scripts = entries.flatMap((entry, i): InstallerScript[] => {
    const { question, value } = entry;
    // A question has one answer: the last that it is given.
    if (entries.findLastIndex(one => one.question === question) !== i) return [];
    const phase = Object.hasOwn(COMMANDS, question) ? COMMANDS[question] : undefined;
    if (!phase || value.text.trim() === '') return [];
    return [{ phase, text: phase === 'build' ? onTarget(value, ['/target']) : value, dialect: undefined }];
  });
  for (const { question, value } of entries)
    if (question === UNAUTHENTICATED && value.text.trim() === 'true')
      scripts.push({ phase: 'build', text: equivalent(ALLOW_UNAUTHENTICATED, value), dialect: undefined });
  const packages = entries.flatMap(({ question, value }) => (question === 'pkgsel/include' ? wordsOf(value) : []));
  return { answers, scripts, packages };
}

function* entriesOf(text: SourceText): Generator<Entry> {
  for (const line of joinedLines(text)) {
    const match = ENTRY.exec(line.text);
    if (match) yield { question: match[1]!, type: match[2]!, value: line.slice(match[0].length, line.text.length) };
  }
}

/** The answer in one line. */
export function preseedAnswer(line: SourceText): Answer | undefined {
  const [entry] = entriesOf(line);
  return entry && passwordIn(entry, undefined);
}

/** Keys of wireless networks are strings for the installer: https://salsa.debian.org/installer-team/netcfg */
const WIRELESS = /^netcfg\/wireless_(?:wpa|wep)$/;

function passwordIn({ question, type, value }: Entry, user: string | undefined): Answer | undefined {
  if ((type !== 'password' && !WIRELESS.test(question)) || question.endsWith('-again')) return undefined;
  const account = question.startsWith('passwd/root-') ? 'root' : question.startsWith('passwd/user-') ? user : undefined;
  return answer(nameOf(question), value, 0, value.text.length, account);
}
