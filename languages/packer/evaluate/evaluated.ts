/** Expressions as rules see them: values under assumptions, and the elements of lists and objects through locals and functions. */
import type { Reference, Value } from '../../../core/build.ts';
import type { SourceText, Span } from '../../../core/text.ts';
import type { Expression, Traversal } from '../hcl/ast.ts';
import { eachTraversal } from '../references.ts';
import type { Data, Evaluated, PackerEntry, PackerReference } from '../tree.ts';
import { type Datum, isKnown, isList, isMap, toBool, toText, UNKNOWN } from './datum.ts';
import { type Assumptions, BY_DEFAULT, type Evaluator, type Site } from './evaluate.ts';
import { GIVES_TEXT } from './functions.ts';
import { asSharedValue, computedText, type DecodedText, decodeText, maskActions, type TextContext } from './text.ts';

/** What the expressions of one module share. */
export interface Evaluation {
  readonly evaluator: Evaluator;
  describe(traversal: Traversal, source: SourceText): PackerReference | undefined;
  /** How many elements may still be created in this module: lists of lists with many references would multiply. */
  elementsLeft: number;
  /** Whether a local's value depends on a variable. */
  dependsOnVariable(local: string): boolean;
}

/** How many references and calls are followed to elements, and how many elements are read. */
const DEEPEST = 40;
const MOST_ELEMENTS = 5_000;

/** The elements of an expression: one of the lists is empty; both are for a plain or unknown value. */
interface Elements {
  readonly items: readonly Node[];
  readonly entries: readonly PackerEntry[];
  readonly complete: boolean;
}
const NOTHING: Elements = { items: [], entries: [], complete: true };
const UNREAD: Elements = { items: [], entries: [], complete: false };

/** An expression of a module under assumptions. */
export function evaluated(evaluation: Evaluation, site: Site, assume: Assumptions): Evaluated {
  return new Node(evaluation, site.expression, site.source, assume, undefined);
}

class Node implements Evaluated {
  private known: { readonly datum: Datum } | undefined;
  private parts: Elements | undefined;
  private other: Node | undefined;
  private found: readonly PackerReference[] | undefined;
  private asText: DecodedText | undefined;
  private shared: Value | undefined;
  private index: ReadonlyMap<string, PackerEntry> | undefined;

  constructor(
    private readonly evaluation: Evaluation,
    readonly expression: Expression,
    readonly source: SourceText,
    private readonly assume: Assumptions,
    private readonly fixed: Datum | undefined,
  ) {}

  get span(): Span {
    return this.source.spanOf(this.expression.start, this.expression.end);
  }
  get written(): SourceText {
    return this.source.slice(this.expression.start, this.expression.end);
  }

  private get datum(): Datum {
    if (this.fixed !== undefined) return this.fixed;
    this.known ??= { datum: this.evaluation.evaluator.evaluate(this.expression, this.assume) };
    return this.known.datum;
  }

  get kind(): Evaluated['kind'] {
    const { datum } = this;
    if (datum === null) return 'null';
    if (isList(datum)) return 'list';
    if (isMap(datum)) return 'object';
    if (datum === UNKNOWN) return this.fixed === undefined ? kindOf(this.expression) : 'unknown';
    return typeof datum === 'boolean' ? 'bool' : (typeof datum as 'string' | 'number');
  }

  get literal(): Data | undefined {
    const { datum } = this;
    return isKnown(datum) && !hasAction(datum) ? datum : undefined;
  }
  get byDefault(): Data | undefined {
    return this.literal ?? (this.assume.defaults ? undefined : this.assumingDefaults.literal);
  }
  get assumingDefaults(): Evaluated {
    if (this.assume.defaults) return this;
    return (this.other ??= new Node(this.evaluation, this.expression, this.source, BY_DEFAULT, this.fixed));
  }
  get bool(): boolean | undefined {
    const value = toBool(this.datum);
    return value === UNKNOWN ? undefined : value;
  }
  get text(): string | undefined {
    const { raw } = this;
    return raw !== undefined && hasAction(raw) ? undefined : raw;
  }
  get raw(): string | undefined {
    const value = toText(this.datum);
    return value === UNKNOWN ? undefined : value;
  }

  get items(): readonly Evaluated[] {
    return this.elements(0).items;
  }
  get entries(): readonly PackerEntry[] {
    return this.elements(0).entries;
  }
  get complete(): boolean {
    return this.elements(0).complete;
  }
  entry(key: string): PackerEntry | undefined {
    this.index ??= new Map(this.entries.map(entry => [entry.key, entry]));
    return this.index.get(key);
  }

