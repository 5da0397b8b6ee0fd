import { stringList } from '../../../core/options.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import { exposuresOf, sentence } from '../../../facts/secrets/sinks/concern.ts';
import { destinationsOf } from '../../../facts/secrets/sinks/flow.ts';
import { writtenSecrets } from '../../../facts/secrets/sinks/written.ts';
import { shippedStages } from '../../../facts/shipped-stages.ts';

export default defineBuildRule({
  id: 'baked-secret',
  summary: 'A password, token or private key is written into the build file',
  policies: ['G1'],
  category: 'security',
  severity: 'error',
  preset: 'recommended',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  since: '2026.11',
  aliases: [
    'buildkit:SecretsUsedInArgOrEnv',
    'hadolint:DL3064',
    'trivy:DS-0031',
    'checkov:CKV_SECRET_2',
    'checkov:CKV_SECRET_6',
    'checkov:CKV_SECRET_13',
    'kics:passwords_and_secrets',
    'sonar:S6437',
    'sonar:S6472',
    'dockle:CIS-DI-0010',
    'tally:secrets-in-code',
  ],
  options: {
    allow: stringList('Names of settings that are no secrets, `*` for any characters: `STRIPE_TEST_*`'),
    deny: stringList('Further names whose values are secrets, `*` for any characters: `*_PIN`'),
  },
  *check(build, { options, project }) {
    for (const exposure of exposuresOf(build, 'baked', options))
      yield {
        message: sentence(exposure, build, project.targets),
        span: exposure.span,
        related: destinationsOf(exposure, build),
      };
    for (const { what, file, span, stage, tooLate } of writtenSecrets(build)) {
      // That a later layer deletes it is the matter of `secret-removed-too-late`.
      if (tooLate) continue;
      const readers = shippedStages(build, project.targets).has(stage)
        ? 'which stays in the image, so everybody who gets the image gets it'
        : 'which stays in the build cache although the stage is not shipped';
      yield { message: `This writes ${what} into ${file}, ${readers}.`, span };
    }
  },
});
