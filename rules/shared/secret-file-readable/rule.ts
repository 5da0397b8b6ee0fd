import type { ImageBuild, Value } from '../../../core/build.ts';
import type { Finding } from '../../../core/finding.ts';
import { isInside } from '../../../core/path.ts';
import { quoted } from '../../../core/quoted.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import { type Span, UNRESOLVED } from '../../../core/text.ts';
import { FILE_WRITE_NEEDS, fileWrites } from '../../../facts/file-writes.ts';
import { lastingModes } from '../../../facts/mode-changes.ts';
import { removedPaths } from '../../../facts/removals.ts';
import { asksForSecret } from '../../../facts/secrets/exposures/exposure.ts';
import { exposures } from '../../../facts/secrets/exposures/find.ts';
import { setupCommands } from '../../../facts/setup-commands.ts';
import { shippedStages } from '../../../facts/shipped-stages.ts';

export default defineBuildRule({
  id: 'secret-file-readable',
  summary: 'A file with a secret is readable by every account of the machine',
  policies: ['G10', 'G1'],
  category: 'security',
  severity: 'warning',
  preset: 'strict',
  languages: ['packer', 'cloud-init'],
  needs: FILE_WRITE_NEEDS,
  derived: true,
  since: '2026.11',
  *check(build, { project }): Iterable<Finding> {
    if (project.kind === 'vagrant') return;
    const modes = [...lastingModes(build, shippedStages(build, project.targets), text => !othersMayRead(text))];
    const removed = setupCommands(build).flatMap(({ invocation }) => removedPaths(invocation) ?? []);
    for (const write of fileWrites(build)) {
      const { path, step } = write;
      // Only root may enter its home directory.
      if (/^["']?(?:\/root|~root)\//.test(path) || removed.some(one => coversPath([one], path) || one === path))
        continue;
      const mode = step.kind === 'write-file' ? step.mode : undefined;
      // A mode that is not known may be a tight one.
      if (mode && mode.literal === undefined) continue;
      // A later `chmod` or `chown` decides.
      const given = modes.find(({ targets }) => targets.includes(path));
      const open: Pick<Value, 'literal' | 'span'> | undefined =
        given?.text !== undefined ? { literal: given.text, span: given.span } : mode;
      if (!open || !othersMayRead(open.literal!)) continue;
      if (modes.some(one => one !== given && coversPath(one.targets, path))) continue;
      const what = secretIn(write.text.span, write.text.text, build);
      if (what === undefined) continue;
      yield {
        message: `Mode ${quoted(open.literal!, 10)} lets every account read ${what}`,
        help: 'Use `0600`, or `0640` with the group of the service',
        span: open.span,
      };
    }
  },
});

function coversPath(targets: readonly string[], path: string): boolean {
  return targets.some(target => target !== path && isInside(target.replace(/\/?\*{1,2}$/, ''), path));
}

/** Whether accounts that are neither owner nor in the group may read it; a mode in letters says so by `o+r` or `a+r`. */
function othersMayRead(mode: string): boolean {
  if (/^[0-7]{3,5}$/.test(mode)) return (Number.parseInt(mode, 8) & 0o004) !== 0;
  return mode
    .split(',')
    .slice(0, 20)
    .some(clause => /^[ug]*[oa][ugoa]*[+=][wxXs]*r/.test(clause));
}

/** The name of a secret in a written text: one that is there, or one that a template puts there. */
function secretIn({ start, end, file }: Span, text: string, build: ImageBuild): string | undefined {
  const known = exposures(build).find(
    ({ span, judgement, site }) =>
      judgement.kind === 'secret' &&
      site.kind !== 'command' &&
      span.file === file &&
      span.start >= start &&
      span.end <= end,
  );
  if (known) return known.name === undefined ? 'the secret in it' : quoted(known.name, 40);
  for (const [, name] of text.matchAll(FILLED_IN)) if (asksForSecret(name!, {})) return quoted(name!, 40);
  return undefined;
}

/** `webhook_secret = "${…}"` */
const FILLED_IN = new RegExp(
  `^[ \\t]{0,64}(?:export[ \\t]{1,8})?["']?([A-Za-z_][\\w.-]{1,80})["']?[ \\t]{0,16}[:=][ \\t]{0,16}["']?${UNRESOLVED}["']?[ \\t]{0,8},?[ \\t]{0,8}$`,
  'gm',
);
