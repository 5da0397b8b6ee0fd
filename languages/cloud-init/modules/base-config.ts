/**
 * What is about cloud-init itself: how parts are merged, which modules run, and, in `cloud.cfg`, what no user-data says
 * (https://docs.cloud-init.io/en/latest/reference/base_config_reference.html).
 */
import { any, bool, either, int, key, keysOf, like, list, map, mapOf, replaced, text, word } from './types.ts';

const MERGE = either(
  text,
  list(
    map(
      {
        name: word('list', 'dict', 'str'),
        settings: list(
          word(
            'allow_delete',
            'no_replace',
            'replace',
            'append',
            'prepend',
            'recurse_dict',
            'recurse_list',
            'recurse_array',
            'recurse_str',
          ),
        ),
      },
      { required: ['name', 'settings'] },
    ),
    1,
  ),
);
/** The modules that can be named in the lists of modules, since 23.1 with `_`, before that with `-`. */
const MODULE_NAMES = [
  'ansible apk_configure apt_configure apt_pipelining bootcmd byobu ca_certs chef disable_ec2_metadata disk_setup fan',
  'final_message growpart grub_dpkg install_hotplug keyboard keys_to_console landscape locale lxd mcollective mounts ntp',
  'package_update_upgrade_install phone_home power_state_change puppet raspberry_pi reset_rmc resizefs resolv_conf',
  'rh_subscription rsyslog runcmd salt_minion scripts_per_boot scripts_per_instance scripts_per_once scripts_user',
  'scripts_vendor seed_random set_hostname set_passwords snap spacewalk ssh ssh_authkey_fingerprints ssh_import_id',
  'timezone ubuntu_advantage ubuntu_autoinstall ubuntu_drivers ubuntu_pro update_etc_hosts update_hostname users_groups',
  'wireguard write_files write_files_deferred yum_add_repo zypper_add_repo',
].join('|');
const MODULE = like(
  new RegExp(`^(?:${MODULE_NAMES.replaceAll(' ', '|').replaceAll('_', '[-_]')})$`),
  'the name of a module that there still is',
);
const MODULES = key(list(either(MODULE, list(any))), { example: '[runcmd, [scripts-user, always]]' });

/** Keys of user-data and of `cloud.cfg` alike. */
export const BASE = keysOf({
  merge_how: key(MERGE, { example: "'list(append)+dict(recurse_array)'" }),
  merge_type: key(MERGE, { example: "'list(append)+dict(recurse_array)'" }),
  'launch-index': int,
  cloud_init_modules: MODULES,
  cloud_config_modules: MODULES,
  cloud_final_modules: MODULES,
  migrate: bool,
  system_info: replaced(mapOf(any), '24.2', '`/etc/cloud/cloud.cfg.d` for it'),
});

/** Keys of `cloud.cfg` and `cloud.cfg.d/*.cfg` only. */
export const CLOUD_CFG = keysOf({
  system_info: mapOf(any),
  datasource: mapOf(any),
  datasource_list: key(list(text), { example: '[NoCloud, None]' }),
  network: mapOf(any),
  vendor_data2: map({ enabled: either(bool, text), prefix: either(text, list(any)) }),
  def_log_file: text,
  syslog_fix_perms: either(text, list(text)),
  log_cfgs: list(any),
  log_basic: bool,
  logcfg: text,
  warnings: mapOf(any),
  disable_network_activation: bool,
  disable_vmware_customization: bool,
  manual_cache_clean: bool,
  apply_network_config: bool,
  cloud_dir: text,
  paths: mapOf(any),
  templates_dir: text,
  features: mapOf(any),
  experimental: mapOf(any),
});
