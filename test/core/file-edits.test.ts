import { expect, test } from 'vitest';
import { editsByFile, fittedFixes, reachesOut, rewritten } from '../../core/file-edits.ts';
import type { Fix } from '../../core/finding.ts';
import type { Edit } from '../../core/text.ts';

const edit = (start: number, end: number, newText: string, file?: string): Edit => ({
  span: file === undefined ? { start, end } : { start, end, file },
  newText,
});
const fix = (safety: Fix['safety'], ...edits: Edit[]): Fix => ({ title: 't', safety, edits });
const texts = new Map<string | undefined, string>([
  [undefined, 'own'],
  ['a', 'first'],
  ['b', '\uFEFFsecond\r\n'],
]);
const textOf = (file: string | undefined): string | undefined => texts.get(file);

test('edits are applied to the file that they are for', () => {
  const edits = [edit(0, 1, 'O'), edit(0, 1, 'F', 'a'), edit(5, 5, '!', 'a')];
  expect([...editsByFile(edits).keys()]).toEqual([undefined, 'a']);
  expect(rewritten(edits, textOf)).toEqual({ text: 'Own', others: new Map([['a', 'First!']]) });
  expect(rewritten([edit(0, 0, 'x', 'nowhere')], textOf)).toBeUndefined();
});

test('a fix of another file fits that file and needs a look', () => {
  const span = { start: 0, end: 1 };
  const fitted = fittedFixes({ span, fixes: [fix('safe', edit(0, 0, 'x\n', 'b'))] }, textOf);
  expect(fitted).toEqual([fix('suggested', edit(1, 1, 'x\r\n', 'b'))]);
  expect(fitted.map(reachesOut)).toEqual([true]);
});

test('a fix of the finding’s own file stays what it is, also in another file than the document', () => {
  for (const file of [undefined, 'a']) {
    const span = file === undefined ? { start: 0, end: 1 } : { start: 0, end: 1, file };
    const own = fix('safe', edit(0, 1, 'x', file));
    expect(fittedFixes({ span, fixes: [own, undefined] }, textOf)).toEqual([own]);
  }
});

test('a fix of a file that cannot be read is dropped whole', () => {
  const fixes = [fix('suggested', edit(0, 1, 'x'), edit(0, 1, 'x', 'nowhere'))];
  expect(fittedFixes({ span: { start: 0, end: 1 }, fixes }, textOf)).toEqual([]);
});
