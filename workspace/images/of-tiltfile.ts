/** What a Tiltfile builds: https://docs.tilt.dev/api.html#api.docker_build. Only calls with plain strings are understood. */
import type { BuildCall } from './model.ts';
import type { Naming } from './naming.ts';
import { lineBefore } from './values.ts';

const CALL = /(?:^|[\s;=(])docker_build(?:_with_restart)?\(/g;
const MOST = 500;
/** Characters and arguments of one call. */
const LONGEST = 4_000;
const MOST_ARGUMENTS = 40;
/** The order of those without a name. */
const POSITIONS = ['ref', 'context'];
const ARGUMENT =
  /(?:([A-Za-z_]\w{0,40})[ \t]{0,20}=(?!=)[ \t]{0,20})?((?:"[^"\n]{0,400}"|'[^'\n]{0,400}')(?=\s{0,40}[,)#])|[A-Za-z_]\w{0,60}(?=\s{0,40}[,)]))?/y;

interface Text {
  readonly written: string;
  readonly start: number;
  readonly end: number;
}

export function ofTiltfile(text: string, naming: Naming): readonly BuildCall[] {
  const calls: BuildCall[] = [];
  for (const { 0: opening, index } of text.matchAll(CALL)) {
    if (calls.length >= MOST) break;
    const start = index + opening.length;
    if (lineBefore(text, start).includes('#')) continue;
    const { given, others } = argumentsAt(text, start);
    const image = given.get('ref');
    if (!image || others.has('dockerfile_contents') || given.has('dockerfile_contents')) continue;
    const known = (name: string): string | undefined => {
      const one = given.get(name);
      return one && naming.known(one.written);
    };
    const name = naming.named(image.written, image);
    calls.push({
      names: name ? [name] : [],
      by: 'tilt',
      context: known('context'),
      file: known('dockerfile'),
      target: known('target'),
      span: { start: image.start, end: image.end },
      // One that is computed is not the default.
      ...(others.has('dockerfile') || others.has('target') ? { context: undefined, file: undefined } : {}),
    });
  }
  return calls;
}

/** The arguments that are strings or names of variables, and the names of all others. */
function argumentsAt(
  text: string,
  start: number,
): { readonly given: ReadonlyMap<string, Text>; readonly others: ReadonlySet<string> } {
  const given = new Map<string, Text>();
  const others = new Set<string>();
  let at = start;
  for (let i = 0; i < MOST_ARGUMENTS && at - start < LONGEST; i++) {
    at = startOfArgument(text, at);
    ARGUMENT.lastIndex = at;
    const [whole = '', key, value] = ARGUMENT.exec(text) ?? [];
    const name = key ?? POSITIONS[i] ?? `${i}`;
    const end = at + whole.length;
    const isString = /^["']/.test(value ?? '');
    if (value === undefined) others.add(name);
    else
      given.set(
        name,
        isString
          ? { written: value.slice(1, -1), start: end - value.length + 1, end: end - 1 }
          : { written: `\${${value}}`, start: end - value.length, end },
      );
    at = endOfArgument(text, end);
    if (text[at] !== ',') break;
    at++;
  }
  return { given, others };
}

/** After whitespace and comments. */
function startOfArgument(text: string, start: number): number {
  let at = start;
  for (; at < text.length; at++) {
    if (text[at] === '#') at = text.indexOf('\n', at) < 0 ? text.length : text.indexOf('\n', at);
    else if (!/\s/.test(text[at]!)) break;
  }
  return at;
}

/** The comma or bracket after an argument; quotes and comments hide both. */
function endOfArgument(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length && at - start < LONGEST; at++) {
    const char = text[at]!;
    if (char === '"' || char === "'") {
      const end = text.slice(at + 1, at + 1 + LONGEST).search(char === '"' ? /["\n]/ : /['\n]/);
      if (end < 0) return text.length;
      at += end + 1;
    } else if (char === '#') {
      const end = text.indexOf('\n', at);
      if (end < 0) return text.length;
      at = end;
    } else if (char === '(' || char === '[' || char === '{') depth++;
    else if (char === ')' || char === ']' || char === '}') {
      if (depth === 0) return at;
      depth--;
    } else if (char === ',' && depth === 0) return at;
  }
  return text.length;
}
