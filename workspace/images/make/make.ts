/** What the recipes of a Makefile run: its variables, functions and rules, computed as far as its text shows them. */

import { EACH } from '../model.ts';
import { push } from '../names.ts';
import { firstOf } from '../values.ts';
import type { Variant, Variants } from '../variants.ts';
import { makeCallsIn } from './calls.ts';
import { type Choice, Conditions, type Truth } from './conditions.ts';
import { expanded, type MakeScope } from './functions.ts';
import { CALL, fitsPattern, linesOf, loopAround, REFERENCES, ruleIn, stemOf, withoutComment, wordsOf } from './text.ts';

/** Rules, targets of one of them, and values of variables. */
const MOST_RULES = 1_000;
const MOST_TARGETS = 60;
const MOST_VARIABLES = 2_000;
const MOST_OF_TARGETS = 300;
/** Runs of one command. */
const MOST_RUNS = 60;
/** Calls of Make in recipes, and such that lead to others. */
const MOST_CALLS = 300;
const DEEPEST_CALL = 3;
const LONGEST = 4_000;

const SETTING = /^(?:(?:export|override|private)[ \t]{1,9})*([\w.-]{1,80})[ \t]{0,20}([:?+]{0,3})=[ \t]{0,20}(.*)$/;

interface Rule {
  readonly targets: string;
  readonly prerequisites: string;
  /** Where its recipe is. */
  readonly start: number;
  end: number;
  /** The body of a variable that is called with arguments: `$(call build,web)`. */
  readonly isDefinition?: true;
}

type Variables = ReadonlyMap<string, string>;
/** By target, the variables that it is run with. */
type MakeCalls = ReadonlyMap<string, readonly Variables[]>;
/** Targets that one call runs. */
const MOST_REACHED = 60;

/** Other values of variables that conditions depend on, and those of callers. */
const MOST_CHOICES = 6;
const MOST_OTHERS = 40;
const isReference = (value: string): boolean => /^\$[({][\w.-]{1,80}[)}]$/.test(value);

const isSame = (one: Variables, other: Variables): boolean =>
  one.size === other.size && [...one].every(([name, value]) => other.get(name) === value);

interface OfTarget {
  readonly targets: string;
  readonly name: string;
  readonly isDefault: boolean;
  readonly value: string;
}

export class Make {
  private readonly variables = new Map<string, string>();
  /** Variables whose values the environment does not replace. */
  private readonly fixed = new Set<string>();
  private readonly ofTargets: OfTarget[] = [];
  private readonly rulesOf = new Map<string, readonly Rule[]>();
  /** The targets of rules. */
  private readonly named = new Map<Rule, readonly string[]>();
  private readonly runs = new Map<Rule, readonly MakeScope[]>();
  private calls: Map<string, string[]> | undefined;
  /** By target, the variables that recipes give it when they run Make. */
  private made: ReadonlyMap<string, readonly Variables[]> | undefined;
  /** The words that the targets of each of {@link ofTargets} are. */
  private meant: readonly (readonly string[])[] | undefined;
  private readonly asked = new Set<string>();
  private readonly chosen = new Map<string, { readonly name: string; readonly value: string }>();
  private readonly others = new Map<string, Make>();
  /** What is left of the work that one file may cause. */
  private readonly budget = { left: 100_000 };

  /** `texts` in the order in which they are read. Functions change values: `clean` masks secrets before. */
  constructor(
    private readonly texts: readonly string[],
    private readonly clean: (text: string) => string,
    private readonly given: Variables = new Map(),
  ) {
    for (const [name, value] of given) if (!isReference(value)) this.variables.set(name, this.clean(value));
    for (const text of texts) this.rulesOf.set(text, this.read(text));
  }

  /** The variables that conditions depend on. */
  asks(name: string): boolean {
    return this.asked.has(name);
  }

  /** What callers may choose so that other arms of conditions are read, a variable with a value each. */
  choices(): readonly Variables[] {
    return [...this.chosen.values()].slice(0, MOST_CHOICES).map(({ name, value }) => new Map([[name, value]]));
  }

  /** The same where a caller gives variables. */
  with(given: Variables): Make {
    const own = [...given].filter(([name]) => this.asked.has(name) && this.given.get(name) !== given.get(name));
    if (own.length === 0) return this;
    const key = JSON.stringify(own);
    const known = this.others.get(key) ?? (this.others.size < MOST_OTHERS ? this.other(own) : this);
    this.others.set(key, known);
    return known;
  }

