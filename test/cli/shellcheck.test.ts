import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test as anywhere, expect } from 'vitest';
import { UNRESOLVED } from '../../core/text.ts';
import { shellCheck, shellCheckBeside } from '../../node/shellcheck.ts';
import { onWindows, temporaryFolder } from '../host.ts';

// The programs that stand in for ShellCheck are scripts, which Windows does not start.
const test = anywhere.skipIf(onWindows);

/** A program that stands in for ShellCheck: it records its arguments and input and gives the prepared answer. */
function program(answer: string): { readonly path: string; readonly folder: string } {
  const folder = temporaryFolder('shellcheck');
  const path = join(folder, 'shellcheck');
  writeFileSync(join(folder, 'answer'), answer);
  writeFileSync(
    path,
    `#!/bin/sh\nprintf '%s\\n' "$@" > "${folder}/args"\ncat > "${folder}/input"\ncat "${folder}/answer"\n`,
  );
  chmodSync(path, 0o755);
  return { path, folder };
}
const comment = (place: object, rest: object = {}): string =>
  JSON.stringify({ comments: [{ level: 'warning', code: 2086, message: 'Quote it.', fix: null, ...place, ...rest }] });

test('there is no checker where the program is not', () => {
  expect(shellCheck('/nonexistent/shellcheck')).toBeUndefined();
});

test('places count code points from 1 and become offsets', () => {
  const text = 'true\necho 😀 $X é\n';
  const { path } = program(comment({ line: 2, endLine: 2, column: 8, endColumn: 10 }));
  const [remark] = shellCheck(path)!(text, 'bash')!;
  expect(text.slice(remark!.start, remark!.end)).toBe('$X');
  expect(remark).toMatchObject({ code: 'SC2086', level: 'warning', replacements: [] });
});

test('fixes come along', () => {
  const at = { line: 1, endLine: 1, column: 6, endColumn: 6 };
  const fix = {
    replacements: [
      { ...at, replacement: '"' },
      { ...at, column: 8, endColumn: 8, replacement: '"' },
    ],
  };
  const { path } = program(comment({ line: 1, endLine: 1, column: 6, endColumn: 8 }, { fix }));
  const [remark] = shellCheck(path)!('echo $X', 'posix')!;
  expect(remark!.replacements).toEqual([
    { start: 5, end: 5, text: '"' },
    { start: 7, end: 7, text: '"' },
  ]);
});

test('what is filled in elsewhere is a word for it and never remarked on', () => {
  const { path, folder } = program(comment({ line: 1, endLine: 1, column: 6, endColumn: 7 }));
  expect(shellCheck(path)!(`echo ${UNRESOLVED}`, 'posix')).toEqual([]);
  return import('node:fs').then(({ readFileSync }) => {
    expect(readFileSync(join(folder, 'input'), 'utf8')).toBe('echo x');
    expect(readFileSync(join(folder, 'args'), 'utf8').split('\n')).toContain('--shell=sh');
  });
});

test.each(['', 'not json', '{"comments": 3}', '[]'])('an answer %j that cannot be read has no remarks', answer => {
  const { path } = program(answer);
  expect(shellCheck(path)!('echo', 'bash')).toEqual([]);
});

test('beside other work the answer comes later, once, and is then known', async () => {
  const { path } = program(comment({ line: 1, endLine: 1, column: 1, endColumn: 5 }));
  let answers = 0;
  const answered = new Promise<void>(resolve => {
    const check = shellCheckBeside(() => {
      answers++;
      expect(check('echo $X', 'bash')).toMatchObject([{ start: 0, end: 4, code: 'SC2086' }]);
      resolve();
    }, path);
    expect(check('echo $X', 'bash')).toBeUndefined();
  });
  await answered;
  expect(answers).toBe(1);
});

test('beside other work, too, a program that is not there has no remarks', async () => {
  await new Promise<void>(resolve => {
    const check = shellCheckBeside(() => {
      expect(check('echo', 'posix')).toEqual([]);
      resolve();
    }, '/nonexistent/shellcheck');
    check('echo', 'posix');
  });
});
