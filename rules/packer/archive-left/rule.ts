import type { RunStep, Stage, Step } from '../../../core/build.ts';
import { memo } from '../../../core/memo.ts';
import { nameOf, parentDirectory } from '../../../core/path.ts';
import { quoted } from '../../../core/quoted.ts';
import { UNRESOLVED } from '../../../core/text.ts';
import { useOfDownload } from '../../../facts/download-uses.ts';
import { DOWNLOAD_NEEDS, type Download, downloads } from '../../../facts/downloads.ts';
import { removedPaths, runsCleaner, takesAway } from '../../../facts/removals.ts';
import { deletionsIn } from '../../../facts/secrets/exposures/removal.ts';
import { sourceUses } from '../../../languages/packer/images.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import { invocationsOfStep } from '../../../shell/invocations.ts';
import { readArguments } from '../../../shell/programs/index.ts';

export default definePackerRule({
  id: 'archive-left',
  summary: 'A downloaded archive or package is not deleted after use',
  policies: ['G14', 'G9'],
  category: 'size',
  severity: 'info',
  preset: 'strict',
  needs: DOWNLOAD_NEEDS,
  since: '2026.11',
  *check(file, _context, build) {
    if (sourceUses(file).every(({ source }) => source.facts?.produces === 'container')) return;
    const found = downloads(build).filter(({ path }) => path && !path.includes(UNRESOLVED) && ARCHIVE.test(path));
    for (const download of found.slice(0, MOST)) {
      const { path = '', span, stage } = download;
      const use = useOfDownload(build, download);
      if ((use !== 'unpacked' && use !== 'installed') || isTemporary(download) || mayBeRemoved(download, stage))
        continue;
      yield {
        message: `${quoted(nameOf(path))} remains in the image after it is ${use}`,
        help: 'Delete it in the same step, or download it to `/tmp`',
        span,
      };
    }
  },
});

/** Each is looked for in all commands. */
const MOST = 50;
const ARCHIVE = /\.(?:tgz|tbz2?|txz|tar(?:\.[a-z0-9]{2,4})?|zip|7z|deb|rpm|run)$/i;
/** Directories that are empty on the next boot, or that every build clears. */
const TEMPORARY = /^(?:\/(?:var\/)?tmp|\/dev\/shm|\/run|\/var\/run|\/var\/cache)(?:\/|$)/;

/** Whether it is saved where nothing is kept, or where one cannot know. */
function isTemporary({ invocation, path = '', step }: Download): boolean {
  if (!invocation) return true;
  if (path.startsWith('/')) return TEMPORARY.test(path);
  if (step.kind !== 'run') return true;
  const moves = invocationsOfStep(step).filter(
    ({ command, program }) =>
      command.start < invocation.command.start && (program === 'cd' || program === 'pushd' || program === 'popd'),
  );
  const last = moves.at(-1);
  // Where a script starts is the home directory of its user.
  if (!last) return path.startsWith('~') || path.startsWith('$') || step.script?.readable !== true;
  const to = readArguments(last).operands[0]?.literal;
  return !to?.startsWith('/') || TEMPORARY.test(to);
}

const deletionsOf = memo(deletionsIn);

/** Whether a later command deletes or moves the file or its directory, or may do it. */
function mayBeRemoved({ invocation, path = '', step }: Download, stage: Stage): boolean {
  const name = nameOf(path);
  const from = stage.steps.indexOf(step as Step);
  if (
    deletionsOf(stage)
      .of([name])
      .some(({ at }) => at >= from)
  )
    return true;
  const directory = parentDirectory(path);
  return stage.steps.slice(from).some(later => {
    if (later.kind !== 'run' || later.phase !== 'build') return false;
    if (!isRead(later)) return true;
    return invocationsOfStep(later).some(one => {
      if (later === step && invocation && one.command.start <= invocation.command.start) return false;
      if (runsCleaner(one)) return true;
      if (one.program === 'mv') return readArguments(one).operands.some(({ value }) => nameOf(value.text) === name);
      const removed = removedPaths(one) ?? [];
      return removed.some(text => takesAway(text, directory) || covers(text, path));
    });
  });
}

/** A glob such as `*.tgz`, which deletes the file where it is. */
function covers(removed: string, path: string): boolean {
  const pattern = nameOf(removed);
  const name = nameOf(path);
  const bothFixed = removed.startsWith('/') && path.startsWith('/');
  if (bothFixed && parentDirectory(removed) !== parentDirectory(path)) return false;
  if (!/^\*?[\w.-]*\*?$/.test(pattern) || !pattern.includes('*')) return false;
  const [head = '', tail = ''] = pattern.split('*');
  return name.startsWith(head) && name.endsWith(tail.length > 0 ? tail : '');
}

function isRead({ script }: RunStep): boolean {
  return script?.readable === true && !script.tree.broken;
}
