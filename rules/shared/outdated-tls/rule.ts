import { fix } from '../../../core/finding.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import { setupCommands } from '../../../facts/setup-commands.ts';
import type { Invocation } from '../../../shell/invocations.ts';
import { type Option, readArguments } from '../../../shell/programs/index.ts';
import { removeOption } from '../../../shell/word-edits.ts';

/** Options of `curl` without a value: https://curl.se/docs/manpage.html. `--tlsv1.0` means "this or later". */
const CURL = ['--sslv2', '--sslv3', '--tlsv1', '--tlsv1.0', '--tlsv1.1'];
/** https://www.gnu.org/software/wget/manual/wget.html#index-SSL-protocol_002c-choose */
const WGET = /^(?:SSLv2|SSLv3|TLSv1(?:_1)?)$/i;

export default defineBuildRule({
  id: 'outdated-tls',
  summary: 'A download may use an obsolete version of TLS',
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
      const option = outdated(invocation);
      if (!option) continue;
      const word = option.words[0]!;
      const shown = option.value?.word === word ? word.raw : option.name;
      yield {
        message: `\`${shown}\` allows obsolete TLS versions`,
        help: 'Remove it: the newest version that both sides support is used',
        span: invocation.script.spanOf(word),
        fixes: [fix('suggested', `Remove \`${shown}\``, removeOption(invocation.script, option))],
      };
    }
  },
});

function outdated(invocation: Invocation): Option | undefined {
  const given = readArguments(invocation);
  if (given.program === 'curl') return given.find(...CURL);
  const protocol = given.program === 'wget' ? given.find('--secure-protocol') : undefined;
  return WGET.test(protocol?.value?.literal ?? '') ? protocol : undefined;
}
