/** A small engine with a language and rules whose findings are easy to foresee, and a place to run the command line in. */

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach } from 'vitest';
import type { EngineSource, Host } from '../../cli/host.ts';
import { run } from '../../cli/run.ts';
import { fix } from '../../core/finding.ts';
import type { Language } from '../../core/language.ts';
import { stringList } from '../../core/options.ts';
import { parentDirectory } from '../../core/path.ts';
import { defineBuildRule } from '../../core/rule.ts';
import type { SourceText } from '../../core/text.ts';
import { shellParser } from '../../shell/parser.ts';
import { posixPath, temporaryFolder } from '../host.ts';

/** A setting as its language lowers it. */
const password = (source: SourceText, { 0: all, 1: value = '', index }: RegExpMatchArray) => {
  const end = index! + all.length;
  const text = source.slice(end - value.length, end);
  const span = source.spanOf(index!, end);
  const given = { source: text, parts: [text.text], literal: text.text, byDefault: text.text, span: text.span };
  return { name: 'PASSWORD', nameSpan: span, default: given, sensitive: false, span };
};

const build = (language: 'dockerfile' | 'cloud-init', source: SourceText, script: string | undefined) => ({
  language,
  source,
  stages: [],
  parameters: [...source.text.matchAll(/(?:PASSWORD|AGAIN)=(\S+)/g)].map(match => password(source, match)),
  images: [],
  problems: [],
  comments: [],
  nested: [],
  mentions: [],
  syntax: script,
});

const dockerfile: Language<SourceText> = {
  id: 'dockerfile',
  name: 'Dockerfile',
  inventory: () => ({}),
  detect: path => /(^|\/)Dockerfile[^/]*$/.test(path),
  parse: source => source,
  lower: (source, { path, files }) => {
    if (source.text.includes('parser-crash')) throw new Error(`cannot parse ${source.text}`);
    const script = `${parentDirectory(path ?? '.')}/script.sh`;
    return build('dockerfile', source, typeof files.read(script) === 'string' ? script : undefined);
  },
};
const cloudInit: Language<SourceText> = {
  id: 'cloud-init',
  name: 'cloud-init',
  inventory: () => ({}),
  detect: (_, beginning) => beginning.replace(/^\uFEFF/, '').startsWith('#cloud-config\n'),
  parse: source => source,
  lower: source => build('cloud-init', source, undefined),
};

const base = {
  policies: ['G2'],
  category: 'reproducibility',
  severity: 'warning',
  preset: 'recommended',
  languages: ['dockerfile', 'cloud-init'],
  since: '2026.11',
} as const;

const matches = (source: SourceText, pattern: RegExp) =>
  [...source.text.matchAll(pattern)].map(match => {
    const value = match[1] ?? match[0];
    const start = match.index + match[0].length - value.length;
    return { start, end: start + value.length };
  });

