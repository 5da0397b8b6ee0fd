/**
 * Labels of images: the keys of https://github.com/opencontainers/image-spec/blob/main/annotations.md with the type of
 * their values, and those of its predecessor https://label-schema.org.
 */
import type { Value } from '../../core/build.ts';
import { type Finding, fix } from '../../core/finding.ts';
import { quoted } from '../../core/quoted.ts';
import { UNRESOLVED } from '../../core/text.ts';
import { instructionsOf } from './all-instructions.ts';
import type { DockerfileTree, DockerStage, LabelInstruction, Pair } from './tree.ts';

const OCI = 'org.opencontainers.image.';
const OLD = 'org.label-schema.';

/** What people write until they know better. */
export const PLACEHOLDER =
  /^(?:to ?do|tb[ad]|fix ?me|n\/a|none|unknown|change[ _-]?me|placeholder|x{3,}|\?+|-+|\.{2,})[.!:]?$/i;

/** What a value has to be. */
export type LabelType = 'text' | 'url' | 'date' | 'license' | 'revision' | 'version';

/** By key: the keys of the specification, and those of its predecessor with the same meaning. */
export const LABEL_TYPES: ReadonlyMap<string, LabelType> = new Map([
  ...Object.entries<LabelType>({
    authors: 'text',
    'base.digest': 'text',
    'base.name': 'text',
    created: 'date',
    description: 'text',
    documentation: 'url',
    licenses: 'license',
    'ref.name': 'text',
    revision: 'revision',
    source: 'url',
    title: 'text',
    url: 'url',
    vendor: 'text',
    version: 'version',
  }).map(([key, type]) => [OCI + key, type] as const),
  ...Object.entries<LabelType>({
    'build-date': 'date',
    description: 'text',
    name: 'text',
    url: 'url',
    'vcs-ref': 'revision',
    'vcs-url': 'text',
    vendor: 'text',
    version: 'version',
  }).map(([key, type]) => [OLD + key, type] as const),
]);

/** A label and the LABEL that sets it. */
export interface PlacedLabel {
  readonly pair: Pair;
  readonly instruction: LabelInstruction;
}

/**
 * The labels that the stage itself sets, in order, those for images that start from it (ONBUILD) included; except those
 * with an unknown key and those of templates.
 */
export function* labelsOf(stage: DockerStage): Generator<PlacedLabel> {
  for (const instruction of instructionsOf(stage))
    if (instruction.kind === 'label' && !isTemplated(instruction.rest.text.slice(0, 10_000)))
      for (const pair of instruction.pairs)
        if (pair.key !== '' && !pair.key.includes(UNRESOLVED)) yield { pair, instruction };
}

/** The value when it is certain: the default of an ARG is meant to be replaced. `undefined` for placeholders too. */
export function labelText({ literal }: Value): string | undefined {
  return literal === undefined || isTemplated(literal) ? undefined : literal;
}

function isTemplated(text: string): boolean {
  return /\{\{|<%|@@|%%|\$\(|^__\w+__$|^<[\w -]+>$/.test(text);
}

/** What is wrong with a label's value. */
export interface WrongLabel {
  /** Completes `Value of `key` …`. */
  readonly what: string;
  /** The value, where a message may repeat it. */
  readonly shown?: string | undefined;
  readonly help: string;
  readonly better?: string | undefined;
}

/**
 * One finding for each label of a type whose value is wrong. `wrong` says what it is (`is not a URL`), the help, and
 * what the value should be where that is certain. Empty and unknown values are not reported.
 */
export function* wrongLabels(
  file: DockerfileTree,
  type: LabelType,
  wrong: (text: string) => WrongLabel | undefined,
): Generator<Finding> {
  for (const stage of file.stages)
    for (const { pair } of labelsOf(stage)) {
      if (LABEL_TYPES.get(pair.key.toLowerCase()) !== type) continue;
      const { source, span } = pair.value;
      const text = labelText(pair.value);
      // `empty-label` reports what is no value yet.
      if (text === undefined || text.trim() === '' || PLACEHOLDER.test(text.trim())) continue;
      const found = wrong(text);
      if (!found) continue;
      yield {
        message: `${found.shown ?? `Value of ${quoted(pair.key)}`} ${found.what}`,
        help: found.help,
        span: pair.value.source.text === '' ? pair.span : span,
        fixes: [
          found.better !== undefined && source.text === text
            ? fix('suggested', `Change it to \`${found.better}\``, source.replace(0, text.length, found.better))
            : undefined,
        ],
      };
    }
}
