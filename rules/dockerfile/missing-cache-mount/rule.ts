import { placeCause } from '../../../core/causes.ts';
import { type Fix, fix } from '../../../core/finding.ts';
import { memo } from '../../../core/memo.ts';
import { type PackageInstall, packageInstalls } from '../../../facts/package-installs.ts';
import { setsVariable } from '../../../facts/package-settings.ts';
import { programsOf } from '../../../facts/packages/managers.ts';
import { hasCacheMount, type Layer, layersOf } from '../../../languages/dockerfile/layers.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { effectiveUser } from '../../../languages/dockerfile/stages.ts';
import type { DockerStage } from '../../../languages/dockerfile/tree.ts';
import { isExecScript } from '../../../shell/exec-form.ts';
import type { Invocation } from '../../../shell/invocations.ts';
import { readArguments } from '../../../shell/programs/index.ts';
import { removeOption } from '../../../shell/word-edits.ts';

/** Where root's downloads are stored, and the option that disables the store. */
interface Cache {
  readonly directory: string;
  readonly off?: string;
}
const CACHES: Readonly<Record<string, Cache>> = {
  pip: { directory: '/root/.cache/pip', off: '--no-cache-dir' },
  uv: { directory: '/root/.cache/uv', off: '--no-cache' },
  npm: { directory: '/root/.npm' },
  yarn: { directory: '/usr/local/share/.cache/yarn' },
  cargo: { directory: '/usr/local/cargo/registry' },
  go: { directory: '/go/pkg/mod' },
  composer: { directory: '/root/.composer/cache' },
};

export default defineDockerfileRule({
  id: 'missing-cache-mount',
  summary: 'Packages are downloaded again on every rebuild of the layer',
  policies: ['G14'],
  category: 'size',
  severity: 'hint',
  preset: 'all',
  needs: { programs: programsOf(Object.keys(CACHES)) },
  since: '2026.11',
  aliases: ['tally:prefer-package-cache-mounts'],
  *check(_file, _context, build) {
    const installs = new Map<unknown, PackageInstall>(
      packageInstalls(build).map(install => [install.invocation, install]),
    );
    for (const layer of layersOf(build)) {
      // Whichever it is for: the author knows such mounts.
      if (hasCacheMount(layer.run, /^/)) continue;
      const install = layer.invocations.map(invocation => installs.get(invocation)).find(one => one && downloads(one));
      // The mount would be far from what it is for.
      if (!install?.invocation || [...layer.files.values()].includes(install.invocation.script)) continue;
      const { manager, verb, invocation } = install;
      const { programWord, script } = invocation;
      const span = script.spanOf({ start: programWord.start, end: verb?.end ?? programWord.end });
      yield {
        message: `\`${manager}\` downloads everything again when the layer is rebuilt`,
        help: helpFor(layer.stage, invocation, CACHES[manager]!, manager),
        span,
        causes: [placeCause('cache', script.spanOf(invocation.command))],
        fixes: [
          isRoot(layer.stage) &&
          !setsVariable(build, 'PIP_NO_CACHE_DIR', 'PIP_CACHE_DIR', 'NPM_CONFIG_CACHE', 'GOPATH', 'CARGO_HOME')
            ? withMount(layer, install)
            : undefined,
        ],
      };
    }
  },
});

/** A cache that is turned off stays empty. */
function helpFor(stage: DockerStage, invocation: Invocation, { directory, off }: Cache, manager: string): string {
  if (off !== undefined && readArguments(invocation).has(off))
    return `Mount a cache on ${isRoot(stage) ? `\`${directory}\`` : 'the download directory'}, and remove \`${off}\``;
  return isRoot(stage)
    ? `Mount a cache: \`--mount=type=cache,target=${directory}\``
    : `Mount a cache on the download directory of \`${manager}\``;
}

/** Whether root runs the whole stage, as far as the file says. */
const isRoot = memo((stage: DockerStage): boolean => {
  const user = effectiveUser(stage)?.user?.literal;
  return (
    (user === undefined || /^(?:root|0)(?::|$)/.test(user)) && stage.instructions.every(one => one.kind !== 'user')
  );
});

/** Whether it downloads; `go install` of a path without a version compiles local code. */
function downloads({ invocation, manager, verb, packages }: PackageInstall): boolean {
  if (!CACHES[manager] || invocation?.args.some(({ literal }) => OFFLINE.has(literal ?? ''))) return false;
  return manager !== 'go' || verb?.literal === 'get' || packages.some(({ version }) => version !== undefined);
}

/** Options that take packages from a directory or from the cache. */
const OFFLINE: ReadonlySet<string> = new Set(['--no-index', '--offline']);

function withMount({ run, invocations }: Layer, { manager, invocation }: PackageInstall): Fix | undefined {
  const { directory, off } = CACHES[manager]!;
  if (invocation && isExecScript(invocation.script)) return undefined;
  const words = invocations.flatMap(one =>
    (off === undefined ? [] : readArguments(one).all(off)).map(option => removeOption(one.script, option)),
  );
  return fix(
    'suggested',
    words.length === 0 ? 'Add `--mount=type=cache`' : `Add \`--mount=type=cache\`, and remove \`${off}\``,
    run.rest.insert(0, `--mount=type=cache,target=${directory} `),
    ...words,
  );
}
