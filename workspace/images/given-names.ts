/** The names of bases of Packer templates whose variables get their values elsewhere: in commands, and in files of variables. */
import type { BaseImage, ImageBuild, Value } from '../../core/build.ts';
import type { Files } from '../../core/language.ts';
import { Masks } from '../../facts/secrets/masking/masks.ts';
import type { PackerTree } from '../../languages/packer/tree.ts';
import { environmentGiven, type GivenValues, valuesGiven } from '../../languages/packer/var-files.ts';
import type { StageBase } from './model.ts';
import { mayShowBase } from './of-packer.ts';

/** Names of one base, and variables in variables that are followed. */
const MOST = 30;
const DEEPEST = 4;

export class GivenNames {
  private sets: readonly GivenValues[] | undefined;
  private readonly tree: PackerTree;

  constructor(
    private readonly build: ImageBuild,
    private readonly path: string,
    private readonly files: Files,
  ) {
    this.tree = build.syntax as PackerTree;
  }

  /** Besides what holds by default. */
  of(base: BaseImage): readonly StageBase[] {
    const value = base.kind === 'cloud' ? base.selector : base.kind === 'iso' ? base.url : undefined;
    if (!value || value.literal !== undefined || !mayShowBase(base, this.build)) return [];
    const found = new Set<string>();
    for (const set of (this.sets ??= this.allSets())) {
      const name = this.filled(value, set, 0);
      // The file of the value is another one than that whose secrets are masked.
      if (name !== undefined && name !== value.byDefault && found.size < MOST && isPlain(name)) found.add(name);
    }
    return [...found].map(name => ({ name, certain: false, span: base.span, use: 'base', stage: undefined }));
  }

  private allSets(): readonly GivenValues[] {
    const names = new Map<string, string>();
    for (const { name } of this.tree.module.variables) {
      names.set(`PKR_VAR_${name}`, name);
      const variable = this.tree.module.variable(name)?.default?.written.text ?? '';
      const environment =
        /^env\([ \t]{0,9}"(\w{1,80})"[ \t]{0,9}\)$|^"\{\{[ \t]{0,9}env[ \t]{1,9}`(\w{1,80})`[ \t]{0,9}\}\}"$/.exec(
          variable,
        );
      const given = environment?.[1] ?? environment?.[2];
      if (given !== undefined) names.set(given, name);
    }
    const environment = environmentGiven(new Set(names.keys()), this.path, this.files);
    const single = [...environment].flatMap(([name, values]) =>
      values.map(value => new Map([[names.get(name)!, value]])),
    );
    return [...valuesGiven(this.path, this.files), ...single];
  }

  /** `undefined` where something is not known, or no value of the set is used. */
  private filled(value: Value, set: GivenValues, depth: number): string | undefined {
    let isGiven = false;
    const text = (one: Value, depth: number): string | undefined => {
      if (one.literal !== undefined || depth > DEEPEST) return one.literal;
      const parts = one.parts.map(part => {
        if (typeof part === 'string') return part;
        const name = /^var\.([\w-]{1,80})$/.exec(part.name)?.[1];
        const given = name === undefined ? undefined : set.get(name);
        if (given !== undefined) isGiven = true;
        if (given !== undefined) return given;
        const other = part.value?.() ?? this.defaultOf(name);
        return other && text(other, depth + 1);
      });
      return parts.includes(undefined) ? undefined : parts.join('');
    };
    const whole = text(value, depth);
    return isGiven && whole !== undefined && /\w/.test(whole) ? whole : undefined;
  }

  private defaultOf(name: string | undefined): Value | undefined {
    return this.build.parameters.find(one => one.name === name)?.default;
  }
}

/** Without credentials, in an address or by their looks. */
const isPlain = (name: string): boolean =>
  !/\/\/[^/]{0,200}@|[?&][\w-]{1,60}=/.test(name) && new Masks(name, undefined).clean(name) === name;
