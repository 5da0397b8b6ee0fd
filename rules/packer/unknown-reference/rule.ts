import { type Finding, fix } from '../../../core/finding.ts';
import { nearest } from '../../../core/nearest.ts';
import type { Edit, SourceText } from '../../../core/text.ts';
import { ROOTS, type StrayName, strayNames } from '../../../languages/packer/names.ts';
import { pathOf } from '../../../languages/packer/references.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import { knownBlocks } from '../../../languages/packer/schema.ts';
import { isPlainName, shownName } from '../../../languages/packer/shown-name.ts';
import type { PackerModule, PackerTree } from '../../../languages/packer/tree.ts';

export default definePackerRule({
  id: 'unknown-reference',
  summary: 'An expression starts with an undefined name',
  policies: [],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  needs: 'always',
  since: '2026.11',
  *check(tree) {
    if (tree.kind !== 'template' && tree.kind !== 'variables') return;
    const strays = strayNames(tree.file);
    if (strays.length === 0) return;
    // Attributes alone, in a file of templates: another tool fills it in, since Packer reads none at the top.
    if (tree.kind === 'template' && tree.file.top.blocks().length === 0) return;
    if (isTerraformTemplate(tree, strays)) return;
    // A block that Packer does not know is reported as a whole, and what it would take is not known.
    const unknown = unknownBlocks(tree);
    for (const stray of strays)
      if (!unknown.some(({ end, start }) => start <= stray.use.start && stray.use.end <= end))
        yield finding(stray, tree);
  },
});

function unknownBlocks(tree: PackerTree): { readonly start: number; readonly end: number }[] {
  return knownBlocks(tree).flatMap(({ block, schema }) =>
    block.blocks().flatMap(({ hcl, type }) => (hcl && !schema.blocks.has(type) ? [hcl] : [])),
  );
}

/** `"${location}"` for values alone, in a directory of templates: Terraform fills them in, and Packer has no such names. */
const isTerraformTemplate = ({ kind, path }: PackerTree, strays: readonly StrayName[]): boolean =>
  kind === 'variables' &&
  /(?:^|\/)templates?\/[^/]+$/.test(path ?? '') &&
  strays.every(({ interpolated, use }) => interpolated && use.kind === 'variable');

/** What to write instead of a use. */
interface Remedy {
  readonly help: string;
  readonly title: string;
  readonly edit: Edit | undefined;
  /** What is written is meant as it is. */
  readonly isText?: true;
}

function finding(stray: StrayName, tree: PackerTree): Finding {
  const remedy = remedyFor(stray, tree);
  return {
    message: messageFor(stray, remedy),
    help: remedy?.help ?? helpWithout(stray),
    span: tree.source.spanOf(stray.use.start, stray.use.end),
    fixes: [remedy?.edit && fix('suggested', remedy.title, remedy.edit)],
  };
}

function helpWithout({ context, root }: StrayName): string {
  if (context !== 'template') return 'Write a constant value';
  if (root.name === 'each') return 'In a `dynamic` block, use its label: `tag.value` in `dynamic "tag"`';
  const lower = root.name.toLowerCase();
  if (lower !== root.name && ROOTS.has(lower)) return `Write \`${lower}\`: names are case-sensitive`;
  if (TERRAFORM.has(root.name)) return 'It exists in Terraform only; use `var` or `local`';
  return 'Write `var.` or `local.` in front of a name, or quote a string';
}

/** A value without quotes may be anything, a password too: only names inside a string or a larger expression are shown. */
function messageFor({ attribute, context, root }: StrayName, remedy: Remedy | undefined): string {
  if (remedy?.isText) return `Value of ${shownName(attribute.name.text, 'this attribute')} is not in quotes`;
  if (context !== 'template') return 'References are not available here';
  return isPlainName(root.name) ? `Unknown reference \`${root.name}\`` : 'Unknown reference';
}

/** The whole value, or an element of the list that is the value. */
function isWhole({ attribute, use }: StrayName): boolean {
  const { value } = attribute;
  return value === use || (value.kind === 'tuple' && value.elements.includes(use));
}

