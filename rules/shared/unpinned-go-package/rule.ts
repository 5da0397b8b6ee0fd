import { defineBuildRule } from '../../../core/rule.ts';
import { unpinnedPackages } from '../../../facts/unpinned-packages.ts';

/** https://go.dev/ref/mod#version-queries; branches move too. */
const MOVING = /^(?:latest|upgrade|patch|master|main|HEAD|develop|trunk)$/;

export default defineBuildRule({
  id: 'unpinned-go-package',
  summary: 'A Go program or module is fetched in whatever version is current',
  policies: ['G13'],
  category: 'reproducibility',
  severity: 'warning',
  preset: 'strict',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  since: '2026.11',
  aliases: ['hadolint:DL3062'],
  // Without a version, `install` and `run` take the one that `go.mod` names.
  check: build =>
    unpinnedPackages(build, new Set(['go']), (version, _, { verb }) =>
      version === undefined ? verb?.literal === 'get' : MOVING.test(version),
    ),
});
