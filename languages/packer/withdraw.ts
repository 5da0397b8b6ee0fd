/** Takes a secret out of a template: its value comes from the environment, through a `sensitive` variable. */
import { type Fix, fix } from '../../core/finding.ts';
import { quoted } from '../../core/quoted.ts';
import type { Edit, Span } from '../../core/text.ts';
import { insertAttribute, insertBefore } from './edits.ts';
import { isOwn } from './nodes.ts';
import type { Evaluated, PackerAttribute, PackerBlock, PackerTree, PackerVariable } from './tree.ts';

/**
 * For the default of a variable, and for an attribute that is nothing but the secret; `undefined` for every other place.
 * https://developer.hashicorp.com/packer/docs/templates/hcl_templates/functions/contextual/env
 */
export function withdraw(tree: PackerTree, span: Span): Fix | undefined {
  if (tree.kind !== 'template' || span.file !== undefined) return undefined;
  const variable = tree.module.variables.find(
    ({ block, default: value }) => block && isOwn(tree, block) && value && isThe(value, span),
  );
  if (variable?.block && variable.default) return fromEnvironment(variable, variable.block, variable.default);
  const block = tree.file.top.blocks().find(one => contains(one.span, span));
  if (!block || !WITH_VARIABLES.has(block.type)) return undefined;
  const attribute = attributeAt(block, span);
  return attribute && intoVariable(tree, attribute);
}

/** Blocks whose attributes can refer to variables. */
const WITH_VARIABLES: ReadonlySet<string> = new Set(['source', 'build', 'data']);

function fromEnvironment({ name, sensitive }: PackerVariable, block: PackerBlock, value: Evaluated): Fix | undefined {
  if (!/^\w[\w-]{0,60}$/.test(name) || block.body.json) return undefined;
  const read = replaced(value, `env("${environmentName(name)}")`);
  const hidden = sensitive === true ? [] : hidingEdits(block);
  if (!read || !hidden) return undefined;
  const title = `Read ${quoted(name)} from the environment: ${quoted(`env("${environmentName(name)}")`)}`;
  return fix('suggested', title, read, ...hidden);
}

function hidingEdits(block: PackerBlock): readonly (Edit | undefined)[] | undefined {
  const existing = block.attribute('sensitive');
  return existing
    ? [replaced(existing.value, 'true')]
    : insertAttribute(block, 'sensitive', 'true', block.attribute('type') ? 'type' : undefined);
}

function intoVariable({ file, module }: PackerTree, { name, value }: PackerAttribute): Fix | undefined {
  if (!module.complete || !/^[a-z]\w{0,60}$/.test(name) || file.top.body.json) return undefined;
  // A variable of this name has a meaning already.
  if (module.variables.some(variable => variable.name === name)) return undefined;
  const first = file.top.blocks().find(({ type }) => type !== 'packer');
  const declared =
    first &&
    insertBefore(
      first,
      `variable "${name}" {\n  type      = string\n  sensitive = true\n  default   = env("${environmentName(name)}")\n}`,
    );
  if (!declared) return undefined;
  const title = `Move it to the variable ${quoted(name)}, read from the environment`;
  return fix('suggested', title, replaced(value, `var.${name}`), ...declared);
}

const environmentName = (name: string): string => name.toUpperCase().replaceAll('-', '_');

const replaced = ({ written }: Evaluated, text: string): Edit | undefined =>
  written.replace(0, written.text.length, text);

/** Whether a value is a plain string and the place all of it, apart from its quotes. */
function isThe(value: Evaluated, span: Span): boolean {
  return (
    value.kind === 'string' &&
    value.text !== undefined &&
    contains(value.span, span) &&
    span.start - value.span.start <= 1 &&
    value.span.end - span.end <= 1
  );
}

/** The attribute of a block, or of a block in it, whose value is the place. */
function attributeAt(block: PackerBlock, span: Span): PackerAttribute | undefined {
  const inner = block.blocks().find(one => contains(one.span, span));
  return inner ? attributeAt(inner, span) : block.attributes.find(({ value }) => isThe(value, span));
}

const contains = (outer: Span, inner: Span): boolean =>
  outer.file === inner.file && outer.start <= inner.start && inner.end <= outer.end;
