/**
 * The JSON schema of `.bakelint.yaml`, built from the rules. It is what configuration files are checked against, what
 * editors complete from (`docs/bakelint.schema.json`) and what the editor's own settings are made of.
 */
import { SEVERITIES } from '../finding.ts';
import { IMAGE_KINDS } from '../project.ts';
import { PRESETS, type Rule, ruleByAlias, severityIn } from '../rule.ts';

/** For messages alone: JSON leaves symbols out. */
export const OTHER_NAME: unique symbol = Symbol('the key that goes by another name elsewhere');

/** The part of JSON schema that we write and check. https://json-schema.org/draft-07/schema */
export interface Schema {
  readonly $schema?: string;
  /** In the schemas of objects: what a key is, for messages: "`x` is no rule". */
  readonly title?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly type?: SchemaType | readonly SchemaType[];
  readonly enum?: readonly string[];
  /** A text that is kept as it is written, even where YAML reads a number: `2026.10` is not `2026.1`. */
  readonly pattern?: string;
  /** What the pattern stands for, for messages. */
  readonly examples?: readonly string[];
  readonly minimum?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: false;
  readonly required?: readonly string[];
  readonly anyOf?: readonly Schema[];
  readonly [OTHER_NAME]?: (name: string) => string | undefined;
}
export type SchemaType = 'object' | 'array' | 'string' | 'number' | 'integer' | 'boolean';

const texts = (description: string): Schema => ({ type: 'array', items: { type: 'string' }, description });

const severity = (description: string): Schema => ({ enum: ['off', ...SEVERITIES], description });

/** How a rule's option is written in a configuration: `ownerKeys` is `owner-keys`. */
export function optionKey(name: string): string {
  return name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);
}

/** The schema of a whole configuration file. */
export function configSchema(rules: readonly Rule[]): Schema {
  const settings = rulesSchema(rules);
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'key of a Bakelint configuration',
    description: 'The configuration of Bakelint for the files in this folder and below.',
    type: 'object',
    additionalProperties: false,
    properties: {
      $schema: { type: 'string', description: 'The schema of this file, for editors.' },
      extends: {
        description: 'The presets to start from; `recommended` when nothing is said.',
        anyOf: [{ enum: PRESETS }, { type: 'array', items: { enum: PRESETS } }],
      },
      ruleset: {
        description: 'Rules that came after this ruleset stay off, so that an update brings no new findings.',
        type: ['string', 'number'],
        pattern: '^[0-9]{4}\\.[0-9]{2}$',
        examples: ['2026.11'],
      },
      preview: { type: 'boolean', default: false, description: 'Whether rules that are still on trial are on.' },
      rules: settings,
      images: imagesSchema,
      overrides: {
        description: 'Settings for some of the files; a later entry wins over an earlier one.',
        type: 'array',
        items: {
          title: 'key of an override',
          type: 'object',
          additionalProperties: false,
          required: ['files'],
          properties: {
            files: texts('Globs, relative to the folder of this file.'),
            rules: settings,
            images: imagesSchema,
          },
        },
      },
      ignore: texts('Globs of files and folders that are not linted, relative to the folder of this file.'),
    },
  };
}

/** The schema of `rules:`: for each rule a severity, or a severity and the rule's options. */
function rulesSchema(rules: readonly Rule[]): Schema {
  return {
    title: 'rule',
    description: 'For each rule its severity, or its severity and options.',
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(rules.map(rule => [rule.id, ruleSchema(rule)])),
    [OTHER_NAME]: name => ruleByAlias(name, rules)?.id,
  };
}

function ruleSchema(rule: Rule): Schema {
  const options = Object.entries(rule.options).map(([name, option]) => [optionKey(name), option.schema as Schema]);
  return {
    description: `${rule.summary}.`,
    anyOf: [
      severity(`The severity; \`${severityIn(rule)}\` when nothing is said.`),
      {
        title: `option of \`${rule.id}\``,
        type: 'object',
        additionalProperties: false,
        properties: { severity: severity('The severity.'), ...Object.fromEntries(options) },
      },
    ],
  };
}

const imagesSchema: Schema = {
  title: 'key of `images`',
  description: 'What the images of this project are, where the files cannot say it.',
  type: 'object',
  additionalProperties: false,
  properties: {
    kind: { enum: IMAGE_KINDS, description: 'What the images are for.' },
    'owner-keys': texts('Label and tag keys that name an owner.'),
    'trusted-registries': texts('Registries that base images may come from.'),
    targets: texts('Stages that are built with `--target`.'),
    'cloud-init-version': {
      description: 'The oldest cloud-init that must understand the files.',
      type: ['string', 'number'],
      pattern: '^[0-9]+(\\.[0-9]+)*$',
      examples: ['22.2'],
    },
  },
};
