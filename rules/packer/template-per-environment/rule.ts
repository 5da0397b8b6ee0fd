import type { Finding } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { isOwn } from '../../../languages/packer/nodes.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';

export default definePackerRule({
  id: 'template-per-environment',
  summary: "A template is a copy of another environment's template",
  policies: ['G12'],
  category: 'separation',
  severity: 'info',
  preset: 'strict',
  needs: { blocks: ['source', 'build'] },
  asksAcrossFiles: true,
  since: '2026.11',
  *check(file, { acrossFiles }): Iterable<Finding> {
    const twin = acrossFiles?.twin;
    const { builds, sources } = file.module;
    // The files of variables that belong to them differ as they should.
    const first = twin === undefined ? undefined : [...sources, ...builds].find(({ block }) => isOwn(file, block));
    if (!first) return;
    yield {
      message: `Copy of ${quoted(twin!)} for another environment`,
      help: 'Keep one template, and give it a variables file for each environment',
      span: first.header,
    };
  },
});
