import { fix } from '../../../core/finding.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import type { Word } from '../../../core/shell-tree.ts';
import { setupCommands } from '../../../facts/setup-commands.ts';
import { removeWord } from '../../../shell/arguments.ts';
import type { Invocation } from '../../../shell/invocations.ts';

/** Options of `curl` that stand alone: https://curl.se/docs/manpage.html. `--tlsv1.0` means "this or later". */
const CURL = /^(?:-[123]|--sslv[23]|--tlsv1(?:\.[01])?)$/;
/** https://www.gnu.org/software/wget/manual/wget.html#index-SSL-protocol_002c-choose */
const WGET = /^--secure-protocol=(?:SSLv2|SSLv3|TLSv1(?:_1)?)$/i;

export default defineBuildRule({
  id: 'outdated-tls',
  summary: 'A download may use a version of TLS that is broken',
  policies: ['G13'],
  category: 'security',
  severity: 'warning',
  preset: 'strict',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  since: '2026.11',
  aliases: ['sonar:S4423'],
  *check(build) {
    for (const { invocation } of setupCommands(build)) {
      const word = outdated(invocation);
      if (!word) continue;
      yield {
        message: `\`${word.raw}\` lets \`${invocation.program}\` talk in versions of TLS that were retired in 2021 because they can be broken; without it the program takes the newest that both sides know.`,
        span: invocation.script.spanOf(word),
        fixes: [fix('suggested', `Drop \`${word.raw}\``, removeWord(invocation.script, word))],
      };
    }
  },
});

function outdated({ program, args }: Invocation): Word | undefined {
  const pattern = program === 'curl' ? CURL : program === 'wget' ? WGET : undefined;
  return pattern && args.find(({ literal, quoted }) => literal !== undefined && !quoted && pattern.test(literal));
}
