/** Changing the severity of a rule in a configuration. */
import { describe, expect, it } from 'vitest';
import { severityEdit } from '../../core/config/edit.ts';
import { readConfig } from '../../core/config/read.ts';
import { applyEdits } from '../../core/fixer.ts';
import { rules } from '../../rules/index.ts';

const off = (text: string, isJson = false): string | undefined => {
  const edit = severityEdit(text, { id: 'latest-tag', severity: 'off', isJson }, rules);
  return edit && applyEdits(text, [edit]);
};

describe('turning a rule off', () => {
  it.each([
    ['', 'rules:\n  latest-tag: off\n'],
    ['# ours\n', '# ours\nrules:\n  latest-tag: off\n'],
    ['extends: strict', 'extends: strict\nrules:\n  latest-tag: off'],
    [
      'extends: strict # all of it\n\n# until May\nignore: [a]\n',
      'extends: strict # all of it\n\n# until May\nignore: [a]\nrules:\n  latest-tag: off\n',
    ],
    ['extends:\n  - strict\n  - all # x\n', 'extends:\n  - strict\n  - all # x\nrules:\n  latest-tag: off\n'],
    ['rules:\nextends: all\n', 'rules:\n  latest-tag: off\nextends: all\n'],
    ['rules: # none\n', 'rules: # none\n  latest-tag: off\n'],
    ['rules: {}\n', 'rules: { latest-tag: off }\n'],
    ['rules: { missing-user: off }\n', 'rules: { latest-tag: off, missing-user: off }\n'],
    [
      'rules:\n    # a\n    missing-user: off # b\n    # c\nextends: all\n',
      'rules:\n    # a\n    missing-user: off # b\n    latest-tag: off\n    # c\nextends: all\n',
    ],
    [
      'rules:\n  missing-user:\n    severity: info\n\nextends: all\n',
      'rules:\n  missing-user:\n    severity: info\n  latest-tag: off\n\nextends: all\n',
    ],
    ['rules:\n  latest-tag: "error" # c\n', 'rules:\n  latest-tag: off # c\n'],
    ['rules:\n  latest-tag:\n    severity: error\n', 'rules:\n  latest-tag:\n    severity: off\n'],
    ['rules:\n  latest-tag: { severity: error }\n', 'rules:\n  latest-tag: { severity: off }\n'],
    ['rules:\r\n  missing-user: off\r\n', 'rules:\r\n  missing-user: off\r\n  latest-tag: off\r\n'],
  ])('%j', (before, after) => expect(off(before)).toBe(after));

  it.each([
    ['', '{\n  "rules": {\n    "latest-tag": "off"\n  }\n}\n'],
    ['{}\n', '{\n  "rules": {\n    "latest-tag": "off"\n  }\n}\n'],
    ['{\n  "extends": "all"\n}\n', '{\n  "rules": {\n    "latest-tag": "off"\n  },\n  "extends": "all"\n}\n'],
    [
      '{\n  "rules": {\n    "missing-user": "off"\n  }\n}\n',
      '{\n  "rules": {\n    "latest-tag": "off",\n    "missing-user": "off"\n  }\n}\n',
    ],
    ['{ "rules": {"latest-tag": "error"} }', '{ "rules": {"latest-tag": "off"} }'],
    ['{"rules":{"missing-user":"off"}}', '{"rules":{"latest-tag": "off", "missing-user":"off"}}'],
  ])('JSON: %j', (before, after) => {
    expect(off(before, true)).toBe(after);
    expect(() => JSON.parse(after)).not.toThrow();
  });

  it.each([
    'rules: [',
    'a: 1\n b: 2\n',
    '- a\n',
    'text\n',
    'rules: text\n',
    'overrides:\n  - files: [a]\n    rules:\n      latest-tag: error\n',
  ])('is not offered where it cannot be written or would do nothing: %j', text => expect(off(text)).toBeUndefined());

  it('or giving it another severity, is understood by the reader', () => {
    for (const severity of ['off', 'hint', 'info', 'warning', 'error'] as const) {
      const text = 'rules:\n  missing-user: info\n';
      const edit = severityEdit(text, { id: 'latest-tag', severity, isJson: false }, rules)!;
      const { config, problems } = readConfig(applyEdits(text, [edit]), rules);
      expect([config.rules.get('latest-tag')?.severity, config.rules.get('missing-user')?.severity, problems]).toEqual([
        severity,
        'info',
        [],
      ]);
    }
  });
});
