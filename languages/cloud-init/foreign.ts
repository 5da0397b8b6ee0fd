/** Texts under the usual names of user-data that say themselves that another program reads them. */

/** A program, and the words in the text that show it. */
export interface Foreign {
  readonly program: string;
  readonly evidence: string;
}

const SIGNS: readonly (readonly [program: string, sign: RegExp, also?: RegExp])[] = [
  ['EC2Launch', /^\s*(<(?:powershell|script|persist|runAsLocalSystem)>)/i],
  // Version 2 reads YAML too: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2launch-v2-task-configuration.html
  ['EC2Launch', /^(version:[ \t]{0,9}["']?1\.\d)/m, /^tasks:/m],
  ['cloudbase-init', /^\s*(#ps1(?:_sysnative|_x86)?)\s/i],
  ['Talos', /^(version:[ \t]{0,9}v1(?:alpha|beta)\d{1,3})\b/m, /^(?:machine|cluster):/m],
  ['Butane', /^(variant:[ \t]*(?:fcos|flatcar|openshift|r4e|fiot))\b/m],
  ['Kubernetes', /^(apiVersion)[ \t]*:/m],
  ['Docker Compose', /^(services)[ \t]*:/m],
  ['CloudFormation', /^(AWSTemplateFormatVersion)[ \t]*:/m],
  ['OpenStack Heat', /^(heat_template_version)[ \t]*:/m],
  ['Ansible', /^(-[ \t]+(?:hosts|name|import_playbook|import_tasks|include|include_tasks))[ \t]*:/m],
];

/** The program that a text without one of cloud-init's headers is for; `undefined` when nothing shows it. */
export function foreignOf(text: string): Foreign | undefined {
  for (const [program, sign, also] of SIGNS) {
    const evidence = also && !also.test(text) ? undefined : sign.exec(text)?.[1];
    if (evidence !== undefined) return { program, evidence: evidence.trim() };
  }
  return undefined;
}

/** The top-level keys of user-data. The data of the modules has them too, but recognition must not wait for it. */
export const KEYS: ReadonlySet<string> = new Set(
  (
    'add_apt_repo_match allow_public_ssh_keys ansible apk_repos apt apt_custom_sources_list apt_ftp_proxy ' +
    'apt_http_proxy apt_https_proxy apt_mirror apt_mirror_search apt_mirror_search_dns apt_pipelining ' +
    'apt_preserve_sources_list apt_proxy apt_reboot_if_required apt_sources apt_update apt_upgrade ' +
    'authkey_hash autoinstall bootcmd byobu_by_default ca-certs ca_certs chef chpasswd ' +
    'cloud_config_modules cloud_final_modules cloud_init_modules create_hostname_file device_aliases ' +
    'disable_ec2_metadata disable_root disable_root_opts disk_setup drivers fan final_message fqdn ' +
    'fs_setup groups growpart grub-dpkg grub_dpkg hostname keyboard landscape launch-index locale ' +
    'locale_configfile lxd manage_etc_hosts manage_resolv_conf mcollective merge_how merge_type migrate ' +
    'mount_default_fields mounts network no_ssh_fingerprints ntp output package_reboot_if_required ' +
    'package_update package_upgrade packages password phone_home power_state prefer_fqdn_over_hostname ' +
    'preserve_hostname puppet random_seed repo_releasever repo_update repo_upgrade repo_upgrade_exclude ' +
    'reporting resize_rootfs resolv_conf rh_subscription rpi rsyslog rsyslog_dir rsyslog_filename runcmd ' +
    'salt_minion snap spacewalk ssh ssh_authorized_keys ssh_deletekeys ssh_fp_console_blacklist ' +
    'ssh_genkeytypes ssh_import_id ssh_key_console_blacklist ssh_keys ssh_publish_hostkeys ssh_pwauth ' +
    'ssh_quiet_keygen swap system_info timezone ubuntu-advantage ubuntu_advantage ubuntu_pro updates user ' +
    'users vendor_data version wireguard write_files yum_repo_dir yum_repos zypper'
  ).split(' '),
);
const FEWEST_KEYS = 4;

/** Whether a mapping has several keys at the top and most of them are none of cloud-init's, so that another program reads it. */
export function hasForeignKeys(text: string): boolean {
  const names = [...text.matchAll(/^([A-Za-z][\w.-]{0,60})[ \t]{0,9}:(?:[ \t]|\r?$)/gm)].map(([, name]) => name!);
  return names.length >= FEWEST_KEYS && names.filter(name => KEYS.has(name)).length * 2 < names.length;
}
