import type { Stage, Step } from '../../../core/build.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import { checksOut } from '../../../facts/downloads.ts';
import { programsOf } from '../../../facts/packages/managers.ts';
import { unpinnedPackages } from '../../../facts/unpinned-packages.ts';
import { invocationsOfStep } from '../../../shell/invocations.ts';

/** https://go.dev/ref/mod#version-queries; branches move too. */
const MOVING = /^(?:latest|upgrade|patch|master|main|HEAD|develop|trunk)$/;

const MANAGERS = ['go'] as const;

export default defineBuildRule({
  id: 'unpinned-go-package',
  summary: 'A Go program or module is downloaded without a fixed version',
  policies: ['G13'],
  category: 'reproducibility',
  severity: 'warning',
  preset: 'strict',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  needs: { programs: programsOf(MANAGERS) },
  since: '2026.11',
  aliases: ['hadolint:DL3062'],
  // Without a version, `install` and `run` take the one that `go.mod` names.
  check: build =>
    unpinnedPackages(
      build,
      MANAGERS,
      name => `Pin a version: \`${name}@VERSION\``,
      (version, _, { verb, step, stage }) =>
        version === undefined ? verb?.literal === 'get' && !isCheckedOut(stage, step) : MOVING.test(version),
    ),
});

/** Whether a later command checks out a revision: `go get` of the time before modules made a clone. */
function isCheckedOut({ steps }: Stage, step: Step): boolean {
  return steps
    .slice(steps.indexOf(step))
    .some(later => (later.kind === 'run' || later.kind === 'write-file') && invocationsOfStep(later).some(checksOut));
}
