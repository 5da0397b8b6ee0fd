/** What a Bake file builds: https://docs.docker.com/build/bake/reference/ */
import { SourceText, type Span } from '../../../core/text.ts';
import { withGaps } from '../../../facts/built-images/variables.ts';
import { readYaml } from '../../../facts/config-files/yaml.ts';
import { parseImageReference } from '../../../facts/image-reference.ts';
import { argumentsOf, labelsOf } from '../arguments.ts';
import type { BuildCall, BuildContext, NamedImage } from '../model.ts';
import { isEndKnown, type Naming, partsOf, untagged } from '../naming.ts';
import { definitionsOfHcl } from './hcl.ts';
import { type Definitions, EMPTY, type Target, type Text } from './target.ts';

/** Targets and the targets that they inherit from. */
const DEEPEST = 100;
const MOST = 500;

/** A Bake file by its path and its content. */
export interface BakeFile {
  readonly path: string;
  readonly text: string;
}

/** Whether a file of HCL is one of Bake, whatever it is called. */
export const isBake = (text: string): boolean => TARGET.test(text);
const TARGET = /^[ \t]{0,20}target[ \t]{1,9}"[^"\n]{1,100}"[ \t]{0,9}\{/m;

/**
 * What a file builds on its own. `beside` are the Bake files of its directory: targets of those may inherit from targets
 * that are here, which are then built by them only.
 */
export function ofBake(
  path: string,
  text: string,
  naming: Naming,
  beside: readonly BakeFile[] = [],
): readonly BuildCall[] {
  const own = definitionsOf({ path, text });
  const given = new Set<string>();
  const others: BuildCall[] = [];
  const ownTags = new Set([...own.targets.values()].flatMap(({ tags }) => tags));
  for (const other of beside.slice(0, MOST_BESIDE)) {
    const theirs = definitionsOf(other);
    const needed = new Set([...theirs.targets.values()].flatMap(one => one.inherits));
    const lent = [...needed].filter(name => !theirs.targets.has(name) && own.targets.has(name));
    if (lent.length === 0) continue;
    for (const name of lent) given.add(name);
    const whole = wholeTargets(
      new Map([...theirs.targets, ...lent.map(name => [name, own.targets.get(name)!] as const)]),
    );
    const built = [...theirs.targets.keys()].slice(0, MOST).flatMap(name => {
      const target = whole.get(name)!;
      const tags = target.tags.filter(tag => ownTags.has(tag));
      return tags.length > 0 && !target.isInline ? [{ ...target, tags, span: tags[0]!.span }] : [];
    });
    others.push(...built.map(target => callOf(target, whole, naming)));
  }
  const whole = wholeTargets(own.targets);
  const calls = [...whole.keys()].slice(0, MOST).flatMap(name => {
    const target = whole.get(name);
    return !target || target.isInline || given.has(name) ? [] : [callOf(target, whole, naming)];
  });
  return [...calls, ...others];
}

const MOST_BESIDE = 12;

export const definitionsOf = ({ path, text }: BakeFile, environment?: ReadonlyMap<string, string>): Definitions =>
  path.endsWith('.json') ? definitionsOfJson(text) : definitionsOfHcl(text, environment);

/** What one target builds; `targets` are all, with what they inherit. */
export const callOf = (whole: Target, targets: ReadonlyMap<string, Target>, naming: Naming): BuildCall => ({
  names: whole.tags.flatMap(tag => nameOf(tag, naming)),
  ...partsOf(
    // With a prefix that is empty by default the name is known.
    whole.tags.map(({ text, gap, span }) => ({
      written: gap !== undefined && (!parseImageReference(text) || isEndKnown(withGaps(untagged(gap)))) ? gap : text,
      span,
    })),
    naming,
  ),
  ...argumentsOf(whole.args, naming),
  ...labelsOf(whole.labels, naming),
  ...contextsOf(whole, targets, naming),
  by: 'bake' as const,
  ...pathsOf(whole, naming),
  span: whole.span,
});

/** What is empty by default is a gap where the name would be none: `x/web:${TAG}`. */
function nameOf({ text, gap, span, certain }: Text, naming: Naming): readonly NamedImage[] {
  const written = gap === undefined || parseImageReference(text) ? withTag(text) : gap;
  const name = naming.named(written, span);
  return name ? [{ ...name, certain: name.certain && certain }] : [];
}