  get references(): readonly PackerReference[] {
    if (!this.found) {
      const found: PackerReference[] = [];
      eachTraversal(this.expression, traversal => {
        const reference = this.evaluation.describe(traversal, this.source);
        if (reference) found.push(reference);
      });
      this.found = found;
    }
    return this.found;
  }
  get dependsOnVariable(): boolean {
    return this.references.some(
      ({ root, path }) =>
        root === 'var' || (root === 'local' && path[0] !== undefined && this.evaluation.dependsOnVariable(path[0])),
    );
  }

  asValue(): Value {
    return (this.shared ??= asSharedValue(maskActions(this.decoded()), this.assumingDefaults.text, this.span));
  }
  asContent(): SourceText {
    return this.decoded().source;
  }

  private decoded(): DecodedText {
    if (this.asText) return this.asText;
    const { assume, expression, fixed, evaluation, source } = this;
    const context: TextContext = {
      evaluate: other => evaluation.evaluator.evaluate(other, assume),
      reference: (other, at) => firstReference(evaluation, other, at),
    };
    return (this.asText =
      fixed === undefined ? decodeText(expression, source, context) : computedText(fixed, expression, source, context));
  }

  /** The same assumptions about another expression. */
  private at({ expression, source }: Site): Node {
    return new Node(this.evaluation, expression, source, this.assume, undefined);
  }
  private computed(datum: Datum): Node {
    return new Node(this.evaluation, this.expression, this.source, this.assume, datum);
  }

  private elements(depth: number): Elements {
    if (this.parts) return this.parts;
    if (depth > DEEPEST) return UNREAD;
    // A circular local finds this.
    this.parts = UNREAD;
    if (this.evaluation.elementsLeft <= 0) return UNREAD;
    const elements = (this.fixed === undefined ? this.structure(depth) : undefined) ?? this.elementsOfDatum();
    this.evaluation.elementsLeft -= elements.items.length + elements.entries.length;
    return (this.parts = elements);
  }

  private elementsOfDatum(): Elements {
    const { datum } = this;
    if (datum === UNKNOWN) return UNREAD;
    if (isList(datum)) {
      const items = datum.slice(0, MOST_ELEMENTS).map(item => this.computed(item));
      return { items, entries: [], complete: items.length === datum.length };
    }
    if (isMap(datum)) {
      const { span } = this;
      const entries = [...datum].map(([key, value]) => ({ key, keySpan: span, value: this.computed(value), span }));
      return { items: [], entries: entries.slice(0, MOST_ELEMENTS), complete: entries.length <= MOST_ELEMENTS };
    }
    return NOTHING;
  }

  /** The elements as written; `undefined` when they can only be computed. */
  private structure(depth: number): Elements | undefined {
    const { expression, source } = this;
    const inner = (other: Expression): Node => this.at({ expression: other, source });
    switch (expression.kind) {
      case 'parentheses':
        return inner(expression.expression).elements(depth + 1);
      case 'template': {
        const only = expression.parts.length === 1 ? expression.parts[0] : undefined;
        return only?.kind === 'interpolation' ? inner(only.expression).elements(depth + 1) : NOTHING;
      }
      case 'tuple': {
        const items = expression.elements.slice(0, MOST_ELEMENTS).map(inner);
        return { items, entries: [], complete: items.length === expression.elements.length };
      }
      case 'object': {
        const merged = new Merged();
        for (const item of expression.items) {
          const bare = item.key.kind === 'variable' ? item.key.name : undefined;
          const key = bare ?? toText(inner(item.key).datum);
          if (typeof key !== 'string') merged.complete = false;
          else
            merged.add({
              key,
              keySpan: source.spanOf(item.key.start, item.key.end),
              value: inner(item.value),
              span: source.spanOf(item.start, item.value.end),
            });
        }
        return merged.done();
      }
      case 'conditional': {
        const condition = toBool(inner(expression.condition).datum);
        if (condition === UNKNOWN) return undefined;
        return inner(condition ? expression.whenTrue : expression.whenFalse).elements(depth + 1);
      }
      case 'call':
        if (expression.expand) return undefined;
        return this.called(expression.name.text, expression.args.map(inner), depth);
      case 'traversal':
        return this.referenced(expression)?.elements(depth + 1);
      default:
        return undefined;
    }
  }

