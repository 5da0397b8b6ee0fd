/**
 * Which attributes and blocks Packer's own blocks have, and those steps whose lists are documented completely. Builders and
 * other plugins are left out: their lists change with every release.
 * https://developer.hashicorp.com/packer/docs/templates/hcl_templates/blocks
 */
import type { HclProblem } from './hcl/ast.ts';
import type { PackerBlock, PackerFile } from './tree.ts';

/** What a block may contain. */
export interface BlockSchema {
  /** As messages say it: "in a `variable` block". */
  readonly where: string;
  readonly attributes: readonly string[];
  readonly blocks: readonly string[];
}

/** A block and what it may contain. */
export interface KnownBlock {
  readonly block: PackerBlock;
  readonly schema: BlockSchema;
}

const words = (text: string): readonly string[] => text.split(/\s+/).filter(Boolean);
const schema = (where: string, attributes: string, blocks = ''): BlockSchema => ({
  where,
  attributes: words(attributes),
  blocks: words(blocks),
});

const TOP = schema(
  'at the top level',
  '',
  'packer source variable variables local locals data build hcp_packer_registry communicator',
);
const POST_PROCESSORS = schema('in a `post-processors` block', '', 'post-processor');

/** The blocks of the top level and of `build`, by type. */
const BLOCKS: ReadonlyMap<string, BlockSchema> = new Map([
  ['packer', schema('in the `packer` block', 'required_version', 'required_plugins')],
  ['variable', schema('in a `variable` block', 'description default type sensitive', 'validation')],
  ['validation', schema('in a `validation` block', 'condition error_message')],
  ['local', schema('in a `local` block', 'expression sensitive')],
  [
    'build',
    schema(
      'in a `build` block',
      'name description sources',
      'source provisioner error-cleanup-provisioner post-processor post-processors hcp_packer_registry from',
    ),
  ],
]);

/** What every provisioner takes. https://developer.hashicorp.com/packer/docs/provisioners */
const EVERY_PROVISIONER = 'name pause_before max_retries timeout only except override continue_on_error';
/** https://developer.hashicorp.com/packer/docs/post-processors */
const EVERY_POST_PROCESSOR = 'name only except keep_input_artifact';
/** Attributes of all shells. https://developer.hashicorp.com/packer/docs/provisioners/shell */
const SHELL = 'inline script scripts valid_exit_codes environment_vars env env_var_format execute_command';
/** Attributes of shells that run on the machine. */
const REMOTE = 'binary remote_path start_retry_timeout';
const AWS = 'aws_access_key aws_secret_key aws_token aws_profile aws_force_use_public_ecr';

/** https://developer.hashicorp.com/packer/docs/provisioners and the plugins' pages linked from there. */
const PROVISIONERS: Readonly<Record<string, string>> = {
  shell: `${SHELL} ${REMOTE} inline_shebang pause_after use_env_var_file remote_folder remote_file skip_clean expect_disconnect`,
  powershell: `${SHELL} ${REMOTE} remote_env_var_path elevated_execute_command skip_clean elevated_env_var_format elevated_user elevated_password execution_policy debug_mode pause_after use_pwsh`,
  'windows-shell': `${SHELL} ${REMOTE}`,
  'shell-local': `${SHELL} command inline_shebang only_on tempfile_extension use_linux_pathing`,
  'windows-restart': 'restart_command restart_check_command restart_timeout check_registry registry_keys',
  file: 'content source sources destination direction generated',
  breakpoint: 'note disable',
  sleep: 'duration',
  ansible:
    'command extra_arguments ansible_env_vars playbook_file ansible_ssh_extra_args groups empty_groups host_alias user local_port ssh_host_key_file ssh_authorized_key_file ansible_proxy_key_type sftp_command skip_version_check use_sftp inventory_directory inventory_file_template inventory_file keep_inventory_file galaxy_file galaxy_command galaxy_force_install galaxy_force_with_deps roles_path collections_path use_proxy ansible_winrm_use_http',
  'ansible-local':
    'command extra_arguments group_vars host_vars playbook_dir playbook_file playbook_files playbook_paths role_paths collection_paths staging_directory clean_staging_directory inventory_file inventory_groups galaxy_file galaxy_command galaxy_force_install galaxy_roles_path galaxy_collections_path',
};

