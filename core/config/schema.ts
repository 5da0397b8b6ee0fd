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
  /** In the schemas of objects: what a key is, for messages: "Unknown rule `x`", "Unknown key `x` of `images`". */
  readonly title?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly type?: SchemaType | readonly SchemaType[];
  readonly enum?: readonly string[];
  /** A string that is kept as written, even where YAML reads a number: `2026.10` is not `2026.1`. */
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

const strings = (description: string): Schema => ({ type: 'array', items: { type: 'string' }, description });

const severity = (description: string): Schema => ({ enum: ['off', ...SEVERITIES], description });

/** How a rule's option is written in a configuration: `ownerKeys` is `owner-keys`. */
export function optionKey(name: string): string {
  return name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);
}

/** How other linters, and our own command line, call keys of a configuration. */
const ELSEWHERE: ReadonlyMap<string, string> = new Map([
  ['preset', 'extends'],
  ['presets', 'extends'],
  ['exclude', 'ignore'],
  ['ignorePatterns', 'ignore'],
]);

/** The schema of a whole configuration file. */
export function configSchema(rules: readonly Rule[]): Schema {
  const settings = rulesSchema(rules);
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'key',
    description: 'Configuration of Bakelint for the files in this directory and below.',
    type: 'object',
    additionalProperties: false,
    [OTHER_NAME]: name => ELSEWHERE.get(name),
    properties: {
      $schema: { type: 'string', description: 'JSON schema of this file, for editors.' },
      extends: {
        description: 'Presets to start from (default: `recommended`).',
        anyOf: [{ enum: PRESETS }, { type: 'array', items: { enum: PRESETS } }],
      },
      ruleset: {
        description: 'Rules added after this ruleset stay off, so that an update does not add findings.',
        type: ['string', 'number'],
        pattern: '^[0-9]{4}\\.[0-9]{2}$',
        examples: ['2026.11'],
      },
      preview: { type: 'boolean', default: false, description: 'Enable preview rules.' },
      rules: settings,
      images: imagesSchema,
      overrides: {
        description: 'Settings for files that match globs; later entries take precedence.',
        type: 'array',
        items: {
          title: 'key of an override',
          type: 'object',
          additionalProperties: false,
          required: ['files'],
          properties: {
            files: strings('Globs, relative to the directory of this file.'),
            rules: settings,
            images: imagesSchema,
          },
        },
      },
      ignore: strings('Globs of files and directories to ignore, relative to the directory of this file.'),
    },
  };
}

/** The schema of `rules:`: for each rule a severity, or a severity and the rule's options. */
function rulesSchema(rules: readonly Rule[]): Schema {
  return {
    title: 'rule',
    description: 'For each rule a severity, or a severity and options.',
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
      severity(`Severity (default: \`${severityIn(rule)}\`).`),
      {
        title: `option of \`${rule.id}\``,
        type: 'object',
        additionalProperties: false,
        properties: { severity: severity('Severity.'), ...Object.fromEntries(options) },
      },
    ],
  };
}

const imagesSchema: Schema = {
  title: 'key of `images`',
  description: 'Facts about the images of this project that the files do not contain.',
  type: 'object',
  additionalProperties: false,
  properties: {
    kind: { enum: IMAGE_KINDS, description: 'Purpose of the images.' },
    'owner-keys': strings('Label and tag keys that name the owner.'),
    'trusted-registries': strings('Registries that base images may come from.'),
    targets: strings('Stages built with `--target`.'),
    'cloud-init-version': {
      description: 'The oldest cloud-init version that reads the files.',
      type: ['string', 'number'],
      pattern: '^[0-9]+(\\.[0-9]+)*$',
      examples: ['22.2'],
    },
    owner: { type: 'string', description: 'Who owns the images, in place of a label or tag in each file.' },
    purpose: { type: 'string', description: 'What the images are for, in place of a label or tag.' },
    refresh: {
      description: 'How often the images are rebuilt, or the date of the next build.',
      type: 'string',
      pattern:
        '^(?:[1-9][0-9]{0,3} (?:days?|weeks?|months?)|daily|weekly|monthly|quarterly|yearly|[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01]))$',
      examples: ['30 days'],
    },
    retirement: {
      description: 'The day from which the images are no longer used.',
      type: 'string',
      pattern: '^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])$',
      examples: ['2027-12-31'],
    },
  },
};
