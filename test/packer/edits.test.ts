import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../../core/finding.ts';
import { applyEdits, fixAll } from '../../core/fixer.ts';
import type { Edit } from '../../core/text.ts';
import {
  insertAttribute,
  insertBefore,
  insertBlock,
  insertEntry,
  removeAttribute,
  removeBlock,
  renameAttribute,
} from '../../languages/packer/edits.ts';
import type { PackerBlock } from '../../languages/packer/tree.ts';
import { read } from './read.ts';

/** The text after edits of its first block; what is expected is what `packer fmt` leaves as it is. */
function edited(text: string, edit: (block: PackerBlock) => readonly Edit[] | undefined): string | undefined {
  const edits = edit(read(text).tree.file.top.blocks()[0]!);
  return edits && applyEdits(text, edits);
}
const lines = (...all: readonly string[]): string => `${all.join('\n')}\n`;

describe('inserting an attribute', () => {
  test('aligns the lines that follow each other', () => {
    const text = lines('a "b" {', '  one = 1', '', '  two   = 2', '  three = 3', '', '  x {', '  }', '}');
    expect(edited(text, block => insertAttribute(block, 'fifteen', 'true'))).toBe(
      lines('a "b" {', '  one = 1', '', '  two     = 2', '  three   = 3', '  fifteen = true', '', '  x {', '  }', '}'),
    );
    expect(edited(text, block => insertAttribute(block, 'n', 'true'))).toBe(
      lines('a "b" {', '  one = 1', '', '  two   = 2', '  three = 3', '  n     = true', '', '  x {', '  }', '}'),
    );
    expect(edited(text, block => insertAttribute(block, 'second', 'true', 'one'))).toBe(
      lines('a "b" {', '  one    = 1', '  second = true', '', '  two   = 2', '  three = 3', '', '  x {', '  }', '}'),
    );
  });

  test('in one round only when the columns stay', () => {
    const text = lines('a "b" {', '  three = 3', '  two   = 2', '}');
    const missing = (now: string) => {
      const block = read(now).tree.file.top.blocks()[0]!;
      return [['n', 'three'] as const, ['fifteen', 'two'] as const].flatMap(([name, behind]) => {
        const edits = block.attribute(name) ? undefined : insertAttribute(block, name, 'true', behind);
        const found = { rule: name, span: block.span, fixes: [{ title: name, safety: 'safe', edits }] };
        return edits ? [found as unknown as Diagnostic] : [];
      });
    };
    expect(fixAll(text, missing, ['safe'])).toBe(
      lines('a "b" {', '  three   = 3', '  n       = true', '  two     = 2', '  fifteen = true', '}'),
    );
  });

  test('leaves lines alone that were not aligned', () => {
    const text = lines('a {', '  one=1', '  three = 3', '}');
    expect(edited(text, block => insertAttribute(block, 'fifteen', 'true'))).toBe(
      lines('a {', '  one=1', '  three = 3', '  fifteen = true', '}'),
    );
  });

  test('a value over several lines is not aligned', () => {
    const text = lines('a {', '  three = 3', '}');
    expect(edited(text, block => insertAttribute(block, 'tags', '{\n  Owner = "a"\n}'))).toBe(
      lines('a {', '  three = 3', '  tags = {', '    Owner = "a"', '  }', '}'),
    );
  });

  test('behind values over several lines', () => {
    const text = lines('a {', '  list = [', '    1,', '  ]', '}');
    expect(edited(text, block => insertAttribute(block, 'fifteen', 'true'))).toBe(
      lines('a {', '  list = [', '    1,', '  ]', '  fifteen = true', '}'),
    );
    const heredoc = lines('a {', '  long_name = 1', '  text      = <<-EOT', '    x', '  EOT', '}');
    expect(edited(heredoc, block => insertAttribute(block, 'n', 'true'))).toBe(
      lines('a {', '  long_name = 1', '  text      = <<-EOT', '    x', '  EOT', '  n = true', '}'),
    );
  });

  test('into empty blocks and blocks on one line, with the line breaks of the file', () => {
    expect(edited('a {}\n', block => insertAttribute(block, 'x', '1'))).toBe('a {\n  x = 1\n}\n');
    expect(edited('a {\n}\n', block => insertAttribute(block, 'x', '1'))).toBe('a {\n  x = 1\n}\n');
    expect(edited('a { long = 1 }\n', block => insertAttribute(block, 'x', '1'))).toBe(
      'a {\n  long = 1\n  x    = 1\n}\n',
    );
    expect(edited('a {\r\n  y = 1\r\n}\r\n', block => insertAttribute(block, 'x', '1'))).toBe(
      'a {\r\n  y = 1\r\n  x = 1\r\n}\r\n',
    );
    expect(edited('a {\n  y = 1 # why\n}\n', block => insertAttribute(block, 'x', '1'))).toBe(
      'a {\n  y = 1 # why\n  x = 1\n}\n',
    );
  });

  test.each(['a {\n  x = 2\n}\n', 'a {\n', 'a {\n  y = [1, /* c */\n  2] /* d */\n}\n'])('not into %j', text => {
    expect(edited(text, block => insertAttribute(block, 'x', '1'))).toBeUndefined();
  });

  test('into another file, as its edits say', () => {
    const { tree } = read('', { '/p/other.pkr.hcl': 'source "a" "b" {\n  x = 1\n}\n' });
    const { block } = tree.module.sources[0]!;
    for (const edits of [
      insertAttribute(block, 'y', '1'),
      removeAttribute(block, block.attributes[0]!),
      insertBlock(block, 'x {}'),
      removeBlock(block),
    ])
      expect(new Set(edits!.map(({ span }) => span.file))).toEqual(new Set(['/p/other.pkr.hcl']));
  });
});

