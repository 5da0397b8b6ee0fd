import type { ImageBuild } from '../../../core/build.ts';
import { placeCause } from '../../../core/causes.ts';
import { fix } from '../../../core/finding.ts';
import { memo } from '../../../core/memo.ts';
import { type PackageInstall, packageInstalls } from '../../../facts/package-installs.ts';
import { buildSays } from '../../../facts/package-settings.ts';
import { shippedStages } from '../../../facts/shipped-stages.ts';
import { chainedAfter } from '../../../languages/dockerfile/edits.ts';
import {
  environmentHas,
  hasCacheMount,
  type Layer,
  layersOf,
  mentionedAfter,
  mountedOver,
} from '../../../languages/dockerfile/layers.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';

interface Cache {
  readonly clean: string;
  readonly directory: string;
  /** Directories in which somebody's cache may be. */
  readonly mounted: RegExp;
  readonly variables: readonly string[];
  /** A command that cleans it up contains one of these. */
  readonly cleaned: readonly string[];
}
const CACHES: Readonly<Record<string, Cache>> = {
  npm: {
    clean: 'npm cache clean --force',
    directory: '/root/.npm',
    mounted: /npm|cache|^\/root\/?$/,
    variables: ['NPM_CONFIG_CACHE', 'npm_config_cache'],
    cleaned: ['npm cache', '.npm', '_cacache', '/root/*'],
  },
  yarn: {
    clean: 'yarn cache clean',
    directory: '/usr/local/share/.cache/yarn',
    mounted: /yarn|cache|^\/root\/?$/,
    variables: ['YARN_CACHE_FOLDER', 'YARN_ENABLE_GLOBAL_CACHE'],
    cleaned: ['yarn cache', '.cache', 'yarn-cache', 'yarn/berry'],
  },
};

export default defineDockerfileRule({
  id: 'node-cache-left',
  summary: 'The npm or Yarn cache remains in the layer',
  policies: ['G14'],
  category: 'size',
  severity: 'info',
  preset: 'strict',
  needs: { programs: ['npm', 'yarn', 'yarnpkg'] },
  derived: true,
  since: '2026.11',
  aliases: ['hadolint:DL3060', 'tally:prefer-package-cache-mounts', 'sonar:S6587'],
  *check(_, { project }, build) {
    const installs = new Map<unknown, PackageInstall>(
      packageInstalls(build).map(install => [install.invocation, install]),
    );
    for (const layer of layersOf(build, shippedStages(build, project.targets))) {
      const left = lastLeft(layer, installs, build);
      if (!left?.invocation) continue;
      const { invocation, verb, manager } = left;
      const { clean } = CACHES[manager]!;
      const { program, programWord, script } = invocation;
      const span = script.spanOf({ start: programWord.start, end: verb?.end ?? programWord.end });
      yield {
        message: `\`${program}${verb ? ` ${verb.literal}` : ''}\` leaves its download cache in the layer`,
        help: `Run \`${clean}\` in the same \`RUN\`, or mount a cache`,
        span,
        causes: [placeCause('cache', script.spanOf(invocation.command))],
        fixes: [fix('suggested', `Add \`${clean}\``, chainedAfter(build, layer, invocation, clean))],
      };
    }
  },
});

function lastLeft(
  layer: Layer,
  installs: ReadonlyMap<unknown, PackageInstall>,
  build: ImageBuild,
): PackageInstall | undefined {
  return layer.invocations
    .map(invocation => installs.get(invocation))
    .findLast(install => {
      const cache = install && CACHES[install.manager];
      if (!install?.invocation || !cache || !fetches(install)) return false;
      if (install.manager === 'yarn' && isModernYarn(build)) return false;
      const { invocation } = install;
      return (
        !hasCacheMount(layer.run, cache.mounted) &&
        !mountedOver(layer.run, cache.directory) &&
        !cache.variables.some(name => environmentHas(layer, invocation, name)) &&
        !mentionedAfter(layer, invocation, cache.cleaned)
      );
    });
}

function fetches({ arguments: given, packages, verb }: PackageInstall): boolean {
  if (given && !given.certain) return false;
  if (
    verb?.literal === 'dlx' ||
    (packages.length > 0 && packages.every(({ kind }) => kind === 'file' || kind === 'local'))
  )
    return false;
  return !given?.find('--cache', '--cache-folder', '--no-cache', '--dry-run', '--offline');
}

/** Yarn 2 and later may keep the cache in the project, where the program needs it (Plug'n'Play). */
const isModernYarn = memo(
  (build: ImageBuild): boolean =>
    ['corepack', '--immutable', 'yarn set version', '.yarnrc.yml', 'yarn workspaces focus'].some(text =>
      buildSays(build, text),
    ) ||
    build.stages.some(({ steps }) =>
      steps.some(
        step =>
          step.kind === 'copy' && step.sources.some(({ source }) => /\.yarn(?:$|\/|rc\.yml)|\.pnp/.test(source.text)),
      ),
    ),
);
