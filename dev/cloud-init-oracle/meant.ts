/** Where we say other things of a document than its schema on purpose: what cloud-init does with it decides. */

export interface Meant {
  /** Part of the line that names the difference: `silent | network 1 | key left out at … | …`. */
  readonly like: RegExp;
  /** What has to be in the document as well. */
  readonly text?: RegExp;
  /** Only older versions of cloud-init than this differ. */
  readonly before?: string;
  readonly because: string;
}

export const MEANT: readonly Meant[] = [
  {
    like: /^silent \| cloud-config .*(?:has non-unique elements|groups … (?:is too short|should be non-empty)|(?:users|chpasswd\.list) … should be non-empty)$/,
    because: 'what is there twice, or empty, does no harm',
  },
  {
    like: /^silent \| cloud-config .*(?:rh_subscription … should not be valid|ansible\.pull(?:\.\*)? … is (?:valid under each|not of type 'array'))/,
    because: 'an old and a new key together: deprecated-key says it',
  },
  {
    like: /^silent \| cloud-config .*users?(?:\.\*)? … is not (?:of type|valid under any)/,
    text: /\bsnapuser: /,
    because: 'name and snapuser together: cloud-init creates the user',
  },
  {
    like: /^too much \| cloud-config .*(?:Invalid|is not a valid) value for `write_files\[\d+\]\.permissions`$/,
    because: 'cc_write_files cannot decode the mode',
  },
  {
    like: /^silent \| cloud-config .*debconf_selections … was unexpected\)$/,
    because: 'cc_apt_configure still reads it at the top level',
  },
  {
    like: /^too much \| cloud-config .*(?:Invalid|is not a valid) value for `autoinstall\.version`$/,
    because: 'cloud-init does not look into autoinstall',
  },
  {
    like: /^too much \| cloud-config .*wrong-type: `users\.\w+` must be/,
    because: 'ug_util raises a TypeError',
  },
  {
    like: /^too much \| cloud-config .*Unknown key `type` in an item of `users`$/,
    because: 'the schema loses its errors about an item with `type`, which only chpasswd reads',
  },
  {
    like: /^too much \| cloud-config .*Unknown key `\w+` in `rpi(?:\.interfaces)?`$/,
    because: 'cc_raspberry_pi reads no other keys',
  },
  {
    like: /^too much \| cloud-config .*(?:Malformed `merge_(?:how|type)`|`merge_(?:how|type)` without `dict`)/,
    because: 'the mergers raise an error, or have none for a mapping',
  },
  {
    like: /^too much \| cloud-config .*(?:unknown-key: Unknown cloud-config key|misplaced-key: `\w+` has no effect)/,
    before: '23.1',
    because: 'older schemas allow any key at the top, which nothing reads',
  },
  {
    like: /^too much \| cloud-config .*missing-key: `landscape\.client`/,
    before: '24.1',
    because: 'newer versions do not configure Landscape without it',
  },
  {
    like: /^too much \| cloud-config .*(?:`chef\.chef_license`|`dsa` is not a valid value|`ansible\.setup_controller\.run_ansible\[)/,
    before: '24.1',
    because: 'the schema takes what Chef, Ansible and OpenSSH reject',
  },
  {
    like: /^too much \| cloud-config .*Module `[\w-]+` was removed in cloud-init/,
    before: '25.1',
    because: 'newer versions do not have the module',
  },
  {
    like: /^too much \| cloud-config .*(?:Invalid|is not a valid) URL for `/,
    because: 'the schema checks addresses only where Python has rfc3987',
  },
  {
    like: /^silent \| cloud-config .*(?:ansible\.pull … is not of type 'object'|locale … is not of type 'string')/,
    before: '25.2',
    because: 'kinds of values that are newer: only keys have a version',
  },
  {
    like: /^silent \| cloud-config .*\.mtu … is less than the minimum/,
    because: 'LXD checks it',
  },
  {
    like: /^silent \| cloud-config .*migrate … is not of type 'boolean'/,
    because: 'cc_migrator reads it as a string',
  },
  {
    like: /^silent \| cloud-config .*reporting\.\w+ … is not valid under any/,
    text: /^\s+retries: -/m,
    because: 'a negative number is the same as none',
  },
  {
    like: /^silent \| cloud-config .*expiredate … is not a 'date'$/,
    because: 'useradd reads dates in more forms than the schema',
  },
  {
    like: /^silent \| cloud-config .* is a required property$/,
    text: /^merge_(?:how|type):/m,
    because: 'what is merged into other user-data may leave a key to that',
  },
  {
    like: /^silent \| network 1 .* to null at .*\.mtu /,
    because: 'no value is the same as no key',
  },
  {
    like: /^silent \| network 1 .*network\.config\.\*\.params\b/,
    because: 'renderers read names and types of params that the schema does not have',
  },
  {
    like: /^silent \| network 1 .*(?:accept-ra … is not of type|search … is not of type)/,
    because: 'read all the same: util.is_true, and a string as a list of one',
  },
  {
    like: /^silent \| network 1 .*(?:is valid under each of|network\.config\.\* … is not valid under any)/,
    because: 'a route with both destination and network: the first is read',
  },
  {
    like: /^silent \| network 1 .*params \| network\.config\.\* … is a required property$/,
    because: 'a bridge without params is set up',
  },
  {
    like: /^too much \| network 1 .*missing-key: `config\[\d+\]/,
    because: 'network_state raises an error, or skips the device',
  },
  {
    like: /^too much \| network 2 .*unknown-key/,
    because: 'Netplan rejects unknown keys of devices',
  },
  {
    like: /^silent \| network 2 .*(?:\.renderer … is not of type|-(?:interval|delay) … is not of type|addresses\.\* … is not of type|use-domains … is not of type)/,
    because: 'Netplan takes it',
  },
  {
    like: /^too much \| autoinstall .*(?:Unknown key `[\w-]+` in |Unknown cloud-config key)/,
    because: 'Subiquity allows keys that it does not read; user-data has a schema of its own',
  },
  {
    like: /^too much \| autoinstall .*(?:Unknown network key|Network configuration has no `version`|wrong-type: `(?:bonds|bridges|ethernets|tunnels|vlans|wifis)\.)/,
    because: 'Netplan rejects it later',
  },
  {
    like: /^silent \| autoinstall .*(?:kernel … is valid under each|token … is too (?:short|long)|token … does not match)/,
    because: 'not modeled: kernel with package and flavor, and the length of tokens',
  },
];