/** https://developer.hashicorp.com/packer/docs/post-processors and https://developer.hashicorp.com/packer/integrations/hashicorp/docker */
const POST_PROCESSOR_TYPES: Readonly<Record<string, string>> = {
  manifest: 'output strip_path strip_time custom_data',
  checksum: 'checksum_types output',
  compress: 'output format compression_level archive algorithm',
  artifice: 'files',
  'shell-local': PROVISIONERS['shell-local']!,
  'docker-tag': 'docker_path repository tag tags force',
  'docker-save': 'docker_path path',
  'docker-push': `docker_path login login_username login_password login_server ecr_login platform ${AWS}`,
  'docker-import': 'docker_path repository tag changes platform',
};

const steps = (kind: string, every: string, types: Readonly<Record<string, string>>): Map<string, BlockSchema> =>
  new Map(
    Object.entries(types).map(([type, own]) => [type, schema(`in a \`${type}\` ${kind}`, `${own} ${every}`)] as const),
  );
const PROVISIONER_SCHEMAS = steps('provisioner', EVERY_PROVISIONER, PROVISIONERS);
const POST_PROCESSOR_SCHEMAS = steps('post-processor', EVERY_POST_PROCESSOR, POST_PROCESSOR_TYPES);

/**
 * The blocks of a template whose contents are known, the file itself first, in the order of the file. Where the text is not HCL
 * items may appear in the wrong block, so blocks with a problem in them or directly after them are left out.
 */
export function knownBlocks(file: PackerFile): readonly KnownBlock[] {
  const { hcl, kind, top } = file;
  if (kind !== 'template') return [];
  const found: KnownBlock[] = [];
  const add = (block: PackerBlock, own: BlockSchema | undefined): void => {
    if (own && !isBroken(block, hcl.problems)) found.push({ block, schema: own });
  };
  // A file with only assignments is a variables file with another name, which `-var-file` accepts.
  if (top.blocks().length > 0) add(top, TOP);
  for (const block of top.blocks()) {
    add(block, BLOCKS.get(block.type));
    if (block.type === 'variable') for (const inner of block.blocks('validation')) add(inner, BLOCKS.get('validation'));
    if (block.type !== 'build') continue;
    for (const inner of block.blocks()) {
      add(inner, inner.type === 'post-processors' ? POST_PROCESSORS : schemaOfStep(inner));
      if (inner.type === 'post-processors')
        for (const one of inner.blocks('post-processor')) add(one, schemaOfStep(one));
    }
  }
  return found;
}

/** How far after a block a problem may belong to it: an extra brace, in characters. */
const NEARBY = 3;

/** Whether a block has syntax problems in it or directly after it, so that its content is not certain. */
export function isBroken({ hcl }: PackerBlock, problems: readonly HclProblem[]): boolean {
  if (problems.length === 0) return false;
  if (!hcl || hcl.closeBrace === undefined) return true;
  let low = 0;
  for (let high = problems.length; low < high; ) {
    const middle = (low + high) >> 1;
    if (problems[middle]!.end < hcl.start) low = middle + 1;
    else high = middle;
  }
  return low < problems.length && problems[low]!.start <= hcl.end + NEARBY;
}

function schemaOfStep({ labels, type }: PackerBlock): BlockSchema | undefined {
  const label = labels[0]?.text ?? '';
  if (type === 'provisioner' || type === 'error-cleanup-provisioner') return PROVISIONER_SCHEMAS.get(label);
  return type === 'post-processor' ? POST_PROCESSOR_SCHEMAS.get(label) : undefined;
}
