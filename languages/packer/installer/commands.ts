/** Commands in the text of an answer file, or typed, that set the password of an account. */
import type { SourceText } from '../../../core/text.ts';
import { type Answer, answer } from './installation.ts';

/** The groups: `password`, and `account` where the command names it. */
const COMMANDS: readonly { readonly name: string; readonly pattern: RegExp }[] = [
  {
    name: 'chpasswd',
    pattern:
      /\becho[ \t]{1,8}(?:-[ne]{1,2}[ \t]{1,8})?["']?(?<account>[a-z_][\w-]{0,31}):(?<password>[^\s"'|\\]{1,200})["']?[ \t]{0,8}\|[ \t]{0,8}(?:[\w./-]{1,40}[ \t]{1,8}){0,3}chpasswd\b/dg,
  },
  {
    name: 'passwd',
    pattern:
      /\becho[ \t]{1,8}(?:-[ne]{1,2}[ \t]{1,8})?["']?(?<password>[^\s"'|\\]{1,200})["']?[ \t]{0,8}\|[ \t]{0,8}(?:[\w./-]{1,40}[ \t]{1,8}){0,3}passwd[ \t]{1,8}--stdin\b/dg,
  },
  {
    name: 'net',
    pattern:
      /\bnet(?:\.exe)?[ \t]{1,8}user[ \t]{1,8}["']?(?<account>[\w.-]{1,40})["']?[ \t]{1,8}["']?(?<password>[^\s"'<>/*&|][^\s"'<>&|]{0,200})/dgi,
  },
];

/** The answers in the commands of a text. */
export function answersInCommands(text: SourceText): readonly Answer[] {
  const found: Answer[] = [];
  for (const { name, pattern } of COMMANDS)
    for (const { groups, indices } of text.text.matchAll(pattern)) {
      const { account } = groups!;
      const { password } = indices!.groups!;
      const value = answer(name, text, ...password!, account);
      if (value) found.push(value);
    }
  return found;
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
