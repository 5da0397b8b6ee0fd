/** A file whose reader throws is left out of the images; the others are listed. */
import { expect, test } from 'vitest';
import { factsReader } from '../../cli/images/index-files.ts';

test('a file that cannot be read as what it seems to be ends nothing', () => {
  const disk = { read: () => ({ text: 'FROM a' }), forget: () => undefined, list: () => null };
  const dockerfile = {
    id: 'dockerfile',
    parse: () => {
      throw new RangeError('Maximum call stack size exceeded');
    },
  };
  const directory = { root: '/w', configs: [], problems: [] };
  const read = factsReader(disk as never, { languages: [dockerfile], rules: [] } as never);
  expect(read([{ path: '/w/Dockerfile', directory } as never, 'dockerfile'])).toBe(undefined);
});