  private other(own: readonly (readonly [string, string])[]): Make {
    return new Make(this.texts, this.clean, new Map([...this.given, ...own]));
  }

  private read(text: string): readonly Rule[] {
    const rules: Rule[] = [];
    const conditions = new Conditions();
    const scope: MakeScope = { own: new Map(), variables: this.variables, depth: 0, budget: this.budget };
    let inDefinition: string | undefined;
    for (const [line, start, end] of linesOf(text)) {
      const last = rules.at(-1);
      const word = /^[ ]{0,20}([\w-]+)/.exec(line)?.[1] ?? '';
      if (inDefinition !== undefined) {
        if (word === 'endef') inDefinition = undefined;
        else if (rules.at(-1)?.isDefinition) rules.at(-1)!.end = end;
        continue;
      }
      if (line.startsWith('\t')) {
        if (last) last.end = end;
        continue;
      }
      if (word === 'define') {
        inDefinition = /^[ ]*define[ \t]+([\w.-]{1,80})/.exec(line)?.[1] ?? '';
        rules.push({ targets: inDefinition, prerequisites: '', start, end, isDefinition: true });
      } else if (conditions.take(line, scope, name => this.isSet(name))) {
        for (const { name } of conditions.choices) this.asked.add(name);
        continue;
      }
      if (/^(?:define|-?include|sinclude)$/.test(word)) continue;
      const setting = SETTING.exec(line.trimStart());
      if (setting) {
        this.choose(conditions.choices);
        if (conditions.isRead !== false) this.set(setting[1]!, setting[2]!, setting[3]!, conditions);
        continue;
      }
      const [targets = '', rest = ''] = ruleIn(line) ?? [];
      const ofTarget = targets === '' ? undefined : SETTING.exec(rest.trimStart());
      if (ofTarget && this.ofTargets.length < MOST_OF_TARGETS)
        this.ofTargets.push({
          targets,
          name: ofTarget[1]!,
          isDefault: ofTarget[2] === '?',
          value: this.clean(withoutComment(ofTarget[3]!)),
        });
      else if (targets !== '' && rules.length < MOST_RULES)
        rules.push({ targets, prerequisites: rest, start: end, end });
    }
    return rules;
  }

  private isSet(name: string): Truth {
    if (this.given.has(name)) return true;
    const value = this.variables.get(name);
    return value === undefined ? false : value !== '';
  }

  /** What a caller may give that decides which variables are set. */
  private choose(choices: readonly Choice[]): void {
    for (const { name, value } of choices) {
      if (this.fixed.has(name) || this.given.has(name) || this.chosen.size >= MOST_CHOICES) continue;
      if (value !== undefined && value === this.variables.get(name)) continue;
      this.chosen.set(`${name}=${value ?? ''}`, { name, value: value ?? `$(${name})` });
    }
  }

  private set(name: string, how: string, value: string, { isRead, choices }: Conditions): void {
    const isPerhaps = isRead === undefined;
    if (this.given.has(name)) return;
    const before = this.variables.get(name);
    const text = this.clean(withoutComment(value)).slice(0, LONGEST);
    // `ifndef NAME`: a default in another form.
    if (how !== '?' && !isPerhaps && !choices.some(one => one.name === name)) this.fixed.add(name);
    // What no caller has to give is empty: `TAG ?=`.
    if (before === undefined && /^(?:""|'')?$/.test(text) && how === '?') return;
    if (before !== undefined && (how === '?' || (isPerhaps && how !== '+'))) return;
    if (this.variables.size >= MOST_VARIABLES) return;
    this.variables.set(name, how === '+' && before !== undefined ? `${before} ${text}`.slice(0, LONGEST) : text);
  }

  /** Whether the file gives a variable a value that its callers replace by an argument only. */
  sets(name: string): boolean {
    return this.fixed.has(name);
  }

