/** Which passwords are in the answers for an installer: preseed, kickstart, AutoYaST, unattended Windows, and their commands? */
import { nameOf } from '../../core/path.ts';
import { Decoder, type SourceText } from '../../core/text.ts';
import { decodeBase64 } from '../../facts/secrets/base64.ts';

/** A password that is given to an installer, or to a command that it runs. */
export interface Answer {
  /** The name of the answer: `root-password`, `rootpw`, `AdministratorPassword`. */
  readonly name: string;
  /** The password or its hash, decoded; it may contain references and `UNRESOLVED`s. */
  readonly text: SourceText;
}

/** Longer strings are read up to here. In UTF-16 code units. */
export const LONGEST_TEXT = 200_000;
/** More answers add nothing. */
export const MOST_ANSWERS = 100;

/** The answers in a text, in no particular order. A text that is not an answer file has none. */
export function answersIn(whole: SourceText): readonly Answer[] {
  const text = whole.slice(0, Math.min(whole.text.length, LONGEST_TEXT));
  const found = /^\s{0,100}<(?:\?xml|unattend|profile)/i.test(text.text.slice(0, 400)) ? inXml(text) : inLines(text);
  found.push(...inCommands(text));
  return found.slice(0, MOST_ANSWERS);
}

/** The answers in lines and commands of a text. */
export function answersInText(text: SourceText): readonly Answer[] {
  return [...inLines(text), ...inCommands(text)];
}

function inLines(text: SourceText): Answer[] {
  const found: Answer[] = [];
  for (let start = 0; start < text.text.length; ) {
    const newline = text.text.indexOf('\n', start);
    const end = newline < 0 ? text.text.length : newline;
    if (end - start < 4_000) {
      const line = text.slice(start, end);
      const answer = inPreseed(line) ?? inQuestion(line) ?? inKickstart(line);
      if (answer) found.push(answer);
    }
    start = end + 1;
  }
  return found;
}

/** `OWNER QUESTION password VALUE`. https://www.debian.org/releases/stable/amd64/apbs03.en.html */
function inPreseed(line: SourceText): Answer | undefined {
  const match =
    /^[ \t]{0,40}[A-Za-z][\w.+-]{0,60}[ \t]{1,40}([\w.+-]{1,60}\/[\w./+-]{1,80})[ \t]{1,40}password[ \t]{1,40}/.exec(
      line.text,
    );
  if (!match || match[1]!.endsWith('-again')) return undefined;
  return answer(nameOf(match[1]!), line, match[0].length, line.text.length);
}

/** `Password for root account = VALUE`. https://man.openbsd.org/autoinstall */
function inQuestion(line: SourceText): Answer | undefined {
  const match = /^Password for (?:root|user)[ \t]{0,8}[\w-]{0,40}[ \t]{0,8}(?:account)?\??[ \t]{0,8}=[ \t]{0,8}/i.exec(
    line.text,
  );
  return match ? answer('password', line, match[0].length, line.text.length) : undefined;
}

/** https://pykickstart.readthedocs.io/en/latest/kickstart-docs.html */
function inKickstart(line: SourceText): Answer | undefined {
  const command = /^[ \t]{0,40}(rootpw|user|bootloader|autopart|part|logvol|raid)(?=[ \t])/.exec(line.text);
  if (!command) return undefined;
  const words = [...line.text.matchAll(/[^\s]{1,1000}/g)];
  const flags = new Set(words.map(([word]) => word));
  // A locked account accepts no password.
  if (flags.has('--lock')) return undefined;
  let value: Answer | undefined;
  const name = command[1] === 'rootpw' ? 'rootpw' : `${command[1]}.password`;
  words.slice(1).forEach(({ 0: word, index }, at) => {
    const option = /^--(?:password|passphrase)(=|$)/.exec(word);
    const next = words[at + 2];
    if (option?.[1] === '=') value ??= answer(name, line, index + option[0].length, index + word.length);
    else if (option && next) value ??= answer(name, line, next.index, next.index + next[0].length);
    else if (name === 'rootpw' && !word.startsWith('-') && at < 4)
      value ??= answer(name, line, index, index + word.length);
  });
  return value && flags.has('--iscrypted') && !value.text.text.includes('$') ? undefined : value;
}

/** Elements of Windows that hold a password, by themselves or in a `Value`, and that of AutoYaST. */
const ELEMENT = /<(AdministratorPassword|OfflineAdministratorPassword|Password|user_password)>/gi;
/** How far the end of such an element is looked for. In UTF-16 code units. */
const ELEMENT_LENGTH = 2_000;

