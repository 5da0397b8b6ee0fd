import type { Finding } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import { isOnDockerHub } from '../../../facts/hub-images.ts';
import { parseImageReference } from '../../../facts/image-reference.ts';

export default defineBuildRule({
  id: 'unbuilt-base',
  summary: 'A base image has a local name, but no file in the repository builds it',
  policies: ['G12'],
  category: 'reproducibility',
  severity: 'warning',
  preset: 'strict',
  languages: ['dockerfile'],
  needs: { instructions: ['FROM', 'COPY --from'] },
  asksAcrossFiles: true,
  since: '2026.11',
  *check({ images }, { acrossFiles }): Iterable<Finding> {
    for (const { reference, use, fromRepository } of acrossFiles ? images : []) {
      const name = reference.literal;
      if (name === undefined || (use !== 'base' && use !== 'copy')) continue;
      const parsed = parseImageReference(name);
      // Only names without a registry and a namespace are local without doubt.
      if (!parsed || parsed.repository.includes('/') || isOnDockerHub(parsed.repository)) continue;
      if (!acrossFiles!.bases.some(base => base.name === name && base.unbuilt) || fromRepository?.() !== undefined)
        continue;
      yield {
        message: `No file here builds ${quoted(name)}, and Docker Hub has no such image`,
        help: 'Build it in a file of the repository, or use its full name in a registry',
        span: reference.span,
      };
    }
  },
});
