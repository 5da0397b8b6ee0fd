/** Findings in scripts that an open template runs, with the real languages and rules. */
import { afterEach, describe, expect, it } from 'vitest';
import { languages } from '../../languages/index.ts';
import { rules } from '../../rules/index.ts';
import { Session } from './session.ts';

const TEMPLATE = 'file:///ws/web.pkr.hcl';
const SCRIPT = 'file:///ws/scripts/web.sh';
const TEXT = `source "null" "web" {
  communicator = "none"
}
build {
  sources = ["source.null.web"]
  provisioner "shell" {
    script = "scripts/web.sh"
  }
}
`;
const codes = (found: readonly { code?: unknown }[]): unknown[] => found.map(({ code }) => code);
let session: Session;
const start = async (files: Record<string, string>): Promise<Session> =>
  (session = await Session.start({ engine: { languages, rules }, files: new Map(Object.entries(files)) }));
afterEach(() => session.stop());

describe('a script that an open template runs', () => {
  it('shows what was found in it, with the template, until the template is closed', async () => {
    await start({ [SCRIPT]: 'set -e\napt-get install nginx\n' });
    await session.open(TEMPLATE, TEXT, 'packer');
    const [found] = await session.until(SCRIPT, one => codes(one).includes('package-install-prompts'));
    expect(found).toMatchObject({
      range: { start: { line: 1, character: 0 } },
      message: expect.stringContaining('\nAdd `-y`'),
      relatedInformation: [{ message: 'Used here', location: { uri: TEMPLATE, range: { start: { line: 6 } } } }],
    });
    await session.close(TEMPLATE);
    await session.until(SCRIPT, one => one.length === 0);
  });

  it('follows the text of the script', async () => {
    await start({ [SCRIPT]: 'set -e\napt-get install nginx\n' });
    await session.open(TEMPLATE, TEXT, 'packer');
    await session.until(SCRIPT, one => codes(one).includes('package-install-prompts'));
    await session.open(SCRIPT, 'set -e\n\n\napt-get install nginx\n', 'shellscript');
    await session.until(SCRIPT, one => one.some(({ range }) => range.start.line === 3));
    await session.change(SCRIPT, [{ text: 'set -e\napt-get install -y nginx\n' }]);
    await session.until(SCRIPT, one => !codes(one).includes('package-install-prompts'));
  });

  it('is left alone where the configuration leaves it out', async () => {
    await start({
      [SCRIPT]: 'set -e\napt-get install nginx\n',
      'file:///ws/.bakelint.yaml': 'ignore:\n  - scripts\n',
    });
    await session.open(TEMPLATE, TEXT, 'packer');
    await session.settled(TEMPLATE);
    const last = session.published.filter(({ uri }) => uri === SCRIPT).at(-1);
    expect(last?.diagnostics ?? []).toEqual([]);
  });
});
