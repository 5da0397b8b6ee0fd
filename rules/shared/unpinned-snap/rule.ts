import type { Finding } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import { setupCommands } from '../../../facts/setup-commands.ts';
import { readArguments } from '../../../shell/programs/index.ts';

export default defineBuildRule({
  id: 'unpinned-snap',
  summary: '`snap install` sets neither a track nor a revision',
  policies: ['G2', 'G13'],
  category: 'reproducibility',
  severity: 'info',
  preset: 'all',
  languages: ['packer', 'cloud-init'],
  needs: { programs: ['snap'] },
  since: '2026.11',
  *check(build): Iterable<Finding> {
    for (const { invocation } of setupCommands(build)) {
      const given = readArguments(invocation);
      if (given.program !== 'snap' || given.verb !== 'install' || !given.certain) continue;
      if (given.has('--revision') || isTrack(given.has('--channel') ? given.value('--channel')?.literal : '')) continue;
      const [name] = given.operands;
      const { command, script } = invocation;
      // A file, and what a variable names, has no channel.
      if (!name?.literal || !/^[a-z0-9][a-z0-9_-]{0,60}$/.test(name.literal)) continue;
      yield {
        message: `${quoted(name.literal)} is installed from the default channel`,
        // A list of the installer becomes commands, and has no revisions.
        help: /\binstall\b/.test(script.text.slice(command.start, command.end).written)
          ? 'Set a track (`--channel=TRACK/stable`) or a revision (`--revision=NUMBER`)'
          : 'Set a track: `channel: TRACK/stable`',
        span: script.spanOf(name),
      };
    }
  },
});

/** Whether a channel has a track of its own: not `latest`, and not a risk alone. `undefined`: not known. */
function isTrack(channel: string | undefined): boolean {
  if (channel === undefined) return true;
  const [track] = channel.split('/');
  return !/^(?:latest|stable|candidate|beta|edge)?$/.test(track ?? '');
}
