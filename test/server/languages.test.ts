/** The server with the real languages: where ignore comments may be differs in each of them. */
import { afterEach, describe, expect, it } from 'vitest';
import { defineBuildRule } from '../../core/rule.ts';
import type { Span } from '../../core/text.ts';
import { languages } from '../../languages/index.ts';
import { Session } from './session.ts';

/** Finds the word `FLAW` wherever it is, in every language and at every depth. */
const flaw = defineBuildRule({
  id: 'flaw',
  summary: 'There is a flaw',
  policies: ['G1'],
  category: 'style',
  severity: 'warning',
  preset: 'recommended',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  since: '2026.11',
  *check({ source }) {
    for (const { index } of source.text.matchAll(/FLAW/g)) {
      const span: Span = source.spanOf(index, index + 4);
      yield { message: 'There is a flaw here.', span };
    }
  },
});

let session: Session;
afterEach(() => session.stop());

/** What a document is after the ignore action at its first `FLAW`; `undefined` when there is none. */
async function ignored(
  name: string,
  languageId: string,
  text: string,
  where: 'here' | 'in this file',
): Promise<string | undefined> {
  session = await Session.start({
    engine: { languages, rules: [flaw] },
    files: new Map(),
  });
  const uri = `file:///ws/${name}`;
  await session.open(uri, text, languageId);
  const [found] = await session.until(uri, found => found.length > 0);
  const actions = await session.actions(uri, found!.range);
  const action = actions.find(({ title }) => title === `Ignore \`flaw\` ${where}`);
  if (!action) return undefined;
  const changed = session.applied(uri, action);
  await session.change(uri, [{ text: changed }]);
  const left = await session.settled(uri);
  expect(left.some(({ range }) => session.documents.get(uri)!.getText(range) === 'FLAW')).toBe(
    text.split('FLAW').length > 2 && where === 'here',
  );
  return changed;
}

const NOTE = '# bakelint ignore flaw: ';
const FILE_NOTE = '# bakelint ignore-file flaw: ';

const here: readonly [what: string, name: string, mode: string, text: string, expected: string][] = [
  ['above a FROM', 'Dockerfile', 'dockerfile', 'FROM FLAW\n', `${NOTE}\nFROM FLAW\n`],
  [
    'above a RUN that goes on for lines',
    'Dockerfile',
    'dockerfile',
    'FROM a:1\nRUN one \\\n  # two\n\n && FLAW \\\n && three\n',
    `FROM a:1\n${NOTE}\nRUN one \\\n  # two\n\n && FLAW \\\n && three\n`,
  ],
  [
    'above a RUN with a heredoc',
    'Dockerfile',
    'dockerfile',
    'FROM a:1\nRUN <<EOF\none\nFLAW\nEOF\n',
    `FROM a:1\n${NOTE}\nRUN <<EOF\none\nFLAW\nEOF\n`,
  ],
  [
    'above an indented instruction, with its indentation and line breaks',
    'Dockerfile',
    'dockerfile',
    'FROM a:1\r\n  ENV X=FLAW\r\n',
    `FROM a:1\r\n  ${NOTE}\r\n  ENV X=FLAW\r\n`,
  ],
  [
    'above an attribute',
    'a.pkr.hcl',
    'packer',
    'source "null" "a" {\n  ssh_host = "FLAW"\n}\n',
    `source "null" "a" {\n  ${NOTE}\n  ssh_host = "FLAW"\n}\n`,
  ],
  ['above a block', 'a.pkr.hcl', 'packer', 'variable "FLAW" {\n}\n', `${NOTE}\nvariable "FLAW" {\n}\n`],
  [
    'above the attribute of a heredoc, not in it',
    'a.pkr.hcl',
    'packer',
    'source "null" "a" {\n  x = 1\n  ssh_host = <<-EOF\n    FLAW\n  EOF\n}\n',
    `source "null" "a" {\n  x = 1\n  ${NOTE}\n  ssh_host = <<-EOF\n    FLAW\n  EOF\n}\n`,
  ],
  [
    'above a YAML entry',
    'a.yaml',
    'yaml',
    '#cloud-config\nruncmd:\n  - one\n  - FLAW\n',
    `#cloud-config\nruncmd:\n  - one\n  ${NOTE}\n  - FLAW\n`,
  ],
  [
    'above a key in an entry',
    'a.yaml',
    'yaml',
    '#cloud-config\nusers:\n  - name: a\n    gecos: FLAW\n',
    `#cloud-config\nusers:\n  - name: a\n    ${NOTE}\n    gecos: FLAW\n`,
  ],
  [
    'above the entry of a block scalar, not in it',
    'a.yaml',
    'yaml',
    '#cloud-config\nwrite_files:\n  - path: /a\n    content: |\n      one\n      FLAW\n',
    `#cloud-config\nwrite_files:\n  - path: /a\n    ${NOTE}\n    content: |\n      one\n      FLAW\n`,
  ],
  [
    'above a command that is a block scalar',
    'a.yaml',
    'yaml',
    '#cloud-config\nruncmd:\n  - |\n    one\n    FLAW\n',
    `#cloud-config\nruncmd:\n  ${NOTE}\n  - |\n    one\n    FLAW\n`,
  ],
];