/** A tag that is empty by default is given: a name with none after its colon is not valid. */
const withTag = (text: string): string => (/[^:]:$/.test(text) ? `${text}\${TAG}` : text);

function pathsOf(target: Target, naming: Naming): Pick<BuildCall, 'context' | 'file' | 'target'> {
  const known = (written: string | undefined) => (written === undefined ? undefined : naming.known(written));
  return {
    context: target.context === undefined ? '.' : known(target.context),
    file: known(target.dockerfile),
    target: known(target.target),
  };
}

/** https://docs.docker.com/build/bake/contexts/ */
function contextsOf(
  { contexts }: Target,
  targets: ReadonlyMap<string, Target>,
  naming: Naming,
): Pick<BuildCall, 'contexts'> {
  if (contexts.length === 0) return {};
  const found = contexts.map(([given, written]): [string, BuildContext] => {
    const name = naming.shown(given);
    const [, scheme, rest = ''] = /^(target:|docker-image:\/\/)(.*)$/.exec(written) ?? [];
    if (scheme === undefined) return [name, {}];
    const other = scheme === 'target:' ? targets.get(rest) : undefined;
    if (other) return [name, other.isInline ? {} : { built: pathsOf(other, naming) }];
    const image = scheme === 'target:' ? undefined : naming.named(rest, NOWHERE)?.name;
    return [name, image === undefined ? {} : { image }];
  });
  return { contexts: Object.fromEntries(found) };
}

const NOWHERE: Span = { start: 0, end: 0 };

/** With what each target inherits; each is made once, however many inherit from it. */
export function wholeTargets(targets: ReadonlyMap<string, Target>): ReadonlyMap<string, Target> {
  const whole = new Map<string, Target>();
  const merge = (name: string, depth: number): Target | undefined => {
    const known = whole.get(name);
    const own = targets.get(name);
    if (known || !own || depth > DEEPEST) return known ?? own;
    // One that inherits from itself finds this.
    whole.set(name, own);
    let { context, dockerfile, target, tags, args, labels, contexts, isInline } = own;
    for (const other of new Set([...own.inherits].reverse())) {
      const from = merge(other, depth + 1);
      if (!from) continue;
      context ??= from.context;
      dockerfile ??= from.dockerfile;
      target ??= from.target;
      if (tags.length === 0) tags = from.tags;
      args = [...from.args, ...args].slice(-MOST);
      labels = [...from.labels, ...labels].slice(-MOST);
      contexts = [...from.contexts, ...contexts].slice(-MOST);
      isInline ||= from.isInline;
    }
    const merged = { ...own, context, dockerfile, target, tags, args, labels, contexts, isInline };
    whole.set(name, merged);
    return merged;
  };
  for (const name of [...targets.keys()].slice(0, MOST)) merge(name, 0);
  return new Map([...targets, ...whole]);
}

function definitionsOfJson(text: string): Definitions {
  const targets = new Map<string, Target>();
  const groups = new Map<string, string[]>();
  const variables = new Set<string>();
  for (const { path, literal, value, span } of readYaml(SourceText.document(text)) ?? []) {
    const [group, name, key] = path;
    if (name === undefined) continue;
    if (group === 'variable') variables.add(name);
    if (literal === undefined) continue;
    if (group === 'group' && key === 'targets') groups.set(name, [...(groups.get(name) ?? []), literal]);
    if (group !== 'target') continue;
    const target = targets.get(name) ?? { ...EMPTY, span };
    const one = { text: literal, span: value.span, certain: true };
    targets.set(name, {
      ...target,
      ...(key === 'context' || key === 'dockerfile' || key === 'target' ? { [key]: literal } : {}),
      ...(key === 'tags' ? { tags: [...target.tags, one] } : {}),
      ...(key === 'args' ? { args: [...target.args, `${path[3]}=${literal}`] } : {}),
      ...(key === 'labels' ? { labels: [...target.labels, `${path[3]}=${literal}`] } : {}),
      ...(key === 'contexts' ? { contexts: [...target.contexts, [path[3] ?? '', literal] as const] } : {}),
      ...(key === 'inherits' ? { inherits: [...target.inherits, literal] } : {}),
      ...(key === 'dockerfile-inline' ? { isInline: true } : {}),
    });
  }
  return { targets, groups, variables: [...variables] };
}
