/** Fixes for bases of Amazon's builders that are the newest image of a name. */
import { type Fix, fix } from '../../core/finding.ts';
import type { Edit } from '../../core/text.ts';
import { valuesAt } from './attributes.ts';
import { insertAttribute, insertEntry } from './edits.ts';
import type { PackerAttribute, PackerBuildSource } from './tree.ts';

/** The accounts that publish images, by how the names of these begin. From the publishers' own pages. */
const PUBLISHERS: readonly (readonly [name: RegExp, owner: string, who: string])[] = [
  [/^ubuntu\/images/, '099720109477', 'Canonical'],
  [/^debian-\d/, '136693071363', 'Debian'],
  [/^(?:amzn2?|al2023)-ami-/, 'amazon', 'Amazon'],
  [/^Windows_Server-/, 'amazon', 'Amazon'],
  [/^RHEL-/, '309956199498', 'Red Hat'],
  [/^(?:CentOS|Fedora-Cloud)/, '125523088429', 'the Fedora and CentOS projects'],
  [/^Rocky-/, '792107900819', 'Rocky Linux'],
  [/^AlmaLinux/, '764336703387', 'AlmaLinux'],
  [/^suse-sles-/, '013907871322', 'SUSE'],
];

/** Names the publisher where none is named, else records the base: only these builders fill in `{{ .SourceAMI }}`. */
export function steadyFix(source: PackerBuildSource): Fix | undefined {
  if (!/^amazon-(?:ebs|ebssurrogate|instance|chroot)$/.test(source.type)) return undefined;
  const isOwned = valuesAt(source, 'source_ami_filter.owners').length > 0;
  return isOwned || valuesAt(source, 'source_ami_filter').length + source.blocks('source_ami_filter').length === 0
    ? recordFix(source)
    : ownerFix(source);
}

function ownerFix(source: PackerBuildSource): Fix | undefined {
  const name = valuesAt(source, 'source_ami_filter.filters.name')[0]?.value.asValue().byDefault ?? '';
  const [, owner, who] = PUBLISHERS.find(([pattern]) => pattern.test(name)) ?? [];
  if (owner === undefined) return undefined;
  const [filter] = source.blocks('source_ami_filter');
  const object = source.attribute('source_ami_filter')?.value;
  const value = `["${owner}"]`;
  const edits = filter ? insertAttribute(filter, 'owners', value) : object && insertEntry(object, 'owners', value);
  return edits ? fix('suggested', `Add \`owners = ${value}\` (${who})`, ...edits) : undefined;
}

function recordFix(source: PackerBuildSource): Fix | undefined {
  const tags = source.attribute('tags');
  const block = source.source?.block;
  const value = '"{{ .SourceAMI }}"';
  const edits = tags
    ? (merged(tags, `{ Base_AMI = ${value} }`) ?? insertEntry(tags.value, 'Base_AMI', value))
    : block && source.blocks('tag').length === 0
      ? insertAttribute(block, 'tags', `{\n  Base_AMI = ${value}\n}`)
      : undefined;
  return edits && fix('suggested', 'Add a tag with `{{ .SourceAMI }}`', ...edits);
}

/** `merge(local.tags, { … })`: the map that is referred to may be used elsewhere too. */
function merged({ hcl, source }: PackerAttribute, entries: string): readonly Edit[] | undefined {
  const { start, end } = hcl.value;
  const text = source.text.slice(start, end);
  const edit = /^(?:local|var)\.[\w-]{1,80}$/.test(text)
    ? source.replace(start, end, `merge(${text}, ${entries})`)
    : undefined;
  return edit && [edit];
}
