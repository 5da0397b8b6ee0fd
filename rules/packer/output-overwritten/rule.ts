import { type Finding, fix } from '../../../core/finding.ts';
import { sourceUses } from '../../../languages/packer/images.ts';
import { isOwn } from '../../../languages/packer/nodes.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import { pathNeeds } from '../../../languages/packer/sources/needs.ts';
import type { PackerAttribute, PackerBuildSource, PackerTree } from '../../../languages/packer/tree.ts';

const { attributes = [], blocks = [] } = pathNeeds(({ overwrites }) => overwrites);

/** Post-processors that upload an image under a name, and what lets them delete the one that has it. */
const UPLOADS: Readonly<Record<string, { readonly flag: string; readonly name: string }>> = {
  vsphere: { flag: 'overwrite', name: 'vm_name' },
  'vsphere-template': { flag: 'override', name: 'template_name' },
  'upcloud-import': { flag: 'replace_existing', name: 'template_name' },
};

export default definePackerRule({
  id: 'output-overwritten',
  summary: 'A build deletes an existing image of the same name',
  policies: ['G3'],
  category: 'reproducibility',
  severity: 'warning',
  preset: 'recommended',
  needs: { attributes: [...attributes, ...Object.values(UPLOADS).map(({ flag }) => flag)], blocks },
  since: '2026.11',
  *check(file) {
    const seen = new Set<string>();
    for (const { source } of sourceUses(file)) {
      const [first, ...others] = FOR_TRIALS.test(source.name) || isUnique(source, file) ? [] : overwriting(source);
      if (!first) continue;
      const place = `${first.span.start} ${first.span.file ?? ''}`;
      if (seen.has(place)) continue;
      seen.add(place);
      yield {
        message: `\`${first.name}\` ${source.type.startsWith('amazon-') && first.name === 'force_deregister' ? 'deregisters an existing AMI of the same name' : 'deletes an existing image of the same name'}`,
        help: `Make ${nameOf(source)} unique per build, and remove \`${first.name}\``,
        span: first.span,
        // Whoever gives the name may give another one to each build.
        ...(isGivenName(source) && { severity: 'info' as const }),
        related: others.map(({ name, span }) => ({ message: `\`${name}\` is also set`, span })),
        fixes: [keepFix([first, ...others])],
      };
    }
    yield* replacedUploads(file);
  },
});

function* replacedUploads(tree: PackerTree): Iterable<Finding> {
  for (const { postProcessors } of tree.module.builds)
    for (const { block, type } of postProcessors.flat()) {
      const upload = type !== undefined && Object.hasOwn(UPLOADS, type) ? UPLOADS[type] : undefined;
      if (!upload || !isOwn(tree, block)) continue;
      const flag = block.attribute(upload.flag);
      if (flag?.value.assumingDefaults.bool !== true) continue;
      const name = block.attribute(upload.name)?.value;
      if (name && UNIQUE.test(`${name.written.text} ${name.asValue().source.text}`)) continue;
      yield {
        message: `\`${upload.flag}\` deletes an existing image of the same name`,
        help: `Make \`${upload.name}\` unique per build, and remove \`${upload.flag}\``,
        span: flag.span,
        fixes: [keepFix([flag])],
      };
    }
}

/** Sources for images that are thrown away. */
const FOR_TRIALS =
  /(?:^|[-_])(?:dev|devel|develop|development|test|testing|sandbox|scratch|trial|debug|local)(?:$|[-_])/i;

/** Whether every build gives the image another name, so that there is none to overwrite. */
function isUnique(source: PackerBuildSource, { module }: PackerTree): boolean {
  const name = source.facts?.names[0];
  const value = name === undefined ? undefined : source.attribute(name)?.value;
  if (value === undefined) return false;
  const { parts, source: text } = value.asValue();
  const locals = parts.flatMap(part =>
    typeof part !== 'string' && part.name.startsWith('local.') ? [module.local(part.name.slice('local.'.length))] : [],
  );
  // A local of files elsewhere is most often what makes names differ. Of a condition, either arm may be what does.
  return (
    locals.includes(undefined) ||
    UNIQUE.test(`${value.written.text} ${text.text} ${locals.map(one => one?.value?.written.text ?? '').join(' ')}`)
  );
}

/** Whether the whole name is a variable without a value, such as `{{env `IMAGE_NAME`}}`. */
function isGivenName(source: PackerBuildSource): boolean {
  const name = source.facts?.names[0];
  const value = name === undefined ? undefined : source.attribute(name)?.value.asValue();
  return (
    value !== undefined &&
    value.literal === undefined &&
    value.byDefault === undefined &&
    value.parts.length === 1 &&
    typeof value.parts[0] !== 'string'
  );
}

const UNIQUE = /timestamp|isotime|formatdate|uuidv4|\bdate\b|build_?(?:number|id)/i;

/** What is on. Snapshots are only deleted with the image: `force_delete_snapshot` alone does nothing. */
function overwriting(source: PackerBuildSource): readonly PackerAttribute[] {
  const names = source.facts?.overwrites ?? [];
  const on = names.flatMap(name => {
    const attribute = source.attribute(name);
    return attribute?.value.assumingDefaults.bool === true ? [attribute] : [];
  });
  return on[0]?.name === names[0] ? on : [];
}

/** The attribute that names the image. */
function nameOf({ facts }: PackerBuildSource): string {
  const name = facts?.names[0];
  return name === undefined ? 'the image name' : `\`${name}\``;
}

function keepFix(attributes: readonly PackerAttribute[]) {
  const written = attributes.map(({ value }) => value.written);
  if (!written.every(({ text }) => text === 'true' || text === '"true"')) return undefined;
  return fix(
    'suggested',
    `Set ${attributes.map(({ name }) => `\`${name}\``).join(' and ')} to \`false\``,
    ...written.map(text => text.replace(0, text.text.length, 'false')),
  );
}
