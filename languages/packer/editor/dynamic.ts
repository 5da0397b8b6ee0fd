/** `dynamic` blocks around a cursor, also in a template that is being typed. */
import type { Attribute, Block, Body } from '../hcl/ast.ts';
import { iteratorOf } from '../references.ts';

/** The blocks around an offset as they are written, the outermost first; one that was never closed goes on to the next. */
export function writtenBlocksAt(body: Body, offset: number): readonly Block[] {
  const blocks = body.items.flatMap(item => (item.kind === 'block' ? [item] : []));
  const last = blocks.findLast(({ openBrace }) => openBrace !== undefined && openBrace < offset);
  if (!last || (last.closeBrace !== undefined && last.closeBrace < offset)) return [];
  return [last, ...writtenBlocksAt(last.body, offset)];
}

/** The innermost of these blocks if it is `dynamic` itself and not its content. */
export function shellOf(written: readonly Block[]): Block | undefined {
  const last = written.at(-1);
  return last?.type.text === 'dynamic' ? last : undefined;
}

/** The attribute of a `dynamic` block that has its value on the line of the cursor. */
export function attributeOfShell({ body }: Block, text: string, offset: number): Attribute | undefined {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  return body.items.find(
    (item): item is Attribute => item.kind === 'attribute' && item.name.start >= lineStart && item.name.end < offset,
  );
}

/** What the contents around a cursor call their elements, the innermost first. */
export function iteratorsIn(written: readonly Block[]): readonly string[] {
  return written
    .flatMap((block, i) => {
      const around = written[i - 1];
      return block.type.text === 'content' && around?.type.text === 'dynamic' ? (iteratorOf(around) ?? []) : [];
    })
    .reverse();
}

/** What may be in a `dynamic` block, with the text of a completion. */
export const SHELL_ITEMS = [
  { name: 'for_each', snippet: 'for_each = $1' },
  { name: 'content', snippet: 'content {\n  $0\n}' },
  { name: 'iterator', snippet: 'iterator = $1' },
  { name: 'labels', snippet: 'labels = [$1]' },
] as const;
