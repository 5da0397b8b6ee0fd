/** What a Bake file in HCL defines, with their expressions computed: https://docs.docker.com/build/bake/reference/ */
import type { Span } from '../../../core/text.ts';
import { asksForSecret } from '../../../facts/secrets/exposures/exposure.ts';
import { looksSecret } from '../../../facts/secrets/masking/masks.ts';
import { type Datum, isList, isMap, same, toBool, toText, UNKNOWN } from '../../../languages/packer/evaluate/datum.ts';
import { type Assumptions, Evaluator } from '../../../languages/packer/evaluate/evaluate.ts';
import type { Block, Body, Expression } from '../../../languages/packer/hcl/ast.ts';
import { parseHcl } from '../../../languages/packer/hcl/index.ts';
import { crossed } from '../values.ts';
import { type Definitions, EMPTY, overridden, type Target, type Text } from './target.ts';

/** Blocks and targets of one file, and targets that one matrix makes. */
const MOST = 500;
const MOST_ROWS = 200;

/** Only what is written: variables have no values. */
const FIXED: Assumptions = { defaults: false, root: undefined };
/** Variables have their defaults, those without one are empty. */
const BY_DEFAULT: Assumptions = { defaults: true, root: undefined };
/** The same, but what is empty or not known is left as a gap. */
const WITH_GAPS: Assumptions = { defaults: true, root: undefined, gaps: true };

/** The same with either arm of what depends on that. */
const EITHER: readonly Assumptions[] = [true, false].map(unless => ({ ...WITH_GAPS, unless }));

type Environment = ReadonlyMap<string, string>;

/** Of one file, or of the joined texts of several; `environment` has the variables that the caller gives. */
export function definitionsOfHcl(text: string, environment: Environment = new Map()): Definitions {
  const blocks = parseHcl(text)
    .body.items.filter(one => one.kind === 'block')
    .slice(0, MOST);
  const evaluator = evaluatorOf(blocks, environment);
  const targets = new Map<string, Target>();
  const groups = new Map<string, readonly string[]>();
  const variables: string[] = [];
  const add = (name: string, target: Target): void => {
    const before = targets.get(name);
    targets.set(name, before ? overridden(before, target) : target);
  };
  let left = MOST;
  for (const block of blocks) {
    const name = block.labels[0]?.text;
    if (name === undefined) continue;
    if (block.type.text === 'variable') variables.push(name);
    if (block.type.text === 'group') {
      const inside = valuesOf(block.body).get('targets');
      const names = inside ? listOf(evaluator.evaluate(inside, BY_DEFAULT)) : [];
      groups.set(
        name,
        names.flatMap(one => one ?? []),
      );
    }
    if (block.type.text !== 'target') continue;
    if (left <= 0) break;
    const given = valuesOf(block.body);
    const matrix = given.get('matrix');
    const rows = matrix ? rowsOf(matrix, evaluator) : [NO_ROW];
    if (!rows) add(name, { ...EMPTY, span: spanOf(block), isInline: true });
    const ofMatrix: string[] = [];
    for (const [i, row] of (rows ?? []).entries()) {
      if (left-- <= 0) break;
      const target = new Row(given, row, evaluator).target(spanOf(block));
      const called = matrix ? (target.name ?? `${name}\0${i}`) : name;
      if (matrix) ofMatrix.push(called);
      add(called, target);
    }
    // The name of a matrix stands for all that it makes.
    if (matrix) groups.set(name, ofMatrix);
  }
  return { targets, groups, variables };
}

const spanOf = ({ type, header }: Block): Span => ({ start: type.start, end: header.end });

const valuesOf = ({ items }: Body): ReadonlyMap<string, Expression> =>
  new Map(items.flatMap(one => (one.kind === 'attribute' ? [[one.name.text, one.value] as const] : [])));

function evaluatorOf(blocks: readonly Block[], environment: Environment): Evaluator {
  const bodies = (type: string) =>
    new Map(
      blocks.flatMap(({ type: { text }, labels: [label], body }) =>
        text === type && label ? [[label.text, valuesOf(body)] as const] : [],
      ),
    );
  const variables = bodies('variable');
  const functions = bodies('function');
  return new Evaluator({
    value: () => undefined,
    hasSource: () => false,
    plain(name, assume, of) {
      // Functions would change what a secret is known by.
      if (asksForSecret(name, {})) return UNKNOWN;
      const variable = variables.get(name);
      const given = variable && environment.get(name);
      if (given !== undefined) return looksSecret(given) ? UNKNOWN : given;
      if (!variable || assume === FIXED) return UNKNOWN;
      const written = variable.get('default');
      const value = written ? of(written) : '';
      if (typeof value === 'string' && looksSecret(value)) return UNKNOWN;
      return (value === '' || value === null) && assume.gaps === true ? UNKNOWN : value;
    },
    defined(name) {
      const [parameters, result] = ['params', 'result'].map(key => functions.get(name)?.get(key));
      if (!result || parameters?.kind !== 'tuple') return undefined;
      const names = parameters.elements.flatMap(one => (one.kind === 'variable' ? [one.name] : []));
      return { parameters: names, result };
    },
    call: (name, args) => (Object.hasOwn(OWN_FUNCTIONS, name) ? OWN_FUNCTIONS[name]!(...args) : undefined),
  });
}

