/**
 * Programs that only run another one: `sudo`, `env X=1`, `timeout 5`. What a command is about is the program behind
 * them. The grammars are those of the tools' manual pages (coreutils, util-linux, sudo, findutils, busybox).
 */
import { nameOf } from '../core/path.ts';

/** What a wrapper's command line needs to be read. `literal` is `undefined` for a word that cannot be known. */
export interface PlainWord {
  readonly literal: string | undefined;
}

interface Wrapper {
  /** Options that take the next word, when nothing is attached. */
  readonly values: string;
  readonly longValues?: readonly string[];
  /** Words of its own between the options and the program: `timeout DURATION`, `chroot DIR`. */
  readonly operands?: number;
  /** `NAME=value` words may stand in front of the program. */
  readonly assignments?: boolean;
  /** With one of these options it runs nothing. */
  readonly not?: string;
}

const WRAPPERS: Readonly<Record<string, Wrapper>> = {
  sudo: {
    values: 'ugpCcrtTUDRh',
    longValues: ['user', 'group', 'prompt', 'chdir', 'chroot', 'role', 'type', 'host', 'other-user', 'close-from'],
    assignments: true,
    not: 'elvKV',
  },
  doas: { values: 'uC', not: 'LC' },
  env: { values: 'uC', longValues: ['unset', 'chdir'], assignments: true, not: 'S' },
  time: { values: 'fo', longValues: ['format', 'output'] },
  nice: { values: 'n', longValues: ['adjustment'] },
  ionice: { values: 'cn', longValues: ['class', 'classdata'], not: 'pPu' },
  nohup: { values: '' },
  setsid: { values: '' },
  exec: { values: 'a' },
  command: { values: '', not: 'vV' },
  builtin: { values: '' },
  stdbuf: { values: 'ioe', longValues: ['input', 'output', 'error'] },
  xargs: {
    values: 'IEdnPLsa',
    longValues: ['delimiter', 'max-args', 'max-procs', 'max-lines', 'max-chars', 'arg-file', 'replace'],
  },
  chroot: { values: '', longValues: ['userspec', 'groups'], operands: 1 },
  'arch-chroot': { values: 'u', operands: 1 },
  timeout: { values: 'sk', longValues: ['signal', 'kill-after'], operands: 1 },
  eatmydata: { values: '' },
  fakeroot: { values: 'ilsb' },
  chronic: { values: '' },
  unbuffer: { values: '' },
  gosu: { values: '', operands: 1 },
  'su-exec': { values: '', operands: 1 },
  setarch: { values: '', operands: 1 },
  linux32: { values: '' },
  linux64: { values: '' },
  'dumb-init': { values: 'r' },
  tini: { values: 'pe' },
  busybox: { values: '' },
};

/** The name a program is known by: the last segment of its path, without `.exe`. */
export function programName(literal: string): string {
  const name = nameOf(literal);
  return name.endsWith('.exe') ? name.slice(0, -4) : name;
}

/**
 * The index of the word that names the program a command is about, and the wrappers in front of it, outermost first;
 * `undefined` when that word is not literal, or a wrapper's own words cannot be told apart.
 */
export function unwrap(words: readonly PlainWord[]): { index: number; via: readonly string[] } | undefined {
  const via: string[] = [];
  let index = 0;
  while (index < words.length) {
    const literal = words[index]!.literal;
    if (literal === undefined || literal === '') return undefined;
    const name = programName(literal);
    const wrapper = Object.hasOwn(WRAPPERS, name) ? WRAPPERS[name] : undefined;
    const next = wrapper ? behind(wrapper, words, index + 1) : undefined;
    if (next === undefined) return { index, via };
    if (next === 'unknown') return undefined;
    via.push(name);
    index = next;
  }
  return undefined;
}

/** Where the program behind a wrapper stands; `undefined` when it runs none. */
function behind(wrapper: Wrapper, words: readonly PlainWord[], from: number): number | 'unknown' | undefined {
  let i = from;
  let operands = wrapper.operands ?? 0;
  let options = true;
  for (; i < words.length; i++) {
    const word = words[i]!.literal;
    if (word === undefined) {
      // A directory or a duration may be anything; an unknown option is not to be guessed.
      if (operands === 0) return wrapper.assignments ? skipAssignment(words, i) : 'unknown';
      operands--;
      options = false;
    } else if (options && word === '--') options = false;
    else if (options && word.startsWith('--')) {
      if (wrapper.longValues?.includes(word.slice(2))) i++;
    } else if (options && word.length > 1 && word.startsWith('-')) {
      const letters = word.slice(1);
      const at = [...letters].findIndex(letter => wrapper.values.includes(letter));
      const flags = at < 0 ? letters : letters.slice(0, at);
      if (wrapper.not && [...flags].some(letter => wrapper.not!.includes(letter))) return undefined;
      if (at >= 0 && at === letters.length - 1) i++;
    } else if (wrapper.assignments && /^[A-Za-z_]\w*=/.test(word)) options = false;
    else if (operands > 0) {
      operands--;
      options = false;
    } else return i;
  }
  return undefined;
}

/** `env X="$Y" program`: the value is unknown, the program is not. */
function skipAssignment(words: readonly (PlainWord & { readonly raw?: string })[], i: number): number | 'unknown' {
  let at = i;
  while (at < words.length && /^[A-Za-z_]\w*=/.test(words[at]!.literal ?? words[at]!.raw ?? '')) at++;
  return at > i && at < words.length && words[at]!.literal !== undefined ? at : 'unknown';
}
