import { type Finding, fix } from '../../../core/finding.ts';
import type { Traversal, TraversalStep } from '../../../languages/packer/hcl/ast.ts';
import { eachUseIn } from '../../../languages/packer/names.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import { shownName } from '../../../languages/packer/shown-name.ts';
import type { PackerBlock, PackerTree } from '../../../languages/packer/tree.ts';
import { isType, type Type, typeOf } from '../../../languages/packer/types.ts';

export default definePackerRule({
  id: 'missing-element',
  summary: 'A referenced key or index does not exist in the value',
  policies: [],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  needs: { blocks: ['locals', 'local', 'variable', 'build', 'source'] },
  since: '2026.11',
  hclOnly: true,
  *check(tree) {
    const { file, kind, source } = tree;
    if (kind !== 'template') return;
    const found: { readonly of: Traversal; readonly step: TraversalStep }[] = [];
    const misplaced: Traversal[] = [];
    eachUseIn(file, ({ block, conditional, context, iterators, sheltered, use }) => {
      if (use.kind !== 'traversal' || context !== 'template' || sheltered || conditional) return;
      // In `dynamic "source"`, `source` is the element.
      if (use.source.kind === 'variable' && iterators.includes(use.source.name)) return;
      if (block !== 'build' && use.source.kind === 'variable' && use.source.name === 'build') misplaced.push(use);
      const step = missingStep(use, tree);
      if (step) found.push({ of: use, step });
    });
    for (const block of file.top.blocks())
      if (block.type === 'build') for (const one of nullsIn(block)) yield withoutQuotes(one, source);
    for (const { source: root } of misplaced)
      yield {
        message: '`build` is not available here',
        help: 'Use it in a provisioner or post-processor',
        span: source.spanOf(root.start, root.end),
      };
    for (const { of, step } of found) {
      const value = shownName(source.text.slice(of.start, step.start), 'The value');
      const known = of.source.kind === 'variable' ? FIXED.get(of.source.name) : undefined;
      const what = step.kind === 'attribute-step' ? `key ${shownName(step.name.text, 'of this name')}` : 'such element';
      yield {
        message: `${value} has no ${what}`,
        help: known
          ? `Use ${listOf([...known].map(name => `${of.source.kind === 'variable' ? of.source.name : ''}.${name}`))}`
          : step.kind === 'attribute-step'
            ? 'Correct the key, or add it where the value is'
            : 'Correct the key or index',
        span: source.spanOf(step.start, step.end),
      };
    }
  },
});

function nullsIn(build: PackerBlock): Traversal[] {
  const written = build.attribute('sources')?.hcl.value;
  return (written?.kind === 'tuple' ? written.elements : []).flatMap(one =>
    one.kind === 'traversal' && one.source.kind === 'null' ? one : [],
  );
}

/** `[null.web]`: HCL reads the name of the builder as the value `null`. */
function withoutQuotes({ end, start }: Traversal, source: PackerTree['source']): Finding {
  const edit = source.replace(start, end, `"${source.text.slice(start, end)}"`);
  return {
    message: '`null` is a value, and has no attributes',
    help: 'Write it in quotes',
    span: source.spanOf(start, end),
    fixes: [edit && fix('suggested', 'Put it in quotes', edit)],
  };
}

/** What Packer itself gives a template: https://developer.hashicorp.com/packer/docs/templates/hcl_templates/contextual-variables */
const FIXED: ReadonlyMap<string, readonly string[]> = new Map([
  ['path', ['root', 'cwd']],
  ['packer', ['version', 'versionFingerprint', 'iterationID']],
  ['source', ['name', 'type']],
]);

function listOf(names: readonly string[]): string {
  const all = names.map(name => `\`${name}\``);
  return `${all.slice(0, -1).join(', ')} or ${all.at(-1)}`;
}

/** The first step that leads nowhere; `undefined` when all are there, or when that is not certain. */
function missingStep({ source: root, steps, start }: Traversal, tree: PackerTree): TraversalStep | undefined {
  const [first] = steps;
  if (root.kind !== 'variable') return undefined;
  if (first?.kind !== 'attribute-step') return undefined;
  const fixed = FIXED.get(root.name);
  // `source.type.name` is another source.
  if (fixed) return fixed.includes(first.name.text) || (root.name === 'source' && steps.length > 1) ? undefined : first;
  if (root.name === 'var') return outsideType(first.name.text, steps.slice(1), tree);
  if (root.name !== 'local') return undefined;
  for (let at = 1; at < steps.length; at++) {
    const step = steps[at]!;
    const key = keyOf(step, tree);
    if (key === undefined) return undefined;
    const { end } = steps[at - 1]!;
    const part: Traversal = { kind: 'traversal', source: root, steps: steps.slice(0, at), start, end };
    const value = tree.module.read(part, tree.source);
    if (!value.complete) return undefined;
    if (value.kind === 'object') {
      if (!value.entry(String(key))) return step;
    } else if (value.kind === 'list') {
      const index = Number(key);
      if (Number.isNaN(index)) return step;
      if (Number.isSafeInteger(index) && (index < 0 || index >= value.items.length)) return step;
    } else return value.kind === 'string' || value.kind === 'number' || value.kind === 'bool' ? step : undefined;
  }
  return undefined;
}

/** The first step that the type of a variable does not have: an object of a type has its attributes and no others. */
function outsideType(name: string, steps: readonly TraversalStep[], tree: PackerTree): TraversalStep | undefined {
  const written = tree.module.variable(name)?.block?.attribute('type')?.value.expression;
  const read = written && typeOf(written);
  let type: Type | undefined = read && isType(read) ? read : undefined;
  for (const step of steps) {
    const key = keyOf(step, tree);
    if (!type || key === undefined) return undefined;
    if (type.kind === 'object') {
      const inner = type.of.get(String(key));
      if (!inner) return step;
      type = inner.type;
    } else if (type.kind === 'tuple') {
      const index = Number(key);
      if (Number.isSafeInteger(index) && (index < 0 || index >= type.of.length)) return step;
      type = type.of[index];
    } else if (type.kind === 'list') {
      if (Number.isNaN(Number(key))) return step;
      type = type.of;
    } else if (type.kind === 'map') type = type.of;
    else return type.kind === 'any' ? undefined : step;
  }
  return undefined;
}

function keyOf(step: TraversalStep, { module, source }: PackerTree): string | number | undefined {
  if (step.kind === 'attribute-step') return step.name.text;
  if (step.kind === 'legacy-index-step') return step.index;
  if (step.kind !== 'index-step') return undefined;
  const { literal } = module.read(step.key, source);
  return typeof literal === 'string' || typeof literal === 'number' ? literal : undefined;
}
