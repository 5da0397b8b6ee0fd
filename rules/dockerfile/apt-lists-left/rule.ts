import { fix } from '../../../core/finding.ts';
import { managerCommand, setting } from '../../../facts/packages/commands.ts';
import { removedPaths, runsCleaner, takesAway } from '../../../facts/removals.ts';
import { shippedStages } from '../../../facts/shipped-stages.ts';
import { chainedAfter } from '../../../languages/dockerfile/edits.ts';
import { type Layer, layersOf, mentionedAfter, mountedOver } from '../../../languages/dockerfile/layers.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import type { Invocation } from '../../../shell/invocations.ts';

const LISTS = '/var/lib/apt/lists';
const NEEDS_LISTS = /^(?:install|reinstall|upgrade|dist-upgrade|full-upgrade|build-dep|satisfy|source|download)$/;

export default defineDockerfileRule({
  id: 'apt-lists-left',
  summary: 'The package lists of apt remain in the image',
  policies: ['G14', 'G9'],
  category: 'size',
  severity: 'info',
  preset: 'strict',
  needs: { programs: ['apt', 'apt-get', 'aptitude'] },
  derived: true,
  since: '2026.11',
  aliases: [
    'hadolint:DL3009',
    'tally:prefer-package-cache-mounts',
    'kics:apt_get_install_lists_were_not_deleted',
    'semgrep:remove-package-lists',
    'sonar:S6587',
    'dockle:DKL-DI-0005',
    'dockerfilelint:apt-get_missing_rm',
  ],
  *check(_, { project }, build) {
    const layers = [...layersOf(build, shippedStages(build, project.targets))];
    const late = layers.flatMap(layer =>
      layer.invocations.filter(removesLists).map(invocation => ({ layer, invocation })),
    );
    for (const layer of layers) {
      const update = leftBy(layer);
      if (!update) continue;
      const { script, programWord, program } = update;
      const command = managerCommand(update)!;
      const removal = late.find(one => one.layer.stage === layer.stage && one.layer.run.index > layer.run.index);
      const last = layer.invocations.findLast(one => managerCommand(one)?.manager === 'apt')!;
      // Deleted there, they are missing in a later layer that installs from them.
      const isUsedLater = layers.some(
        one => one.stage === layer.stage && one.run.index > layer.run.index && installsWithoutUpdate(one),
      );
      yield {
        message: removal
          ? `\`${program} update\` leaves lists in its layer; deleting them later frees nothing`
          : `\`${program} update\` leaves package lists in the layer`,
        help: isUsedLater
          ? 'Update, install everything and delete the lists in one `RUN`'
          : [...layer.files.values()].includes(script)
            ? `Delete them at the end of the script: \`rm -rf ${LISTS}/*\``
            : `End this \`RUN\` with \`&& rm -rf ${LISTS}/*\``,
        span: script.spanOf({ start: programWord.start, end: command.word.end }),
        related: removal
          ? [{ message: 'Deleted here', span: removal.invocation.script.spanOf(removal.invocation.command) }]
          : [],
        fixes: isUsedLater
          ? []
          : [fix('suggested', `Add \`rm -rf ${LISTS}/*\``, chainedAfter(build, layer, last, `rm -rf ${LISTS}/*`))],
      };
    }
  },
});

function installsWithoutUpdate({ invocations }: Layer): boolean {
  const actions = invocations.flatMap(one => {
    const command = managerCommand(one);
    return command?.manager === 'apt' ? command.action : [];
  });
  return actions.some(action => NEEDS_LISTS.test(action)) && !actions.includes('update');
}

/** The last `apt-get update` whose lists are used in the layer and not deleted in it. */
function leftBy(layer: Layer): Invocation | undefined {
  const { invocations, run } = layer;
  const at = invocations.findLastIndex(one => {
    const command = managerCommand(one);
    return command?.manager === 'apt' && command.action === 'update';
  });
  const update = invocations[at];
  if (!update || mountedOver(run, LISTS) || setting(managerCommand(update)!, 'Dir::State::Lists') !== undefined)
    return undefined;
  const behind = invocations.slice(at + 1);
  const used = behind.some(one => {
    const command = managerCommand(one);
    return command?.manager === 'apt' && NEEDS_LISTS.test(command.action);
  });
  if (!used || behind.some(removesLists) || mentionedAfter(layer, update, [LISTS])) return undefined;
  return behind.some(runsCleaner) ||
    invocations.some(one => one.command.within.includes('function') && removesLists(one))
    ? undefined
    : update;
}

function removesLists(invocation: Invocation): boolean {
  const command = managerCommand(invocation);
  if (command?.manager === 'apt' && /^dist-?clean$/.test(command.action)) return true;
  return removedPaths(invocation)?.some(path => takesAway(path, LISTS)) ?? false;
}
