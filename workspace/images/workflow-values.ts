/** What expressions of a workflow stand for, as far as its text shows it: outputs of jobs, and inputs with their defaults. */
import type { Setting } from '../../facts/config-files/setting.ts';
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
  /\becho[ \t]{1,9}(["']?)([A-Za-z_][\w-]{0,60})=([^\n]{0,2000}?)\1[ \t]{0,9}>>[ \t]{0,9}["']?\$\{?GITHUB_(OUTPUT|ENV)\b/g;

/** What a script puts out for the steps after it. */
export function putOutBy(
  script: string,
): readonly { readonly name: string; readonly value: string; readonly isVariable: boolean }[] {
  // Most lines put nothing out.
  const lines = script.split('\n').filter(line => line.includes('GITHUB_'));
  return firstOf(lines.join('\n').matchAll(PUT_OUT), MOST).map(([, , name, value, where]) => ({
    name: name!,
    value: value!.replaceAll('\\"', '"'),
    isVariable: where === 'ENV',
  }));
}
