import { describe, expect, test } from 'vitest';
import type { Comment, ImageBuild, Mention } from '../../core/build.ts';
import { NO_CONFIG, only, type Settings, settingsFor } from '../../core/config/resolve.ts';
import type { Finding } from '../../core/finding.ts';
import { type Language, NO_FILES } from '../../core/language.ts';
import { lint } from '../../core/linter.ts';
import { stringList } from '../../core/options.ts';
import { defineBuildRule, type Preset, type Rule } from '../../core/rule.ts';
import { SourceText, type Span } from '../../core/text.ts';
import { shellParser } from '../../shell/parser.ts';

/** A language of lines: `# text` is a comment on the next line, `@path` mentions a file, anything else is content. */
const lines: Language = {
  id: 'dockerfile',
  name: 'Lines',
  inventory: () => ({}),
  detect: path => path.endsWith('.lines'),
  parse: source => source,
  lower(tree): ImageBuild {
    const source = tree as SourceText;
    const comments: Comment[] = [];
    const mentions: Mention[] = [];
    let at = 0;
    let open: { text: string; span: Span }[] = [];
    for (const line of source.text.split('\n')) {
      const span = { start: at, end: at + line.length };
      if (line.startsWith('# ')) open.push({ text: line.slice(2), span });
      else {
        comments.push(...open.map(comment => ({ ...comment, target: span })));
        open = [];
        if (line.startsWith('@')) mentions.push({ file: line.slice(1), reference: span });
      }
      at += line.length + 1;
    }
    comments.push(...open.map(comment => ({ ...comment, target: undefined })));
    const nothing = { stages: [], parameters: [], images: [], problems: [], nested: [], syntax: undefined };
    return { ...nothing, language: 'dockerfile', source, comments, mentions };
  },
};

function wordRule(id: string, word: string, extra: Partial<Rule> = {}): Rule {
  return {
    ...defineBuildRule({
      id,
      summary: 'test',
      policies: ['G13'],
      category: 'style',
      severity: 'warning',
      preset: 'recommended',
      languages: ['dockerfile'],
      since: '2026.11',
      options: { allow: stringList('allowed') },
      *check(build): Iterable<Finding> {
        const { text } = build.source;
        for (let i = text.indexOf(word); i >= 0; i = text.indexOf(word, i + 1))
          yield { message: `found ${word}`, span: build.source.spanOf(i, i + word.length) };
      },
    }),
    ...extra,
  };
}
const unused = wordRule('unused-ignore', '\0');

function report(text: string, rules: readonly Rule[]): string[] {
  const input = {
    engine: { languages: [lines], rules, shell: shellParser },
    settings: only(rules),
    files: NO_FILES,
    today: undefined,
  };
  return lint({ path: 'a.lines', text }, input)!.diagnostics.map(({ rule, span }) => `${rule}@${span.start}`);
}

test('a document of no language has no result', () => {
  const input = {
    engine: { languages: [lines], rules: [], shell: shellParser },
    settings: only([]),
    files: NO_FILES,
    today: undefined,
  };
  expect(lint({ path: 'a.txt', text: 'bad' }, input)).toBeUndefined();
});

test('findings come in the order of the document, each once', () => {
  const twice = wordRule('b', 'bad', {
    check: build => [
      ...wordRule('b', 'bad').check(build, {} as never),
      ...wordRule('b', 'bad').check(build, {} as never),
    ],
  });
  expect(report('bad ugly\nbad', [twice, wordRule('a', 'ugly')])).toEqual(['b@0', 'a@4', 'b@9']);
});

test('a rule that throws is our failure and stops nothing', () => {
  const broken = wordRule('broken', 'x', {
    check() {
      throw new Error('defect');
    },
  });
  const rules = [broken, wordRule('good', 'bad')];
  const input = {
    engine: { languages: [lines], rules, shell: shellParser },
    settings: only(rules),
    files: NO_FILES,
    today: undefined,
  };
  const result = lint({ path: 'a.lines', text: 'bad' }, input)!;
  expect(result.diagnostics.map(({ rule }) => rule)).toEqual(['good']);
  expect(result.failures.map(({ rule }) => rule)).toEqual(['broken']);
});

