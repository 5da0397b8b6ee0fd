import type { ImageBuild } from '../../../core/build.ts';
import { type Fix, fix } from '../../../core/finding.ts';
import type { Edit } from '../../../core/text.ts';
import { type ManagerCommand, managerCommand } from '../../../facts/packages/commands.ts';
import { removedPaths, runsCleaner, takesAway } from '../../../facts/removals.ts';
import { shippedStages } from '../../../facts/shipped-stages.ts';
import { chainedAfter } from '../../../languages/dockerfile/edits.ts';
import { type Layer, layersOf, mentionedAfter, mountedOver } from '../../../languages/dockerfile/layers.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { insertAfter } from '../../../shell/word-edits.ts';

const CACHE = '/var/cache/apk';
const LINKED = '/etc/apk/cache';

export default defineDockerfileRule({
  id: 'apk-cache-left',
  summary: 'The package index of apk remains in the image',
  policies: ['G14', 'G9'],
  category: 'size',
  severity: 'info',
  preset: 'strict',
  needs: { programs: ['apk'] },
  derived: true,
  since: '2026.11',
  aliases: [
    'hadolint:DL3019',
    'tally:prefer-package-cache-mounts',
    'trivy:DS-0025',
    'kics:apk_add_using_local_cache_path',
    'semgrep:missing-apk-no-cache',
    'sonar:S6587',
    'dockle:DKL-DI-0004',
    'dockerfilelint:apkadd-missing_nocache_or_updaterm',
  ],
  *check(_, { project }, build) {
    for (const layer of layersOf(build, shippedStages(build, project.targets))) {
      const left = leftBy(layer);
      const update = left.find(({ action }) => action === 'update');
      const first = update ?? left[0];
      if (!first) continue;
      const reused = update !== undefined && isReused(build, layer);
      const { script, programWord } = first.invocation;
      yield {
        message: `\`apk ${first.verb}\` leaves the package index in the layer`,
        help: helpFor(left, update, reused),
        span: script.spanOf({
          start: Math.min(programWord.start, first.word.start),
          end: Math.max(programWord.end, first.word.end),
        }),
        fixes: reused ? [] : [withoutCache(build, layer, left)],
      };
    }
  },
});

function helpFor(left: readonly ManagerCommand[], update: ManagerCommand | undefined, reused: boolean): string {
  if (!update) return 'Add `--no-cache`, which does not store the index';
  if (reused) return 'Remove it, and add `--no-cache` to this and each later `apk add`';
  const users = [...new Set(left.filter(({ action }) => action !== 'update').map(({ verb }) => `\`apk ${verb}\``))];
  return users.length > 0
    ? `Remove it, and add \`--no-cache\` to ${users.join(' and ')}`
    : 'Remove it; `apk add --no-cache` fetches a fresh index';
}

/** Whether a later layer installs from the index that this one stores. */
function isReused(build: ImageBuild, layer: Layer): boolean {
  const layers = [...layersOf(build)].filter(({ stage }) => stage === layer.stage);
  for (const { invocations } of layers.slice(layers.findIndex(({ run }) => run === layer.run) + 1))
    for (const invocation of invocations) {
      const command = managerCommand(invocation);
      if (command?.manager !== 'apk') continue;
      if (command.action === 'update') return false;
      if (keepsIndex(command)) return true;
    }
  return false;
}

/** The commands whose index remains; none where the layer deletes it after the last of them. */
function leftBy(layer: Layer): ManagerCommand[] {
  const { invocations, run } = layer;
  if (mountedOver(run, CACHE) || mountedOver(run, LINKED)) return [];
  const left: ManagerCommand[] = [];
  for (const invocation of invocations) {
    const command = managerCommand(invocation);
    if (command?.manager === 'apk' && keepsIndex(command)) left.push(command);
    else if (runsCleaner(invocation) || removedPaths(invocation)?.some(path => takesAway(path, CACHE))) left.length = 0;
  }
  const last = left.at(-1);
  return last && mentionedAfter(layer, last.invocation, [CACHE]) ? [] : left;
}

function keepsIndex(command: ManagerCommand): boolean {
  if (!/^(?:add|upgrade|fix|update)$/.test(command.action)) return false;
  return command.arguments.lacks('--no-cache', '--cache-dir', '--root', '--initdb', '--no-network', '--simulate');
}

/** `--no-cache` on every command; an `apk update` is removed with its `&&`, or else the index is deleted at the end. */
function withoutCache(build: ImageBuild, layer: Layer, left: readonly ManagerCommand[]): Fix | undefined {
  const edits: (Edit | undefined)[] = [];
  const updates = left.filter(({ action }) => action === 'update');
  for (const { action, word, invocation } of left)
    if (action !== 'update') edits.push(insertAfter(invocation.script, word, ' --no-cache'));
  if (updates.length === 0) return fix('safe', 'Add `--no-cache`', ...edits);
  for (const update of updates) edits.push(withoutUpdate(update));
  return (
    fix('suggested', 'Replace `apk update` with `--no-cache`', ...edits) ??
    fix(
      'suggested',
      `Add \`rm -rf ${CACHE}/*\``,
      chainedAfter(build, layer, left.at(-1)!.invocation, `rm -rf ${CACHE}/*`),
    )
  );
}

/** Takes out `apk update &&`. */
function withoutUpdate({ invocation: { command, script } }: ManagerCommand): Edit | undefined {
  const next = script.commands[script.commands.indexOf(command) + 1];
  if (next?.operator !== '&&' || command.pipeline.length > 1 || next.within.length !== command.within.length)
    return undefined;
  return /^\s*&&\s*$/.test(script.text.text.slice(command.end, next.start))
    ? script.text.replace(command.start, next.start, '')
    : undefined;
}
