/** The names that a Packer build gives its images: those of its sources, and those of its post-processors. */
import type { BaseImage, ImageBuild, Output, Parameter, Reference, Stage, Value } from '../../core/build.ts';
import type { Span } from '../../core/text.ts';
import { withGaps, withNamedGaps } from '../../facts/built-images/variables.ts';
import { isDeclaredSecret, withoutHidden } from '../../languages/packer/hidden-values.ts';
import type { Evaluated, PackerModule, PackerTree } from '../../languages/packer/tree.ts';
import type { NamedImage } from './model.ts';

/** Variables in variables that are followed, and names of one build. */
const DEEPEST = 4;
const MOST = 50;
const LONGEST = 300;
/** Locals of one value that are followed. */
const MOST_LOCALS = 8;

/** The names in a file of templates. */
export class OutputNames {
  private readonly defaults: ReadonlyMap<string, Value>;

  constructor(private readonly build: ImageBuild) {
    const given = ({ name, default: value }: Parameter) => (value ? [[name, value] as const] : []);
    this.defaults = new Map(build.parameters.flatMap(given));
  }

  /** What the image of a source is called: `ami_name`, `image_name`. */
  named(value: Value | undefined, evaluated?: Evaluated): readonly NamedImage[] {
    if (!value) return [];
    const { module } = this.build.syntax as PackerTree;
    const isOpen = value.literal === undefined && value.byDefault === undefined;
    // What functions join, they know the parts of.
    if (isOpen && evaluated && joins(evaluated, module, 0) && withoutHidden(value, module) === undefined)
      return module
        .textsIn(evaluated)
        .slice(0, 1)
        .flatMap(text => nameOfText(text.replaceAll('${…}', '${}'), false, value.span));
    return this.nameOf([value], value.span);
  }

  /** https://developer.hashicorp.com/packer/integrations/hashicorp/docker/latest/components/post-processor/docker-tag */
  tagsOf(stage: Stage): readonly NamedImage[] {
    // User-data has stages, too.
    if (this.build.language !== 'packer') return [];
    const { module } = this.build.syntax as PackerTree;
    const own = module.builds.find(({ span }) => span === stage.span);
    const found: NamedImage[] = [];
    for (const { type, block } of own?.postProcessors.flat() ?? []) {
      const repository = block.attribute('repository')?.value;
      if (!repository || (type !== 'docker-tag' && type !== 'docker-import')) continue;
      const given = ['tags', 'tag'].flatMap(name => block.attribute(name)?.value ?? []);
      const tags = given
        .filter(({ kind }) => kind !== 'null')
        .flatMap(value => (value.kind === 'list' ? value.items : [value]));
      const name = repository.asValue();
      for (const tag of tags.slice(0, MOST)) {
        const value = tag.asValue();
        found.push(...this.nameOf([name, value], value.span));
      }
      if (tags.length === 0) found.push(...this.nameOf([name], name.span));
    }
    return found.slice(0, MOST);
  }

  /** What a value is by default, unless it is made of a secret. */
  textOf(value: Value | undefined): string | undefined {
    if (!value) return undefined;
    const isHidden = withoutHidden(value, (this.build.syntax as PackerTree).module) !== undefined;
    return isHidden ? undefined : (value.literal ?? value.byDefault);
  }

  /** Versions of bases are used in commands, too; only what is declared a secret hides one. */
  readonly mayShow = (base: BaseImage): boolean => mayShowBase(base, this.build);

  readonly withoutHiddenLabels = (output: Output): Output => ({
    ...output,
    labels: output.labels.filter(({ value }) => !isDeclaredSecret(value, (this.build.syntax as PackerTree).module)),
  });

  /** With `${…}` for what is not known or may not be shown. */
  withGaps(value: Value): string | undefined {
    const text = withoutHidden(value, (this.build.syntax as PackerTree).module) ?? this.written(value, 0);
    return text.length <= LONGEST ? text : undefined;
  }

  private nameOf(values: readonly Value[], span: Span): readonly NamedImage[] {
    const { module } = this.build.syntax as PackerTree;
    const shown = values.map(value => withoutHidden(value, module));
    const written = values.map((value, i) => shown[i] ?? this.written(value, 0)).join(':');
    const certain = values.every(({ literal }, i) => literal !== undefined && shown[i] === undefined);
    return nameOfText(written, certain, span);
  }

  /** With `${…}` for what is not known. */
  private written(value: Value, depth: number): string {
    const known = value.literal ?? value.byDefault;
    if (known !== undefined) return known;
    return value.parts
      .map(part => (typeof part === 'string' ? part : this.referenced(part, depth)))
      .join('')
      .slice(0, 2 * LONGEST);
  }

  private referenced(reference: Reference, depth: number): string {
    const { name } = reference;
    if (name.startsWith('{{')) return name;
    const value = reference.value?.() ?? this.defaults.get(name.replace(/^var\./, ''));
    const text = value && depth < DEEPEST ? this.written(value, depth + 1) : '';
    // Other variables say no more than this one.
    return /\w/.test(withGaps(text)) ? text : `\${${name}}`;
  }
}

function nameOfText(written: string, certain: boolean, span: Span): readonly NamedImage[] {
  if (written === '' || written.length > LONGEST || /\s/.test(withGaps(written))) return [];
  const known = withGaps(written);
  if (known === written) return [{ name: written, certain, span }];
  if (!/\w/.test(known)) return [];
  return [{ name: written, certain: false, known, shown: withNamedGaps(written), span }];
}

/** Whether a value is what a function joins, also by locals. */
function joins({ written, references }: Evaluated, module: PackerModule, depth: number): boolean {
  if (/\b(?:join|format|compact)\(/.test(written.text)) return true;
  return (
    depth < DEEPEST &&
    references.slice(0, MOST_LOCALS).some(({ root, path }) => {
      const local = root === 'local' ? module.local(path[0] ?? '')?.value : undefined;
      return local !== undefined && joins(local, module, depth + 1);
    })
  );
}

function mayShowBase(base: BaseImage, build: ImageBuild): boolean {
  const value = valueOfBase(base);
  return !value || !isDeclaredSecret(value, (build.syntax as PackerTree).module);
}

function valueOfBase(base: BaseImage): Value | undefined {
  if (base.kind === 'registry') return base.reference;
  if (base.kind === 'cloud') return base.selector;
  return base.kind === 'iso' ? base.url : undefined;
}
