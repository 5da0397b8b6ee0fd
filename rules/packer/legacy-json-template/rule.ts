import { definePackerRule } from '../../../languages/packer/rule.ts';

export default definePackerRule({
  id: 'legacy-json-template',
  summary: 'The template is written in the JSON of before Packer 1.7',
  policies: ['G13'],
  category: 'correctness',
  severity: 'info',
  preset: 'recommended',
  since: '2026.11',
  *check({ kind, source }) {
    if (kind !== 'legacy-json') return;
    const at = Math.max(0, source.text.indexOf('"builders"'));
    yield {
      message:
        'Templates in this JSON get no new features, and Bakelint reads nothing in them: `packer hcl2_upgrade -with-annotations` writes the same template as HCL.',
      span: source.spanOf(at, at === 0 ? 1 : at + '"builders"'.length),
    };
  },
});
