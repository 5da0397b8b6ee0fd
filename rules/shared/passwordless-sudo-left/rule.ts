import type { Stage } from '../../../core/build.ts';
import { quoted } from '../../../core/quoted.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import { UNRESOLVED } from '../../../core/text.ts';
import { FILE_WRITE_NEEDS, fileWrites } from '../../../facts/file-writes.ts';
import { setupCommands } from '../../../facts/setup-commands.ts';
import { freeDoasRules, isAsRoot } from '../../../facts/sudo-rules.ts';
import { readArguments } from '../../../shell/programs/index.ts';

/** `user hosts = (as) NOPASSWD: ALL` for all commands. https://www.sudo.ws/docs/man/sudoers.man/ */
const FREE =
  /([^\s"'=,]{1,64})[ \t]{1,8}[^\s"'=]{1,64}[ \t]{0,8}=[ \t]{0,8}(?:\([^()\n]{0,64}\)[ \t]{0,8})?NOPASSWD:[ \t]{0,8}ALL\b/g;
/** `Defaults:ada !authenticate`; not for one command (`Defaults!CMD`), for what runs as another account, or for root. */
const NEVER_ASKS =
  /^[ \t]{0,40}Defaults(?::(?!root\s)[^\s#]{1,64}|@[^\s#]{1,64}|>(?:root|ALL)|!ALL)?[ \t]{1,8}(?:[^#\n]{0,200},[ \t]{0,8})?!authenticate\b/gm;
const REMOVING: ReadonlySet<string> = new Set(['rm', 'userdel', 'deluser']);

export default defineBuildRule({
  id: 'passwordless-sudo-left',
  summary: 'A sudoers file allows all commands without a password',
  policies: ['G10'],
  category: 'security',
  severity: 'warning',
  preset: 'strict',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  needs: FILE_WRITE_NEEDS,
  since: '2026.11',
  *check(build, { project }) {
    if (project.kind === 'vagrant' || project.kind === 'ci-runner') return;
    const removed = removedNames(build);
    for (const { path, text, stage } of fileWrites(build)) {
      if (!/sudoers|doas\.(?:conf|d\/)/.test(path) || removed.get(stage)?.has(path)) continue;
      if (/doas/.test(path))
        for (const match of freeDoasRules(text.text))
          yield {
            message: `${whoIs(match[1]!.replace(/^:/, '%'))} can run any command as root without a password`,
            help: 'Use `persist` instead of `nopass`, or allow only the commands it needs: `cmd`',
            span: text.spanOf(match.index, match.index + match[0].length),
          };
      else
        for (const match of text.text.matchAll(NEVER_ASKS))
          yield {
            message: '`!authenticate` turns the password prompt of `sudo` off',
            help: 'Remove it, and allow the commands that need no password with `NOPASSWD:`',
            span: text.spanOf(match.index, match.index + match[0].length),
          };
      for (const match of text.text.matchAll(FREE)) {
        const name = match[1]!;
        const before = text.text.slice(Math.max(0, match.index - 200), match.index);
        if (/^[ \t]*#/.test(before.slice(before.lastIndexOf('\n') + 1))) continue;
        // Root may do everything. The box format asks for `vagrant`: https://developer.hashicorp.com/vagrant/docs/boxes/base
        if (
          name.startsWith('#') ||
          name === 'vagrant' ||
          name === 'root' ||
          !isAsRoot(match[0]) ||
          removed.get(stage)?.has(name)
        )
          continue;
        yield {
          message: `${whoIs(name)} can run any command as root without a password`,
          help:
            build.language === 'dockerfile'
              ? 'Run these steps as root before `USER`, or allow only the commands it needs'
              : 'Allow only the commands it needs, or require a password',
          span: text.spanOf(match.index, match.index + match[0].length),
        };
      }
    }
  },
});

function whoIs(name: string): string {
  if (name.includes(UNRESOLVED) || /[$\\]/.test(name)) return 'This user';
  return name.startsWith('%') ? `Group ${quoted(name.slice(1))}` : `User ${quoted(name)}`;
}

/** Files and accounts that a stage removes again, and files that it edits: what remains of them is not known. */
function removedNames(build: Parameters<typeof setupCommands>[0]): Map<Stage, Set<string>> {
  const found = new Map<Stage, Set<string>>();
  for (const { invocation, stage } of setupCommands(build)) {
    const given = readArguments(invocation);
    if (!REMOVING.has(given.program) && !(given.program === 'sed' && given.has('-i', '--in-place'))) continue;
    const names = found.get(stage) ?? new Set<string>();
    found.set(stage, names);
    for (const word of given.operands) names.add(word.literal ?? word.raw);
  }
  return found;
}
