/** Findings in scripts that an open template runs, with the real languages and rules. */
import { afterEach, describe, expect, it } from 'vitest';
import { languages } from '../../languages/index.ts';
import { rules } from '../../rules/index.ts';
import { at, Session } from './session.ts';

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
      relatedInformation: [{ message: 'Script runs here', location: { uri: TEMPLATE, range: { start: { line: 6 } } } }],
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

describe('a script that is opened alone', () => {
  const SCRIPT_TEXT = 'set -e\napt-get install nginx\ncurl -k https://example.com/a -o /srv/a\n';
  const FIXED = 'set -e\napt-get install -y nginx\n';

  it('shows what a template that names it would show in it', async () => {
    await start({ [TEMPLATE]: TEXT });
    await session.open(SCRIPT, SCRIPT_TEXT, 'shellscript');
    const found = await session.until(SCRIPT, one => codes(one).includes('package-install-prompts'));
    expect(codes(found)).toContain('tls-verification-off');
    expect(found[0]).toMatchObject({
      relatedInformation: [{ message: 'Script runs here', location: { uri: TEMPLATE, range: { start: { line: 6 } } } }],
    });
    await session.change(SCRIPT, [{ text: FIXED }]);
    await session.until(SCRIPT, one => one.length === 0);
  });

  it('is found by a template in another directory, open or not', async () => {
    const other = 'file:///ws/images/web/web.pkr.hcl';
    await start({ [other]: TEXT.replace('scripts/', '../../scripts/') });
    await session.open(SCRIPT, SCRIPT_TEXT, 'shellscript');
    await session.until(SCRIPT, one => codes(one).includes('package-install-prompts'));
    await session.open(other, TEXT.replace('scripts/', 'unit/'), 'packer');
    await session.until(SCRIPT, one => one.length === 0);
    await session.change(other, [{ text: TEXT.replace('scripts/', '../../scripts/') }]);
    await session.until(SCRIPT, one => codes(one).includes('package-install-prompts'));
  });

  it('is fixed by quick fixes, by one for all, and keeps what the template says', async () => {
    await start({ [TEMPLATE]: TEXT });
    await session.open(SCRIPT, SCRIPT_TEXT, 'shellscript');
    await session.until(SCRIPT, one => codes(one).includes('package-install-prompts'));
    const actions = await session.actions(SCRIPT, at(1, 0));
    expect(actions.map(({ title }) => title)).toEqual(
      expect.arrayContaining(['Add `-y`', 'Show documentation for `package-install-prompts`']),
    );
    const add = actions.find(({ title }) => title === 'Add `-y`')!;
    expect(add.isPreferred).toBe(true);
    expect(session.applied(SCRIPT, add)).toBe(SCRIPT_TEXT.replace('install', 'install -y'));
    const verify = (await session.actions(SCRIPT, at(2, 5, 7))).find(({ title }) => title === 'Remove `-k`')!;
    expect(session.applied(SCRIPT, verify)).toBe(SCRIPT_TEXT.replace(' -k', ''));
    const [all] = await session.actions(SCRIPT, at(0, 0), { only: ['source.fixAll'] });
    expect(session.applied(SCRIPT, all!)).toBe(SCRIPT_TEXT.replace('install', 'install -y'));
  });

  it('is silent without a template, and where the configuration leaves it out', async () => {
    const files: Record<string, string> = { 'file:///ws/other.pkr.hcl': TEXT.replace('web.sh', 'db.sh') };
    await start(files);
    await session.open(SCRIPT, SCRIPT_TEXT, 'shellscript');
    expect(await session.settled(SCRIPT)).toEqual([]);
    await session.stop();
    await start({ [TEMPLATE]: TEXT, 'file:///ws/.bakelint.yaml': 'ignore:\n  - scripts\n' });
    await session.open(SCRIPT, SCRIPT_TEXT, 'shellscript');
    expect(await session.settled(SCRIPT)).toEqual([]);
  });

  it('follows a template that comes later', async () => {
    const files = new Map<string, string>();
    session = await Session.start({ engine: { languages, rules }, files });
    await session.open(SCRIPT, SCRIPT_TEXT, 'shellscript');
    expect(await session.settled(SCRIPT)).toEqual([]);
    files.set(TEMPLATE, TEXT);
    await session.fileChanged(TEMPLATE, 1);
    await session.until(SCRIPT, one => codes(one).includes('package-install-prompts'));
  });

  it('asks for nothing around a document that is no script', async () => {
    await start({ [TEMPLATE]: TEXT });
    await session.open('file:///ws/notes/a.yaml', 'a: scripts/web.sh\n', 'yaml');
    await session.settled('file:///ws/notes/a.yaml');
    expect(session.questions).not.toContain(TEMPLATE);
  });
});

describe('a script that a Dockerfile runs', () => {
  const DOCKERFILE = 'file:///ws/Dockerfile';
  const FROM = 'FROM debian:13\nCOPY scripts/ /opt/\nRUN sh /opt/web.sh\n';

  it('shows what was found in it while the Dockerfile is open', async () => {
    await start({ [SCRIPT]: 'set -e\napt-get install nginx\n' });
    await session.open(DOCKERFILE, FROM, 'dockerfile');
    const [found] = await session.until(SCRIPT, one => codes(one).includes('package-install-prompts'));
    expect(found).toMatchObject({
      relatedInformation: [
        { message: 'Script runs here', location: { uri: DOCKERFILE, range: { start: { line: 2 } } } },
      ],
    });
    await session.close(DOCKERFILE);
    await session.until(SCRIPT, one => one.length === 0);
  });

  it('is linted for it when it is opened alone', async () => {
    await start({ [SCRIPT]: 'set -e\napt-get install nginx\n', [DOCKERFILE]: FROM });
    await session.open(SCRIPT, 'set -e\n\napt-get install nginx\n', 'shellscript');
    const found = await session.until(SCRIPT, one => codes(one).includes('package-install-prompts'));
    expect(found.find(({ code }) => code === 'package-install-prompts')!.range.start.line).toBe(2);
  });
});
