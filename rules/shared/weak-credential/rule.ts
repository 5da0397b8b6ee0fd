import { stringList } from '../../../core/options.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import { exposuresOf, readersOf } from '../../../facts/secrets/sinks/concern.ts';
import { destinationsOf } from '../../../facts/secrets/sinks/flow.ts';

export default defineBuildRule({
  id: 'weak-credential',
  summary: 'A password that anybody can guess is written into the build file',
  policies: ['G1'],
  category: 'security',
  severity: 'warning',
  preset: 'recommended',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  since: '2026.11',
  aliases: [
    'hadolint:DL3064',
    'buildkit:SecretsUsedInArgOrEnv',
    'checkov:CKV2_DOCKER_17',
    'kics:passwords_and_secrets',
    'sonar:S6437',
    'sonar:S2068',
  ],
  options: { allow: stringList('Names of settings whose passwords do not matter, `*` for any characters: `TEST_*`') },
  *check(build, { options, project }) {
    // The logins of Vagrant boxes are known to everybody, and meant to be.
    const vagrant = build.language === 'packer' && project.kind === 'vagrant';
    for (const exposure of exposuresOf(build, 'weak', options)) {
      const { sink, span } = exposure;
      if (vagrant && sink.kind === 'account') continue;
      const account = sink.kind === 'account' ? 'opens a login' : 'is easy to guess';
      yield {
        message: `The password in ${sink.place} ${account}, and ${readersOf(exposure, build, project.targets)}.`,
        span,
        related: destinationsOf(exposure, build),
      };
    }
  },
});
