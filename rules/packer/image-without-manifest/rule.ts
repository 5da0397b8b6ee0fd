import { fix } from '../../../core/finding.ts';
import { insertBlock } from '../../../languages/packer/edits.ts';
import { makesImage } from '../../../languages/packer/images.ts';
import { isOwn } from '../../../languages/packer/nodes.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import type { PackerBuild } from '../../../languages/packer/tree.ts';

export default definePackerRule({
  id: 'image-without-manifest',
  summary: 'A build does not record the IDs of its images',
  policies: ['G8'],
  category: 'ownership',
  severity: 'info',
  preset: 'strict',
  needs: { blocks: ['build'] },
  since: '2026.11',
  *check(file) {
    const { builds, files } = file.module;
    if (files.some(({ top }) => top.block('hcp_packer_registry'))) return;
    for (const build of builds) {
      if (!isOwn(file, build.block) || !build.sources.some(makesImage) || leavesRecord(build)) continue;
      const edits = insertBlock(build.block, MANIFEST);
      yield {
        message: 'Build writes no record of its images',
        help: 'Add a `manifest` post-processor, which writes the image IDs to a JSON file',
        span: build.header,
        fixes: [edits && fix('suggested', 'Add a `manifest` post-processor', ...edits)],
      };
    }
  },
});

/** https://developer.hashicorp.com/packer/docs/post-processors */
const RECORDS = /^(?:manifest|provenance|artifice)$|sbom/;
const MANIFEST = `post-processor "manifest" {
  output     = "manifest.json"
  strip_path = true
}`;

function leavesRecord({ postProcessors, provisioners, registry }: PackerBuild): boolean {
  const steps = [...postProcessors.flat(), ...provisioners];
  return registry !== undefined || steps.some(({ type }) => type === undefined || RECORDS.test(type));
}
