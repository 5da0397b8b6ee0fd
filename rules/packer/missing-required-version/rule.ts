import { fix } from '../../../core/finding.ts';
import { insertAttribute, insertBefore } from '../../../languages/packer/edits.ts';
import { isOwn } from '../../../languages/packer/nodes.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import type { PackerBlock, PackerTree } from '../../../languages/packer/tree.ts';

export default definePackerRule({
  id: 'missing-required-version',
  summary: 'A template accepts any version of Packer',
  policies: ['G13'],
  category: 'reproducibility',
  severity: 'info',
  preset: 'strict',
  needs: { blocks: ['packer', 'build'] },
  since: '2026.11',
  *check(file) {
    const { module } = file;
    if (file.kind !== 'template' || !module.complete || module.requiredVersions.length > 0) return;
    const place =
      firstOf(module.settings, file) ??
      firstOf(
        module.builds.map(({ block }) => block),
        file,
      );
    if (!place || !isOwn(file, place)) return;
    const edits =
      place.type === 'packer'
        ? insertAttribute(place, 'required_version', SINCE_PLUGINS)
        : insertBefore(file.file.top.blocks()[0]!, `packer {\n  required_version = ${SINCE_PLUGINS}\n}`);
    const addition = edits && fix('suggested', 'Add `required_version = ">= 1.7.0"`', ...edits);
    yield {
      message: 'Template has no `required_version`',
      ...(!addition && { help: `Add \`required_version = ${SINCE_PLUGINS}\` to the \`packer\` block` }),
      span: place.header,
      fixes: [addition],
    };
  },
});

/** The first version with `required_plugins`. https://developer.hashicorp.com/packer/docs/templates/hcl_templates/blocks/packer */
const SINCE_PLUGINS = '">= 1.7.0"';

/** The first block by the names of files, so that a directory is reported once. */
function firstOf(blocks: readonly PackerBlock[], { path = '' }: PackerTree): PackerBlock | undefined {
  const fileOf = ({ source }: PackerBlock): string => source.spanOf(0, 0).file ?? path;
  return blocks.reduce<PackerBlock | undefined>((a, b) => (a && fileOf(a) <= fileOf(b) ? a : b), undefined);
}
