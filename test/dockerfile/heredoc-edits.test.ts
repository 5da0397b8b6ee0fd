import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SourceText } from '../../core/text.ts';
import { heredocMarkers } from '../../languages/dockerfile/heredoc.ts';
import { Lines } from '../../languages/dockerfile/lines.ts';
import { readLogicalLine } from '../../languages/dockerfile/logical-line.ts';

const piece = fc.constantFrom('<<EOF', '<<', '<', '-', '"', "'", '\\', ' ', '  ', 'a', 'cat', 'bc', '1');
const text = (most: number): fc.Arbitrary<string> => fc.array(piece, { maxLength: most }).map(parts => parts.join(''));

test('an edit of a line is written exactly when the line goes on as before and opens the same heredocs', () => {
  let [written, refused] = [0, 0];
  fc.assert(
    fc.property(text(14), text(3), fc.nat(60), fc.nat(6), (body, newText, at, length) => {
      const line = `RUN x${body}z`;
      const { text: source } = readLogicalLine(new Lines(SourceText.document(`${line}\nRUN y\n`)), 0, '\\');
      const start = Math.min(at, source.text.length);
      const end = Math.min(start + length, source.text.length);
      const changed = line.slice(0, start) + newText + line.slice(end);
      const opened = (one: string) => heredocMarkers(one, 0).map(({ delimiter, stripTabs }) => [delimiter, stripTabs]);
      const continued = /(?<!\\)\\[ \t]*$/.test(changed);
      const same = !continued && JSON.stringify(opened(changed)) === JSON.stringify(opened(line));
      const edit = source.replace(start, end, newText);
      if (edit === undefined) refused++;
      else written++;
      expect(edit !== undefined).toBe(same);
    }),
    { numRuns: 20_000 },
  );
  expect(Math.min(written, refused)).toBeGreaterThan(500);
});
