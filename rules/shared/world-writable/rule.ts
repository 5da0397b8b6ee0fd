import type { ImageBuild, Stage } from '../../../core/build.ts';
import { type Finding, fix } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import { FILE_WRITE_NEEDS, fileWrites } from '../../../facts/file-writes.ts';
import { type GivenMode, lastingModes } from '../../../facts/mode-changes.ts';
import { setupCommands } from '../../../facts/setup-commands.ts';
import { shippedStages } from '../../../facts/shipped-stages.ts';

export default defineBuildRule({
  id: 'world-writable',
  summary: 'A file or directory is writable by all users',
  policies: ['G10'],
  category: 'security',
  severity: 'warning',
  preset: 'strict',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  needs: {
    programs: ['chmod', 'mkdir', 'install', 'find', 'icacls', 'setfacl', ...FILE_WRITE_NEEDS.programs!],
    steps: ['copy', 'write-file'],
  },
  since: '2026.11',
  aliases: ['sonar:S2612', 'tally:world-writable-state-path-workaround'],
  *check(build, { project }) {
    // Modes in a stage that only provides files do not matter.
    const shipped = shippedStages(build, project.targets);
    for (const mode of lastingModes(build, shipped, keepsOthersOut))
      if (mode.targets.length === 0 || !mode.targets.every(isVolatile)) yield* findings(mode);
    for (const { steps } of shipped)
      for (const step of steps) {
        const mode = step.kind === 'write-file' || step.kind === 'copy' ? step.mode : undefined;
        const path = step.kind === 'write-file' ? step.path?.literal : undefined;
        if (mode && !isVolatile(path)) yield* findings({ text: mode.literal, path, ...mode });
      }
    yield* inLists(build, shipped);
    yield* ofSockets(build, shipped);
  },
});

/** Everyone, all accounts, and all that are logged in, by name and by number. https://learn.microsoft.com/windows-server/identity/ad-ds/manage/understand-security-identifiers */
const EVERYONE =
  /^(?:everyone|(?:builtin\\)?users|authenticated users|nt authority\\authenticated users|\*s-1-1-0|\*s-1-5-11|\*s-1-5-32-545):(?:\([a-z]{1,3}\)){0,6}\(?(?:f|m|w)(?:,[a-z,]{1,40})?\)?$/i;

