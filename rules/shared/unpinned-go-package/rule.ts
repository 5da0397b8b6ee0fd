import { defineBuildRule } from '../../../core/rule.ts';
import { programsOf } from '../../../facts/packages/managers.ts';
import { unpinnedPackages } from '../../../facts/unpinned-packages.ts';

/** https://go.dev/ref/mod#version-queries; branches move too. */
const MOVING = /^(?:latest|upgrade|patch|master|main|HEAD|develop|trunk)$/;

const MANAGERS = ['go'] as const;

export default defineBuildRule({
  id: 'unpinned-go-package',
  summary: 'A Go program or module is fetched without a fixed version',
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
    unpinnedPackages(build, MANAGERS, 'Name a version, such as `@v1.2.3`', (version, _, { verb }) =>
      version === undefined ? verb?.literal === 'get' : MOVING.test(version),
    ),
});
