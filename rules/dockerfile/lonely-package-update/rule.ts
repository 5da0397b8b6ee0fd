import type { ImageBuild } from '../../../core/build.ts';
import { type Fix, fix } from '../../../core/finding.ts';
import type { Edit } from '../../../core/text.ts';
import { isUpgrade, type ManagerCommand, managerCommand } from '../../../facts/packages/commands.ts';
import { type Layer, layersOf, mountedOver } from '../../../languages/dockerfile/layers.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import type { DockerfileTree, DockerStage } from '../../../languages/dockerfile/tree.ts';
import type { Arguments } from '../../../shell/programs/index.ts';

const LISTS: Readonly<Record<string, string>> = {
  apt: '/var/lib/apt/lists',
  apk: '/var/cache/apk',
  pacman: '/var/lib/pacman/sync',
};
/** How far the install is searched for, in layers and in stages that start from each other. */
const MOST_LAYERS = 200;
const MOST_STAGES = 50;
/** How many layers that rely on the lists are shown. */
const MOST_NOTES = 10;
/** Programs that do not need a package list. Any other program may be the one that the list was fetched for. */
const HARMLESS: ReadonlySet<string> = new Set([
  ...['echo', 'rm', 'mkdir', 'chmod', 'chown', 'ln', 'mv', 'cp', 'touch', 'cat', 'true', ':', 'set', 'export', 'sleep'],
  ...['useradd', 'adduser', 'groupadd', 'addgroup', 'usermod', 'chpasswd', 'passwd', 'id', 'whoami', 'uname', 'mktemp'],
  ...['head', 'tail', 'grep', 'tar', 'gzip', 'unzip', 'install', 'find', 'update-ca-certificates', 'dpkg-reconfigure'],
  ...['date', 'cd', 'ls', 'sed', 'tee', 'printf', 'locale-gen', 'ldconfig', 'exit', 'rmdir', 'test', '['],
]);

export default defineDockerfileRule({
  id: 'lonely-package-update',
  summary: 'Package lists are fetched in a separate layer',
  policies: ['G14', 'G13'],
  category: 'correctness',
  severity: 'warning',
  preset: 'recommended',
  needs: { programs: ['apt', 'apt-get', 'aptitude', 'apk', 'pacman', 'yay', 'paru'] },
  since: '2026.11',
  aliases: [
    'trivy:DS-0017',
    'checkov:CKV_DOCKER_5',
    'kics:update_instruction_alone',
    'sonar:S6595',
    'dockle:CIS-DI-0007',
    'dockerfilelint:apt-get-update_require_install',
  ],
  *check(_file, _context, build) {
    const layers = [...layersOf(build)];
    for (const [i, layer] of layers.entries()) {
      const update = lonely(layer);
      if (!update || isFrozen(layer, build)) continue;
      const relying = relyingOn(layer, update.manager, layers.slice(i + 1, i + 1 + MOST_LAYERS));
      if (relying.length === 0) continue;
      const { program, programWord, script } = update.invocation;
      yield {
        message: `\`${program} ${update.verb}\` is cached separately from the install that needs it`,
        help: 'Run it in the same `RUN` as the install',
        span: script.spanOf({
          start: Math.min(programWord.start, update.word.start),
          end: Math.max(programWord.end, update.word.end),
        }),
        related: relying.slice(0, MOST_NOTES).map(({ by, command }) => ({
          message: `Packages are ${isUpgrade(command) ? 'upgraded' : 'installed'} here`,
          span: by.run.keywordSpan,
        })),
        // apk fetches an index of its own when the one at hand is older than four hours: apk(8), `--cache-max-age`.
        ...(update.manager === 'apk' && { severity: 'info' as const, preset: 'strict' as const }),
        fixes: [joined(build, [layer, ...relying.map(({ by }) => by)])],
      };
    }
  },
});

/** The update of a layer that does nothing else with packages; `undefined` where anything may use the list. */
function lonely({ run, step, invocations }: Layer): ManagerCommand | undefined {
  const commands = step.script?.commands.filter(({ words }) => words.length > 0);
  // A program whose name is not known may be an installer.
  if (commands && commands.length !== invocations.length) return undefined;
  let update: ManagerCommand | undefined;
  for (const invocation of invocations) {
    const command = managerCommand(invocation);
    if (command && fetchesList(command)) update = command;
    else if (command ? !/^(?:auto)?clean$/.test(command.action) : !HARMLESS.has(invocation.program)) return undefined;
    else if (update && invocation.program === 'rm') return undefined;
  }
  return update && !mountedOver(run, LISTS[update.manager]!) ? update : undefined;
}