describe('ignoring a finding here writes the comment', () => {
  it.each(here)('%s', async (_what, name, mode, text, expected) => {
    expect(await ignored(name, mode, text, 'here')).toBe(expected);
  });
});

const whole: readonly [what: string, name: string, mode: string, text: string, expected: string][] = [
  ['at the top', 'Dockerfile', 'dockerfile', 'FROM FLAW\n', `${FILE_NOTE}\nFROM FLAW\n`],
  [
    'behind parser directives',
    'Dockerfile',
    'dockerfile',
    '# syntax=docker/dockerfile:1\n# escape=`\nFROM a `\n AS FLAW\n',
    `# syntax=docker/dockerfile:1\n# escape=\`\n${FILE_NOTE}\nFROM a \`\n AS FLAW\n`,
  ],
  [
    'at the top of a template',
    'a.pkr.hcl',
    'packer',
    '# about\nvariable "FLAW" {\n}\n',
    `${FILE_NOTE}\n# about\nvariable "FLAW" {\n}\n`,
  ],
  [
    'behind #cloud-config',
    'a.yaml',
    'yaml',
    '#cloud-config\nhostname: FLAW\n',
    `#cloud-config\n${FILE_NOTE}\nhostname: FLAW\n`,
  ],
  [
    'behind the template header',
    'a.yaml',
    'yaml',
    '## template: jinja\n#cloud-config\nhostname: FLAW\n',
    `## template: jinja\n#cloud-config\n${FILE_NOTE}\nhostname: FLAW\n`,
  ],
];

describe('ignoring a rule in the file writes the comment', () => {
  it.each(whole)('%s', async (_what, name, mode, text, expected) => {
    expect(await ignored(name, mode, text, 'in this file')).toBe(expected);
  });
});

describe('hover on the first line', () => {
  const hovers = async (text: string, line: number): Promise<string | undefined> => {
    session = await Session.start({ engine: { languages, rules: [flaw] } });
    await session.open('file:///ws/user-data', text, 'cloud-config');
    const hover = await session.hover('file:///ws/user-data', line, 3);
    return (hover?.contents as { value: string } | undefined)?.value;
  };

  it.each([
    ['CoreOS Container Linux', 'coreos: {}'],
    ['Kairos', 'stages: {}'],
    ['Harvester', 'scheme_version: 1'],
    ['RancherOS', 'rancher: {}'],
    ['k3OS', 'k3os: {}'],
  ])('says that a file for %s is left alone', async (program, keys) => {
    expect(await hovers(`#cloud-config\n${keys}\n`, 0)).toContain(`its keys are those of ${program},`);
  });

  it('says nothing on other lines, and in the dialect of cloud-init', async () => {
    expect(await hovers('#cloud-config\nstages: {}\n', 1)).toBeUndefined();
    await session.stop();
    expect(await hovers('#cloud-config\nruncmd: []\n', 0)).toBeUndefined();
  });
});
