/** Rules of sudo and doas that let an account do everything as root. */

/** doas.conf(5): an account, or a group as `:wheel`, may run every command as root without a password. */
const FREE =
  /^[ \t]{0,40}permit[ \t]{1,8}(?:(?:persist|keepenv|nolog|setenv[ \t]{0,8}\{[^}\n]{0,200}\})[ \t]{1,8}){0,4}nopass[ \t]{1,8}(?:(?:persist|keepenv|nolog|setenv[ \t]{0,8}\{[^}\n]{0,200}\})[ \t]{1,8}){0,4}([\w:.-]{1,64})(?:[ \t]{1,8}as[ \t]{1,8}root)?[ \t]{0,20}(?:#[^\n]{0,300})?$/gm;

/** A rule for root itself gives nothing away. */
export function freeDoasRules(text: string): RegExpExecArray[] {
  return [...text.matchAll(FREE)].filter(([, name]) => name !== 'root');
}

/** Whether `(as)` in the text before `NOPASSWD:` is root, or everyone; without one it is root. sudoers(5) */
export function isAsRoot(before: string): boolean {
  const found = /\(([^():\n]{0,64})(:[^()\n]{0,64})?\)[^()]{0,80}$/.exec(before.slice(-220));
  if (!found) return true;
  const accounts = found[1]!.split(/[\s,]+/).filter(Boolean);
  // With a group alone it is the account itself.
  return accounts.length === 0 ? found[2] === undefined : accounts.some(one => /^(?:ALL|root|#0)$/.test(one));
}
