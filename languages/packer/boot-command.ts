/** What does a boot command type, which passwords are in it, and which files does it fetch? */
import { nameOf } from '../../core/path.ts';
import { Decoder, SourceText } from '../../core/text.ts';
import { answersInText } from './installer/index.ts';
import { type Answer, answer, LONGEST_TEXT, MOST_ANSWERS } from './installer/installation.ts';

/** More files are something else than installer answers. */
const MOST_PATHS = 30;

/** Named keys in a boot command. https://developer.hashicorp.com/packer/docs/community-tools#boot-command */
const KEY = /<(wait[\dhms.]{0,12}|[A-Za-z]{1,12}[\d]{0,2}(?:On|Off)?)>/g;

/** The text that a boot command types: keys that end a line are line breaks, other keys but the space bar are left out. */
export function typedText(strings: readonly SourceText[]): SourceText {
  const joined = limited(strings);
  const decoder = new Decoder(joined, 'read-only');
  let at = 0;
  for (const match of joined.text.matchAll(KEY)) {
    const end = match.index + match[0].length;
    decoder.verbatim(at, match.index).as(replaced(match[1]!.toLowerCase()), match.index, end);
    at = end;
  }
  return decoder.verbatim(at, joined.text.length).done();
}

function limited(strings: readonly SourceText[]): SourceText {
  const joined = SourceText.join(strings, '');
  return joined.slice(0, Math.min(joined.text.length, LONGEST_TEXT));
}

function replaced(key: string): string {
  if (key.startsWith('wait') || key.startsWith('leftshift') || key.startsWith('rightshift')) return '';
  return key === 'spacebar' ? ' ' : '\n';
}

/** Values typed as `NAME=VALUE` (kernel parameters), and the answer to `passwd`. */
export function typedAnswers(text: SourceText): readonly (Answer & { readonly parameter: string | undefined })[] {
  const found: (Answer & { parameter: string | undefined })[] = [];
  const add = (one: Answer | undefined, parameter?: string): void => {
    if (one && found.length < MOST_ANSWERS) found.push({ ...one, parameter });
  };
  for (const match of text.text.matchAll(/(?:^|[\s;])([A-Za-z][\w.-]{0,60}(?:\/[\w.-]{1,80})?)=([^\s;&|)]{1,400})/g)) {
    const end = match.index + match[0].length;
    if (!match[1]!.endsWith('-again'))
      add(answer('boot_command', text, end - match[2]!.length, end), nameOf(match[1]!));
  }
  const lines = text.text.split('\n');
  let start = 0;
  lines.forEach((line, at) => {
    const next = start + line.length + 1;
    const password = lines[at + 1] ?? '';
    if (
      /(?:^|[\s;&])passwd(?: [a-z_][\w-]{0,31})?$/.test(line.slice(-60)) &&
      password !== '' &&
      // It asks twice, but a template may leave the second answer to other means.
      (password === lines[at + 2] || !/\s/.test(password))
    )
      add(answer('boot_command', text, next, next + password.length));
    start = next;
  });
  for (const one of answersInText(text)) add({ ...one, name: 'boot_command' });
  return found;
}

/**
 * The paths that a boot command fetches from Packer's own server: `ks.cfg` of `http://{{ .HTTPIP }}:{{ .HTTPPort }}/ks.cfg`.
 * cloud-init looks for `user-data` below the address that it is given.
 */
export function servedPaths(typed: string): readonly string[] {
  const names = [...typed.matchAll(/\uE000\/([\w.-]{1,80}(?:\/[\w.-]{1,80}){0,6})/g)].map(([, name]) => name!);
  const folders = [...typed.matchAll(/\bs=https?:\/\/\uE000(?::\uE000)?\/((?:[\w.-]{1,80}\/){0,6})(?![\w.-])/g)];
  return [...new Set([...names, ...folders.map(([, folder]) => `${folder}user-data`)])].slice(0, MOST_PATHS);
}
