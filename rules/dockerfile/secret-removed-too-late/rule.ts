import { defineBuildRule } from '../../../core/rule.ts';
import { removedCredentials } from '../../../facts/secrets/sinks/removal.ts';
import { writtenSecrets } from '../../../facts/secrets/sinks/written.ts';
import { shippedStages } from '../../../facts/shipped-stages.ts';

export default defineBuildRule({
  id: 'secret-removed-too-late',
  summary: 'A credential is deleted in a later layer, which does not take it out of the image',
  policies: ['G1'],
  category: 'security',
  severity: 'error',
  preset: 'recommended',
  languages: ['dockerfile'],
  since: '2026.11',
  *check(build, { project }) {
    for (const [{ brought, file, source, stage }, { span }] of removedCredentials(build)) {
      if (brought !== undefined && !shippedStages(build, project.targets).has(stage)) continue;
      const place = shippedStages(build, project.targets).has(stage) ? 'the image' : 'the build cache';
      yield {
        message: `Deleting ${file.what} here does not help: the layer that copied it stays in ${place} as it is.`,
        span,
        related: [{ message: 'It is copied into a layer here.', span: source.span }],
      };
    }
    for (const { what, file, span, tooLate } of writtenSecrets(build))
      if (tooLate)
        yield {
          message: `Deleting ${file} here does not help: the layer that wrote ${what} into it stays as it is.`,
          span: tooLate,
          related: [{ message: 'It is written into a layer here.', span }],
        };
  },
});
