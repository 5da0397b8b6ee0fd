import { quoted } from '../../../core/quoted.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import { fileWrites } from '../../../facts/file-writes.ts';
import { setupCommands } from '../../../facts/setup-commands.ts';
import type { Invocation } from '../../../shell/invocations.ts';
import { readArguments } from '../../../shell/programs/index.ts';

/** `name:password:0:`, a line of passwd(5). */
const LINE = /^[ \t]*([a-z_][\w-]{0,31}):[^:\n]{0,200}:0+:/gm;

export default defineBuildRule({
  id: 'second-root-account',
  summary: 'An account other than root has UID 0',
  policies: ['G10'],
  category: 'security',
  severity: 'warning',
  preset: 'strict',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  needs: { programs: ['useradd', 'usermod', 'adduser'], steps: ['write-file', 'run'] },
  since: '2026.11',
  *check(build) {
    for (const { invocation } of setupCommands(build)) {
      const name = rootBesides(invocation);
      if (name !== undefined) yield { ...said(name), span: invocation.script.spanOf(invocation.command) };
    }
    for (const { path, text } of fileWrites(build)) {
      if (!/(?:^|\/)etc\/passwd$/.test(path)) continue;
      for (const match of text.text.matchAll(LINE))
        if (!isRoot(match[1]))
          yield { ...said(match[1]!), span: text.spanOf(match.index, match.index + match[0].length) };
    }
  },
});

const isRoot = (name: string | undefined): boolean => name === 'root';

const said = (name: string) => ({
  message: `${quoted(name)} has the user ID 0: it is a second root account`,
  help: 'Give it an ID of its own, and `sudo` for the commands that it needs',
});

/** The account that a command gives the user ID 0, in `useradd -o -u 0 NAME`. */
function rootBesides(invocation: Invocation): string | undefined {
  const given = readArguments(invocation);
  const id = given.values('--uid').at(-1)?.literal;
  const name = given.operands.at(given.program === 'adduser' ? 0 : -1)?.literal;
  return id !== undefined && /^0+$/.test(id) && name !== undefined && !isRoot(name) ? name : undefined;
}
