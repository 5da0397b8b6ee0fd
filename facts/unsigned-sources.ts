/** Repositories whose packages are installed without a check of their signature. */
import type { Finding } from '../core/finding.ts';
import { quoted } from '../core/quoted.ts';
import type { SourceText, Span } from '../core/text.ts';

/** A source line of apt with options: `deb [trusted=yes] https://…`. */
const TRUSTED =
  /\bdeb(?:-src)?[ \t]{1,20}\[[^\]\n]{0,200}\btrusted=(?:yes|true)\b[^\]\n]{0,200}\][ \t]{1,20}(\S{0,200})/g;
const TRUSTED_STANZA = /^Trusted:[ \t]{0,20}yes\b/gim;
/** The same check by another option: https://manpages.debian.org/sources.list.5 */
const INSECURE =
  /\bdeb(?:-src)?[ \t]{1,20}\[[^\]\n]{0,200}\b(allow-insecure=(?:yes|true))\b[^\]\n]{0,200}\][ \t]{1,20}(\S{0,200})/g;
const INSECURE_STANZA = /^(Allow-Insecure:[ \t]{0,20}yes)\b/gim;
/** pacman.conf(5) */
const SIG_LEVEL =
  /^[ \t]{0,20}(SigLevel[ \t]{0,20}=[ \t]{0,20}(?:(?:Package)?Never|(?:Optional[ \t]{1,4})?(?:Package)?TrustAll))\b/gm;
/** Not `repo_gpgcheck`, which is about the list of packages. `printf` gets its line breaks as `\\n`. */
const UNCHECKED = /(^|\\n|[^\w#])(gpgcheck[ \t]{0,20}=[ \t]{0,20}(?:0|false|no)\b)/gim;
const UNAUTHENTICATED = /\b(Allow(?:Unauthenticated|InsecureRepositories))[ "']{0,4}(?:true|1|yes)\b/gi;

/** Content without any of these, in any case, turns off no check. */
export const SIGNATURE_WORDS: readonly string[] = [
  'trusted',
  'allow-insecure',
  'siglevel',
  'gpgcheck',
  'allowunauthenticated',
  'allowinsecurerepositories',
];

const APT_HELP = 'Install the repository key and name it in `signed-by`';

/**
 * One finding for each place in a file (a source list, a repository file, a setting of apt) that turns off the check of
 * signatures. Repositories on the machine itself are left out.
 * https://manpages.debian.org/sources.list.5, https://dnf.readthedocs.io/en/latest/conf_ref.html
 */
export function* unsignedSources(text: SourceText): Generator<Finding> {
  for (const found of text.text.matchAll(TRUSTED)) {
    if (/^(?:file|copy|cdrom):|^https?:\/\/(?:localhost|127\.)/.test(found[1]!)) continue;
    yield {
      message: '`trusted=yes` turns off signature checks for this source',
      help: APT_HELP,
      span: optionSpan(text, found, 'trusted='),
    };
  }
  for (const found of text.text.matchAll(INSECURE)) {
    if (/^(?:file|copy|cdrom):|^https?:\/\/(?:localhost|127\.)/.test(found[2]!)) continue;
    yield {
      message: '`allow-insecure=yes` accepts this source without a signature',
      help: APT_HELP,
      span: optionSpan(text, found, 'allow-insecure='),
    };
  }
  for (const found of text.text.matchAll(INSECURE_STANZA)) {
    if (/^URIs:[ \t]{0,20}(?:file|copy):/im.test(around(text.text, found.index))) continue;
    yield {
      message: '`Allow-Insecure: yes` accepts this source without a signature',
      help: APT_HELP,
      span: text.spanOf(found.index, found.index + found[0].length),
    };
  }
  for (const found of text.text.matchAll(SIG_LEVEL))
    yield {
      message: `${quoted(found[1]!)} turns off package signature checks in \`pacman\``,
      help: 'Import the key with `pacman-key`, and use `Required`',
      span: text.spanOf(found.index + found[0].length - found[1]!.length, found.index + found[0].length),
    };
  for (const found of text.text.matchAll(TRUSTED_STANZA)) {
    if (/^URIs:[ \t]{0,20}(?:file|copy):/im.test(around(text.text, found.index))) continue;
    yield {
      message: '`Trusted: yes` turns off signature checks for this source',
      help: APT_HELP,
      span: text.spanOf(found.index, found.index + found[0].length),
    };
  }
  for (const found of text.text.matchAll(UNCHECKED)) {
    const start = found.index + found[1]!.length;
    // What `sed` looks for is what it takes away.
    if (/(?:^|[^\w])s[/|,#]$/.test(text.text.slice(Math.max(0, start - 3), start))) continue;
    if (/baseurl[ \t]{0,20}=[ \t]{0,20}file:/i.test(around(text.text, start))) continue;
    yield {
      message: `${quoted(found[2]!)} turns off package signature checks`,
      help: 'Set `gpgcheck=1` and name the key in `gpgkey`',
      span: text.spanOf(start, start + found[2]!.length),
    };
  }
  for (const found of text.text.matchAll(UNAUTHENTICATED))
    yield {
      message: `\`${found[1]}\` turns off package signature checks`,
      help: APT_HELP,
      span: text.spanOf(found.index, found.index + found[0].length),
    };
}

function optionSpan(text: SourceText, found: RegExpMatchArray, option: string): Span {
  const start = found.index! + found[0].indexOf(option);
  const value = /^\w{0,10}/.exec(text.text.slice(start + option.length, start + option.length + 10))![0];
  return text.spanOf(start, start + option.length + value.length);
}

/** The lines of the same entry. */
function around(text: string, at: number): string {
  return text.slice(Math.max(0, at - 400), at + 400);
}
