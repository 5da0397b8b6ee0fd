/** What expressions of a workflow stand for, as far as its text shows it: outputs of jobs, and inputs with their defaults. */
import type { Setting } from '../../facts/config-files/setting.ts';
import type { Row } from './matrix.ts';

const MOST = 500;

/** By what stands in an expression: `needs.build.outputs.tag`, `inputs.image`. */
export function valuesOf(settings: readonly Setting[]): Row {
  const found = new Map<string, string>();
  for (const { path, literal } of settings) {
    if (literal === undefined || literal === '' || literal.length > 2_000 || found.size >= MOST) continue;
    // `on` is true in some versions of YAML.
    if (path.at(-1) === 'default' && path.at(-3) === 'inputs' && (path.length === 5 || path.length === 3))
      found.set(`inputs.${path.at(-2)}`, literal);
    if (path.length === 4 && path[0] === 'jobs' && path[2] === 'outputs')
      found.set(`needs.${path[1]}.outputs.${path[3]}`, outputOf(literal, path[1]!, settings));
  }
  return found;
}

const OUTPUT = /\$\{\{[ \t]{0,9}steps\.([\w-]{1,60})\.outputs\.([\w-]{1,60})[ \t]{0,9}\}\}/g;

/** With what the steps of the job put out, where that is written. */
function outputOf(written: string, job: string, settings: readonly Setting[]): string {
  return written.replace(OUTPUT, (whole, id: string, name: string) => {
    const at = settings.find(
      ({ path, literal }) =>
        path[0] === 'jobs' && path[1] === job && path.length === 5 && path[4] === 'id' && literal === id,
    );
    const run = at && settings.find(({ path }) => path[1] === job && path[3] === at.path[3] && path[4] === 'run');
    const values = new Set(putOutBy(run?.literal ?? '').flatMap(one => (one.name === name ? one.value : [])));
    const [only] = values;
    return only !== undefined && values.size === 1 && IS_WRITTEN.test(only) ? only : whole;
  });
}

/** A word, or JSON; not what a command puts out. */
const IS_WRITTEN = /^(?:[^\s`"'()]{1,300}|[[{][^`]{1,2000}[\]}])$/;

const PUT_OUT =
  /\becho[ \t]{1,9}(["']?)([A-Za-z_][\w-]{0,60})=([^\n]{0,2000}?)\1[ \t]{0,9}>>[ \t]{0,9}["']?\$\{?GITHUB_(OUTPUT|ENV)\b/g;

/** What a script puts out for the steps after it. */
export function putOutBy(
  script: string,
): readonly { readonly name: string; readonly value: string; readonly isVariable: boolean }[] {
  return [...script.matchAll(PUT_OUT)].slice(0, MOST).map(([, , name, value, where]) => ({
    name: name!,
    value: value!.replaceAll('\\"', '"'),
    isVariable: where === 'ENV',
  }));
}
