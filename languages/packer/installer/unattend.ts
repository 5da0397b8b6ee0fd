/**
 * The answers for Windows Setup, https://learn.microsoft.com/windows-hardware/customize/desktop/unattend/, and the
 * passwords in those of AutoYaST, https://doc.opensuse.org/projects/autoyast/
 */

import { decodeUtf16 } from '../../../core/base64.ts';
import { Decoder, type SourceText, UNRESOLVED } from '../../../core/text.ts';
import { type Answer, equivalent, type Installation, type InstallerScript, MOST_ANSWERS } from './installation.ts';
import { child, readXml, type XmlElement } from './xml.ts';

/** The beginning of such a file, of which the declaration and a comment may be left out. */
export function isUnattend(text: string): boolean {
  return /^\s{0,100}<(?:\?xml|!--|unattend|profile)/i.test(text.slice(0, 400));
}

export function readUnattend(text: SourceText): Installation {
  const found = { answers: [] as Answer[], scripts: [] as InstallerScript[], packages: [] };
  for (const element of readXml(text)) visit(element, undefined, 'build', found);
  return { ...found, answers: withoutRepeated(found.answers) };
}

interface Found {
  readonly answers: Answer[];
  readonly scripts: InstallerScript[];
}

/** Elements that are the password of an account, in lower case. */
const PASSWORDS: ReadonlySet<string> = new Set([
  'administratorpassword',
  'offlineadministratorpassword',
  'machinepassword',
  'password',
  'user_password',
]);

/** Elements with a command line, and the lists that they stand in. */
const COMMANDS: Readonly<Record<string, string>> = {
  synchronouscommand: 'commandline',
  asynchronouscommand: 'commandline',
  runsynchronouscommand: 'path',
  runasynchronouscommand: 'path',
};

/** https://learn.microsoft.com/windows-hardware/customize/desktop/unattend/networking-mpssvc-svc */
const FIREWALL = /^(domain|private|public)profile_enablefirewall$/;

/** Settings that Windows Setup writes into the registry, and the command that writes the same. */
const REGISTRY: Readonly<Record<string, { readonly when: RegExp; readonly command: string }>> = {
  fdenytsconnections: {
    when: /^(?:false|0)$/i,
    command: 'reg add "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Terminal Server" /v fDenyTSConnections /d 0',
  },
  enablelua: {
    when: /^(?:false|0)$/i,
    command: 'reg add HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies\\System /v EnableLUA /d 0',
  },
  disableantispyware: {
    when: /^(?:true|1)$/i,
    command: 'reg add "HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows Defender" /v DisableAntiSpyware /d 1',
  },
};

function visit(
  element: XmlElement,
  parent: XmlElement | undefined,
  phase: InstallerScript['phase'],
  found: Found,
): void {
  const name = element.name.toLowerCase();
  if (PASSWORDS.has(name)) {
    const password = found.answers.length < MOST_ANSWERS ? passwordIn(element, parent) : undefined;
    if (password) found.answers.push(password);
    return;
  }
  const profile = FIREWALL.exec(name)?.[1];
  if (profile !== undefined && element.text.text.toLowerCase() === 'false')
    found.scripts.push({ phase, dialect: 'cmd', text: equivalent(off(profile), element.text) });
  if (name === 'enable_firewall' && element.text.text.toLowerCase() === 'false')
    found.scripts.push({ phase, dialect: undefined, text: equivalent('systemctl disable firewalld', element.text) });
  const setting = Object.hasOwn(REGISTRY, name) ? REGISTRY[name] : undefined;
  if (setting?.when.test(element.text.text))
    found.scripts.push({ phase, dialect: 'cmd', text: equivalent(setting.command, element.text) });
  const line = Object.hasOwn(COMMANDS, name) ? child(element, COMMANDS[name]!) : undefined;
  if (line && line.text.text !== '') found.scripts.push({ phase, dialect: 'cmd', text: line.text });
  // In this pass Windows PE is running, of which nothing is kept.
  const inner = name === 'settings' && /\bpass\s?=\s?["']windowsPE["']/i.test(element.head) ? 'host' : phase;
  for (const one of element.children) visit(one, element, inner, found);
}

function off(profile: string): string {
  return `netsh advfirewall set ${profile}profile state off`;
}

/** What Windows writes in place of passwords in answers that it has used. */
const DELETED = '*SENSITIVE*DATA*DELETED*';

function passwordIn(element: XmlElement, parent: XmlElement | undefined): Answer | undefined {
  const value = child(element, 'Value');
  if (!value && element.children.length > 0) return undefined;
  const { text } = value ?? element;
  if (text.text === '' || text.text.startsWith(DELETED)) return undefined;
  const found: Answer = { name: element.name, text, account: accountOf(element.name, parent) };
  const isPlain = child(element, 'PlainText')?.text.text.toLowerCase() !== 'false';
  return value && !isPlain ? disguised(found) : found;
}

/** The account that a password stands beside. */
function accountOf(name: string, parent: XmlElement | undefined): string | undefined {
  if (/administrator/i.test(name)) return 'Administrator';
  const written = (child(parent, 'Username') ?? child(parent, 'Name'))?.text.text;
  return written === undefined || written === '' || written.includes(UNRESOLVED) ? undefined : written;
}

/**
 * `PlainText` false: the password followed by the element's name, as UTF-16 in base64, which hides nothing; `undefined`
 * for anything else. https://learn.microsoft.com/windows-hardware/manufacture/desktop/hide-sensitive-data-in-an-answer-file
 */
function disguised({ text, ...rest }: Answer): Answer | undefined {
  const clear = decodeUtf16(text.text) ?? '';
  const suffix = /(?:Offline)?(?:Administrator)?Password$/.exec(clear.slice(-40))?.[0];
  if (suffix === undefined || clear.length === suffix.length) return undefined;
  const password = clear.slice(0, clear.length - suffix.length);
  return { ...rest, text: new Decoder(text, 'read-only').as(password, 0, text.text.length).done() };
}

/** One answer for each password of an account: `AutoLogon` repeats that of the account which it logs in with. */
function withoutRepeated(answers: readonly Answer[]): readonly Answer[] {
  const isSame = (a: Answer, b: Answer): boolean =>
    a.account !== undefined && a.account === b.account && a.text.text === b.text.text;
  return answers.filter((one, at) => !answers.slice(0, at).some(earlier => isSame(earlier, one)));
}