/** https://learn.microsoft.com/windows-hardware/customize/desktop/unattend/microsoft-windows-shell-setup-autologon-password */
function inXml(text: SourceText): Answer[] {
  const found: Answer[] = [];
  const comments = [...text.text.matchAll(/<!--|-->/g)];
  let comment = 0;
  let hidden = false;
  for (const match of text.text.matchAll(ELEMENT)) {
    for (; comment < comments.length && comments[comment]!.index < match.index; comment++)
      hidden = comments[comment]![0] === '<!--';
    if (hidden) continue;
    const start = match.index + match[0].length;
    const rest = text.text.slice(start, start + ELEMENT_LENGTH);
    const length = rest.toLowerCase().indexOf(`</${match[1]!.toLowerCase()}>`);
    const value = length < 0 ? undefined : valueIn(text, start, rest.slice(0, length), match[1]!);
    if (value) found.push(value);
  }
  return found;
}

/** What Windows writes in place of passwords in answers that it has used. */
const DELETED = '*SENSITIVE*DATA*DELETED*';

function valueIn(text: SourceText, start: number, inner: string, name: string): Answer | undefined {
  const open = /<Value>/i.exec(inner);
  if (!open) return inner.includes('<') ? undefined : answer(name, text, start, start + inner.length);
  const from = open.index + open[0].length;
  const to = inner.indexOf('<', from);
  if (to <= from || inner.startsWith(DELETED, from)) return undefined;
  const value = answer(name, text, start + from, start + to);
  return value && /<PlainText>\s{0,100}false/i.test(inner) ? disguised(value) : value;
}

/**
 * `PlainText` false: the password followed by the element's name, as UTF-16 in base64, which hides nothing; `undefined`
 * for anything else. https://learn.microsoft.com/windows-hardware/manufacture/desktop/hide-sensitive-data-in-an-answer-file
 */
function disguised({ name, text }: Answer): Answer | undefined {
  const bytes = decodeBase64(text.text) ?? '';
  let clear = '';
  for (let i = 0; i + 1 < bytes.length; i += 2)
    clear += String.fromCharCode(bytes.charCodeAt(i) + 256 * bytes.charCodeAt(i + 1));
  const suffix = /(?:Offline)?(?:Administrator)?Password$/.exec(clear.slice(-40))?.[0];
  if (suffix === undefined || clear.length === suffix.length) return undefined;
  const password = clear.slice(0, clear.length - suffix.length);
  return { name, text: new Decoder(text, 'read-only').as(password, 0, text.text.length).done() };
}

/** Commands that set the password of an account; the first group is the password. */
const COMMANDS: readonly { readonly name: string; readonly pattern: RegExp }[] = [
  {
    name: 'chpasswd',
    pattern:
      /\becho[ \t]{1,8}(?:-[ne]{1,2}[ \t]{1,8})?["']?[a-z_][\w-]{0,31}:([^\s"'|\\]{1,200})["']?[ \t]{0,8}\|[ \t]{0,8}(?:[\w./-]{1,40}[ \t]{1,8}){0,3}chpasswd\b/dg,
  },
  {
    name: 'passwd',
    pattern:
      /\becho[ \t]{1,8}(?:-[ne]{1,2}[ \t]{1,8})?["']?([^\s"'|\\]{1,200})["']?[ \t]{0,8}\|[ \t]{0,8}(?:[\w./-]{1,40}[ \t]{1,8}){0,3}passwd[ \t]{1,8}--stdin\b/dg,
  },
  {
    name: 'net',
    pattern:
      /\bnet(?:\.exe)?[ \t]{1,8}user[ \t]{1,8}["']?[\w.-]{1,40}["']?[ \t]{1,8}["']?([^\s"'<>/*&|][^\s"'<>&|]{0,200})/dgi,
  },
];

function inCommands(text: SourceText): Answer[] {
  const found: Answer[] = [];
  for (const { name, pattern } of COMMANDS)
    for (const { indices } of text.text.matchAll(pattern)) {
      const [start, end] = indices![1]!;
      const value = answer(name, text, start, end);
      if (value) found.push(value);
    }
  return found;
}

/** A part of a text as an answer, without whitespace and quotes around it; `undefined` when nothing is left. */
export function answer(name: string, from: SourceText, start: number, end: number): Answer | undefined {
  const isPadding = (at: number): boolean => /[\s"']/.test(from.text[at] ?? '');
  let first = start;
  let last = end;
  while (first < last && isPadding(first)) first++;
  while (last > first && isPadding(last - 1)) last--;
  return last > first ? { name, text: from.slice(first, last) } : undefined;
}

/** The passwords in `echo PASSWORD | sudo -S`. */
export function sudoPasswords(command: SourceText, name: string): readonly Answer[] {
  return [...command.text.slice(0, 4_000).matchAll(SUDO)].map(({ indices }) => {
    const [start, end] = indices![1]!;
    return { name, text: command.slice(start, end) };
  });
}
const SUDO =
  /\becho[ \t]{1,8}["']?([^\s"'|\\]{1,200})["']?[ \t]{0,8}\|[ \t]{0,8}(?:[^\s|;&]{1,60}[ \t]{1,8}){0,3}sudo[ \t]{1,8}(?:-[A-Za-z]{1,8}[ \t]{1,8}){0,4}-[A-Za-z]{0,8}S/dg;
