import type { Rule } from '../core/rule.ts';

/** The text of package.json with the editor's settings written from the rules. */
export function editorSettings(packageJson: string, rules: readonly Rule[]): string {
  const manifest = JSON.parse(packageJson) as { contributes?: Record<string, unknown> };
  const properties = {
    'bakelint.enable': {
      type: 'boolean',
      default: true,
      description: 'Lint Dockerfiles, Packer templates and cloud-init files.',
    },
    'bakelint.preset': {
      enum: ['', 'recommended', 'strict', 'all'],
      default: '',
      description: 'The set of rules to run. Empty: the one that the configuration file names, or else `recommended`.',
    },
    'bakelint.config': {
      type: 'string',
      default: '',
      scope: 'resource',
      description:
        'A configuration file to use in place of the nearest `.bakelint.yaml`, relative to the workspace folder.',
    },
    'bakelint.rules': {
      type: 'object',
      default: {},
      // Options are in the schema of the configuration file: here the names are enough to be found.
      properties: Object.fromEntries(
        rules.map(rule => [rule.id, { type: ['string', 'object'], description: `${rule.summary}.` }]),
      ),
      additionalProperties: false,
      description: 'Rules to switch or set, on top of the configuration file.',
    },
    'bakelint.run': { enum: ['onType', 'onSave'], default: 'onType', description: 'When to lint.' },
    'bakelint.shellcheck.enable': {
      type: 'boolean',
      default: false,
      scope: 'machine',
      description:
        'Run ShellCheck on scripts, where it is installed. On the desktop only, and in trusted workspaces only.',
    },
    'bakelint.trace.server': {
      enum: ['off', 'messages', 'verbose'],
      default: 'off',
      description: 'Log what the editor and the language server say to each other.',
    },
  };
  const contributes = { ...manifest.contributes, configuration: { title: 'Bakelint', properties } };
  return `${JSON.stringify({ ...manifest, contributes }, null, 2)}\n`;
}
