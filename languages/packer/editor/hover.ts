import type { HoverText, HoverValue, Signature } from '../../../core/editor.ts';
import { nameOf } from '../../../core/path.ts';
import type { Span } from '../../../core/text.ts';
import { eachCallIn } from '../calls.ts';
import { componentOfBlock } from '../components/resolve.ts';
import { isSecretName, mayBeCredential } from '../credential-uses.ts';
import type { Call, Expression } from '../hcl/ast.ts';
import { setValue } from '../hidden-values.ts';
import type { PackerBlock, PackerTree } from '../tree.ts';
import { attributeText, FUNCTIONS_PAGE, givenIn, pageOf, signatureOf } from './facts.ts';
import { type Declared, nameAt } from './names.ts';
import { CONTEXT, CONTEXT_PAGE, ownBlockText } from './own-blocks.ts';
import { placeAt } from './place.ts';
import { placesOf, shownValue } from './shown-values.ts';

/** What is known of the name at an offset: an attribute, a component, a function, a variable. */
export function hoverTextAt(tree: PackerTree, offset: number): HoverText | undefined {
  return nameText(tree, offset) ?? contextText(tree, offset) ?? callText(tree, offset) ?? itemText(tree, offset);
}

const covers = ({ start, end }: Span, offset: number): boolean => start <= offset && offset <= end;

function nameText(tree: PackerTree, offset: number): HoverText | undefined {
  const found = nameAt(tree, offset);
  if (!found) return undefined;
  const { declared, span } = found;
  const value = declaredValue(declared, tree);
  return { span, markdown: declaredText(declared, tree), ...(value && { value }) };
}

function declaredText({ kind, name, type, nameSpan }: Declared, tree: PackerTree): string {
  const { module } = tree;
  const title = `**${kind === 'data' ? 'data source' : kind}** \`${type === undefined ? name : `${type}.${name}`}\``;
  const lines = [title];
  if (kind === 'variable') {
    const variable = module.variable(name);
    const facts = [
      variable?.type ?? 'type not declared',
      variable?.default ? 'has a default' : 'no default: a value must be given',
      ...(variable?.sensitive ? ['sensitive'] : []),
    ];
    lines.push(facts.join(', '));
    const description = variable?.description?.text;
    // The file's own text: none of it is Markdown, and viewers make links of bare addresses, too.
    if (description !== undefined) lines.push(description.replace(/[!-/:-@[-`{-~]/g, '\\$&'));
    const given = variable?.assigned.at(-1);
    const file = given && (given.nameSpan.file ?? tree.path);
    if (file !== undefined) lines.push(`Set in \`${nameOf(file)}\``);
  }
  if (nameSpan.file !== undefined) lines.push(`In \`${nameOf(nameSpan.file)}\``);
  return lines.join('\n\n');
}

/** What a variable or local is, whichever file of the module sets it. */
function declaredValue({ kind, name }: Declared, tree: PackerTree): HoverValue | undefined {
  if (isSecretName(name) || (kind !== 'variable' && kind !== 'local')) return undefined;
  // What a file of variables sets is on the same line, and what it is used for is not looked at there.
  if (tree.kind !== 'template') return undefined;
  if (mayBeCredential(kind === 'variable' ? 'var' : 'local', name, tree.module)) return undefined;
  const set = tree.module[kind](name);
  const value = set?.sensitive === false ? setValue(set) : undefined;
  const text = shownValue(value, tree);
  const places = value && placesOf(value, tree);
  if (text === undefined || !places) return undefined;
  const isString = value.assumingDefaults.kind === 'string';
  return { markdown: `\`\`\`hcl\n${name} = ${isString ? JSON.stringify(text) : text}\n\`\`\``, places };
}

/** What Packer itself gives a name: `path.root`. */
function contextText({ module }: PackerTree, offset: number): HoverText | undefined {
  const found = module.references.find(({ span }) => span.file === undefined && covers(span, offset));
  const name = found && found.path.length > 0 ? `${found.root}.${found.path[0]}` : '';
  if (!found || !Object.hasOwn(CONTEXT, name)) return undefined;
  return { span: found.span, markdown: `\`${name}\`: ${CONTEXT[name]}\n\n[Documentation](${CONTEXT_PAGE})` };
}

function callText(tree: PackerTree, offset: number): HoverText | undefined {
  const call = callsIn(tree).find(({ name }) => covers(name, offset));
  const signature = call && signatureOf(call.name.text);
  if (!call || !signature) return undefined;
  const { start, end } = call.name;
  const page = `[Functions of Packer](${FUNCTIONS_PAGE})`;
  return { span: { start, end }, markdown: `\`\`\`hcl\n${signature.label}\n\`\`\`\n\n${page}` };
}

/** Every call, in blocks that are being typed too. */
function callsIn({ file }: PackerTree): readonly Call[] {
  return eachCallIn(file.hcl.body).map(({ call }) => call);
}

/** The name of an attribute or nested block, or the type of a component. */
function itemText(tree: PackerTree, offset: number): HoverText | undefined {
  if (tree.kind !== 'template') return undefined;
  const { blocks, schema } = placeAt(tree, offset);
  const around: PackerBlock = blocks.at(-1) ?? tree.file.top;
  const attribute = around.attributes.find(({ nameSpan }) => covers(nameSpan, offset));
  if (attribute && schema && (schema.attributes.has(attribute.name) || schema.blocks.has(attribute.name)))
    return { span: attribute.nameSpan, markdown: attributeText(schema, attribute.name, givenIn(around)) };
  const block = around.blocks().find(({ header }) => covers(header, offset));
  if (!block?.hcl) return undefined;
  const { type } = block.hcl;
  if (schema && covers(type, offset) && schema.blocks.has(block.type)) {
    const own = ownBlockText(block.type === 'source' && blocks.length > 0 ? 'build.source' : block.type);
    const markdown = schema.used ? attributeText(schema, block.type, givenIn(around)) : own;
    return markdown === undefined ? undefined : { span: { start: type.start, end: type.end }, markdown };
  }
  const label = block.labels[0];
  const used = label && covers(label.span, offset) ? componentOfBlock(block, tree.module) : undefined;
  if (!label || !used) return undefined;
  const plugin = used.builtIn ? 'built into Packer' : `plugin \`${used.plugin.repository}\` ${used.plugin.version}`;
  return {
    span: label.span,
    markdown: `**${used.kind}** \`${used.label}\`, ${plugin}\n\n[Documentation](${pageOf(used)})`,
  };
}

/** The call whose arguments the cursor is in, and which argument it is. */
export function signatureAt(tree: PackerTree, offset: number): Signature | undefined {
  const inside = callsIn(tree)
    .filter(call => call.name.end < offset && isIn(call, offset, tree.source.text))
    .at(-1);
  const signature = inside && signatureOf(inside.name.text);
  if (!inside || !signature) return undefined;
  return {
    ...signature,
    active: Math.min(argumentAt(inside, offset, tree.source.text), signature.parameters.length - 1),
  };
}

/** One that is not closed goes on after its commas, to the end of the line. */
function isIn({ close, end }: Call, offset: number, text: string): boolean {
  if (close !== undefined) return offset <= close;
  return offset <= end || /^[,\t ]{0,200}$/.test(text.slice(end, offset));
}

/** How many commas of the call itself are before the cursor. */
function argumentAt({ args, name }: Call, offset: number, text: string): number {
  const before = args.filter((argument: Expression) => argument.end < offset);
  const from = before.at(-1)?.end ?? name.end;
  return Math.max(0, before.length - 1) + (text.slice(from, offset).includes(',') ? 1 : 0);
}
