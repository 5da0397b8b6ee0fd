/** The documentation holds together: links lead somewhere, every rule has its page, every setting and option its line. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { engine } from '../cli/engine.ts';
import { OPTION_ROWS } from '../cli/options.ts';
import { run } from '../cli/run.ts';
import { CONFIG_NAMES } from '../core/config/read.ts';
import { docsUrl } from '../core/linter.ts';
import { NO_FACTS } from '../core/project.ts';
import { fakeSecrets } from '../dev/fake-secrets.ts';
import { rules } from '../rules/index.ts';
import instead from '../rules/instead.json';

const read = (path: string): string => readFileSync(path, 'utf8');
const pagesIn = (folder: string): string[] =>
  readdirSync(folder)
    .filter(name => name.endsWith('.md'))
    .map(name => `${folder}/${name}`);
const sourcesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts'))
    .map(name => `${folder}/${name.replaceAll('\\', '/')}`);
const pages = [...pagesIn('.'), ...pagesIn('docs'), ...pagesIn('docs/rules')];

/** Code blocks and spans taken out: what looks like a link or a heading there is none. */
const prose = (path: string): string =>
  read(path)
    .replace(/^( *)(```+|~~~+)[^\n]*\n[\s\S]*?^ *\2`*\s*$/gm, '')
    .replace(/(`+)[^\n]*?[^`\n]\1(?!`)/g, code => '_'.repeat(code.length));

/** The anchors of a page as GitHub makes them of its headings. */
function anchorsOf(path: string): Set<string> {
  const headings = [
    ...read(path)
      .replace(/^```[\s\S]*?^```/gm, '')
      .matchAll(/^#{1,6} +(.+?) *$/gm),
  ];
  return new Set(
    headings.map(([, heading]) =>
      heading!
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

/** The links of a page that lead nowhere. */
function broken(path: string): string[] {
  const targets = [...prose(path).matchAll(/\]\(([^)\s]+)\)/g)].map(match => match[1]!);
  return targets
    .filter(target => !/^(?:https?|mailto):/.test(target))
    .filter(target => {
      const [file = '', anchor] = target.split('#');
      const leadsTo = file === '' ? path : posix.join(posix.dirname(path), file);
      if (!existsSync(leadsTo)) return true;
      return anchor !== undefined && !anchorsOf(leadsTo).has(anchor);
    })
    .map(target => `${path}: ${target}`);
}

describe('documentation', () => {
  it('names the keys of `images` as a configuration writes them', () => {
    const schema = JSON.parse(read('docs/bakelint.schema.json'));
    const name = (schema.properties.images.$ref as string).split('/').at(-1)!;
    const keys = new Set(Object.keys(schema.definitions[name].properties));
    const wrong = pages.flatMap(path => {
      const text = read(path);
      const named = [...text.matchAll(/`images\.([\w-]+)/g)].map(match => match[1]!).filter(key => !keys.has(key));
      const internal = Object.keys(NO_FACTS).filter(one => /[A-Z]/.test(one) && text.includes(`\`${one}\``));
      return [...named, ...internal, ...(/`images: (?!\{)/.test(text) ? ['images: '] : [])].map(
        key => `${path}: ${key}`,
      );
    });
    expect(wrong).toEqual([]);
  });

  it('has links to look at', () => {
    expect(prose('README.md')).toContain('](docs/editors.md)');
    expect([...anchorsOf('docs/policies.md')]).toEqual(expect.arrayContaining(['g1-secrets', 'g15-the-host']));
    expect(broken('docs/editors.md')).toEqual([]);
  });

  it('has no link that leads nowhere', () => {
    expect(pages.flatMap(broken)).toEqual([]);
  });

  // The gallery takes no relative pictures of a README that is not at the top.
  it('has the pictures that the gallery shows', () => {
    const shown = [...read('client/README.md').matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)].map(match => match[1]!);
    const own = 'https://raw.githubusercontent.com/bakelint/bakelint/main/';
    expect(shown.length).toBeGreaterThan(2);
    expect(shown.filter(url => !url.startsWith(own) || !existsSync(url.slice(own.length)))).toEqual([]);
  });

  it('has a page for each rule, where findings say that it is', () => {
    const expected = rules.map(({ id }) => `docs/rules/${id}.md`);
    expect(pagesIn('docs/rules').filter(path => path !== 'docs/rules/README.md')).toEqual(expected.sort());
    for (const { id } of rules) {
      expect(docsUrl(id).endsWith(`/docs/rules/${id}.md`)).toBe(true);
      expect(read('docs/rules/README.md')).toContain(`(${id}.md)`);
    }
  });

  it('shows no secret as what to write instead', () => {
    expect(fakeSecrets.hide(JSON.stringify(instead))).not.toContain('{{secret:');
  });

  it('names the preset that a rule is in', () => {
    const claims = rules.flatMap(({ id, preset }) => {
      const page = read(`docs/rules/${id}.md`).split('\n## Examples')[0]!.replaceAll('\n', ' ');
      const said = page.matchAll(/(?:(not)|only|therefore(?: only)?)(?: part of| in) the (?:preset )?`(\w+)`/g);
      return [...said].map(([, not, name]) => ({ id, preset, right: (name === preset) === (not === undefined) }));
    });
    expect(claims.length).toBeGreaterThan(15);
    expect(claims.filter(({ right }) => !right)).toEqual([]);
  });

  it('begins with what the examples really bring', async () => {
    let out = '';
    const sink = { write: (text: string) => (out += text) };
    const host = {
      cwd: process.cwd(),
      env: {},
      stdout: sink,
      stderr: sink,
      stdin: () => Promise.reject(new Error('nobody asked')),
      today: '2026-11-30',
      now: () => 0,
      home: process.cwd(),
      engine: async () => engine,
    };
    expect(await run(['tour'], host)).toBe(1);
    const shown = /```\n(tour\/[\s\S]*?)```/.exec(read('README.md'))![1]!.trimEnd().split('\n\n');
    expect(shown.length).toBeGreaterThan(1);
    for (const finding of shown) expect(out.split('\n\n')).toContain(finding);
    const kinds = [...out.matchAll(/\[([a-z-]+)\]$/gm)].map(match => match[1]);
    // Many kinds, and still few enough to read.
    expect(new Set(kinds).size).toBeGreaterThan(10);
    expect(kinds.length).toBeLessThan(21);
  });

  it('sends authors of rules to helpers that exist', () => {
    const table = /\| To ask \| Use \|\n([\s\S]*?)\n\n/.exec(read('docs/writing-a-rule.md'))![1]!;
    const named = [...table.matchAll(/`([\w./-]+)`/g)].map(match => match[1]!);
    const paths = named.filter(name => name.includes('/'));
    expect(paths.length).toBeGreaterThan(10);
    expect(paths.filter(path => !existsSync(path))).toEqual([]);
    const code = ['core', 'shell', 'facts', 'languages'].flatMap(sourcesIn).map(read).join('\n');
    const helpers = named.filter(name => /^[a-zA-Z]+$/.test(name) && !['sudo', 'env'].includes(name));
    expect(helpers.length).toBeGreaterThan(15);
    const exists = (name: string) =>
      new RegExp(`^(?:export (?:const|function\\*?) ${name}\\b|  ${name}\\()`, 'm').test(code);
    expect(helpers.filter(name => !exists(name))).toEqual([]);
  });

  it('names every option of the command line', () => {
    const table = read('docs/command-line.md');
    const undocumented = OPTION_ROWS.filter(({ name }) => !['help', 'version'].includes(name)).filter(
      ({ name }) => !table.includes(`\n| \`--${name}`),
    );
    expect(undocumented).toEqual([]);
  });

  it('names every file that a configuration may be', () => {
    for (const name of CONFIG_NAMES) expect(read('docs/configuration.md')).toContain(`\`${name}\``);
  });

  it('names every setting of the editor with its usual value', () => {
    const { properties } = JSON.parse(read('package.json')).contributes.configuration;
    const lines = Object.entries(properties as Record<string, { default: unknown }>).map(([name, setting]) => {
      const usual = typeof setting.default === 'string' ? setting.default : JSON.stringify(setting.default);
      return `| \`${name}\` |${usual === '' ? ' ' : ` \`${usual}\` `}| `;
    });
    const table = read('docs/editors.md').split('\n');
    expect(lines.filter(line => !table.some(row => row.startsWith(line)))).toEqual([]);
    expect(table.filter(row => row.startsWith('| `bakelint.'))).toHaveLength(lines.length);
  });
});
