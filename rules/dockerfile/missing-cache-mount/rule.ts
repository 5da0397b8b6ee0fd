import { type Fix, fix } from '../../../core/finding.ts';
import { memo } from '../../../core/memo.ts';
import { type PackageInstall, packageInstalls } from '../../../facts/package-installs.ts';
import { setsVariable } from '../../../facts/package-settings.ts';
import { hasCacheMount, type Layer, layersOf } from '../../../languages/dockerfile/layers.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { effectiveUser } from '../../../languages/dockerfile/stages.ts';
import type { DockerStage } from '../../../languages/dockerfile/tree.ts';
import { removeWord } from '../../../shell/arguments.ts';
import { isExecScript } from '../../../shell/exec-form.ts';

/** Where root's downloads are kept, and what would keep them from being kept. */
const FOLDERS: Readonly<Record<string, { readonly folder: string; readonly off?: string }>> = {
  pip: { folder: '/root/.cache/pip', off: '--no-cache-dir' },
  uv: { folder: '/root/.cache/uv', off: '--no-cache' },
  npm: { folder: '/root/.npm' },
  yarn: { folder: '/usr/local/share/.cache/yarn' },
  cargo: { folder: '/usr/local/cargo/registry' },
  go: { folder: '/go/pkg/mod' },
  composer: { folder: '/root/.composer/cache' },
};

export default defineDockerfileRule({
  id: 'missing-cache-mount',
  summary: 'Packages are downloaded anew whenever the layer is built',
  policies: ['G14'],
  category: 'size',
  severity: 'hint',
  preset: 'all',
  since: '2026.11',
  aliases: ['tally:prefer-package-cache-mounts'],
  *check(file, _, build) {
    const installs = new Map<unknown, PackageInstall>(
      packageInstalls(build).map(install => [install.invocation, install]),
    );
    for (const layer of layersOf(build, new Set(file.stages))) {
      if (hasCacheMount(layer.run)) continue;
      const install = layer.invocations.map(invocation => installs.get(invocation)).find(one => one && downloads(one));
      if (!install?.invocation) continue;
      const { manager, verb, invocation } = install;
      const { program, programWord, script } = invocation;
      const { folder } = FOLDERS[manager]!;
      yield {
        message: `Whenever this layer is built, \`${program}\` downloads everything anew: a cache mount on \`${folder}\` keeps the downloads between builds and out of the image.`,
        span: script.spanOf({ start: programWord.start, end: verb?.end ?? programWord.end }),
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

/** Whether root runs the whole stage, as far as the file says. */
const isRoot = memo((stage: DockerStage): boolean => {
  const user = effectiveUser(stage)?.user?.literal;
  return (
    (user === undefined || /^(?:root|0)(?::|$)/.test(user)) && stage.instructions.every(one => one.kind !== 'user')
  );
});

/** Whether it fetches something; `go install` of a path without a version compiles what is there. */
function downloads({ manager, verb, packages }: PackageInstall): boolean {
  if (!FOLDERS[manager]) return false;
  return manager !== 'go' || verb?.literal === 'get' || packages.some(({ version }) => version !== undefined);
}

function withMount({ run, invocations }: Layer, { manager, invocation }: PackageInstall): Fix | undefined {
  const { folder, off } = FOLDERS[manager]!;
  if (invocation && isExecScript(invocation.script)) return undefined;
  const words = invocations.flatMap(one =>
    one.args
      .filter(({ literal }) => literal !== undefined && literal === off)
      .map(word => removeWord(one.script, word)),
  );
  return fix('suggested', 'Mount a cache', run.rest.insert(0, `--mount=type=cache,target=${folder} `), ...words);
}