/** Archives that do not change any more: a list of theirs does not grow old. */
const FROZEN = /\b(?:archive\.debian\.org|snapshot\.(?:debian\.org|ubuntu\.com)|old-releases\.ubuntu\.com)\b/;

/** Whether the stage, or one that it starts from, takes its packages from such an archive before the layer. */
function isFrozen({ run, stage }: Layer, { source: { text } }: ImageBuild): boolean {
  let at: DockerStage | undefined = stage;
  for (let i = 0; i < MOST_STAGES && at; i++) {
    if (FROZEN.test(text.slice(at.span.start, Math.min(at.span.end, run.span.end)))) return true;
    at = at.base.kind === 'stage' ? at.base.stage : undefined;
  }
  return false;
}

function fetchesList({ manager, action, arguments: given }: ManagerCommand): boolean {
  if (manager === 'pacman') return refreshes(given) && !given.has('-u', '--sysupgrade') && given.operands.length === 0;
  return (manager === 'apt' || manager === 'apk') && action === 'update';
}

/** `pacman -Sy` */
function refreshes(given: Arguments): boolean {
  return given.has('--sync') && given.has('--refresh');
}

interface Relying {
  readonly by: Layer;
  readonly command: ManagerCommand;
}

/** The layers after it, in its stage or in one that starts from it, that install from the list that it fetched. */
function relyingOn(layer: Layer, manager: ManagerCommand['manager'], behind: readonly Layer[]): Relying[] {
  const found: Relying[] = [];
  for (const by of behind) {
    if (!startsFrom(by.stage, layer.stage)) continue;
    const command = by.invocations.map(managerCommand).find(one => one && usesList(one, manager));
    if (!command) continue;
    if (fetchesList(command) || (manager === 'pacman' && refreshes(command.arguments))) break;
    found.push({ by, command });
  }
  return found;
}

/** Whether it needs the list or fetches it anew. */
function usesList(command: ManagerCommand, manager: ManagerCommand['manager']): boolean {
  if (command.manager !== manager) return false;
  if (manager === 'pacman') return command.action === 'sync';
  if (
    manager === 'apk' &&
    (command.arguments.has('--no-cache', '--update-cache', '--update') || command.action !== 'add')
  )
    return false;
  return /^(?:update|add|install|upgrade|dist-upgrade|full-upgrade|build-dep)$/.test(command.action);
}

function startsFrom(stage: DockerStage, ancestor: DockerStage): boolean {
  let at = stage;
  for (let i = 0; i < MOST_STAGES && at !== ancestor && at.base.kind === 'stage'; i++) at = at.base.stage;
  return at === ancestor;
}

/** One RUN of several that follow each other. */
function joined(build: ImageBuild, layers: readonly Layer[]): Fix | undefined {
  const { source, syntax } = build;
  const whole = source.span;
  if (whole.file !== undefined || whole.start !== 0 || whole.end !== source.text.length) return undefined;
  const mark = (syntax as DockerfileTree).escape;
  const edits: (Edit | undefined)[] = [];
  for (const [i, { run, step }] of layers.entries()) {
    if (run.form !== 'shell' || run.flags.length > 0 || run.heredocs.length > 0) return undefined;
    const before = layers[i - 1];
    if (!before) continue;
    // After `&&`, a `set -e` or a `;` would apply to the commands before it as well.
    const joints = step.script?.commands.filter(({ within }) => within.length === 0) ?? [];
    if (!joints.every(({ operator }) => operator === undefined || operator === '&&')) return undefined;
    const from = before.run.span.end;
    const to = run.rest.span.start;
    if (!/^\s*RUN\s+$/i.test(source.text.slice(from, to))) return undefined;
    const lineEnd = source.text.slice(from, to).includes('\r\n') ? '\r\n' : '\n';
    edits.push(source.replace(from, to, ` ${mark}${lineEnd}    && `));
  }
  return fix('suggested', `Join the ${layers.length === 2 ? 'two' : layers.length} \`RUN\` instructions`, ...edits);
}
