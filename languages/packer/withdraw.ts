/** Takes a secret out of a template: its value comes from the environment, through a `sensitive` variable. */
import { type Fix, fix } from '../../core/finding.ts';
import { nameOf } from '../../core/path.ts';
import { quoted } from '../../core/quoted.ts';
import { contains, type Edit, type Span } from '../../core/text.ts';
import { insertAttribute, insertBefore, insertBlock, removeAttribute } from './edits.ts';
import { isOwn } from './nodes.ts';
import type {
  Evaluated,
  PackerAttribute,
  PackerBlock,
  PackerFile,
  PackerModule,
  PackerTree,
  PackerVariable,
} from './tree.ts';

/**
 * For the default of a variable, and for an attribute that is nothing but the secret; `undefined` for every other place.
 * https://developer.hashicorp.com/packer/docs/templates/hcl_templates/functions/contextual/env
 */
export function withdraw(tree: PackerTree, span: Span): Fix | undefined {
  if (span.file !== undefined) return undefined;
  if (tree.kind === 'variables') return outOfVariablesFile(tree, span);
  if (tree.kind !== 'template') return undefined;
  const variable = tree.module.variables.find(
    ({ block, default: value }) => block && isOwn(tree, block) && value && isThe(value, span),
  );
  if (variable?.block && variable.default) return fromEnvironment(variable, variable.block, variable.default);
  const block = tree.file.top.blocks().find(one => contains(one.span, span));
  if (!block || !WITH_VARIABLES.has(block.type)) return undefined;
  const attribute = attributeAt(block, span);
  return attribute && intoVariable(tree, attribute);
}

/**
 * A value that must come from somewhere, as the variable has no default or that of the environment, is asked for where Packer is called. Else the default,
 * which is in another file, becomes that of the environment.
 * https://developer.hashicorp.com/packer/docs/templates/hcl_templates/variables#environment-variables
 */
function outOfVariablesFile({ file, module }: PackerTree, span: Span): Fix | undefined {
  const given = file.top.attributes.find(({ value }) => isThe(value, span));
  const declared = module.variables.find(({ name }) => name === given?.name);
  const removed = given && removeAttribute(file.top, given);
  if (!given || !removed || !declared?.block) return undefined;
  const value = declared.default && !isEnvironment(declared.default) ? declared.default : undefined;
  const read = value && fromEnvironment(declared, declared.block, value);
  if (value && !read) return undefined;
  const title = read
    ? `Remove it, and set the default of ${quoted(given.name)} to ${quoted(`env("${environmentName(given.name)}")`)}`
    : `Remove it, and give it as ${quoted(`PKR_VAR_${given.name}`, 60)} instead`;
  return fix('suggested', title, ...removed, ...(read?.edits ?? []));
}

/** Blocks whose attributes can refer to variables. */
const WITH_VARIABLES: ReadonlySet<string> = new Set(['source', 'build', 'data']);

function fromEnvironment({ name, sensitive }: PackerVariable, block: PackerBlock, value: Evaluated): Fix | undefined {
  if (!/^\w[\w-]{0,60}$/.test(name) || block.body.json) return undefined;
  const read = replaced(value, `env("${environmentName(name)}")`);
  const hidden = sensitive === true ? [] : hidingEdits(block);
  if (!read || !hidden) return undefined;
  const title = `Set the default of ${quoted(name)} to ${quoted(`env("${environmentName(name)}")`)}`;
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
  const known = module.variables.find(variable => variable.name === name);
  if (known)
    return isFromOutside(known)
      ? fix('suggested', `Use the variable ${quoted(name)}, which is declared already`, replaced(value, `var.${name}`))
      : undefined;
  const written = `variable "${name}" {\n  type      = string\n  sensitive = true\n  default   = env("${environmentName(name)}")\n}`;
  const home = homeOfVariables(file, module);
  const first = file.top.blocks().find(({ type }) => type !== 'packer');
  const declared = home ? insertBlock(home.top, written) : first && insertBefore(first, written);
  if (!declared) return undefined;
  const where = home ? ` in ${quoted(nameOf(home.path ?? ''), 60)}` : '';
  const title = `Move it to the variable ${quoted(name)}${where}, read from the environment`;
  return fix('suggested', title, replaced(value, `var.${name}`), ...declared);
}

/** The file that a module keeps its variables in, where that is another one. */
function homeOfVariables(own: PackerFile, { alone, files }: PackerModule): PackerFile | undefined {
  const declares = ({ top }: PackerFile): boolean => top.blocks('variable').length > 0;
  if (alone || declares(own)) return undefined;
  const others = files.filter(one => one !== own && one.kind === 'template' && !one.hcl.body.json && declares(one));
  return others.find(({ path }) => /^(?:variables?|vars|inputs)\b/.test(nameOf(path ?? ''))) ?? others[0];
}

/** Whether the value of a variable is in none of the files. */
function isFromOutside({ assigned, default: value }: PackerVariable): boolean {
  return (!value || isEnvironment(value)) && assigned.length === 0;
}

const isEnvironment = ({ expression }: Evaluated): boolean =>
  expression.kind === 'call' && expression.name.text === 'env';

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
