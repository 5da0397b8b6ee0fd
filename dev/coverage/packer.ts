/** What `packer init` and `packer validate` reject, and the rules that report it. */
export interface PackerCheck {
  readonly check: string;
  readonly rules: readonly string[];
  /** What is not reported of it, or why nothing is. */
  readonly why?: string;
}

const by = (check: string, ...rules: readonly string[]): PackerCheck => ({ check, rules });
const partly = (check: string, why: string, ...rules: readonly string[]): PackerCheck => ({ check, rules, why });

export const PACKER_CHECKS: readonly PackerCheck[] = [
  by('HCL or JSON that cannot be parsed, an attribute set twice', 'syntax-error'),
  by('Unknown blocks and attributes', 'unknown-block', 'unknown-attribute'),
  by('Labels of blocks that are missing or too many', 'wrong-label-count'),
  by('Blocks in `locals`, `variables` and variables files', 'unknown-block'),
  by('`dynamic` blocks that are incomplete', 'invalid-dynamic-block'),
  by('Names that are not identifiers', 'invalid-name'),
  by('A second `error-cleanup-provisioner` or `hcp_packer_registry`', 'conflicting-attributes'),
  by('Names declared twice', 'duplicate-declaration'),
  by(
    '`required_version` and `required_plugins` that cannot be parsed or are not constants, addresses without a host',
    'invalid-requirement',
  ),
  by('A plugin that is not installed', 'missing-required-plugins'),
  partly('A constraint that no released version meets', 'Only the registry knows the released versions'),
  partly('A version of Packer that `required_version` excludes', 'Which Packer runs is not in the file'),
  partly(
    'Operands, conditions and collections of the wrong type, lists in a string',
    'Where the value is in the module or the type of the variable says it; not in the arms of a condition and the body of a `for`',
    'mistyped-operand',
  ),
  by('The type of a variable', 'invalid-variable-type'),
  by('A default or a value in a variables file that does not fit the type', 'mistyped-value'),
  by('A computed default', 'computed-default', 'env-outside-default'),
  by('A validation without condition or message', 'missing-attribute'),
  by('A validation that refers to another variable, has no full sentence, or that a value fails', 'invalid-validation'),
  partly('A variable without a value', 'Values also come from the command line and the environment'),
  by('A value for a variable that is not declared', 'undeclared-assignment'),
  by(
    'References to variables, locals, sources and data that are not declared',
    'undeclared-variable',
    'undeclared-source',
    'unknown-reference',
  ),
  by('Local variables and data sources that refer to each other in a circle', 'circular-local'),
  by('`build` outside of the steps of a build, and `null.NAME` without quotes', 'missing-element'),
  by(
    'An index, key or attribute that a value, the type of a variable, `path`, `packer` or `source` does not have',
    'missing-element',
  ),
  by('Functions that do not exist, or with the wrong number of arguments', 'invalid-function-call'),
  partly(
    'Arguments of functions of the wrong type, and values with which a function fails',
    'Those that are certain; most depend on values',
    'invalid-function-call',
  ),
  by('Functions in `{{ … }}`, and actions that are not closed', 'unknown-template-function'),
  partly(
    'Fields in `{{ … }}`',
    'Where all fields are known: boot commands, commands and `inline` of the shell steps',
    'unknown-template-field',
  ),
  by('Environment variables without `=`', 'mistyped-value'),
  by('A build without sources', 'missing-attribute'),
  by('`only` and `except` together', 'conflicting-attributes'),
  by('Names in `only`, `except` and `override` that are not sources of the build', 'invalid-only-reference'),
  partly(
    'A component that the plugin does not have',
    'Plugins of other versions may have it: only types that are nearly known ones',
    'unknown-block',
  ),
  by(
    'Attributes and nested blocks that a component requires, one of several, and exclusive ones',
    'missing-attribute',
    'conflicting-attributes',
  ),
  by('Values of the wrong type, durations without a unit, values that are not allowed', 'mistyped-value'),
  by(
    'Attributes that a version of the plugin removed, renamed or does not have yet',
    'unknown-attribute',
    'deprecated-syntax',
  ),
  partly(
    'Attributes that the value of another one requires or rules out: `kms_key_id` and `encrypt_boot`, `generation` and floppy disks',
    'For the components that HashiCorp, VMware, Parallels, Hetzner and DigitalOcean maintain; of others, what is required at all',
    'missing-attribute',
    'conflicting-attributes',
  ),
  partly(
    'Numbers out of range, and ports in the wrong order',
    'Ratios, such as IOPS to the size of a volume, and multiples are left out',
    'mistyped-value',
    'conflicting-attributes',
  ),
  partly(
    'The form of names, sizes, addresses, times, checksums, key ids and tunnels',
    'Of names with unknown parts, the known parts; keys and values of labels and tags, boot commands and lists within lists are left out',
    'mistyped-value',
  ),
  partly(
    'User names and hosts of a communicator, and logins for a bastion or for the builder `null`',
    'Passwords and keys of other builders may come from the platform or an agent',
    'missing-attribute',
  ),
  partly(
    'Credentials of clouds and hypervisors',
    'They may come from the environment or a profile; of a pair, such as `access_key` and `secret_key`, the second is required',
    'missing-attribute',
  ),
  partly(
    'Files and directories that do not exist',
    'Keys, certificates, and what tools fetch (roles, cookbooks, modules) are seldom in the repository and are left out; paths that may be made are not reported',
    'missing-script',
    'missing-template-variable',
  ),
  partly(
    'Programs that a plugin calls when it validates: `ansible-playbook`, `ovftool`, a hypervisor',
    'They are on the computer that builds',
  ),
  partly(
    'Names in a file that other directories link to',
    'Where it is linked, the link is read with its directory; the file itself is not reported if a directory around it declares the names, or a script copies it',
    'undeclared-variable',
  ),
  by('`iso_checksum` that is empty or `none` (a warning)', 'iso-checksum-none'),
  partly(
    'What a cloud or hypervisor answers: names that are taken, images that are not there',
    'Nothing is looked up on the network',
  ),
];
