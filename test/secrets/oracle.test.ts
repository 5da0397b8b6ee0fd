import { lintSource } from '@secretlint/core';
import { creator as preset } from '@secretlint/secretlint-rule-preset-recommend';
import { expect, test } from 'vitest';
import { table } from '../../dev/secrets/table.ts';
import { judge } from '../../facts/secrets/judge.ts';
import { findSecretFormats } from '../../facts/secrets/scan.ts';

/** Findings of the other tool that we leave out on purpose: its rule and the group of the row, with the reason. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  '@secretlint/secretlint-rule-github in trap': 'the check digits are wrong: nobody issued this token',
  '@secretlint/secretlint-rule-npm in trap': 'the check digits are wrong: nobody issued this token',
  '@secretlint/secretlint-rule-slack in trap': 'words after the prefix: a placeholder of the manual',
};

test('what secretlint finds in the table we find too', async () => {
  const missed: Record<string, number> = {};
  let found = 0;
  for (const row of table()) {
    if (row.value === undefined) continue;
    const content = row.name === undefined ? row.value : `${row.name}=${row.value}`;
    const result = await lintSource({
      source: { filePath: '/Dockerfile', content, contentType: 'text' },
      options: {
        config: { rules: [{ id: '@secretlint/secretlint-rule-preset-recommend', rule: preset }] },
        noPhysicFilePath: true,
      },
    });
    for (const message of result.messages) {
      found++;
      const ours =
        findSecretFormats(content).some(({ start, end }) => start < message.range[1] && message.range[0] < end) ||
        judge(row) !== undefined;
      const key = `${message.ruleId} in ${row.group}`;
      if (!ours && EXCEPTIONS[key] === undefined) missed[key] = (missed[key] ?? 0) + 1;
    }
  }
  expect(found).toBeGreaterThan(50);
  expect(missed).toEqual({});
});
