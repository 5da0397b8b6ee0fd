/** What a Bake file builds: https://docs.docker.com/build/bake/reference/ */
import { SourceText, type Span } from '../../core/text.ts';
import { withGaps } from '../../facts/built-images/variables.ts';
import { readYaml } from '../../facts/config-files/yaml.ts';
import { parseImageReference } from '../../facts/image-reference.ts';
import { argumentsOf, labelsOf } from './arguments.ts';
import { targetsOfHcl } from './bake-hcl.ts';
import { EMPTY, type Target, type Text } from './bake-target.ts';
import type { BuildCall, BuildContext, NamedImage } from './model.ts';
import { isEndKnown, type Naming, partsOf, untagged } from './naming.ts';

/** Targets and the targets that they inherit from. */
const DEEPEST = 100;
const MOST = 500;

export function ofBake(path: string, text: string, naming: Naming): readonly BuildCall[] {
  const targets = wholeTargets(path.endsWith('.json') ? targetsOfJson(text) : targetsOfHcl(text));
  return [...targets.keys()].slice(0, MOST).flatMap(name => {
    const whole = targets.get(name);
    if (!whole || whole.isInline) return [];
    return [
      {
        names: whole.tags.flatMap(tag => nameOf(tag, naming)),
        ...partsOf(
          // With a prefix that is empty by default the name is known.
          whole.tags.map(({ text, gap, span }) => ({
            written:
              gap !== undefined && (!parseImageReference(text) || isEndKnown(withGaps(untagged(gap)))) ? gap : text,
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
      },
    ];
  });
}

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
function wholeTargets(targets: ReadonlyMap<string, Target>): ReadonlyMap<string, Target> {
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

function targetsOfJson(text: string): ReadonlyMap<string, Target> {
  const found = new Map<string, Target>();
  for (const { path, literal, value, span } of readYaml(SourceText.document(text)) ?? []) {
    const [group, name, key] = path;
    if (group !== 'target' || name === undefined || literal === undefined) continue;
    const target = found.get(name) ?? { ...EMPTY, span };
    const one = { text: literal, span: value.span, certain: true };
    found.set(name, {
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
  return found;
}
