import { wholeNumber } from '../../../core/options.ts';
import { quoted } from '../../../core/quoted.ts';
import { isOwn } from '../../../languages/packer/nodes.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import type { PackerBlock, PackerModule, PackerSource, PackerTree } from '../../../languages/packer/tree.ts';

export default definePackerRule({
  id: 'near-duplicate-sources',
  summary: 'Several sources differ only in name and size',
  policies: ['G12'],
  category: 'style',
  severity: 'hint',
  preset: 'all',
  needs: { blocks: ['source'] },
  since: '2026.11',
  options: { allowed: wholeNumber('How many such sources are accepted', 3, 1) },
  *check(file, { options }) {
    for (const [first, ...others] of groups(file)) {
      if (others.length < options.allowed || !isOwn(file, first.block)) continue;
      yield {
        message: `${others.length + 1} \`${first.type}\` sources differ only in name and size`,
        help: 'Keep one source, and choose the size when a machine starts',
        span: first.header,
        related: others.slice(0, 10).map(({ header, name }) => ({
          message: `${quoted(name)} has the same settings`,
          span: header,
        })),
      };
    }
  },
});

/** Attributes for the size of the build machine, and for names and labels. */
const APART =
  /(?:^|_)(?:name|size|prefix|label|description|hostname|cpus?|cores|sockets|memory|ram|disk_size|vm_id|machine_type|instance_type|flavor|droplet_size|server_type|volume_size|notes|output_directory|snapshot_description|tags|labels|metadata)(?:$|_)/i;
/** Sources with less in common are not compared: most short ones are alike. */
const LEAST_IN_COMMON = 4;

type Group = readonly [PackerSource, ...PackerSource[]];

/** The sources of the module with the same settings, in the order of their files. */
function groups({ module, path = '' }: PackerTree): readonly Group[] {
  const builds = buildsOf(module);
  const byText = new Map<string, [PackerSource, ...PackerSource[]]>();
  const fileOf = ({ block }: PackerSource): string => block.source.spanOf(0, 0).file ?? path;
  const inOrder = [...module.sources].sort((a, b) =>
    fileOf(a) < fileOf(b) ? -1 : fileOf(a) > fileOf(b) ? 1 : a.span.start - b.span.start,
  );
  for (const source of inOrder) {
    const text = inCommon(source.block);
    if (text.length < LEAST_IN_COMMON) continue;
    const key = `${source.type} ${builds.get(source) ?? ''}\n${text.join('\n')}`;
    const group = byText.get(key);
    if (group) group.push(source);
    else byText.set(key, [source]);
  }
  return [...byText.values()];
}

/** The builds that use each source, and which of their steps run for it: both are a difference too. */
function buildsOf({ builds }: PackerModule): ReadonlyMap<PackerSource, string> {
  const numbers = new Map<PackerSource, string>();
  for (const [index, { block, provisioners, sources }] of builds.entries())
    for (const use of sources) {
      const { source } = use;
      if (!source) continue;
      const steps = provisioners.map(step => step.runsFor(use) ?? source.name).join();
      const own = asksForName(block) ? source.name : '';
      numbers.set(source, `${numbers.get(source) ?? ''} ${index} ${steps} ${own}`);
    }
  return numbers;
}

/** Whether a step of a build does something else for each source, as scripts do that get its name. */
function asksForName({ hcl, source }: PackerBlock): boolean {
  return hcl !== undefined && /\bsource\.name\b/.test(source.text.slice(hcl.start, hcl.end));
}

function inCommon(block: PackerBlock): string[] {
  const lines = block.attributes
    .filter(({ name }) => !APART.test(name))
    .map(({ name, value }) => `${name}=${value.written.text}`);
  // Tags repeat the name.
  const nested = block.blocks().filter(({ type }) => !/(?:^|_)tag$/.test(type));
  const written = nested.map(({ hcl, source, type }) => `${type} ${hcl ? source.text.slice(hcl.start, hcl.end) : ''}`);
  return [...lines, ...written].sort();
}