describe('suppression', () => {
  const aliases = [
    'hadolint:DL3008',
    'buildkit:StageNameCasing',
    'checkov:CKV_DOCKER_3',
    'trivy:DS-0002',
    'kics:missing_user',
    'semgrep:missing-user',
  ];
  const rule = wordRule('bad-word', 'ugly', { aliases });

  test.each([
    ['bakelint ignore bad-word: reason', 'bad-word@'],
    ['bakelint ignore other, bad-word: reason', 'bad-word@'],
    ['hadolint ignore=DL3008', 'bad-word@'],
    ['hadolint ignore=DL1,DL3008', 'bad-word@'],
    ['trivy:ignore:AVD-DS-0002', 'bad-word@'],
    ['trivy:ignore:DS002', 'bad-word@'],
    ['kics-scan ignore-line', 'bad-word@'],
    ['nosemgrep: dockerfile.security.missing-user', 'bad-word@'],
    ['nosemgrep', 'bad-word@'],
  ])('`# %s` silences the next line alone', (comment, found) => {
    const start = comment.length + 3;
    expect(report(`# ${comment}\nugly\nugly`, [rule])).toEqual([`${found}${start + 5}`]);
  });

  test.each([
    'bakelint ignore-file bad-word: reason',
    'hadolint global ignore=DL3008',
    'check=skip=StageNameCasing',
    'check=skip=all',
    'checkov:skip=CKV_DOCKER_3:reason',
    'kics-scan ignore',
  ])('`# %s` silences the whole file', comment => {
    expect(report(`# ${comment}\nfine\nugly`, [rule])).toEqual([]);
  });

  test.each([
    'bakelint ignore other: reason',
    'hadolint ignore=DL3009',
    'trivy:ignore:DS-0003',
    'nosemgrep: other',
    'checkov:skip=CKV_DOCKER_2',
    'bakelint ignored bad-word: x',
  ])('`# %s` silences nothing here', comment => {
    expect(report(`# ${comment}\nugly`, [rule])).toEqual([`bad-word@${comment.length + 3}`]);
  });

  test('our own comments that silence nothing are found, those for other tools are not', () => {
    expect(report('# bakelint ignore bad-word: reason\nfine', [rule, unused])).toEqual(['unused-ignore@0']);
    expect(report('# bakelint ignore no-such-rule: reason\nfine', [rule, unused])).toEqual(['unused-ignore@0']);
    expect(report('# bakelint ignore-file bad-word: reason', [rule, unused])).toEqual(['unused-ignore@0']);
    expect(report('# hadolint ignore=DL3008\nfine', [rule, unused])).toEqual([]);
    expect(report('# bakelint ignore bad-word: reason\nugly', [rule, unused])).toEqual([]);
  });

  test('a comment for a rule that is off is not called unused', () => {
    const settings = { ...only([rule, unused]) };
    const rules = new Map([...settings.rules].filter(([id]) => id !== 'bad-word'));
    const input = {
      engine: { languages: [lines], rules: [rule, unused], shell: shellParser },
      settings: { ...settings, rules },
      files: NO_FILES,
      today: undefined,
    };
    expect(lint({ path: 'a.lines', text: '# bakelint ignore bad-word: x\nfine' }, input)!.diagnostics).toEqual([]);
  });
});

