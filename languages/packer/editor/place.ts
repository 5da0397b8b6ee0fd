/** Where a cursor is in a template, also in one that is being typed. */
import type { Expression } from '../hcl/ast.ts';
import { type BlockSchema, schemaIn } from '../schema.ts';
import type { PackerAttribute, PackerBlock, PackerTree } from '../tree.ts';

export interface Place {
  /** The blocks around the cursor, the outermost first. */
  readonly blocks: readonly PackerBlock[];
  /** What may be in the innermost block; `undefined` when it is not known. */
  readonly schema: BlockSchema | undefined;
  /** The attribute whose value the cursor is in. */
  readonly attribute: PackerAttribute | undefined;
  /** The text of the line up to the cursor. */
  readonly before: string;
  /** The text from the brace of the innermost block to the cursor where that block begins on the line. */
  readonly inLine: string | undefined;
  /** The text of the line behind the cursor. */
  readonly after: string;
}

export function placeAt(tree: PackerTree, offset: number): Place {
  const { text } = tree.source;
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const lineEnd = text.indexOf('\n', offset);
  const blocks = blocksAt(tree.file.top, offset);
  const brace = blocks.at(-1)?.hcl?.openBrace ?? -1;
  return {
    blocks,
    inLine: brace >= lineStart ? text.slice(brace + 1, offset) : undefined,
    schema: schemaIn(blocks, tree),
    attribute: attributeAt(blocks.at(-1) ?? tree.file.top, offset, text),
    before: text.slice(lineStart, offset),
    after: text.slice(offset, lineEnd < 0 ? text.length : lineEnd),
  };
}

function blocksAt(block: PackerBlock, offset: number): readonly PackerBlock[] {
  const last = block.blocks().findLast(({ hcl }) => hcl?.openBrace !== undefined && hcl.openBrace < offset);
  // What was never closed goes on to the next block.
  if (!last?.hcl || (last.hcl.closeBrace !== undefined && last.hcl.closeBrace < offset)) return [];
  return [last, ...blocksAt(last, offset)];
}

/** The attribute that the cursor is in the value of: behind `=`, up to the end of the value or of the line. */
function attributeAt(block: PackerBlock, offset: number, text: string): PackerAttribute | undefined {
  return block.attributes.find(({ hcl }) => {
    if (offset <= hcl.name.end) return false;
    const equals = text.indexOf('=', hcl.name.end);
    if (equals < 0 || offset <= equals) return false;
    if (offset <= hcl.value.end || isBlank(text.slice(hcl.value.end, offset))) return true;
    return block.attributes.at(-1)?.hcl === hcl && isUnclosed(hcl.value, text);
  });
}

/** `{ …` and `[ …` that are being typed go on to the end of the block. */
function isUnclosed({ kind, end }: Expression, text: string): boolean {
  return (kind === 'object' && text[end - 1] !== '}') || (kind === 'tuple' && text[end - 1] !== ']');
}

/** Whether a line begins in an object at an offset, so that a key belongs there. */
export function isKeyOfObject(expression: Expression, offset: number): boolean {
  switch (expression.kind) {
    case 'object': {
      const inside = expression.items.find(({ value }) => value.start <= offset && offset <= value.end);
      return inside ? isKeyOfObject(inside.value, offset) : true;
    }
    case 'tuple':
      return expression.elements.some(one => one.start <= offset && offset <= one.end && isKeyOfObject(one, offset));
    case 'call':
      return expression.args.some(one => one.start <= offset && offset <= one.end && isKeyOfObject(one, offset));
    case 'parentheses':
      return isKeyOfObject(expression.expression, offset);
    default:
      return false;
  }
}

const isBlank = (text: string): boolean => /^[\t ]*$/.test(text);

/** Whether an offset is in the quoted text of an expression, outside of `${ … }`. */
export function isInText(expression: Expression, offset: number): boolean {
  let found = false;
  const visit = (node: Expression): void => {
    if (offset < node.start || offset > node.end) return;
    switch (node.kind) {
      case 'template': {
        const inside = node.parts.find(
          part => part.kind === 'interpolation' && part.start < offset && offset < part.end,
        );
        if (inside?.kind === 'interpolation') visit(inside.expression);
        else found = offset > node.start && offset < node.end;
        break;
      }
      case 'tuple':
        node.elements.forEach(visit);
        break;
      case 'object':
        for (const { value } of node.items) visit(value);
        break;
      case 'call':
        node.args.forEach(visit);
        break;
      case 'conditional':
        [node.condition, node.whenTrue, node.whenFalse].forEach(visit);
        break;
      case 'binary':
        [node.left, node.right].forEach(visit);
        break;
      case 'unary':
        visit(node.operand);
        break;
      case 'parentheses':
        visit(node.expression);
        break;
    }
  };
  visit(expression);
  return found;
}
