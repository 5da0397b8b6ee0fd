import { placeCause } from '../../../core/causes.ts';
import { fix } from '../../../core/finding.ts';
import { installHas, type PackageInstall, packageInstalls } from '../../../facts/package-installs.ts';
import { buildSays } from '../../../facts/package-settings.ts';
import { shippedStages } from '../../../facts/shipped-stages.ts';
import {
  environmentHas,
  hasCacheMount,
  layersOf,
  mentionedAfter,
  mountedOver,
} from '../../../languages/dockerfile/layers.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { insertAfter } from '../../../shell/word-edits.ts';

/** https://pip.pypa.io/en/stable/topics/caching/ */
const VARIABLES = ['PIP_NO_CACHE_DIR', 'PIP_CACHE_DIR', 'XDG_CACHE_HOME', 'PIP_CONFIG_FILE'];

/** Directories in which somebody's cache may be. */
const MOUNTED = /pip|cache|^\/root\/?$/;

export default defineDockerfileRule({
  id: 'pip-cache-left',
  summary: 'The pip cache remains in the layer',
  policies: ['G14'],
  category: 'size',
  severity: 'info',
  preset: 'strict',
  needs: { programs: ['pip'] },
  derived: true,
  since: '2026.11',
  aliases: [
    'hadolint:DL3042',
    'tally:prefer-package-cache-mounts',
    'kics:pip_install_keeping_cached_packages',
    'semgrep:missing-pip-no-cache-dir',
    'sonar:S6587',
  ],
  *check(_, { project }, build) {
    const installs = new Map<unknown, PackageInstall>(
      packageInstalls(build, 'pip').map(install => [install.invocation, install]),
    );
    if (
      buildSays(build, 'no-cache-dir true') ||
      buildSays(build, 'no-cache-dir 1') ||
      buildSays(build, 'no-cache-dir =')
    )
      return;
    for (const layer of layersOf(build, shippedStages(build, project.targets))) {
      if (hasCacheMount(layer.run, MOUNTED) || mountedOver(layer.run, '/root/.cache/pip')) continue;
      for (const invocation of layer.invocations) {
        const install = installs.get(invocation);
        if (!install?.verb || !fetches(install)) continue;
        if (VARIABLES.some(name => environmentHas(layer, invocation, name))) continue;
        if (mentionedAfter(layer, invocation, ['cache purge', '.cache', 'pip cache'])) continue;
        const { script } = invocation;
        yield {
          message: '`pip install` leaves its download cache in the layer',
          help: 'Add `--no-cache-dir`, or mount a cache on `/root/.cache/pip`',
          span: script.spanOf({
            start: invocation.program.startsWith('pip') ? invocation.programWord.start : install.verb.start,
            end: install.verb.end,
          }),
          causes: [placeCause('cache', script.spanOf(invocation.command))],
          fixes: [fix('safe', 'Add `--no-cache-dir`', insertAfter(script, install.verb, ' --no-cache-dir'))],
        };
      }
    }
  },
});

/** Whether it downloads something, and no option of it is about the cache. */
function fetches(install: PackageInstall): boolean {
  const { arguments: given, packages } = install;
  if (!given?.certain || (packages.length > 0 && packages.every(({ kind }) => kind === 'file'))) return false;
  return !installHas(install, '--no-cache-dir', '--cache-dir', '--no-index', '--dry-run', '--help');
}
