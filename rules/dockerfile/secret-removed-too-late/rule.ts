import { defineBuildRule } from '../../../core/rule.ts';
import { removedCredentials } from '../../../facts/secrets/exposures/removal.ts';
import { writtenSecrets } from '../../../facts/secrets/exposures/written.ts';
import { shippedStages } from '../../../facts/shipped-stages.ts';

export default defineBuildRule({
  id: 'secret-removed-too-late',
  summary: 'A credential is deleted in a later layer, so it remains in the image',
  policies: ['G1'],
  category: 'security',
  severity: 'error',
  preset: 'recommended',
  languages: ['dockerfile'],
  needs: { instructions: ['RUN'] },
  since: '2026.11',
  *check(build, { project }) {
    for (const [{ included, file, source, stage }, { span }] of removedCredentials(build)) {
      if (included !== undefined && !shippedStages(build, project.targets).has(stage)) continue;
      const place = shippedStages(build, project.targets).has(stage) ? 'the image' : 'the build cache';
      yield {
        message: `Deleted too late: ${place} still contains ${file.what}`,
        help: 'Mount it with `RUN --mount=type=secret` instead of copying it',
        span,
        related: [{ message: 'Copied into a layer here', span: source.span }],
      };
    }
    for (const { what, file, span, tooLate } of writtenSecrets(build))
      if (tooLate)
        yield {
          message: `Deleted too late: a layer still contains ${what} in ${file}`,
          help: 'Delete it in the `RUN` that writes it, or use `RUN --mount=type=secret`',
          span: tooLate,
          related: [{ message: 'Written into a layer here', span }],
        };
  },
});
