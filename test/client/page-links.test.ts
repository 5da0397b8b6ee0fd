import { expect, test, vi } from 'vitest';
import { MarkdownString, Uri } from 'vscode';
import { pageLinks, withCommands } from '../../client/page-links.ts';

vi.mock('vscode', () => ({
  MarkdownString: class {
    isTrusted: unknown = false;
    constructor(readonly value: string) {}
  },
  Uri: { parse: (text: string) => ({ toString: () => text }) },
}));

const PAGE = 'https://github.com/bakelint/bakelint/blob/main/docs/rules/latest-tag.md';
const COMMAND = `command:bakelint.openPage?${encodeURIComponent(JSON.stringify([PAGE]))}`;

test('links to pages of rules are commands, and others are as they were', () => {
  const policy = '[Pinned](https://github.com/bakelint/bakelint/blob/main/docs/policies.md#pinned)';
  expect(withCommands(`[\`latest-tag\`](${PAGE}): Moving. ${policy}, [d](${PAGE}#when)`)).toBe(
    `[\`latest-tag\`](${COMMAND}): Moving. ${policy}, [d](${COMMAND.replace('.md', '.md%23when')})`,
  );
  for (const other of ['[a](https://docs.docker.com/x.md)', `(${PAGE})`, `[a](${PAGE} "title")`, ''])
    expect(withCommands(other)).toBe(other);
});

test.each([
  '[a](command:bakelint.openPage)',
  '[a]( <command:x>)',
  '[a](\ncommand:x)',
  '[a](COMMAND&colon;x)',
  '[a](&#99;ommand:x)',
  '<command:x>',
  '[a]: command:x',
])('text of a file brings no command: %j', text => {
  const shown = withCommands(text);
  expect(shown).not.toBe(text);
  expect(shown.replace(/no-(?:command|&#99;ommand)/i, '')).not.toMatch(/command/i);
});

test('a hover may run that one command', async () => {
  const hover = { contents: [new MarkdownString(`[a](${PAGE})`), 'text'] };
  const next = async () => hover;
  await pageLinks.provideHover!.call(undefined, {} as never, {} as never, {} as never, next as never);
  expect(hover.contents).toEqual([
    { value: `[a](${COMMAND})`, isTrusted: { enabledCommands: ['bakelint.openPage'] } },
    'text',
  ]);
});

test('the link of a finding opens the page in the package', () => {
  const codes = [
    { value: 'latest-tag', target: Uri.parse(PAGE) },
    { value: 'invalid-config', target: Uri.parse('https://github.com/bakelint/bakelint/blob/main/docs/cli.md') },
    'x',
  ];
  const found = codes.map(code => ({ code }));
  pageLinks.handleDiagnostics!.call(undefined, {} as never, found as never, () => undefined);
  expect(found.map(({ code }) => (typeof code === 'string' ? code : `${code.value} ${code.target}`))).toEqual([
    `latest-tag ${COMMAND}`,
    'invalid-config https://github.com/bakelint/bakelint/blob/main/docs/cli.md',
    'x',
  ]);
});