  /** What is run for targets: those that they need, and what their recipes run. */
  reach(targets: readonly string[], variables: Variables): MakeCalls {
    const found = new Map<string, Variables[]>();
    const queue = targets.map(target => ({ target, variables }));
    for (let i = 0; i < queue.length && i < MOST_REACHED; i++) {
      const { target, variables } = queue[i]!;
      if (found.get(target)?.some(one => isSame(one, variables))) continue;
      push(found, target, variables);
      const calls = new Map([[target, [variables]]]);
      for (const [text, rules] of this.rulesOf)
        for (const rule of rules)
          for (const scope of this.scopesOfCalls(rule, calls)) {
            const needed = wordsOf(
              expanded(
                rule.prerequisites
                  .split(/:(?!=)/)
                  .at(-1)!
                  .split('|')[0]!,
                scope,
              ),
            );
            const stem = scope.own.get('*') ?? '';
            for (const one of needed) queue.push({ target: one.replace('%', stem), variables });
            for (const call of makeCallsIn(expanded(text.slice(rule.start, rule.end).replace(/\\\r?\n/g, ' '), scope)))
              for (const one of call.targets)
                queue.push({ target: one, variables: new Map([...variables, ...call.variables]) });
          }
    }
    return found;
  }

  private scopesOfCalls(rule: Rule, calls: MakeCalls): readonly MakeScope[] {
    const plain: MakeScope = { own: new Map(), variables: this.variables, depth: 0, budget: this.budget };
    if (rule.isDefinition) return [];
    const names = this.named.get(rule) ?? wordsOf(expanded(rule.targets, plain));
    this.named.set(rule, names);
    const isMeant = names.some(
      name => calls.has(name) || (name.includes('%') && [...calls.keys()].some(one => fitsPattern(one, name))),
    );
    return isMeant ? this.scopesOfTargets(rule, plain, calls, true) : [];
  }

  /** The runs of the commands of one of the texts: one for each target of the rule that they are in; of `calls` only those. */
  variantsOf(text: string, calls?: MakeCalls): Variants {
    const rules = this.rulesOf.get(text) ?? [];
    return (index, written, naming) => {
      const rule = rules.findLast(({ start, end }) => start <= index && index <= end);
      if (calls && !rule) return [];
      if (!rule || (!calls && !written.includes('$'))) return [{ fill: one => one, naming }];
      const scopes = calls ? this.scopesOfCalls(rule, calls) : (this.runs.get(rule) ?? this.scopesOf(rule));
      if (!calls) this.runs.set(rule, scopes);
      const variants: Variant[] = [];
      const loop = written.includes('$$')
        ? loopAround(text.slice(Math.max(rule.start, index - LONGEST), index))
        : undefined;
      for (const scope of scopes) {
        const words = loop ? expanded(loop.list, scope).split(/\s+/).filter(Boolean) : [];
        const isListed = words.length > 0 && words.every(word => /^[\w./:@\u0001-]{1,200}$/.test(word));
        for (const word of isListed ? words : [undefined]) {
          if (variants.length >= MOST_RUNS) return variants;
          const fill = (one: string): string => {
            const value = expanded(one, scope);
            return word === undefined
              ? value
              : value.replace(REFERENCES, (all, braced?: string, plain?: string) =>
                  (braced ?? plain) === loop!.name ? word : all,
                );
          };
          variants.push({ fill, naming, isSplit: true });
        }
      }
      return variants;
    };
  }

  /** By the name of a definition, what each `call` gives it. */
  private callsOf(name: string, plain: MakeScope): readonly MakeScope[] {
    if (!this.calls) {
      this.calls = new Map();
      const found = [...this.rulesOf.keys()].flatMap(text => firstOf(text.matchAll(CALL), MOST_RULES));
      for (const [, called = '', given = ''] of found) push(this.calls, called, given);
    }
    return (this.calls.get(name) ?? []).slice(0, MOST_TARGETS).map(given => {
      const values = given.split(',').map((one, i) => [`${i + 1}`, expanded(one.trim(), plain)] as const);
      return { ...plain, own: new Map(values) };
    });
  }

  private scopesOf({ targets, prerequisites, isDefinition }: Rule): readonly MakeScope[] {
    const plain: MakeScope = { own: new Map(), variables: this.variables, depth: 0, budget: this.budget };
    if (isDefinition) return this.callsOf(targets, plain);
    return this.scopesOfTargets({ targets, prerequisites }, plain, this.callsOfMake());
  }

