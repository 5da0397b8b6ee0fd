/** The images that one build file makes, by their names without tags. */
import { memo } from '../../core/memo.ts';
import type { BuildFile } from '../build-files.ts';
import { expansions, UNKNOWN } from './variables.ts';

/** Names of one file that are looked at. */
const MOST = 500;
/** Lines of one list. */
const MOST_LINES = 60;
/** Keys of one file whose neighbors are looked at. */
const MOST_KEYS = 2_000;

/** `-t NAME`, `--tag=NAME`, `"--tag", "NAME"`, `--destination NAME` of Kaniko, `--build-context NAME=…`. */
const OPTION = /(?:^|[\s"'[,(])(?:-t|--tag|--destination|--build-context)(?=[=\s"',])/g;
const RETAGGED = /\b(?:docker|podman|nerdctl|buildah|DOCKER[)}])[ \t]+(?:image[ \t]+)?(?:tag|push)[ \t]+/g;
/** A key with names, or with a list of them below it. */
const KEY =
  /^([ \t]*)(?:-[ \t]+)?["']?(tags?|images?|destinations?|imageName|repository|contexts|additional_contexts|build-contexts)["']?[ \t]*[:=][ \t]*(.{0,400})$/gm;
const CALL = /\b(?:docker_build|custom_build)\([\s"']{1,4}|^[ \t]*SAVE IMAGE (?:--push )?/gm;
/** What stands beside `image:` where the image is built. */
const BUILT_BESIDE = /^["']?(?:build|context|docker|jib|ko|custom|kaniko|buildpacks)["']?[ \t]*:/;

/** The names, with {@link UNKNOWN} in place of what is not known; each has a part that is. */
export const namesBuiltIn: (file: BuildFile) => readonly string[] = memo(file => {
  const found = new Set<string>();
  const add = (written: string | undefined): void => {
    if (written === undefined || written === '' || found.size > MOST) return;
    for (const text of expansions(written, file)) {
      const name = withoutTag(text);
      if (isTelling(name)) found.add(name);
    }
  };
  for (const written of wordsIn(file)) add(written);
  return [...found];
});

/** The names of contexts: `--build-context NAME=…`, `contexts` of Bake, `additional_contexts` of Compose. */
export const contextsIn: (file: BuildFile) => readonly string[] = memo(file => {
  const { name, text } = file;
  if (!/context/.test(text)) return [];
  const found = [...text.matchAll(OPTION)]
    .filter(([option]) => option.includes('context'))
    .map(({ 0: option, index }) => wordAt(text, index + option.length)[0]?.split('=', 1)[0]);
  const inOthers = /\.(?:sh|mk|ps1)$|makefile|justfile/i.test(name) ? [] : [...inKeys(file, true)];
  return [...found, ...inOthers].flatMap(one => (one === undefined ? [] : withoutTag(one)));
});

/** The words that are names. */
function* wordsIn(file: BuildFile): Iterable<string | undefined> {
  const { text } = file;
  for (const { 0: option, index } of text.matchAll(OPTION)) {
    const [word] = wordAt(text, index + option.length);
    yield option.includes('context') ? word?.split('=', 1)[0] : word;
  }
  for (const { 0: command, index } of text.matchAll(RETAGGED)) {
    const [first, end] = wordAt(text, index + command.length);
    yield command.includes('push') ? first : wordAt(text, end)[0];
  }
  for (const { 0: call, index } of text.matchAll(CALL)) yield wordAt(text, index + call.length)[0];
  yield* inKeys(file);
}

function* inKeys({ text, name }: BuildFile, onlyContexts = false): Iterable<string | undefined> {
  if (/\.(?:sh|mk|ps1)$|makefile|justfile/i.test(name)) return;
  let left = MOST_KEYS;
  for (const { 0: line, index, 1: indent, 2: key, 3: value } of text.matchAll(KEY)) {
    if (key === 'image' && (left-- <= 0 || !isBuiltBeside(text, index, indent!.length))) continue;
    if (key === 'images' && !text.includes('metadata-action')) continue;
    const isContext = key!.endsWith('contexts');
    if (onlyContexts && !isContext) continue;
    const values =
      /^[|>[{]?[-+]?$/.test(value!.trim()) || value!.trim() === '{'
        ? below(text, index + line.length + 1, indent!.length)
        : value!.replace(/^[[{]|[\]}],?$/g, '').split(',');
    for (const one of values) {
      const bare = one
        .trim()
        .replace(/^-[ \t]+/, '')
        .replace(/^["']/, '');
      yield isContext ? /^[\w./-]{1,100}(?=["']?[ \t]{0,9}[:=])/.exec(bare)?.[0] : wordAt(bare, 0)[0];
    }
  }
}

/** The lines of a list that begins at `at`. */
function below(text: string, at: number, indent: number): string[] {
  const lines: string[] = [];
  for (let from = at; from < text.length && lines.length < MOST_LINES; ) {
    const end = text.indexOf('\n', from) < 0 ? text.length : text.indexOf('\n', from);
    const line = text.slice(from, end);
    const own = line.length - line.trimStart().length;
    if (line.trim() !== '' && (own < indent || /^[\s]*[\]}]/.test(line))) break;
    if (line.trim() !== '' && own <= indent && !/^[ \t]*-/.test(line)) break;
    lines.push(line);
    from = end + 1;
  }
  return lines;
}

/** Whether the keys beside the one at `at`, which is indented so far, say that it is built. */
function isBuiltBeside(text: string, at: number, indent: number): boolean {
  const column = /^[ \t]*-[ \t]+/.exec(text.slice(at, at + 200))?.[0].length ?? indent;
  const isBeside = (line: string): boolean | undefined => {
    const own = /^[ \t]*(?:-[ \t]+)?/.exec(line)![0].length;
    if (line.trim() === '' || own > column) return undefined;
    return own < column ? false : BUILT_BESIDE.test(line.slice(own)) || undefined;
  };
  const after = text
    .slice(at, at + 3_000)
    .split('\n')
    .slice(1);
  const before = text
    .slice(Math.max(0, at - 3_000), at)
    .split('\n')
    .reverse();
  for (const lines of [after, before])
    for (const line of lines) {
      const answer = isBeside(line);
      if (answer === true) return true;
      if (answer === false) break;
    }
  return false;
}

const STOP = /[\s"'\\,;|&<>`]/;
const OPENING: Readonly<Record<string, string>> = { '{': '}', '(': ')' };

/** The next word, and where it ends: quotes, commas and dashes of a list before it are skipped. */
export function wordAt(text: string, at: number): readonly [word: string | undefined, end: number] {
  const start = at + /^[\s"'=,\\[-]{0,60}/.exec(text.slice(at, at + 60))![0].length;
  let end = start;
  const open: string[] = [];
  for (; end < text.length && end - start < 300; end++) {
    const char = text[end]!;
    if (char === '\n' || (open.length === 0 && (STOP.test(char) || char === ')' || char === ']' || char === '}')))
      break;
    if (OPENING[char]) open.push(OPENING[char]);
    else if (char === open.at(-1)) open.pop();
  }
  return [end > start ? text.slice(start, end) : undefined, end];
}

/** `registry:5000/web:1.2@sha256:…` without the tag, the digest and the names of Docker Hub. */
export function withoutTag(text: string): string {
  const named = text.split('@', 1)[0]!;
  const colon = named.lastIndexOf(':');
  const name = colon > named.lastIndexOf('/') ? named.slice(0, colon) : named;
  return name.replace(/^(?:https?|docker):\/\//, '').replace(/^(?:index\.)?docker\.io\/(?:library\/)?/, '');
}

/** Whether what is known of a name tells it from others. */
function isTelling(name: string): boolean {
  const last = name.slice(name.lastIndexOf('/') + 1).replaceAll(UNKNOWN, '');
  return /[a-z\d].*[a-z\d].*[a-z\d]/.test(last) && /^[\0\w./:-]+$/.test(name);
}

/** Whether a name may be that of an image, in which {@link UNKNOWN} stands for anything. */
export function mayBe(name: string, image: string): boolean {
  const parts = name.split(UNKNOWN);
  if (parts.length === 1) return name === image;
  const first = parts[0]!;
  const last = parts.at(-1)!;
  if (!image.startsWith(first) || !image.endsWith(last) || image.length < first.length + last.length) return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = image.indexOf(part, at);
    if (found < 0 || found + part.length > image.length - last.length) return false;
    at = found + part.length;
  }
  return true;
}
