/** An attribute that was renamed or removed. */
export interface Old {
  readonly name: string;
  /** The types of sources or post-processors that had it. */
  readonly types: RegExp;
  /** Its present name; `boot_iso` for those that moved into that block; `undefined` without a replacement. */
  readonly into: string | undefined;
  /** Whether current plugins reject it; else they warn. */
  readonly gone: boolean;
  /** The version of the plugin that brought the present name. */
  readonly since?: string;
}

const ANY = /^/;
const gone = (types: RegExp, name: string, into?: string): Old => ({ name, types, into, gone: true });
const deprecated = (types: RegExp, name: string, into?: string): Old => ({ name, types, into, gone: false });

const AMAZON = /^amazon-/;
const PROXMOX = /^proxmox(?:-iso)?$/;
const PORTS = /^(?:virtualbox|qemu)/;
const HYPERV = /^hyperv-/;

/**
 * Of builders: what `packer fix` repairs in JSON (https://developer.hashicorp.com/packer/docs/commands/fix) and what the
 * plugins document as deprecated.
 */
export const OLD_IN_SOURCES: readonly Old[] = [
  deprecated(ANY, 'ssh_wait_timeout', 'ssh_timeout'),
  gone(ANY, 'ssh_key_path', 'ssh_private_key_file'),
  gone(ANY, 'ssh_disable_agent', 'ssh_disable_agent_forwarding'),
  gone(ANY, 'iso_md5', 'iso_checksum'),
  gone(ANY, 'iso_checksum_type'),
  gone(ANY, 'iso_checksum_url'),
  deprecated(PORTS, 'ssh_host_port_min', 'host_port_min'),
  deprecated(PORTS, 'ssh_host_port_max', 'host_port_max'),
  deprecated(PORTS, 'ssh_skip_nat_mapping', 'skip_nat_mapping'),
  gone(AMAZON, 'shutdown_behaviour', 'shutdown_behavior'),
  gone(AMAZON, 'enhanced_networking', 'ena_support'),
  gone(AMAZON, 'temporary_security_group_source_cidr', 'temporary_security_group_source_cidrs'),
  deprecated(AMAZON, 'spot_price_auto_product'),
  deprecated(AMAZON, 'enable_t2_unlimited', 'enable_unlimited_credits'),
  gone(/^azure-/, 'exlude_from_latest', 'exclude_from_latest'),
  deprecated(/^googlecompute$/, 'account_file', 'credentials_file'),
  gone(/^docker$/, 'login_email'),
  gone(HYPERV, 'vhd_temp_path', 'temp_path'),
  gone(HYPERV, 'clone_from_vmxc_path', 'clone_from_vmcx_path'),
  gone(HYPERV, 'cpu', 'cpus'),
  gone(HYPERV, 'ram_size', 'memory'),
  deprecated(/^proxmox/, 'efidisk', 'efi_config'),
  ...[
    'iso_file',
    'iso_storage_pool',
    'iso_download_pve',
    'iso_url',
    'iso_urls',
    'iso_checksum',
    'unmount_iso',
    'iso_target_path',
    'iso_target_extension',
  ].map(name => ({ ...deprecated(PROXMOX, name, 'boot_iso'), since: '1.2.0' })),
];

/** Of post-processors. */
export const OLD_IN_POST_PROCESSORS: readonly Old[] = [
  deprecated(/^docker-tag$/, 'tag', 'tags'),
  gone(/^manifest$/, 'filename', 'output'),
  gone(/^docker-(?:import|push)$/, 'login_email'),
];