function remedyFor(stray: StrayName, { module, source }: PackerTree): Remedy | undefined {
  const { context, interpolated, root, use } = stray;
  const replaced = (help: string, text: string, title = `Change it to \`${text}\``): Remedy => ({
    help,
    title,
    edit: source.replace(use.start, use.end, text),
  });
  const meant = context === 'template' ? meantReference(stray, module) : undefined;
  if (meant !== undefined && isPlainName(meant)) {
    const isSameButCase = meant.toLowerCase() === source.text.slice(use.start, use.end).toLowerCase();
    return replaced(`Use \`${meant}\`${isSameButCase ? ': names are case-sensitive' : ''}`, meant);
  }
  if (context === 'template' && interpolated && use.kind === 'variable' && isPlainName(root.name))
    return escaped(root.name, use.start, source);
  if (!isWhole(stray) || (context === 'template' && TERRAFORM.has(root.name))) return undefined;
  const written = source.text.slice(use.start, use.end);
  if (context === 'settings') return { help: 'Write it in quotes', title: '', edit: undefined, isText: true };
  if (BOOLEAN.test(written))
    return { help: 'Write `true` or `false`, or put it in quotes', title: '', edit: undefined, isText: true };
  return /^[\w.-]{1,200}$/.test(written)
    ? { ...replaced('Write it in quotes', `"${written}"`, 'Put it in quotes'), isText: true }
    : undefined;
}

/** Words for truth in other languages: HCL has `true` and `false`. */
const BOOLEAN = /^(?:yes|no|on|off|true|false)$/i;

/** `$${NAME}`, which Packer passes on to the shell as `${NAME}`. */
function escaped(name: string, start: number, source: SourceText): Remedy {
  const shell = `$\${${name}}`;
  const open = source.text.lastIndexOf('${', start);
  return {
    help: /^[A-Z_]/.test(name)
      ? `Write \`${shell}\` for a shell variable`
      : `Write \`${shell}\` for a shell variable, or \`\${var.${name}}\``,
    title: `Change it to \`${shell}\``,
    edit: open >= 0 && open + 2 === start ? source.insert(open, '$') : undefined,
  };
}

/** Names that Terraform has and Packer does not. */
const TERRAFORM: ReadonlySet<string> = new Set(['each', 'count', 'module', 'self', 'terraform']);

/** Other words for `var` and `local`. */
const OTHER_WORDS: Readonly<Record<string, string>> = {
  vars: 'var',
  variable: 'var',
  variables: 'var',
  locals: 'local',
  sources: 'source',
};

/** What a name most likely stands for, as far as that is declared. */
function meantReference({ root, use }: StrayName, module: PackerModule): string | undefined {
  const whole = use.kind === 'traversal' ? pathOf(use) : undefined;
  const first = whole?.path[0];
  const rest = use.kind === 'traversal' && whole?.end === use.end ? whole.path : undefined;
  if (use.kind === 'variable' || (rest && !isKnownRoot(root.name, first, module))) {
    const prefix = module.variable(root.name) ? 'var' : module.local(root.name) ? 'local' : undefined;
    if (prefix) return [prefix, root.name, ...(rest ?? [])].join('.');
  }
  if (!rest || first === undefined) return undefined;
  const lower = root.name.toLowerCase();
  if (lower === 'var' || lower === 'local') {
    const known = lower === 'var' ? module.variables : module.locals;
    const name = known.find(one => one.name.toLowerCase() === first.toLowerCase())?.name;
    if (name !== undefined) return [lower, name, ...rest.slice(1)].join('.');
  }
  const better = OTHER_WORDS[root.name] ?? (root.name.length > 2 ? nearest(root.name, ROOTS) : undefined);
  return better !== undefined && isKnownRoot(better, first, module) ? [better, ...rest].join('.') : undefined;
}

function isKnownRoot(root: string, name: string | undefined, module: PackerModule): boolean {
  if (name === undefined) return false;
  return root === 'var' ? module.variable(name) !== undefined : root === 'local' && module.local(name) !== undefined;
}
