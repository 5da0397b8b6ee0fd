/** What the files of a repository say about its images. */
export interface Looked {
  /** Whether there are files that make images of machines. */
  readonly machines: boolean;
  /** Whether there are files that make container images. */
  readonly applications: boolean;
  /** Stages that files build with `--target`. */
  readonly targets: readonly string[];
  /** Registries of base images. */
  readonly registries: readonly string[];
  readonly owners: { readonly file: string; readonly owners: readonly string[] } | undefined;
}

/** The text of the configuration. */
export function printConfig(looked: Looked): string {
  const { machines, applications, targets, registries, owners } = looked;
  const isMixed = machines && applications;
  const lines = [
    '# What Bakelint reports in this repository. All keys:',
    '# https://github.com/bakelint/bakelint/blob/main/docs/configuration.md',
    '',
    '# recommended: invalid files, secrets, unpinned bases, insecure access.',
    '# strict: also reproducibility, ownership, labels and size. all: also style.',
    'extends: recommended',
    '',
    '# A severity for each rule (error, warning, info, hint or off). `bakelint rules` lists them.',
    '# rules:',
    '#   latest-tag: error',
    '',
    'images:',
  ];
  lines.push(
    '  # application (a container that runs one), golden (the base of machines), appliance (a machine',
    '  # with its application), vagrant or ci-runner.',
    machines || applications ? `  kind: ${applications ? 'application' : 'golden'}` : '  # kind: application',
  );
  if (targets.length > 0)
    lines.push('  # Stages that are built by name: files in this repository name them.', `  targets: ${list(targets)}`);
  else lines.push('  # Stages that are built with `--target`.', '  # targets: [production]');
  if (registries.length > 0)
    lines.push('  # Base images are from these registries. With this line others are reported.');
  else lines.push('  # With this line base images from other registries are reported.');
  lines.push(`  # trusted-registries: ${list(registries.length > 0 ? registries : ['registry.example.com'])}`);
  if (owners && owners.owners.length > 0)
    lines.push(
      `  # Owners by ${owners.file}: ${owners.owners.slice(0, 3).join(', ')}. An image names its owner in a`,
      '  # label or tag; the keys of these:',
    );
  else lines.push('  # Keys of labels and tags that name the owner of an image:');
  lines.push('  # owner-keys: [owner, team]', '');
  lines.push('# Settings for some of the files; later entries take precedence.');
  if (isMixed) lines.push('overrides:', "  - files: ['*.pkr.hcl', '*.pkr.json']", '    images:', '      kind: golden');
  else lines.push('# overrides:', "#   - files: ['test/**']", '#     rules:', '#       root-user: off');
  lines.push('', '# Files and directories that are not linted, beside those in .gitignore.', '# ignore: [vendor]', '');
  // A key without a value would be an error.
  return lines.join('\n').replace(/^images:\n(?=(?: {2}#.*\n)+\n)/m, '# images:\n');
}

/** A list as YAML writes it on one line; a text in JSON's quotes is one of YAML. */
function list(items: readonly string[]): string {
  return `[${items.map(item => (isPlain(item) ? item : JSON.stringify(item))).join(', ')}]`;
}

const isPlain = (text: string): boolean =>
  /^[a-z](?:[\w./:-]*\w)?$/i.test(text) && !/^(?:true|false|null|yes|no|on|off|[yn])$/i.test(text);
