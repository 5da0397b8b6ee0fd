import { definePackerRule } from '../../../languages/packer/rule.ts';

export default definePackerRule({
  id: 'legacy-json-template',
  summary: 'A template is in the legacy JSON format',
  policies: ['G13'],
  category: 'correctness',
  severity: 'info',
  preset: 'recommended',
  needs: 'always',
  since: '2026.11',
  *check({ isTranslated, kind, path = '', source }) {
    if (kind !== 'legacy-json') return;
    const isHclByName = path.endsWith('.pkr.json');
    if (isTranslated && !isHclByName) return;
    const at = Math.max(0, source.text.indexOf('"builders"'));
    const span = source.spanOf(at, at === 0 ? 1 : at + '"builders"'.length);
    yield isHclByName
      ? {
          message: 'Legacy JSON template in a `.pkr.json` file: Packer reads it as HCL',
          help: 'Name it `.json`, or convert it with `packer hcl2_upgrade`',
          span,
          severity: 'error',
        }
      : {
          message: 'Legacy JSON template: newer Packer features are not available',
          help: 'Convert it to HCL with `packer hcl2_upgrade -with-annotations`',
          span,
        };
  },
});
