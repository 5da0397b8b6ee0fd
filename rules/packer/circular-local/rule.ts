import type { Span } from '../../../core/text.ts';
import { eachTraversal, eachTraversalIn, pathOf } from '../../../languages/packer/references.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import { isPlainName } from '../../../languages/packer/shown-name.ts';
import type { PackerModule } from '../../../languages/packer/tree.ts';

export default definePackerRule({
  id: 'circular-local',
  summary: 'A local variable or data source depends on itself',
  policies: [],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  needs: { blocks: ['locals', 'local', 'data'] },
  since: '2026.11',
  *check({ kind, module, path = '' }) {
    if (kind !== 'template') return;
    for (const circle of circlesIn(namedIn(module))) {
      // Reported once for a directory: at the first of them, whichever file is linted.
      const inOrder = [...circle].sort((a, b) => (placeOf(a, path) < placeOf(b, path) ? -1 : 1));
      const [first, ...others] = inOrder;
      if (!first || first.span.file !== undefined) continue;
      yield {
        message: `${isPlainName(first.name) ? `\`${first.name}\`` : 'This'} ${others.length === 0 ? 'refers to itself' : `depends on itself through ${through(others)}`}`,
        help: 'Compute it from other values',
        span: first.span,
        related: others.slice(0, MOST_RELATED).map(({ span }) => ({ message: 'Part of the cycle', span })),
      };
    }
  },
});

const MOST_RELATED = 10;

function through(others: readonly Named[]): string {
  const [one] = others;
  if (one && others.length === 1 && isPlainName(one.name)) return `\`${one.name}\``;
  return `${others.length} others`;
}

/** A local variable or data source, and the names that it refers to. */
interface Named {
  readonly name: string;
  readonly span: Span;
  readonly needs: readonly string[];
}

function placeOf({ span: { file, start } }: Named, own: string): string {
  return `${file ?? own} ${String(start).padStart(9, '0')}`;
}

/** Packer looks at all references, those in `try` too; of names that are declared twice the first counts. */
function namedIn({ data, locals }: PackerModule): ReadonlyMap<string, Named> {
  const named = new Map<string, Named>();
  const add = (name: string, span: Span, read: (found: Parameters<typeof eachTraversal>[1]) => void): void => {
    const needs = new Set<string>();
    read(traversal => {
      const { path = [], root } = pathOf(traversal) ?? {};
      if (root === 'local' && path[0] !== undefined) needs.add(`local.${path[0]}`);
      if (root === 'data' && path[1] !== undefined) needs.add(`data.${path[0]}.${path[1]}`);
    });
    if (!named.has(name)) named.set(name, { name, span, needs: [...needs] });
  };
  for (const { name, nameSpan, value } of locals)
    if (value) add(`local.${name}`, nameSpan, found => eachTraversal(value.expression, found));
  for (const { block, header, name, type } of data)
    add(`data.${type}.${name}`, header, found => eachTraversalIn(block.body, found));
  return named;
}

/** The groups of names that reach each other, and single ones that name themselves: Tarjan's algorithm without recursion. */
function circlesIn(named: ReadonlyMap<string, Named>): readonly (readonly Named[])[] {
  const circles: Named[][] = [];
  const numbers = new Map<Named, { readonly own: number; low: number; open: boolean }>();
  const open: Named[] = [];
  const path: { readonly node: Named; next: number }[] = [];
  const enter = (node: Named): void => {
    numbers.set(node, { own: numbers.size, low: numbers.size, open: true });
    open.push(node);
    path.push({ node, next: 0 });
  };
  for (const start of named.values()) {
    if (!numbers.has(start)) enter(start);
    for (let step = path.at(-1); step; step = path.at(-1)) {
      const { node } = step;
      const mine = numbers.get(node)!;
      const name = node.needs[step.next++];
      if (name !== undefined) {
        const other = named.get(name);
        const known = other && numbers.get(other);
        if (other && !known) enter(other);
        else if (known?.open) mine.low = Math.min(mine.low, known.own);
        continue;
      }
      path.pop();
      const above = path.at(-1);
      if (above) numbers.get(above.node)!.low = Math.min(numbers.get(above.node)!.low, mine.low);
      if (mine.low !== mine.own) continue;
      const circle = open.splice(open.lastIndexOf(node));
      for (const one of circle) numbers.get(one)!.open = false;
      if (circle.length > 1 || node.needs.includes(node.name)) circles.push(circle);
    }
  }
  return circles;
}
