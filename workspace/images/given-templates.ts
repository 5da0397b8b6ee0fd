/** Templates of Packer with the values that commands, files of variables and the environment give their variables. */
import type { ImageBuild, Parameter } from '../../core/build.ts';
import type { Files } from '../../core/language.ts';
import { withGaps } from '../../facts/built-images/variables.ts';
import { Masks } from '../../facts/secrets/masking/masks.ts';
import type { PackerTree } from '../../languages/packer/tree.ts';
import { environmentGiven, type GivenSet, setsGiven } from '../../languages/packer/var-files.ts';
import { textsOf, withValues } from '../../languages/packer/with-values.ts';
import { lastFew } from './last-few.ts';
import type { NamedImage, StageFacts } from './model.ts';

/** Names that one source gets so, and characters of templates that are read with other values. */
const MOST = 100;
const LONGEST = 4_000_000;

/** What one set of values makes of a source. */
export interface NamesGiven extends Pick<StageFacts, 'bases' | 'layer' | 'tags' | 'produces'> {
  readonly mayShow: (name: string) => boolean;
}

interface GivenBuild {
  readonly build: ImageBuild;
  /** The files of the values are others than those whose secrets are masked. */
  readonly mayShow: (name: string) => boolean;
}

export class GivenTemplates {
  private found: readonly GivenBuild[] | undefined;

  constructor(
    private readonly build: ImageBuild,
    private readonly path: string,
    private readonly files: Files,
  ) {}

  builds(): readonly GivenBuild[] {
    return (this.found ??= [...this.read()]);
  }

  readonly trees = (): readonly PackerTree[] => this.builds().map(({ build }) => build.syntax as PackerTree);

  private *read(): Iterable<GivenBuild> {
    const tree = this.build.syntax as PackerTree;
    if (tree.kind === 'variables' || tree.module.variables.length === 0) return;
    let left = LONGEST;
    for (const set of [...setsGiven(this.path, this.files, tree.module.alone), ...this.ofEnvironment(tree)]) {
      const texts = textsOf(set, this.files).map(({ text }) => text);
      left -= [...tree.module.files.map(({ source }) => source.text), ...texts].join('').length;
      if (left < 0) return;
      const given = withValues(tree, set, this.files);
      if (!given) continue;
      const parameters = given.module.variables.flatMap(({ name, nameSpan, assigned, default: value, span }) => {
        const last = assigned.at(-1)?.value ?? value;
        return last && last.kind !== 'null'
          ? [{ name, nameSpan, default: last.asValue(), sensitive: false, span } satisfies Parameter]
          : [];
      });
      const mayShow = (name: string): boolean =>
        isPlain(name) && texts.every(text => masksOf(text).clean(name) === name);
      yield { build: { ...this.build, parameters, syntax: given }, mayShow };
    }
  }

  private ofEnvironment({ module }: PackerTree): readonly GivenSet[] {
    const names = new Map<string, string>();
    for (const { name } of module.variables) {
      names.set(`PKR_VAR_${name}`, name);
      const variable = module.variable(name)?.default?.written.text ?? '';
      const environment =
        /^env\([ \t]{0,9}"(\w{1,80})"[ \t]{0,9}\)$|^"\{\{[ \t]{0,9}env[ \t]{1,9}`(\w{1,80})`[ \t]{0,9}\}\}"$/.exec(
          variable,
        );
      const given = environment?.[1] ?? environment?.[2];
      if (given !== undefined) names.set(given, name);
    }
    return [...environmentGiven(new Set(names.keys()), this.path, this.files)].flatMap(([name, values]) =>
      values.map(value => ({ files: [], values: [[names.get(name)!, value] as const] })),
    );
  }
}

/** A file of variables is for many templates, for the most part. */
const masksOf = lastFew((text: string) => new Masks(text, undefined));

/** A stage with the names that sets of values give it besides those that hold by default. */
export function withGiven(stage: StageFacts, sets: readonly NamesGiven[]): StageFacts {
  const bases = [...stage.bases];
  const tags = [...(stage.tags ?? [])];
  const produces = new Set(stage.produces);
  let [isBased, isNamed] = [false, false];
  for (const set of sets) {
    for (const base of set.bases)
      if (!bases.some(({ name, use }) => name === base.name && use === base.use) && bases.length < MOST) {
        if (!set.mayShow(base.name)) continue;
        isBased ||= !base.name.includes('$');
        bases.push({ ...base, certain: false });
      }
    if (set.layer !== stage.layer) continue;
    for (const tag of set.tags ?? [])
      if (!tags.some(({ name, shown }) => name === tag.name && shown === tag.shown) && tags.length < MOST) {
        if (!set.mayShow(tag.name)) continue;
        isNamed ||= saysMore(tag, stage.tags ?? []);
        tags.push({ ...tag, certain: false });
      }
    for (const one of set.produces ?? []) if (produces.size < MOST && set.mayShow(one)) produces.add(one);
  }
  // Without the values, less is known.
  const own = stage.tags ?? [];
  const shownTags = isNamed ? tags.filter(one => !own.includes(one) || one.known === undefined) : tags;
  return {
    ...stage,
    bases: isBased ? bases.filter(one => !stage.bases.includes(one) || !one.name.includes('$')) : bases,
    ...(shownTags.length > 0 ? { tags: shownTags } : {}),
    ...(produces.size > 0 ? { produces: [...produces] } : {}),
  };
}

/** Whether a name has more that is known than those that have gaps. */
const saysMore = (one: NamedImage, others: readonly NamedImage[]): boolean =>
  others.every(
    ({ known, name }) => known === undefined || lettersOf(known) < lettersOf(one.known ?? one.name) || name === '',
  );
const lettersOf = (known: string): number => withGaps(known).replace(/[^\w]/g, '').length;

/** Without credentials, in an address or by their looks. */
const isPlain = (name: string): boolean =>
  !/\/\/[^/]{0,200}@|[?&][\w-]{1,60}=/.test(name) && new Masks(name, undefined).clean(name) === name;
