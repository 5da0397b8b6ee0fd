import { type Finding, fix, type Severity } from '../../../core/finding.ts';
import { nearest } from '../../../core/nearest.ts';
import {
  componentOfBlock,
  isOfUnknownPlugin,
  mayBeNewer,
  usableNames,
} from '../../../languages/packer/components/resolve.ts';
import type { ComponentKind } from '../../../languages/packer/components/table.ts';
import type { Block } from '../../../languages/packer/hcl/ast.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import { type BlockSchema, isBroken, knownBlocks } from '../../../languages/packer/schema.ts';
import { isPlainName } from '../../../languages/packer/shown-name.ts';
import type { PackerTree } from '../../../languages/packer/tree.ts';

/** Blocks of Terraform, whose files look like Packer's. */
const OF_TERRAFORM = new Set(['resource', 'provider', 'module', 'output', 'terraform', 'import', 'moved']);
/** Blocks that Terraform allows in every resource. */
const IN_RESOURCES = new Set(['lifecycle', 'connection']);

export default definePackerRule({
  id: 'unknown-block',
  summary: 'A template contains an unknown block',
  policies: [],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  needs: 'always',
  since: '2026.11',
  hclOnly: true,
  *check(tree) {
    const { source } = tree;
    yield* amongValues(tree);
    yield* misspelledTypes(tree);
    for (const { block, schema } of knownBlocks(tree)) {
      for (const { header, hcl, type } of block.blocks()) {
        if (!hcl || schema.blocks.has(type)) continue;
        const { end, start } = hcl.type;
        // A `dynamic` block has its name in a label.
        const span = hcl.type.text === type ? source.spanOf(start, end) : header;
        const guess = nearest(type, schema.blocks);
        const isAttribute = schema.attributes.has(type);
        const isForeign = (schema.where === 'at the top level' ? OF_TERRAFORM : IN_RESOURCES).has(type) && !isAttribute;
        const severity = isAttribute || isForeign ? undefined : severityOf(schema, guess);
        yield {
          message: isAttribute
            ? `\`${type}\` is an attribute, not a block`
            : isForeign
              ? `Packer has no \`${type}\` block`
              : `Unknown block${isPlainName(type) ? ` \`${type}\`` : ''} ${schema.where}`,
          help: isAttribute
            ? `Write \`${type} = { … }\``
            : isForeign
              ? schema.where === 'at the top level'
                ? 'Move it to a Terraform configuration'
                : `Remove it; \`${type}\` is Terraform syntax`
              : guess === undefined
                ? schema.isLenient
                  ? 'Packer ignores it: correct the name, or remove it'
                  : 'Correct the name, or remove it'
                : `Did you mean \`${guess}\`?`,
          span,
          ...(severity && { severity }),
          fixes: [
            isAttribute && canBeAttribute(hcl, type, schema)
              ? fix('suggested', 'Insert `=`', source.insert(hcl.openBrace!, '= '))
              : undefined,
            !isAttribute && guess !== undefined && hcl.type.text === type && !isForeign
              ? fix('suggested', `Change it to \`${guess}\``, source.replace(start, end, guess))
              : undefined,
          ],
        };
      }
    }
  },
});

/** Blocks where only `name = value` may be: in `locals`, `variables` and variables files. */
function* amongValues({ file }: PackerTree): Iterable<Finding> {
  const { top } = file;
  const holders =
    file.kind === 'variables'
      ? [{ where: 'a variables file', blocks: top.blocks() }]
      : top
          .blocks()
          .filter(
            block => (block.type === 'locals' || block.type === 'variables') && !isBroken(block, file.hcl.problems),
          )
          .map(block => ({ where: `\`${block.type}\``, blocks: block.blocks() }));
  if (file.kind === 'variables' && file.hcl.problems.length > 0) return;
  for (const { blocks, where } of holders)
    for (const { header, type } of blocks)
      yield {
        message: `Block${isPlainName(type) ? ` \`${type}\`` : ''} in ${where}, which only takes values`,
        help: 'Write `NAME = { … }`',
        span: header,
      };
}

const KINDS: Readonly<Record<string, ComponentKind>> = {
  source: 'source',
  data: 'data',
  provisioner: 'provisioner',
  'error-cleanup-provisioner': 'provisioner',
  'post-processor': 'post-processor',
};

/** Types of components that no known plugin has, and that are nearly those of one. */
function* misspelledTypes({ file, module, source }: PackerTree): Iterable<Finding> {
  if (file.kind !== 'template') return;
  const inBuilds = file.top
    .blocks('build')
    .flatMap(build => [
      ...build.blocks().filter(({ type }) => type !== 'source'),
      ...build.blocks('post-processors').flatMap(list => list.blocks()),
    ]);
  for (const block of [...file.top.blocks(), ...inBuilds]) {
    const kind = Object.hasOwn(KINDS, block.type) ? KINDS[block.type] : undefined;
    const [label] = block.labels;
    if (!kind || !label || block.dynamic || isBroken(block, file.hcl.problems)) continue;
    if (componentOfBlock(block, module) || isOfUnknownPlugin(label.text, module)) continue;
    const guess = nearest(label.text, usableNames(kind, module));
    if (guess === undefined || guess === label.text || !isPlainName(label.text)) continue;
    const { end, start } = label.span;
    const at = source.text.slice(start, end).indexOf(label.text);
    yield {
      message: `Unknown ${kind === 'data' ? 'data source' : kind} type \`${label.text}\``,
      help: `Did you mean \`${guess}\`?`,
      span: label.span,
      severity: 'warning',
      fixes: [
        at < 0
          ? undefined
          : fix(
              'suggested',
              `Change it to \`${guess}\``,
              source.replace(start + at, start + at + label.text.length, guess),
            ),
      ],
    };
  }
}

/** A plugin that is newer than what is known of it may have the block. */
function severityOf({ isLenient, used }: BlockSchema, guess: string | undefined): Severity | undefined {
  if (isLenient) return 'warning';
  if (!used || used.builtIn || !mayBeNewer(used)) return undefined;
  return guess === undefined ? 'info' : 'warning';
}

/** Whether the content of a block reads the same as an object. */
function canBeAttribute({ body, labels, openBrace, type }: Block, name: string, { contents }: BlockSchema): boolean {
  if (labels.length > 0 || openBrace === undefined || type.text !== name) return false;
  const known = contents?.types.get(name);
  const isMap = known === undefined || (known.kind === 'value' && /^(?:map|any)/.test(known.type));
  return isMap && body.items.every(item => item.kind === 'attribute');
}
