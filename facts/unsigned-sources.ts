/** Repositories whose packages are installed without a check of their signature. */
import type { Finding } from '../core/finding.ts';
import { quoted } from '../core/quoted.ts';
import type { SourceText } from '../core/text.ts';
import { isOnCommentLine } from './comment-lines.ts';
import { isInComment } from './repository-lines.ts';

/** A setting that turns off the check. The first group of its pattern is the place. */
interface Setting {
  readonly pattern: RegExp;
  /** Where the sources are named that it is for: in the second group, or in the lines around it. */
  readonly sources?: 'line' | 'stanza' | 'section';
  message(place: string): string;
  readonly help: string;
}

const APT_HELP = 'Install the repository key and name it in `signed-by`';

/** https://manpages.debian.org/sources.list.5, apt.conf(5), pacman.conf(5), https://dnf.readthedocs.io/en/latest/conf_ref.html */
const SETTINGS: readonly Setting[] = [
  {
    // A source line with options: `deb [trusted=yes] https://…`.
    pattern:
      /\bdeb(?:-src)?[ \t]{1,20}\[[^\]\n]{0,200}\b(trusted=(?:yes|true))\b[^\]\n]{0,200}\][ \t]{1,20}(\S{0,200})/dg,
    sources: 'line',
    message: () => '`trusted=yes` turns off signature checks for this source',
    help: APT_HELP,
  },
  {
    pattern:
      /\bdeb(?:-src)?[ \t]{1,20}\[[^\]\n]{0,200}\b(allow-insecure=(?:yes|true))\b[^\]\n]{0,200}\][ \t]{1,20}(\S{0,200})/dg,
    sources: 'line',
    message: () => '`allow-insecure=yes` accepts this source without a signature',
    help: APT_HELP,
  },
  {
    pattern: /^(Trusted:[ \t]{0,20}yes)\b/dgim,
    sources: 'stanza',
    message: () => '`Trusted: yes` turns off signature checks for this source',
    help: APT_HELP,
  },
  {
    pattern: /^(Allow-Insecure:[ \t]{0,20}yes)\b/dgim,
    sources: 'stanza',
    message: () => '`Allow-Insecure: yes` accepts this source without a signature',
    help: APT_HELP,
  },
  {
    // At the beginning of a line, or in what `sed` puts in.
    pattern:
      /(?:^|[/|,@\\])[ \t]{0,20}(SigLevel[ \t]{0,20}=[ \t]{0,20}(?:(?:Package)?Never|(?:Optional[ \t]{1,4})?(?:Package)?TrustAll))\b/dgm,
    sources: 'section',
    message: place => `${quoted(place)} turns off package signature checks in \`pacman\``,
    help: 'Import the key with `pacman-key`, and use `Required`',
  },
  {
    // Not `repo_gpgcheck`, which is about the list of packages.
    pattern: /(?:^|[^\w#])(gpgcheck[ \t]{0,20}=[ \t]{0,20}(?:0|false|no)\b)/dgim,
    sources: 'section',
    message: place => `${quoted(place)} turns off package signature checks`,
    help: 'Set `gpgcheck=1` and name the key in `gpgkey`',
  },
  {
    pattern: /\b(Allow(?:Unauthenticated|InsecureRepositories)[ "']{0,4}(?:true|1|yes))\b/dgi,
    message: place => `\`${/^\w{1,40}/.exec(place)![0]}\` turns off package signature checks`,
    help: APT_HELP,
  },
];

/** Content without any of these, in any case, turns off no check. */
export const SIGNATURE_WORDS: readonly string[] = [
  'trusted',
  'allow-insecure',
  'siglevel',
  'gpgcheck',
  'allowunauthenticated',
  'allowinsecurerepositories',
];

/**
 * One finding for each place in a file (a source list, a repository file, a setting of apt) that turns off the check of
 * signatures. Repositories on the machine itself and comments are left out.
 */
export function* unsignedSources(text: SourceText): Generator<Finding> {
  // `printf` gets its line breaks as `\\n`; as long as they are, places stay the same.
  const content = text.text.replaceAll('\\n', ' \n');
  for (const { help, message, pattern, sources } of SETTINGS)
    for (const found of content.matchAll(pattern)) {
      const [start, end] = found.indices![1]!;
      if (isInComment(content, start) || isOnCommentLine(content, start)) continue;
      if (sources && isLocal(sources === 'line' ? [found[2]!] : urlsAround(content, start, sources))) continue;
      yield { message: message(content.slice(start, end)), help, span: text.spanOf(start, end) };
    }
}

/** Whether there are addresses, and all of them are on the machine itself. */
function isLocal(urls: readonly string[]): boolean {
  return urls.length > 0 && urls.every(url => /^(?:file|copy|cdrom):|^https?:\/\/(?:localhost|127\.)/i.test(url));
}

/** The addresses of the paragraph or of the section that a place is in. */
function urlsAround(text: string, at: number, kind: 'stanza' | 'section'): string[] {
  const border = kind === 'stanza' ? /^[ \t]{0,40}$/gm : /^[ \t]{0,40}\[/gm;
  const from = Math.max(0, at - FAR);
  const part = text.slice(from, at + FAR);
  const borders = [...part.matchAll(border)].map(({ index }) => from + index);
  const start = borders.findLast(one => one <= at) ?? from;
  const end = borders.find(one => one > at) ?? at + FAR;
  const field = kind === 'stanza' ? /^URIs:(.{0,1000})/gim : /^[ \t]{0,40}(?:Server|baseurl)[ \t]{0,20}=(.{0,1000})/gim;
  return [...text.slice(start, end).matchAll(field)].flatMap(([, value]) => value!.split(/\s+/).filter(Boolean));
}
/** How far an entry is read, in UTF-16 code units. */
const FAR = 1_000;