describe('findings in a file that the document names', () => {
  const TEXT = 'one\ntwo\n# bakelint ignore elsewhere: known\nthree\nfour # bakelint ignore elsewhere: known\nfive\n';
  const script = SourceText.document(TEXT, 'dir/setup.sh');
  const at = (word: string) => script.spanOf(TEXT.indexOf(word), TEXT.indexOf(word) + word.length);
  const found = (text: string, findings: readonly Finding[]) => {
    const rules = [wordRule('elsewhere', 'x', { check: () => findings })];
    const files = { ...NO_FILES, read: (path: string) => (path === 'dir/setup.sh' ? TEXT : null) };
    const input = { engine: { languages: [lines], rules, shell: shellParser }, settings: only(rules), files };
    return lint({ path: 'a.lines', text }, { ...input, today: undefined })!;
  };

  test('are findings of that file, with the place that names it', () => {
    const { diagnostics, inOtherFiles } = found('x\n@dir/setup.sh', [
      { message: 'First.', span: at('one'), related: [{ message: 'Beside it.', span: at('two') }] },
      { message: 'Second.', span: at('two'), related: [{ message: 'In the document.', span: { start: 0, end: 1 } }] },
      // Another stage that runs the same file.
      { message: 'First.', span: at('one') },
      { message: 'In a sibling.', span: { start: 0, end: 1, file: 'sibling' } },
    ]);
    expect(diagnostics).toEqual([]);
    expect([...inOtherFiles.keys()]).toEqual(['dir/setup.sh']);
    const used = { message: 'Script runs here', span: { start: 2, end: 15, file: 'a.lines' } };
    expect(inOtherFiles.get('dir/setup.sh')).toMatchObject([
      { message: 'First.', span: { start: 0, end: 3 }, related: [used, { span: { start: 4, end: 7 } }] },
      {
        message: 'Second.',
        span: { start: 4, end: 7 },
        related: [used, { span: { start: 0, end: 1, file: 'a.lines' } }],
      },
    ]);
    expect(inOtherFiles.get('dir/setup.sh')![0]!.span.file).toBeUndefined();
  });

  test('can be ignored in that file, and where the document names it', () => {
    const findings = ['one', 'three', 'four', 'five'].map(word => ({ message: word, span: at(word) }));
    const reported = (text: string) =>
      found(text, findings)
        .inOtherFiles.get('dir/setup.sh')
        ?.map(one => one.message);
    expect(reported('@dir/setup.sh')).toEqual(['one', 'five']);
    expect(reported('# bakelint ignore elsewhere: known\n@dir/setup.sh')).toBeUndefined();
  });

  test('that have the cause of one in the document belong to that one', () => {
    const causes = ['the same'];
    const { diagnostics, inOtherFiles } = found('x\n@dir/setup.sh', [
      { message: 'There.', span: at('one'), causes },
      { message: 'Here.', span: { start: 0, end: 1 }, causes },
    ]);
    expect(inOtherFiles.size).toBe(0);
    expect(diagnostics).toMatchObject([
      { message: 'Here.', related: [{ message: 'There.', span: { file: 'dir/setup.sh' } }] },
    ]);
  });
});

describe('settings', () => {
  const recommended = wordRule('in-recommended', 'a');
  const strict = wordRule('in-strict', 'b', { preset: 'strict' });
  const opt = wordRule('in-all', 'c', { preset: 'all' });
  const late = wordRule('late', 'd', { since: '2027.03' });
  const trial = wordRule('trial', 'e', { preview: true });
  const rules = [recommended, strict, opt, late, trial];
  const on = (config: Partial<typeof NO_CONFIG>, path = 'x', preset?: 'strict' | 'all'): string[] => [
    ...settingsFor({ ...NO_CONFIG, ...config }, path, rules, preset).rules.keys(),
  ];

  test('presets contain each other', () => {
    expect(on({})).toEqual(['in-recommended', 'late']);
    expect(on({ presets: ['strict'] })).toEqual(['in-recommended', 'in-strict', 'late']);
    expect(on({ presets: ['recommended'] }, 'x', 'all')).toEqual(['in-recommended', 'in-strict', 'in-all', 'late']);
  });
  test('a pinned ruleset keeps later rules off, preview turns trials on', () => {
    expect(on({ ruleset: '2026.11' })).toEqual(['in-recommended']);
    expect(on({ preview: true })).toEqual(['in-recommended', 'late', 'trial']);
  });
  test('a rule that is named is on, whatever the preset, and off is off', () => {
    const set = (severity: 'off' | 'error') => new Map([['in-all', { severity, options: {} }]]);
    expect(on({ rules: set('error') })).toContain('in-all');
    expect(on({ presets: ['all'], rules: set('off') })).not.toContain('in-all');
  });
  test('overrides apply to their files, the last word wins, and options keep their defaults', () => {
    const override = {
      files: ['test/**'],
      rules: new Map([['in-recommended', { severity: 'info' as const, options: { allow: ['x'] } }]]),
      images: { kind: 'vagrant' as const },
    };
    const config = { ...NO_CONFIG, overrides: [override] };
    expect(settingsFor(config, 'test/a', rules).rules.get('in-recommended')).toEqual({
      severity: 'info',
      fixed: true,
      preset: 'recommended',
      options: { allow: ['x'] },
    });
    expect(settingsFor(config, 'test/a', rules).project.kind).toBe('vagrant');
    expect(settingsFor(config, 'src/a', rules).rules.get('in-recommended')).toEqual({
      severity: 'warning',
      fixed: false,
      preset: 'recommended',
      options: { allow: [] },
    });
    expect(settingsFor(config, 'src/a', rules).project.kind).toBeUndefined();
  });
});