describe('entries of objects', () => {
  const inTags = (text: string): string | undefined =>
    edited(text, block => insertEntry(block.attribute('tags')!.value, 'Owner', '"a"'));

  test.each([
    ['a {\n  tags = {\n    Name = "n"\n  }\n}\n', 'a {\n  tags = {\n    Name  = "n"\n    Owner = "a"\n  }\n}\n'],
    ['a {\n  tags = {\n    "k" = "n",\n  }\n}\n', 'a {\n  tags = {\n    "k"   = "n",\n    Owner = "a",\n  }\n}\n'],
    [
      'a {\n  tags = {\n    l = 1,\n    k = 2\n  }\n}\n',
      'a {\n  tags = {\n    l     = 1,\n    k     = 2,\n    Owner = "a",\n  }\n}\n',
    ],
    ['a {\n  tags = {}\n}\n', 'a {\n  tags = { Owner = "a" }\n}\n'],
    ['a {\n  tags = { k = 1 }\n}\n', 'a {\n  tags = { k = 1, Owner = "a" }\n}\n'],
    ['a {\n  tags = {\n  }\n}\n', 'a {\n  tags = {\n    Owner = "a"\n  }\n}\n'],
  ])('%j', (text, expected) => {
    expect(inTags(text)).toBe(expected);
  });

  test('not where the object is written elsewhere', () => {
    expect(inTags('a {\n  tags = merge(local.t, {})\n}\n')).toBeUndefined();
    expect(inTags('a {\n  tags = {\n    Owner = "b"\n  }\n}\n')).toBeUndefined();
  });
});

describe('removing', () => {
  test('an attribute with its line and comment', () => {
    const text = lines('a {', '  one   = 1', '  three = 3 # why', '  n     = 2', '}');
    expect(edited(text, block => removeAttribute(block, block.attribute('three')!))).toBe(
      lines('a {', '  one = 1', '  n   = 2', '}'),
    );
    expect(edited('a { x = 1 }\n', block => removeAttribute(block, block.attribute('x')!))).toBeUndefined();
  });

  test('a block', () => {
    const inner = (text: string): string | undefined => edited(text, block => removeBlock(block.blocks()[0]!));
    expect(inner('a {\n  x = 1\n\n  b {\n    y = 1\n  }\n}\n')).toBe('a {\n  x = 1\n}\n');
    expect(inner('a {\n  x = 1\n  b {\n    y = 1\n  }\n  longer = 1\n}\n')).toBe('a {\n  x = 1\n\n  longer = 1\n}\n');
    expect(inner('a {\n  b {\n  }\n  c = 1\n}\n')).toBe('a {\n  c = 1\n}\n');
  });
});

describe('inserting blocks', () => {
  test('at the end of a block or file, and in front of one', () => {
    const step = 'b {\n  x = <<EOT\ny\nEOT\n}';
    expect(edited('a {\n  c = 1\n}\n', block => insertBlock(block, step))).toBe(
      'a {\n  c = 1\n\n  b {\n    x = <<EOT\ny\nEOT\n  }\n}\n',
    );
    expect(edited('a {}\n', block => insertBlock(block, 'b {}'))).toBe('a {\n  b {}\n}\n');
    const text = 'a {}\n\n# about c\nc {}\n';
    const { top } = read(text).tree.file;
    expect(applyEdits(text, insertBlock(top, 'd {}')!)).toBe('a {}\n\n# about c\nc {}\n\nd {}\n');
    expect(applyEdits(text, insertBefore(top.blocks()[1]!, 'b {}')!)).toBe('a {}\n\nb {}\n\n# about c\nc {}\n');
  });
});

describe('renaming an attribute', () => {
  const renamed = (text: string, from: string, to: string) =>
    edited(text, block => renameAttribute(block, block.attribute(from)!, to));

  test('moves the column of the lines that follow each other', () => {
    const text = lines('a {', '  one   = 1', '  three = 3 # why', '', '  other = 4', '}');
    expect(renamed(text, 'three', 'fifteen')).toBe(
      lines('a {', '  one     = 1', '  fifteen = 3 # why', '', '  other = 4', '}'),
    );
    expect(renamed(text, 'three', 'x')).toBe(lines('a {', '  one = 1', '  x   = 3 # why', '', '  other = 4', '}'));
  });

  test('leaves lines alone that were not aligned', () => {
    expect(renamed('a {\n  one=1\n  three = 3\n}\n', 'three', 'x')).toBe('a {\n  one=1\n  x = 3\n}\n');
  });

  test('a heredoc ends the column', () => {
    const text = lines('a {', '  long = 1', '  text = <<-EOT', '    x', '  EOT', '  n = true', '}');
    expect(renamed(text, 'text', 'content')).toBe(
      lines('a {', '  long    = 1', '  content = <<-EOT', '    x', '  EOT', '  n = true', '}'),
    );
  });

  test('at the top of a file, on one line, and to a name that is taken', () => {
    const { file } = read('aa = 1\nb  = 2\n', {}, '/p/x.pkrvars.hcl').tree;
    const edits = renameAttribute(file.top, file.top.attribute('aa')!, 'c')!;
    expect(applyEdits('aa = 1\nb  = 2\n', edits)).toBe('c = 1\nb = 2\n');
    expect(renamed('a { x = 1 }\n', 'x', 'long')).toBe('a { long = 1 }\n');
    expect(renamed('a {\n  x = 1\n  y = 2\n}\n', 'x', 'y')).toBeUndefined();
  });
});
