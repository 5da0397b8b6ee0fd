import { definePackerRule } from '../../../languages/packer/rule.ts';
import { isBroken } from '../../../languages/packer/schema.ts';

export default definePackerRule({
  id: 'wrong-label-count',
  summary: 'A block has too many or too few labels',
  policies: [],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  needs: 'always',
  since: '2026.11',
  *check({ file, kind }) {
    // In JSON labels are nested objects, and missing ones are errors of syntax.
    if (kind !== 'template' || file.hcl.body.json) return;
    const blocks = file.top.blocks();
    const inBuilds = blocks.filter(({ type }) => type === 'build').flatMap(build => build.blocks());
    for (const [block, forms] of [
      ...blocks.map(one => [one, TOP] as const),
      ...inBuilds.map(one => [one, IN_BUILD] as const),
    ]) {
      const form = forms.get(block.type);
      if (form === undefined || block.dynamic || isBroken(block, file.hcl.problems)) continue;
      const wanted = form.split(' ').length - 1;
      const given = block.labels.length;
      if (given !== wanted)
        yield {
          message: `\`${block.type}\` block has ${given} ${given === 1 ? 'label' : 'labels'} instead of ${wanted}`,
          help: `Write \`${form} { … }\``,
          span: block.header,
        };
    }
  },
});

const form = (...forms: readonly string[]): ReadonlyMap<string, string> =>
  new Map(forms.map(one => [one.split(' ', 1)[0]!, one]));

/** https://developer.hashicorp.com/packer/docs/templates/hcl_templates/blocks */
const TOP = form(
  'packer',
  'variable "NAME"',
  'variables',
  'local "NAME"',
  'locals',
  'source "TYPE" "NAME"',
  'data "TYPE" "NAME"',
  'build',
);
const IN_BUILD = form(
  'source "TYPE.NAME"',
  'provisioner "TYPE"',
  'error-cleanup-provisioner "TYPE"',
  'post-processor "TYPE"',
  'post-processors',
);