test('a severity per preset: each preset has its own or that of the one below it', () => {
  const rule = wordRule('graded', 'x', { severity: { recommended: 'info', strict: 'warning' } });
  const under = (...presets: Preset[]) => settingsFor({ ...NO_CONFIG, presets }, '', [rule]).rules.get('graded');
  expect(under()?.severity).toBe('info');
  expect(under('recommended')?.severity).toBe('info');
  expect(under('strict')?.severity).toBe('warning');
  expect(under('all')?.severity).toBe('warning');
  expect(under('strict', 'recommended')?.severity).toBe('warning');
});

test('a finding may carry its own severity and help; a severity from the configuration wins', () => {
  const rule = wordRule('graded', 'x', {
    *check(build) {
      yield { message: 'graded', help: 'Do better', severity: 'error', span: build.source.spanOf(0, 1) };
      yield { message: 'plain', span: build.source.spanOf(1, 2) };
    },
  });
  const severities = (settings: Settings) =>
    lint(
      { path: 'a.lines', text: 'xx' },
      {
        engine: { languages: [lines], rules: [rule], shell: shellParser },
        settings,
        files: NO_FILES,
        today: undefined,
      },
    )!.diagnostics.map(({ message, severity, help }) => [message, severity, help]);
  expect(severities(only([rule]))).toEqual([
    ['graded', 'error', 'Do better'],
    ['plain', 'warning', undefined],
  ]);
  const hinted = new Map([['graded', { severity: 'hint' as const, options: {} }]]);
  expect(severities(only([rule], { ...NO_CONFIG, rules: hinted }))).toEqual([
    ['graded', 'hint', 'Do better'],
    ['plain', 'hint', undefined],
  ]);
});

test('documents stand in each other four deep and no deeper', () => {
  const depths: number[] = [];
  const dolls: Language = {
    ...lines,
    lower(tree, context) {
      depths.push(context.depth);
      const inner = context.nested('dockerfile', tree as SourceText);
      return { ...lines.lower(tree, context), nested: inner ? [inner] : [] };
    },
  };
  const document = { path: 'a.lines', text: 'bad' };
  const engine = { languages: [dolls], rules: [], shell: shellParser };
  lint(document, { engine, settings: only([]), files: NO_FILES, today: undefined });
  expect(depths).toEqual([0, 1, 2, 3, 4]);
});

test('a finding of a larger preset is left out under a smaller one, and kept where only its name turns the rule on', () => {
  const check: Rule['check'] = ({ source }) => [
    { message: 'always', span: source.spanOf(0, 1) },
    { message: 'strict', span: source.spanOf(1, 2), preset: 'strict' },
  ];
  const rules = [wordRule('base', 'x', { check }), wordRule('extra', 'x', { check, preset: 'all' })];
  const found = (config: Partial<typeof NO_CONFIG>): string[] => {
    const settings = settingsFor({ ...NO_CONFIG, ...config }, '', rules);
    const input = {
      engine: { languages: [lines], rules, shell: shellParser },
      settings,
      files: NO_FILES,
      today: undefined,
    };
    return lint({ path: 'a.lines', text: 'bad' }, input)!.diagnostics.map(({ rule, message }) => `${rule} ${message}`);
  };
  const named = (id: string) => new Map([[id, { severity: 'error' as const, options: {} }]]);
  expect(found({})).toEqual(['base always']);
  expect(found({ presets: ['strict'] })).toEqual(['base always', 'base strict']);
  expect(found({ rules: named('base') })).toEqual(['base always']);
  expect(found({ rules: named('extra') })).toEqual(['base always', 'extra always', 'extra strict']);
});

test('in a script that the document names, findings of a larger preset do not hide the others', () => {
  const check: Rule['check'] = () => [
    { message: 'strict', span: { start: 0, end: 1, file: 'x.sh' }, preset: 'strict' },
    { message: 'always', span: { start: 1, end: 2, file: 'x.sh' } },
  ];
  const rules = [wordRule('base', 'x', { check })];
  const input = {
    engine: { languages: [lines], rules, shell: shellParser },
    settings: settingsFor(NO_CONFIG, '', rules),
    files: NO_FILES,
    today: undefined,
  };
  const { inOtherFiles } = lint({ path: 'a.lines', text: '@x.sh' }, input)!;
  expect(inOtherFiles.get('x.sh')?.map(({ message }) => message)).toEqual(['always']);
});
