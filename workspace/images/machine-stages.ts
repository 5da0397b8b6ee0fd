/** The images that the sources of a Packer template make, one for each, and what they are called as far as that is known. */
import type { BaseImage, ImageBuild, Output, Stage, Value } from '../../core/build.ts';
import type { Span } from '../../core/text.ts';
import { UNKNOWN } from '../../facts/built-images/variables.ts';
import { valuesAt } from '../../languages/packer/attributes.ts';
import { withoutHidden } from '../../languages/packer/hidden-values.ts';
import { lowerBases } from '../../languages/packer/lower/bases.ts';
import { makingsOf } from '../../languages/packer/lower/index.ts';
import { lowerOutput } from '../../languages/packer/lower/outputs.ts';
import type { Evaluated, PackerBuildSource, PackerModule, PackerTree } from '../../languages/packer/tree.ts';

/** Sources of one template. */
const MOST = 1_000;
const LONGEST = 300;

/** What a source makes of which bases. */
export interface MachineImage {
  readonly stage: Stage;
  readonly type: string;
  readonly bases: readonly BaseImage[];
  /** Of which source of which build, the same with other values of variables. */
  readonly key: string;
  readonly outputs: readonly Output[];
  /** What gives the image its name. */
  readonly named: Evaluated | undefined;
  /** The names that others find it by, with their gaps marked. */
  readonly produces: readonly string[];
  /** Where it is in this file. */
  readonly span: Span;
}

/** Each file of a module has all of it; an image is of the file with its build. */
export function machineImagesOf(build: ImageBuild): readonly MachineImage[] {
  const tree = build.syntax as PackerTree;
  return makingsOf(tree)
    .flatMap(({ sources }, i) => {
      const stage = build.stages[i]!;
      return stage.span.file === undefined ? sources.map((source, j) => ({ stage, source, key: `${i} ${j}` })) : [];
    })
    .slice(0, MOST)
    .flatMap(({ stage, source, key }): MachineImage[] => {
      const bases = lowerBases(source, tree.module);
      const outputs = source.facts ? lowerOutput(source) : usualOutput(source);
      // A type of a plugin that is not known may do anything.
      if (bases.length === 0 && outputs.length === 0) return [];
      const place = bases[0]?.span ?? source.source?.header ?? source.span;
      return [
        {
          stage,
          type: source.type,
          bases,
          key,
          outputs,
          named: (source.facts?.names ?? USUAL).flatMap(path => valuesAt(source, path))[0]?.value,
          produces: namesOf(source, tree.module),
          span: place.file === undefined ? place : stage.span,
        },
      ];
    });
}

/** How nearly every plugin calls the attribute for the name of what it makes. */
const USUAL = ['image_name', 'template_name', 'vm_name', 'snapshot_name', 'output_filename'];

/** The output of a source of a plugin that is not in our table, if it names one. */
function usualOutput(source: PackerBuildSource): readonly Output[] {
  const [name] = USUAL.flatMap(path => valuesAt(source, path));
  return name
    ? [{ name: name.value.asValue(), labels: [], labelsKnown: false, span: source.source?.header ?? source.span }]
    : [];
}

/** What is put in front of a name, and versions, tell no image from another. */
const OTHER = /version|prefix/;
/** Attributes that others find an image by, besides its name. */
const FURTHER = ['image_family', 'template_name'];

function namesOf(source: PackerBuildSource, module: PackerModule): readonly string[] {
  const paths = [...(source.facts?.names ?? USUAL).filter(path => !OTHER.test(path)), ...FURTHER];
  const mayShow = ({ value }: { readonly value: Evaluated }): boolean => withoutHidden(value, module) === undefined;
  const patterns = paths
    .flatMap(path => valuesAt(source, path))
    .filter(mayShow)
    .map(({ value }) => patternOf(value.asValue()));
  // https://developer.hashicorp.com/packer/integrations/hashicorp/qemu/latest/components/builder/qemu#output_directory
  const [given] = source.facts?.produces === 'disk' ? valuesAt(source, 'output_directory') : [];
  const directory =
    source.facts?.produces !== 'disk' || (given && !mayShow(given))
      ? undefined
      : (given?.value.asValue().byDefault ?? `output-${source.name}`);
  return [
    ...new Set(patterns.filter(one => one !== undefined)),
    ...(directory === undefined ? [] : [`${plainPath(directory)}/`]),
  ];
}

/** From the directory of the template, or one above; the end tells it. */
export const plainPath = (path: string): string =>
  path
    .replace(/^(?:file:\/\/)?(?:\$\{path\.\w{1,10}\}\/|\{\{[^{}]{0,40}\}\}\/|\0\/|\.{0,2}\/){0,8}/, '')
    .replace(/\/$/, '');

/** With a gap for each part that only a run knows. */
export function patternOf({ byDefault, literal, parts }: Value): string | undefined {
  const known = literal ?? byDefault;
  const whole = known ?? parts.map(part => (typeof part === 'string' ? part : UNKNOWN)).join('');
  const pattern = whole.slice(0, LONGEST).replace(/\{\{[^{}]*\}\}|\$\{[^{}]*\}/g, UNKNOWN);
  return /\w/.test(pattern) ? pattern : undefined;
}
