import { SEVERITIES } from '../core/finding.ts';
import type { Rule } from '../core/rule.ts';

/** The text of package.json with the editor's settings written from the rules. */
export function editorSettings(packageJson: string, rules: readonly Rule[]): string {
  const manifest = JSON.parse(packageJson) as { contributes?: Record<string, unknown> };
  const properties = {
    'bakelint.enable': {
      type: 'boolean',
      default: true,
      markdownDescription: 'Lint Dockerfiles, Packer templates and cloud-init files.',
    },
    'bakelint.preset': {
      enum: ['', 'recommended', 'strict', 'all'],
      enumItemLabels: ['default'],
      markdownEnumDescriptions: [
        'The preset of the configuration file, or `recommended`.',
        'What is wrong, insecure, or out of support.',
        'Also reproducibility, ownership, labels and size.',
        'Every rule, also those about style.',
      ],
      default: '',
      scope: 'resource',
      markdownDescription: 'Rule preset. It takes the place of the presets in `extends` of the configuration file.',
    },
    'bakelint.config': {
      type: 'string',
      default: '',
      scope: 'resource',
      markdownDescription:
        'Configuration file to use instead of the nearest `.bakelint.yaml`, relative to the workspace folder.',
    },
    'bakelint.rules': {
      type: 'object',
      default: {},
      // Options are in the schema of the configuration file: here the names are enough to be found.
      properties: Object.fromEntries(rules.map(rule => [rule.id, { markdownDescription: `${rule.summary}.` }])),
      allOf: [{ patternProperties: { '': { anyOf: [{ enum: ['off', ...SEVERITIES] }, { type: 'object' }] } } }],
      additionalProperties: false,
      markdownDescription:
        'Severity or options of rules, applied on top of the configuration file: `{ "latest-tag": "off", "missing-label": { "severity": "info" } }`.',
    },
    'bakelint.run': {
      enum: ['onType', 'onSave'],
      enumDescriptions: ['After a pause in typing.', 'When a file is opened or saved.'],
      default: 'onType',
      markdownDescription: 'When files are linted.',
    },
    'bakelint.shellcheck.enable': {
      type: 'boolean',
      default: false,
      scope: 'machine',
      markdownDescription:
        'Run [ShellCheck](https://www.shellcheck.net) on scripts if it is installed. Only on the desktop and in trusted workspaces.',
    },
    'bakelint.packer.inlayHints': {
      type: 'boolean',
      default: false,
      scope: 'resource',
      markdownDescription:
        'Show what the names of images and machines are that are made of variables, with the defaults of the variables.',
    },
    'bakelint.packer.codeLens': {
      type: 'boolean',
      default: false,
      scope: 'resource',
      markdownDescription: 'Show how often a variable, local, source or data source is used.',
    },
    'bakelint.dockerfile.languageFeatures': {
      enum: ['auto', 'on', 'off'],
      enumDescriptions: [
        'Completion, outline, folding, references and rename only without another Docker extension; hovers on images and definitions always',
        'Everything',
        'Findings only',
      ],
      default: 'auto',
      scope: 'resource',
      markdownDescription: 'Which language features to offer for Dockerfiles beside findings.',
    },
    'bakelint.dockerfile.preferOtherLinter': {
      type: 'boolean',
      default: false,
      scope: 'resource',
      markdownDescription:
        'Where a Docker extension is installed, leave out findings that it reports as well. Rules in `#bakelint.rules#` stay on.',
    },
    'bakelint.trace.server': {
      enum: ['off', 'messages', 'verbose'],
      default: 'off',
      markdownDescription: 'Trace the messages between VS Code and the language server.',
    },
  };
  const contributes = { ...manifest.contributes, configuration: { title: 'Bakelint', properties } };
  return `${JSON.stringify({ ...manifest, contributes }, null, 2)}\n`;
}