/** `icacls PATH /grant Everyone:(OI)(CI)F`, `setfacl -m o::rwx PATH` */
function* inLists(build: ImageBuild, shipped: ReadonlySet<Stage>): Generator<Finding> {
  for (const { invocation, stage } of setupCommands(build)) {
    const { args, program, script } = invocation;
    if (!shipped.has(stage) || (program !== 'icacls' && program !== 'setfacl')) continue;
    const words = args.map(({ text }) => text.replace(/^["']|["']$/g, ''));
    const at = program === 'icacls' ? grantedTo(words) : modifiedFor(words);
    if (at < 0) continue;
    yield {
      message: `${quoted(words[at]!, 40)} lets every user write to ${program === 'icacls' ? quoted(words[0]!, 30) : 'the files'}`,
      help: 'Grant it to the account of the service alone',
      span: script.spanOf(args[at]!),
    };
  }
}

/** `SocketMode` of a socket in the file system. systemd.socket(5) */
function* ofSockets(build: ImageBuild, shipped: ReadonlySet<Stage>): Generator<Finding> {
  for (const { path, stage, text } of fileWrites(build)) {
    const isDropIn = /\.socket\.d\/[^/]{1,100}\.conf$/.test(path);
    if (!shipped.has(stage) || !(isDropIn || path.endsWith('.socket'))) continue;
    // A drop-in leaves the address to the unit; a socket of a network has no mode.
    if (!isDropIn && !/^Listen\w{1,30}=[ \t]{0,8}\//m.test(text.text)) continue;
    const match = /^SocketMode=[ \t]{0,8}(0?[67][0-7][67])[ \t]*$/m.exec(text.text);
    if (!match) continue;
    const start = match.index + match[0].indexOf(match[1]!);
    yield {
      message: `Mode ${quoted(match[1]!)} lets every user connect to the socket`,
      help: 'Use `0660`, and set `SocketGroup` to the group of its clients',
      span: text.spanOf(start, start + match[1]!.length),
    };
  }
}

/** The account that gets rights is after `/grant`, up to the next switch. */
function grantedTo(words: readonly string[]): number {
  let grants = false;
  return words.findIndex(word => {
    if (word.startsWith('/')) grants = /^\/grant(?::r)?$/i.test(word);
    return grants && EVERYONE.test(word);
  });
}

function modifiedFor(words: readonly string[]): number {
  const modifies = words.some(word => /^(?:-[a-zA-Z]{0,10}m[a-zA-Z]{0,10}|--modify)$/.test(word));
  return modifies ? words.findIndex(word => /(?:^|,)(?:d:)?o(?:ther)?::?r?w/.test(word)) : -1;
}

type Mode = Omit<GivenMode, 'targets'> & Partial<GivenMode> & { readonly path?: string | undefined };

function* findings({ text, source, span, path, targets = [] }: Mode): Generator<Finding> {
  if (text === undefined || !letsOthersWrite(text)) return;
  const places = path === undefined ? targets : [path];
  const ofSystem = places.length > 0 && places.every(place => OF_SYSTEM.test(place.replace(/\/\*\*$/, '')));
  const closed = /^[0-7]+$/.test(text) && source.text === text ? withoutWrite(text, ofSystem) : undefined;
  const [target] = targets;
  const what =
    target === undefined || targets.length > 1 || target.includes('$')
      ? `the ${targets.length > 1 || target?.endsWith('/**') ? 'files' : 'file'}`
      : quoted(target.replace(/\/\*\*$/, ''), 30);
  const paths = places.length === 1 ? 'path' : 'paths';
  // Where the group may still write, it is the group that has to be the right one.
  const given = /[2367][0-7]$/.test(closed ?? '')
    ? `\`chgrp\` the ${paths} to the group`
    : `\`chown\` the ${paths} to the user`;
  yield {
    message: `Mode ${quoted(text, 20)} lets every user write to ${what}`,
    help: `${closed === undefined ? 'Drop write access for others' : `Use \`${closed}\``}${ofSystem ? ': only root has to write to system paths' : `, and ${given} that writes`}`,
    span,
    fixes: [
      closed === undefined
        ? undefined
        : fix('suggested', `Change it to \`${closed}\``, source.replace(0, text.length, closed)),
    ],
  };
}

/** Programs, libraries, and directories that hold what all programs use; root owns them on every system. */
const OF_SYSTEM =
  /^\/(?:(?:usr\/(?:local\/)?)?(?:s?bin|lib(?:32|64)?)(?:\/.{0,4000})?|boot(?:\/.{0,4000})?|etc(?:\/(?:systemd|cron\.[a-z]{1,9}|sudoers\.d|profile\.d|apt|yum\.repos\.d|ssh)(?:\/.{0,4000})?)?|usr|usr\/local|var|var\/lib|home|opt|srv)?\/?$/;

/** The octal mode without write access for others, and for the group where root alone has to write. */
function withoutWrite(mode: string, groupToo: boolean): string {
  const [group, others] = mode.slice(-2).split('').map(Number) as [number, number];
  return `${mode.slice(0, -2)}${groupToo ? group & ~2 : group}${others - 2}`;
}

/** Devices and `/run` are created at each start. */
function isVolatile(path: string | undefined): boolean {
  return /^\/(?:dev|run)\//.test(path ?? '');
}

/** Octal or as chmod(1) has it; the sticky bit (`1777`) lets only owners delete files of a directory. */
function letsOthersWrite(mode: string): boolean {
  if (/^[0-7]{3,5}$/.test(mode)) {
    const bits = Number.parseInt(mode, 8);
    return (bits & 0o1002) === 0o0002;
  }
  const clauses = mode.split(',').slice(0, 20);
  if (clauses.some(clause => /[+=][rwxXs]*t/.test(clause))) return false;
  // Without a class of users the mask of the process decides.
  return clauses.some(clause => /^[ug]*[oa][ugoa]*[+=][rxXs]*w/.test(clause));
}

/** Whether only the owner and group can write after it, for any mode before. */
function keepsOthersOut(mode: string): boolean {
  if (/^[0-7]{3,5}$/.test(mode)) return !letsOthersWrite(mode);
  const clauses = mode.split(',').slice(0, 20);
  return !letsOthersWrite(mode) && clauses.some(clause => /^[ug]*[oa][ugoa]*(?:=|-[rxXs]*w)/.test(clause));
}
