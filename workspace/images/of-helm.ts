/** The images that templates of Helm start, with the values of their chart: https://helm.sh/docs/chart_template_guide/ */
import { lastFew } from './last-few.ts';
import type { NamedImage } from './model.ts';
import type { Naming } from './naming.ts';
import { firstOf, MOST, settingsOf } from './values.ts';

const IMAGE = /^[ \t]{0,80}(?:-[ \t]{1,20})?image:[ \t]{1,20}([^\n#]{1,400})/gm;
const EXPRESSION = /\{\{-?[ \t]{0,9}([^{}\n]{1,300}?)[ \t]{0,9}-?\}\}/g;

type Values = ReadonlyMap<string, string | undefined>;

const valuesOf = lastFew((text): Values => {
  return new Map(settingsOf(text).map(({ path, literal }) => [`.Values.${path.join('.')}`, literal]));
});

const factsOf = lastFew((text): Values => {
  const own = settingsOf(text).filter(({ path }) => path.length === 1);
  return new Map(own.map(one => [`.Chart.${one.path[0]!.replace(/^./, first => first.toUpperCase())}`, one.literal]));
});

/** `values` and `chart` are the texts of `values.yaml` and `Chart.yaml`. What only the values name is said there. */
export function startsOfHelm(text: string, values: string, chart: string, naming: Naming): readonly NamedImage[] {
  const known = new Map([...valuesOf(values), ...factsOf(chart)]);
  return firstOf(text.matchAll(IMAGE), MOST).flatMap(({ 0: whole, 1: line = '', index }): NamedImage[] => {
    const written = line.trim().replace(/^(["'])(.*)\1$/, '$2');
    const isOwn = /\w/.test(written.replace(EXPRESSION, ''));
    if (!isOwn) return [];
    const filled = written.replace(
      EXPRESSION,
      (_, inside: string) => valueFor(inside, known) ?? `{{ ${nameOf(inside)} }}`,
    );
    if (/[\s"'|]/.test(filled.replace(EXPRESSION, ''))) return [];
    const start = index + whole.length - line.length;
    const found = naming.started(filled, { start, end: start + line.trimEnd().length });
    return found && (found.known === undefined || /\w/.test(found.known)) ? [{ ...found, certain: false }] : [];
  });
}

/** A value of the chart, or what stands in for it: `.Values.image.tag | default .Chart.AppVersion`. */
function valueFor(expression: string, known: ReadonlyMap<string, string | undefined>): string | undefined {
  const [first = '', ...filters] = expression.split('|').map(one => one.trim());
  const [, other, own] = /^default[ \t]{1,9}(\S{1,100})[ \t]{1,9}(\S{1,200})$/.exec(first) ?? [];
  const whole = [own ?? first, other, ...filters.map(one => /^default[ \t]{1,9}(\S{1,100})$/.exec(one)?.[1])];
  for (const one of whole) {
    const text = one === undefined ? undefined : (/^"([^"]*)"$/.exec(one)?.[1] ?? known.get(one.replace(/^\$/, '')));
    if (text) return text;
  }
  return undefined;
}

/** What people read in place of an expression. */
const nameOf = (expression: string): string => /\.([A-Za-z_]\w{0,60})(?![\w.])/.exec(expression)?.[1] ?? 'value';
