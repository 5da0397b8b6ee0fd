import { fix } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import { setupCommands } from '../../../facts/setup-commands.ts';
import type { Invocation } from '../../../shell/invocations.ts';
import { type Option, readArguments } from '../../../shell/programs/index.ts';
import { removeOption } from '../../../shell/word-edits.ts';

/** Options of `curl` without a value, and what they allow: https://curl.se/docs/manpage.html. `--tlsv1.0` means "this or later". */
const CURL: Readonly<Record<string, string>> = {
  '--sslv2': 'SSL 2',
  '--sslv3': 'SSL 3',
  '--tlsv1': 'TLS 1.0 and 1.1',
  '--tlsv1.0': 'TLS 1.0 and 1.1',
  '--tlsv1.1': 'TLS 1.1',
};
/** https://www.gnu.org/software/wget/manual/wget.html#index-SSL-protocol_002c-choose */
const WGET: Readonly<Record<string, string>> = {
  sslv2: 'SSL 2',
  sslv3: 'SSL 3',
  tlsv1: 'TLS 1.0',
  tlsv1_1: 'TLS 1.1',
};

export default defineBuildRule({
  id: 'outdated-tls',
  summary: '`curl` or `wget` allows a TLS version older than 1.2',
  policies: ['G13', 'G10'],
  category: 'security',
  severity: 'warning',
  preset: 'strict',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  needs: { programs: ['curl', 'wget'] },
  since: '2026.11',
  aliases: ['sonar:S4423'],
  *check(build) {
    for (const { invocation } of setupCommands(build)) {
      const found = outdated(invocation);
      if (!found) continue;
      const { allowed, option } = found;
      const word = option.words[0]!;
      const shown = option.value?.word === word ? word.raw : option.name;
      yield {
        message: `\`${invocation.program} ${shown}\` ${allowed}`,
        help:
          invocation.program === 'curl'
            ? `Remove ${quoted(shown)}${cluster(word.raw, shown)}, or use \`--tlsv1.2\``
            : `Remove ${quoted(shown)}; \`wget\` then uses the newest version it can`,
        span: invocation.script.spanOf(word),
        fixes: [fix('suggested', `Remove \`${shown}\``, removeOption(invocation.script, option))],
      };
    }
  },
});

function outdated(invocation: Invocation): { readonly option: Option; readonly allowed: string } | undefined {
  const given = readArguments(invocation);
  if (given.program === 'curl') {
    const option = given.find(...Object.keys(CURL));
    const what = CURL[option?.canonical ?? ''] ?? 'obsolete TLS versions';
    // https://curl.se/docs/manpage.html#--sslv3
    return option && { option, allowed: what.startsWith('SSL') ? 'is ignored since curl 7.77.0' : `allows ${what}` };
  }
  const option = given.program === 'wget' ? given.find('--secure-protocol') : undefined;
  const protocol = option?.value?.literal?.toLowerCase();
  return option && protocol !== undefined && Object.hasOwn(WGET, protocol)
    ? { option, allowed: `uses ${WGET[protocol]}` }
    : undefined;
}

/** The word that a short option is in with others: ` from `-1sLf``. */
function cluster(word: string, shown: string): string {
  return /^-\w$/.test(shown) && /^-\w{2,20}$/.test(word) ? ` from ${quoted(word)}` : '';
}
