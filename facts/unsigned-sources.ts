/** Repositories whose packages are installed without a check of their signature. */
import type { Finding } from '../core/finding.ts';
import type { SourceText, Span } from '../core/text.ts';

/** A source line of apt with options: `deb [trusted=yes] https://…`. */
const TRUSTED =
  /\bdeb(?:-src)?[ \t]{1,20}\[[^\]\n]{0,200}\btrusted=(?:yes|true)\b[^\]\n]{0,200}\][ \t]{1,20}(\S{0,200})/g;
const TRUSTED_STANZA = /^Trusted:[ \t]{0,20}yes\b/gim;
/** Not `repo_gpgcheck`, which is about the list of packages. `printf` gets its line breaks as `\\n`. */
const UNCHECKED = /(^|\\n|[^\w#])(gpgcheck[ \t]{0,20}=[ \t]{0,20}(?:0|false|no)\b)/gim;
const UNAUTHENTICATED = /\bAllowUnauthenticated[ "']{0,4}(?:true|1|yes)\b/gi;

/** A text without any of these, in whatever case, switches no check off. */
export const SIGNATURE_WORDS: readonly string[] = ['trusted', 'gpgcheck', 'allowunauthenticated'];

/**
 * One finding for each place in a text (a source list, a repository file, a setting of apt) that tells a package manager
 * not to check signatures. Repositories on the machine itself are left out.
 * https://manpages.debian.org/sources.list.5, https://dnf.readthedocs.io/en/latest/conf_ref.html
 */
export function* unsignedSources(text: SourceText): Generator<Finding> {
  for (const found of text.text.matchAll(TRUSTED)) {
    if (/^(?:file|copy|cdrom):|^https?:\/\/(?:localhost|127\.)/.test(found[1]!)) continue;
    yield {
      message:
        '`trusted=yes` makes apt install whatever this source or anybody on the way hands it: no signature is checked.',
      span: optionSpan(text, found, 'trusted='),
    };
  }
  for (const found of text.text.matchAll(TRUSTED_STANZA)) {
    if (/^URIs:[ \t]{0,20}(?:file|copy):/im.test(around(text.text, found.index))) continue;
    yield {
      message:
        '`Trusted: yes` makes apt install whatever this source or anybody on the way hands it: no signature is checked.',
      span: text.spanOf(found.index, found.index + found[0].length),
    };
  }
  for (const found of text.text.matchAll(UNCHECKED)) {
    const start = found.index + found[1]!.length;
    // What `sed` looks for is what it takes away.
    if (/(?:^|[^\w])s[/|,#]$/.test(text.text.slice(Math.max(0, start - 3), start))) continue;
    if (/baseurl[ \t]{0,20}=[ \t]{0,20}file:/i.test(around(text.text, start))) continue;
    yield {
      message: `\`${found[2]}\` makes the package manager install whatever the repository or anybody on the way hands it: no signature is checked.`,
      span: text.spanOf(start, start + found[2]!.length),
    };
  }
  for (const found of text.text.matchAll(UNAUTHENTICATED))
    yield {
      message:
        '`AllowUnauthenticated` makes apt install whatever a server or anybody on the way hands it: no signature is checked.',
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
