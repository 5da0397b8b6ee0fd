/** What expressions of a workflow stand for, as far as its text shows it: outputs of jobs, and inputs with their defaults. */

import { filled } from '../../facts/built-images/variables.ts';
import type { Setting } from '../../facts/config-files/setting.ts';
import { waysTo } from './flow.ts';
import type { Row } from './matrix.ts';
import { firstOf } from './values.ts';

const MOST = 500;

/** By what stands in an expression: `needs.build.outputs.tag`, `inputs.image`. */
export function valuesOf(settings: readonly Setting[]): Row {
  const found = new Map<string, string>();
  const outputs = new Outputs(settings);
  for (const { path, literal } of settings) {
    if (literal === undefined || literal === '' || literal.length > 2_000 || found.size >= MOST) continue;
    // `on` is true in some versions of YAML.
    if (path.at(-1) === 'default' && path.at(-3) === 'inputs' && (path.length === 5 || path.length === 3))
      found.set(`inputs.${path.at(-2)}`, literal);
    if (path.length === 4 && path[0] === 'jobs' && path[2] === 'outputs')
      found.set(`needs.${path[1]}.outputs.${path[3]}`, outputs.filled(literal, path[1]!));
  }
  return found;
}

const OUTPUT = /\$\{\{[ \t]{0,9}steps\.([\w-]{1,60})\.outputs\.([\w-]{1,60})[ \t]{0,9}\}\}/g;

/** What the steps of jobs put out. The script of each is read once, however many outputs name it. */
class Outputs {
  /** By the job and the id of a step, where its settings begin; by that, its script. */
  private readonly steps = new Map<string, string>();
  private readonly scripts = new Map<string, string>();
  /** By a script, then by a name; `undefined`: it may be one of several. */
  private readonly values = new Map<string, ReadonlyMap<string, string | undefined>>();

  constructor(settings: readonly Setting[]) {
    for (const { path, literal } of settings) {
      const [group, job, , number, key] = path;
      if (path.length !== 5 || group !== 'jobs' || literal === undefined) continue;
      if (key === 'id' && !this.steps.has(`${job}\0${literal}`))
        this.steps.set(`${job}\0${literal}`, `${job}\0${number}`);
      if (key === 'run') this.scripts.set(`${job}\0${number}`, literal);
    }
  }

  /** With what the steps of the job put out, where that is written. */
  filled(written: string, job: string): string {
    let length = 0;
    return written.replace(OUTPUT, (whole, id: string, name: string) => {
      const step = this.steps.get(`${job}\0${id}`);
      const script = step === undefined ? undefined : this.scripts.get(step);
      const only = script === undefined ? undefined : this.valuesOf(script).get(name);
      length += only?.length ?? 0;
      return only !== undefined && length <= LONGEST && IS_WRITTEN.test(only) ? only : whole;
    });
  }

  private valuesOf(script: string): ReadonlyMap<string, string | undefined> {
    const known = this.values.get(script);
    if (known) return known;
    const values = new Map<string, string | undefined>();
    for (const { name, value } of putOutBy(script))
      values.set(name, values.has(name) && values.get(name) !== value ? undefined : value);
    this.values.set(script, values);
    return values;
  }
}

/** Characters of what one output says. */
const LONGEST = 8_000;

/** A word, or JSON; not what a command puts out. */
const IS_WRITTEN = /^(?:[^\s`"'()]{1,300}|[[{][^`]{1,2000}[\]}])$/;

const PUT_OUT =
  /\becho[ \t]{1,9}(["']?)([A-Za-z_][\w-]{0,60})=([^\n]{0,2000}?)\1[ \t]{0,9}(?:>>|\|[ \t]{0,9}tee[ \t]{1,9}(?:-a|--append))[ \t]{0,9}["']?\$\{?GITHUB_(OUTPUT|ENV)\b|::set-output name=([\w-]{1,60})::([^\n"']{0,2000})/g;
/** `echo "NAME=x"` in braces that are all put out. */
const IN_BRACES = /^[ \t]{0,60}echo[ \t]{1,9}(["']?)([A-Za-z_][\w-]{0,60})=([^\n]{0,2000}?)\1[ \t\r]{0,9}$/gm;
const BRACES =
  /^[ \t]{0,60}\{[ \t\r]{0,9}\n((?:(?![ \t]{0,60}\})[^\n]{0,400}\n){1,60})[ \t]{0,60}\}[ \t]{0,9}>>[ \t]{0,9}["']?\$\{?GITHUB_(OUTPUT|ENV)\b/gm;

interface PutOut {
  readonly name: string;
  readonly value: string;
  readonly isVariable: boolean;
  /** Where in the script. */
  readonly index: number;
}

/** What a script puts out for the steps after it. */
export function putOutBy(script: string): readonly PutOut[] {
  if (!/GITHUB_(?:OUTPUT|ENV)|::set-output/.test(script)) return [];
  const found = firstOf(script.matchAll(PUT_OUT), MOST).map(
    ({ 2: name, 3: value, 4: where, 5: old, 6: set, index }) => ({
      name: (name ?? old)!,
      value: (value ?? set)!.replaceAll('\\"', '"'),
      isVariable: where === 'ENV',
      index,
    }),
  );
  const inBraces = firstOf(script.matchAll(BRACES), MOST).flatMap(({ 0: all, 1: lines = '', 2: where, index }) =>
    firstOf(lines.matchAll(IN_BRACES), MOST).map(one => ({
      name: one[2]!,
      value: one[3]!.replaceAll('\\"', '"'),
      isVariable: where === 'ENV',
      index: index + all.indexOf(lines) + one.index,
    })),
  );
  return [...found, ...inBraces].slice(0, MOST);
}

/** Values of one name, and names that have several. */
const MOST_VALUES = 4;
const MOST_OPEN = 2;
const MOST_NAMES = 60;

/**
 * What the steps of one job put out, as the commands that put it out with the variables of their script filled in: one text
 * for each way through the conditions of the scripts.
 */
export function putOutIn(job: readonly Setting[]): readonly string[] {
  const values = new Map<string, Set<string>>();
  for (const { path, literal = '' } of job) {
    if (path.at(-1) !== 'run' || path.at(-3) !== 'steps') continue;
    for (const { name, value, isVariable, index } of putOutBy(literal)) {
      const key = `${name} ${isVariable ? 'ENV' : 'OUTPUT'}`;
      const all = values.get(key) ?? new Set();
      values.set(key, all);
      for (const way of waysTo(literal.slice(0, index), value)) {
        const text = filled(value, { path: '', name: '', text: `${way}${literal}` });
        if (all.size < MOST_VALUES && /^[^\s"'`]{1,300}$/.test(text.replace(/\$\{\{[^{}]{0,200}\}\}/g, 'x')))
          all.add(text);
      }
    }
  }
  let texts: readonly string[] = [''];
  let left = MOST_OPEN;
  for (const [key, all] of [...values].slice(0, MOST_NAMES)) {
    const [name, where] = key.split(' ');
    const lines = [...all].map(
      value => `${where === 'ENV' ? `${name}=${value}\n` : ''}echo "${name}=${value}" >> $GITHUB_${where}\n`,
    );
    if (lines.length > 1 && left-- <= 0) lines.length = 1;
    if (lines.length > 0) texts = texts.flatMap(text => lines.map(line => text + line));
  }
  return texts;
}
