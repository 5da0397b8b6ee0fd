/** What a Jenkinsfile builds and starts with its `docker` object: https://www.jenkins.io/doc/book/pipeline/docker/ */
import { commandsIn } from './commands.ts';
import type { BuildCall, NamedImage } from './model.ts';
import type { Naming } from './naming.ts';
import { firstOf, lineBefore } from './values.ts';

const MOST = 500;
const STRING = String.raw`"(?:[^"\\\n]|\\.){1,400}"|'[^'\n]{1,400}'`;
/** `docker.build("name", "arguments")`, also without brackets. */
const BUILD = new RegExp(
  String.raw`\bdocker\.build[ \t]{0,9}[(\s][ \t]{0,9}(${STRING})(?:[ \t]{0,9},\s{0,40}(${STRING}))?`,
  'g',
);
const IMAGE = new RegExp(
  String.raw`\bdocker\.image[ \t]{0,9}\([ \t]{0,9}(${STRING})[ \t]{0,9}\)\.(?:inside|run|withRun|pull)\b`,
  'g',
);
/** `agent { docker { image 'x' } }` and `agent { docker 'x' }`. */
const AGENT = new RegExp(String.raw`\bdocker\s{0,20}(?:\{[^{}]{0,400}?\bimage\s{1,9}|(?=["']))(${STRING})`, 'g');
const FILE_AGENT = /\bdockerfile\s{0,20}(?:\{([^{}]{0,600})\}|true\b)/g;

export interface Said {
  readonly builds: readonly BuildCall[];
  readonly starts: readonly NamedImage[];
}

export function ofJenkinsfile(text: string, naming: Naming): Said {
  const builds: BuildCall[] = [];
  const starts: NamedImage[] = [];
  for (const { 0: whole, 1: name = '', 2: given = '""', index } of matches(text, BUILD)) {
    const start = index + whole.indexOf(name) + 1;
    const span = { start, end: start + name.length - 2 };
    const options = plain(given).trim() || '.';
    const command = `docker build -t ${plain(name).replace(/\s/g, '')} ${options}`;
    for (const call of commandsIn(command, naming, true).builds)
      builds.push({
        ...call,
        names: call.names.map(one => ({ ...one, certain: one.certain && !name.includes('$'), span })),
        span,
      });
  }
  for (const pattern of [IMAGE, AGENT])
    for (const { 0: whole, 1: name = '', index } of matches(text, pattern)) {
      const start = index + whole.indexOf(name) + 1;
      const found = naming.named(plain(name), { start, end: start + name.length - 2 });
      if (found) starts.push(found);
    }
  for (const { 0: whole, 1: inside = '', index } of matches(text, FILE_AGENT)) {
    const value = (key: string) => new RegExp(String.raw`\b${key}[ \t]{1,9}(${STRING})`).exec(inside)?.[1];
    const [directory, file] = ['dir', 'filename'].map(key => value(key));
    const span = { start: index, end: index + whole.length };
    const context = directory === undefined ? '.' : plain(directory);
    builds.push({
      names: [],
      by: 'command',
      context: naming.known(context),
      file: file === undefined ? undefined : naming.known(`${context}/${plain(file)}`),
      target: undefined,
      span,
      starts: { name: file === undefined ? 'Dockerfile' : naming.shown(plain(file)), certain: true, span },
    });
  }
  return { builds, starts };
}

const matches = (text: string, pattern: RegExp) =>
  firstOf(text.matchAll(pattern), MOST, ({ index }) => !isComment(text, index));

const isComment = (text: string, index: number): boolean =>
  /^[ \t]{0,80}(?:\/\/|\*)/.test(lineBefore(text, index) + text.slice(index, index + 2));

/** Without quotes; `${env.X}` is a variable of the environment. */
const plain = (string: string): string =>
  string.slice(1, -1).replace(/\$\{(?:env|params)\.(\w{1,60})\}/g, (_, name: string) => `\${${name}}`);