const not = (value: boolean | typeof UNKNOWN): Datum => (value === UNKNOWN ? UNKNOWN : !value);

/** Those that Packer does not have: https://docs.docker.com/build/bake/stdlib/ */
const OWN_FUNCTIONS: Readonly<Record<string, (a?: Datum, b?: Datum) => Datum>> = {
  equal: (a = UNKNOWN, b = UNKNOWN) => same(a, b),
  notequal: (a = UNKNOWN, b = UNKNOWN) => not(same(a, b)),
  not: (a = UNKNOWN) => not(toBool(a)),
  and: (a = UNKNOWN, b = UNKNOWN) => {
    const [one, other] = [toBool(a), toBool(b)];
    return one === false || other === false ? false : one === UNKNOWN || other === UNKNOWN ? UNKNOWN : true;
  },
  or: (a = UNKNOWN, b = UNKNOWN) => {
    const [one, other] = [toBool(a), toBool(b)];
    return one === true || other === true ? true : one === UNKNOWN || other === UNKNOWN ? UNKNOWN : false;
  },
};

type Values = ReadonlyMap<string, Datum>;
const NO_ROW: Values = new Map();

/** The values of each target of a matrix; `undefined` where one is no list. */
function rowsOf(matrix: Expression, evaluator: Evaluator): readonly Values[] | undefined {
  const axes = evaluator.evaluate(matrix, BY_DEFAULT);
  if (!isMap(axes)) return undefined;
  let rows: readonly Values[] = [NO_ROW];
  for (const [name, values] of axes) {
    if (!isList(values)) return undefined;
    rows = crossed(rows, values, MOST_ROWS, (row, value) => new Map<string, Datum>([...row, [name, value]]));
  }
  return rows;
}

/** A target, or one of a matrix. */
class Row {
  constructor(
    private readonly given: ReadonlyMap<string, Expression>,
    private readonly row: Values,
    private readonly evaluator: Evaluator,
  ) {}

  target(span: Span): Target & { readonly name: string | undefined } {
    return {
      name: this.text('name'),
      span,
      inherits: this.texts('inherits').map(one => one.text),
      context: this.text('context'),
      dockerfile: this.text('dockerfile'),
      target: this.text('target'),
      tags: this.texts('tags'),
      args: this.pairs('args').map(([name, value]) => `${name}=${value}`),
      labels: this.pairs('labels').map(([name, value]) => `${name}=${value}`),
      contexts: this.pairs('contexts'),
      isInline: this.given.has('dockerfile-inline'),
    };
  }

  private value(key: string, assume: Assumptions): Datum {
    const written = this.given.get(key);
    return written ? this.evaluator.evaluate(written, assume, this.row) : UNKNOWN;
  }

  private text(key: string): string | undefined {
    const value = toText(this.value(key, BY_DEFAULT));
    return value === UNKNOWN ? undefined : value;
  }

  /** The strings of a list. What is empty by default is left as a gap in a name that would be none. */
  private texts(key: string): readonly Text[] {
    const written = this.given.get(key);
    if (!written) return [];
    const elements = written.kind === 'tuple' ? written.elements : [];
    const fixed = new Set(listOf(this.value(key, FIXED)));
    const open = listOf(this.value(key, WITH_GAPS));
    const actual = listOf(this.value(key, BY_DEFAULT));
    const all = actual.length > 0 ? actual : open;
    const found = all.flatMap((text, i): Text[] => {
      const { start, end } = elements.length === all.length ? elements[i]! : written;
      const inside = end - start > 2 && elements.length === all.length && elements[i]!.kind === 'template' ? 1 : 0;
      const gap = open.length === all.length ? open[i] : undefined;
      if (text === undefined && gap === undefined) return [];
      return [
        {
          text: text ?? gap!,
          ...(gap === undefined || gap === text ? {} : { gap }),
          span: { start: start + inside, end: end - inside },
          certain: text !== undefined && fixed.has(text),
        },
      ];
    });
    if (key !== 'tags') return found;
    const known = new Set([...actual, ...open]);
    const others = new Set(EITHER.flatMap(assume => listOf(this.value(key, assume))).filter(text => !known.has(text)));
    const span = { start: written.start, end: written.end };
    const more = [...others].flatMap(text => (text ? [{ text, span, certain: false }] : []));
    // What is no name by default is one of these.
    return more.length > 0 ? [...found.filter(({ text }) => !text.endsWith(':')), ...more] : found;
  }

  private pairs(key: string): readonly (readonly [name: string, value: string])[] {
    const values = this.value(key, BY_DEFAULT);
    if (!isMap(values)) return [];
    return [...values].flatMap(([name, value]) => {
      const text = toText(value);
      return text === UNKNOWN ? [] : [[name, text] as const];
    });
  }
}

function listOf(value: Datum): readonly (string | undefined)[] {
  if (value === UNKNOWN || value === null) return [];
  return (isList(value) ? value : [value]).map(one => {
    const text = toText(one);
    return text === UNKNOWN ? undefined : text;
  });
}
