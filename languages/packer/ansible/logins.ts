/**
 * What Ansible tasks do to the logins of a machine, as commands of a shell that do the same. Lines are read, not YAML: of a
 * task only the few modules and programs that close a login count, wherever a playbook has them.
 * https://docs.ansible.com/ansible/latest/collections/ansible/builtin/
 */

/** Commands of one file; more say nothing new. */
const MOST = 50;

/** An account whose name Ansible fills in: any. */
const UNKNOWN_ACCOUNT = '"$ACCOUNT"';
const ACCOUNT = /^[a-z_][\w.-]{0,31}\$?$/i;

/** Keys whose value says nothing of what is done. */
const UNTOLD =
  /^[ \t]*(?:-[ \t]+)?(?:name|msg|regexp|regex|when|tags|changed_when|failed_when|search_string|insertafter|insertbefore|register|notify)[ \t]*:/;

/** `passwd -l root`, `usermod --lock root`, `userdel -r builder`, up to the end of the command. */
const CLOSING = /(?:^|[\s"'([;&|/])((?:passwd|usermod|userdel|deluser|chage)[ \t]+[^\n;&|#)\]]{1,200})/g;
const CHANGED = /\bchpasswd\b/;
const CHANGED_ACCOUNT = /\b([a-z_][\w.-]{0,31}):[^\s|][^\n|]{0,200}\|[^\n|]{0,60}\bchpasswd\b/;

const USER_MODULE = /^([ \t]*)(?:-[ \t]+)?(?:ansible\.(?:builtin|windows)\.)?(?:win_)?user[ \t]*:[ \t]*([^\n]{0,400})$/;
/** `name: root`, `name=root` */
const ENTRY = /(?<![\w.-])([a-z_]{2,30})(?:[ \t]{0,20}:[ \t]{0,20}["']?([^"'\n,}]{0,200})|=["']?([^\s"',}]{0,200}))/g;
const SSHD =
  /\b(PermitRootLogin|PasswordAuthentication|PermitEmptyPasswords)[ \t]+["']?(no|prohibit-password|without-password|\{\{)/gi;
/** The server's settings as a whole file, of which this shows nothing. */
const SSHD_FILE = /\b(?:dest|path)[ \t]*[:=][ \t]*["']?\/etc\/ssh\/sshd_config/;

/** The commands that do what closes a login in the tasks of one file. */
export function loginCommands(text: string): readonly string[] {
  const lines = text.split(/\r?\n/);
  const commands: string[] = [];
  lines.forEach((line, at) => {
    if (commands.length >= MOST || /^[ \t]*#/.test(line)) return;
    commands.push(...byModule(lines, at));
    if (UNTOLD.test(line)) return;
    commands.push(...byProgram(line), ...bySshd(lines, at));
  });
  return commands.slice(0, MOST);
}

function byProgram(line: string): string[] {
  const found: string[] = [];
  for (const [, command] of line.matchAll(CLOSING)) {
    const words = command!
      .replace(/\{\{[^{}]{0,100}\}\}/g, UNKNOWN_ACCOUNT)
      .replace(/["']?[ \t,]{0,9}$/, '')
      .trim();
    // It leaves an empty password, and a later command may lock it.
    if (!/^passwd[ \t]+(?:-d|--delete)\b/.test(words) && !words.includes("'")) found.push(words);
  }
  if (CHANGED.test(line)) {
    const account = CHANGED_ACCOUNT.exec(line)?.[1];
    found.push(`usermod --lock ${account ?? UNKNOWN_ACCOUNT}`);
  }
  return found;
}

/** `user: {name: root, password: '!'}` in its three forms. */
function byModule(lines: readonly string[], at: number): string[] {
  const [, indent, inline] = USER_MODULE.exec(lines[at]!) ?? [];
  if (indent === undefined) return [];
  const own = lines[at]!.search(/[^ \t-]/);
  const below = inline!.trim() === '' ? lines.slice(at + 1, at + 21) : [];
  const end = below.findIndex(line => line.trim() !== '' && line.search(/\S/) <= own);
  const entries = [inline!, ...(end < 0 ? below : below.slice(0, end))].join('\n');
  const values = new Map<string, string>();
  for (const [, key, text, word] of entries.matchAll(ENTRY))
    if (!values.has(key!)) values.set(key!, (text ?? word!).trim());
  const given = (key: string): string | undefined => values.get(key);
  const name = given('name') ?? given('user');
  if (name === undefined) return [];
  const account = ACCOUNT.test(name) ? name : UNKNOWN_ACCOUNT;
  if (given('state') === 'absent') return [`userdel ${account}`];
  const isChanged =
    (given('password') !== undefined && given('update_password') !== 'on_create') ||
    /^(?:true|yes)$/i.test(given('password_lock') ?? given('account_disabled') ?? '') ||
    given('expires') !== undefined;
  return isChanged ? [`usermod --lock ${account}`] : [];
}

function bySshd(lines: readonly string[], at: number): string[] {
  const line = lines[at]!;
  const settings = [...line.matchAll(SSHD)].map(([, keyword]) => keyword!);
  // In one task with its source: the whole file is another one.
  const isReplaced =
    SSHD_FILE.test(line) && lines.slice(Math.max(0, at - 4), at + 5).some(one => /\bsrc[ \t]*[:=]/.test(one));
  if (isReplaced) settings.push('PermitRootLogin', 'PasswordAuthentication', 'PermitEmptyPasswords');
  return settings.map(keyword => `echo '${keyword} no' >> /etc/ssh/sshd_config`);
}