  private called(name: string, args: readonly Node[], depth: number): Elements | undefined {
    if (name === 'concat') {
      const lists = args.map(arg => arg.elements(depth + 1));
      const items = lists.flatMap(list => list.items);
      const complete = lists.every(list => list.complete) && items.length <= MOST_ELEMENTS;
      return { items: items.slice(0, MOST_ELEMENTS), entries: [], complete };
    }
    if (name === 'merge') {
      const merged = new Merged();
      for (const arg of args) {
        const { entries, complete } = arg.elements(depth + 1);
        if (!complete) merged.complete = false;
        for (const entry of entries) merged.add(entry);
      }
      return merged.done();
    }
    const first = args[0];
    if (first && ['tolist', 'tomap'].includes(name)) return first.elements(depth + 1);
    return undefined;
  }

  /** The value that it leads to, where it is a reference to a local or variable. */
  target(): Evaluated | undefined {
    return this.expression.kind === 'traversal' ? this.referenced(this.expression) : undefined;
  }

  /** The value that a reference to a local or variable leads to, through attributes and indices. */
  private referenced(traversal: Traversal): Node | undefined {
    const [first, ...steps] = traversal.steps;
    const root = traversal.source.kind === 'variable' ? traversal.source.name : undefined;
    if ((root !== 'var' && root !== 'local') || first?.kind !== 'attribute-step') return undefined;
    const site = this.evaluation.evaluator.names.value(root, first.name.text, this.assume);
    let node = site && named(this.evaluation, site, this.assume, () => this.at(site));
    for (const step of steps) {
      if (!node) return undefined;
      if (step.kind === 'attribute-step') node = node.entry(step.name.text)?.value as Node | undefined;
      else if (step.kind === 'index-step') {
        const key: Datum = this.at({ expression: step.key, source: this.source }).datum;
        if (typeof key === 'string') node = node.entry(key)?.value as Node | undefined;
        else node = typeof key === 'number' ? (node.items[key] as Node | undefined) : undefined;
      } else return undefined;
    }
    return node;
  }
}

/** One node for each named value and assumption, so that it is read once and cycles end. */
const namedNodes = new WeakMap<Evaluation, WeakMap<Assumptions, Map<Expression, Node>>>();
function named(evaluation: Evaluation, site: Site, assume: Assumptions, make: () => Node): Node {
  let byAssumption = namedNodes.get(evaluation);
  if (!byAssumption) namedNodes.set(evaluation, (byAssumption = new WeakMap()));
  let nodes = byAssumption.get(assume);
  if (!nodes) byAssumption.set(assume, (nodes = new Map()));
  let node = nodes.get(site.expression);
  if (!node) nodes.set(site.expression, (node = make()));
  return node;
}

/** Entries of which the last of a key wins, in the position of the first. */
class Merged {
  complete = true;
  private readonly entries = new Map<string, PackerEntry>();

  add(entry: PackerEntry): void {
    if (this.entries.size < MOST_ELEMENTS || this.entries.has(entry.key)) this.entries.set(entry.key, entry);
    else this.complete = false;
  }
  done(): Elements {
    return { items: [], entries: [...this.entries.values()], complete: this.complete };
  }
}

function firstReference(evaluation: Evaluation, expression: Expression, source: SourceText): Reference | undefined {
  let first: PackerReference | undefined;
  let at: Traversal | undefined;
  eachTraversal(expression, traversal => {
    if (first) return;
    first = evaluation.describe(traversal, source);
    at = traversal;
  });
  if (!first) return undefined;
  const { name, span, definition } = first;
  if (!definition) return { name, span };
  const value = (): Value | undefined => new Node(evaluation, at!, source, BY_DEFAULT, undefined).target()?.asValue();
  return { name, span, definition, value };
}

function kindOf(expression: Expression): Evaluated['kind'] {
  if (expression.kind === 'parentheses') return kindOf(expression.expression);
  if (expression.kind === 'template')
    return expression.parts.length === 1 && expression.parts[0]!.kind === 'interpolation' ? 'unknown' : 'string';
  if (expression.kind === 'tuple') return 'list';
  if (expression.kind === 'object') return 'object';
  return expression.kind === 'call' && GIVES_TEXT.has(expression.name.text) ? 'string' : 'unknown';
}

/** Whether a plugin fills in a part of the value: `{{ … }}`. */
function hasAction(value: Data): boolean {
  if (typeof value === 'string') {
    const open = value.indexOf('{{');
    return open >= 0 && value.indexOf('}}', open + 2) >= 0;
  }
  if (isList(value)) return (value as readonly Data[]).some(hasAction);
  if (value instanceof Map) {
    for (const item of value.values()) if (hasAction(item as Data)) return true;
  }
  return false;
}