export const toyRules = [
  defineBuildRule({
    ...base,
    id: 'says-foo',
    summary: 'The file says `foo`',
    aliases: ['other:X001'],
    options: { alsoWords: stringList('More words.') },
    *check({ source }, { options }) {
      for (const word of ['foo', ...options.alsoWords])
        for (const { start, end } of matches(source, new RegExp(word, 'g')))
          yield {
            message: `\`${word}\` is not \`bar\`.`,
            span: source.spanOf(start, end),
            fixes: [fix('safe', 'Say `bar`', source.replace(start, end, 'bar'))],
          };
    },
  }),
  defineBuildRule({
    ...base,
    id: 'says-meh',
    summary: 'The file says `meh`',
    severity: 'info',
    *check({ source, syntax }) {
      for (const { start, end } of matches(source, /meh/g))
        yield {
          message: 'Be kind.',
          help: 'Say something kind',
          span: source.spanOf(start, end),
          related: [
            { message: 'It began here.', span: source.spanOf(0, 1) },
            ...(syntax ? [{ message: 'And there.', span: { start: 2, end: 3, file: syntax as string } }] : []),
          ],
          fixes: [fix('suggested', 'Say `fine`', source.replace(start, end, 'fine'))],
        };
    },
  }),
  defineBuildRule({
    ...base,
    id: 'toy-secret',
    summary: 'A password is written down',
    policies: ['G1'],
    category: 'security',
    severity: 'error',
    *check({ source }) {
      for (const { start, end } of matches(source, /PASSWORD=(\S+)/g))
        yield {
          message: 'A password stays in the image.',
          span: source.spanOf(start, end),
          related: matches(source, /AGAIN=(\S+)/g).map(({ start, end }) => ({
            message: 'Used here.',
            span: source.spanOf(start, end),
          })),
        };
    },
  }),
  defineBuildRule({
    ...base,
    id: 'old-env',
    summary: 'ENV without an equals sign',
    severity: 'hint',
    preset: 'strict',
    *check({ source }) {
      for (const { start, end } of matches(source, /^ENV .*$/gm))
        yield {
          message: 'Write it another way.',
          span: source.spanOf(start, end),
          fixes: [
            fix('suggested', 'Rewrite it', source.replace(start, end, `env ${source.text.slice(start + 4, end)}`)),
          ],
        };
    },
  }),
  defineBuildRule({
    ...base,
    id: 'goes-boom',
    summary: 'Throws at `boom`',
    preset: 'all',
    check({ source }) {
      if (source.text.includes('boom')) throw new Error(`cannot bear ${source.text}`);
      return [];
    },
  }),
];

export const toyEngine: EngineSource = {
  languages: [dockerfile, cloudInit] as readonly Language[],
  rules: toyRules,
  fixable: new Set(['says-foo', 'says-meh', 'old-env']),
  shell: shellParser,
  load: async () => undefined,
};

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A directory of its own for each test. */
export class Sandbox {
  readonly folder = temporaryFolder('cli');
  stdin = new Uint8Array();
  terminal = false;
  env: Record<string, string> = {};
  clock = 0;
  engine = toyEngine;
  /** Sees what goes to stdout when it does. */
  onWrite: (text: string) => void = () => undefined;
  home = join(this.folder, 'home');

  constructor(files: Readonly<Record<string, string | Uint8Array>> = {}) {
    made.push(this);
    this.write('home/package.json', '{ "version": "1.2.3" }');
    for (const [path, content] of Object.entries(files)) this.write(`work/${path}`, content);
    mkdirSync(this.path(''), { recursive: true });
  }

  /** The path of a file in the working directory. */
  path(name: string): string {
    return posixPath(join(this.folder, 'work', name));
  }

  write(name: string, content: string | Uint8Array): void {
    const path = join(this.folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }

  read(name: string): string {
    return readFileSync(this.path(name), 'utf8');
  }

  async run(...args: string[]): Promise<Ran> {
    const out: string[] = [];
    const err: string[] = [];
    const host: Host = {
      cwd: join(this.folder, 'work'),
      env: this.env,
      stdout: {
        write: text => {
          this.onWrite(text);
          out.push(text);
        },
        isTTY: this.terminal,
        columns: 100,
      },
      stderr: { write: text => err.push(text), isTTY: this.terminal },
      stdin: async () => this.stdin,
      today: '2026-11-21',
      now: () => (this.clock += 700),
      home: this.home,
      engine: async () => this.engine,
    };
    const code = await run(args, host);
    return { code, out: out.join(''), err: err.join('') };
  }

  async json(
    ...args: string[]
  ): Promise<{ code: number; err: string; files: JsonFile[]; summary: Record<string, unknown>; version: number }> {
    const { code, out, err } = await this.run('--format', 'json', ...args);
    return { code, err, ...JSON.parse(out) };
  }
}

export interface JsonFile {
  path: string;
  language: string;
  diagnostics: {
    rule: string;
    policy: string;
    policies: string[];
    severity: string;
    message: string;
    range: unknown;
    url: string;
    fixes: unknown[];
  }[];
}

const made: Sandbox[] = [];
afterEach(() => {
  for (const { folder } of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});