  /** What recipes run by Make again, `$(MAKE) NAME=web build`. */
  private callsOfMake(): ReadonlyMap<string, readonly Variables[]> {
    if (this.made) return this.made;
    const made = new Map<string, Variables[]>();
    this.made = made;
    const plain: MakeScope = { own: new Map(), variables: this.variables, depth: 0, budget: this.budget };
    const recipes = [...this.rulesOf].flatMap(([text, rules]) =>
      rules
        .filter(({ isDefinition }) => !isDefinition)
        .map(rule => ({ rule, recipe: text.slice(rule.start, rule.end) }))
        .filter(({ recipe }) => /\$[({]MAKE[)}]|\bmake\b/.test(recipe)),
    );
    let left = MOST_CALLS;
    let calls: ReadonlyMap<string, readonly Variables[]> = new Map();
    // At last what patterns run whose targets nothing calls.
    for (let depth = 0; depth <= DEEPEST_CALL && left > 0; depth++) {
      const isLast = depth === DEEPEST_CALL;
      const next = new Map<string, Variables[]>();
      for (const { rule, recipe } of recipes)
        for (const scope of this.scopesOfTargets(rule, plain, isLast ? made : calls, depth > 0 && !isLast)) {
          if ((scope.own.get('@') ?? '').includes(EACH) !== isLast) continue;
          for (const call of makeCallsIn(expanded(recipe.replace(/\\\r?\n/g, ' '), scope)))
            for (const target of call.targets) {
              if (left-- <= 0) break;
              const variables = new Map([...(scope.given ?? []), ...call.variables]);
              if (variables.size > 0 || depth > 0) push(next, target, variables);
            }
        }
      for (const [target, all] of next) for (const one of all) push(made, target, one);
      calls = next;
      if (next.size === 0) depth = Math.max(depth, DEEPEST_CALL - 1);
    }
    return made;
  }

  /** `onlyCalled`: without those that nothing calls. */
  private scopesOfTargets(
    { targets, prerequisites }: Pick<Rule, 'targets' | 'prerequisites'>,
    plain: MakeScope,
    calls: ReadonlyMap<string, readonly Variables[]>,
    onlyCalled = false,
  ): readonly MakeScope[] {
    const [first = '', second] = prerequisites.split(/:(?!=)/);
    const pattern = second === undefined ? undefined : expanded(first, plain).trim();
    const needed =
      expanded(second ?? first, plain)
        .split('|')[0]!
        .trim()
        .split(/\s+/)[0] ?? '';
    const names = wordsOf(expanded(targets, plain)).slice(0, MOST_TARGETS);
    // One that stands for many is run for those, too, that have variables of their own.
    this.meant ??= this.ofTargets.map(one => wordsOf(expanded(one.targets, plain)));
    const special = this.meant.flat();
    const all = new Set(names.map(name => name.replace('%', EACH)));
    const patterns = [...all].filter(name => name.includes(EACH));
    for (const name of patterns.length > 0 ? special : []) {
      if (all.size >= MOST_TARGETS || this.budget.left-- <= 0) break;
      if (!name.includes(EACH) && !name.includes('%') && patterns.some(one => stemOf(name, one) !== undefined))
        all.add(name);
    }
    const called = [...calls].flatMap(([target, given]) =>
      all.has(target) || patterns.some(one => stemOf(target, one) !== undefined)
        ? given.map(given => ({ target, given }))
        : [],
    );
    const runs: readonly { readonly target: string; readonly given?: Variables }[] = [
      ...(onlyCalled
        ? []
        : [...all]
            // A pattern stands for the targets that are run, where there are such.
            .filter(target => !target.includes(EACH) || called.length === 0)
            .slice(0, MOST_TARGETS)
            .map(target => ({ target }))),
      ...called,
    ];
    return runs.slice(0, MOST_RUNS).map(({ target, given }) => {
      const own = new Map<string, string>([['@', target]]);
      const stem = stemOf(target, (pattern ?? names.find(name => name.includes('%')) ?? '').replace('%', EACH));
      if (stem !== undefined) own.set('*', stem);
      if (needed !== '') own.set('<', needed.replace('%', stem ?? EACH));
      // What it is given may decide about conditions.
      const variables = given ? this.with(given).variables : plain.variables;
      const scope: MakeScope = { ...plain, variables, own, ...(given ? { given } : {}) };
      for (const [i, { name, isDefault, value }] of this.ofTargets.entries()) {
        if (this.budget.left-- <= 0) break;
        if (isDefault && (own.has(name) || variables.has(name))) continue;
        const isMeant = this.meant![i]!.some(
          one => one === target || stemOf(target, one.replace('%', EACH)) !== undefined,
        );
        // What is set for one target alone holds before what is set for many.
        if (isMeant) own.set(name, value);
      }
      // What the command gives holds before what the file sets.
      for (const [name, value] of given ?? []) own.set(name, this.clean(value));
      return scope;
    });
  }
}
