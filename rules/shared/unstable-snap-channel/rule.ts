import type { Finding } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import { setupCommands } from '../../../facts/setup-commands.ts';
import type { Invocation } from '../../../shell/invocations.ts';
import { readArguments } from '../../../shell/programs/index.ts';

export default defineBuildRule({
  id: 'unstable-snap-channel',
  summary: 'A snap is installed from a testing channel or without confinement or signature',
  policies: ['G2', 'G3'],
  category: 'reproducibility',
  severity: 'warning',
  preset: 'strict',
  languages: ['packer', 'cloud-init'],
  needs: { programs: ['snap'] },
  since: '2026.11',
  *check(build): Iterable<Finding> {
    for (const { invocation } of setupCommands(build)) {
      const what = unstable(invocation);
      if (what === undefined) continue;
      yield {
        message: `\`snap install\` ${what}`,
        help: HELP[what] ?? 'Use the stable channel of a track: `--channel=TRACK/stable`',
        span: invocation.script.spanOf(invocation.command),
      };
    }
  },
});

const HELP: Readonly<Record<string, string>> = {
  'uses `--devmode`': 'Remove `--devmode`, or use `--classic` if the snap supports it',
};

/** https://snapcraft.io/docs/channels */
function unstable(invocation: Invocation): string | undefined {
  const given = readArguments(invocation);
  if (given.program !== 'snap' || !/^(?:install|refresh|switch)$/.test(given.verb)) return undefined;
  const channel = given.value('--channel')?.literal;
  const risk = channel?.split('/').find(part => /^(?:edge|beta|candidate)$/.test(part));
  if (risk !== undefined) return `uses the channel ${quoted(channel!)}`;
  for (const flag of ['--edge', '--beta', '--candidate', '--devmode']) if (given.has(flag)) return `uses \`${flag}\``;
  return undefined;
}
