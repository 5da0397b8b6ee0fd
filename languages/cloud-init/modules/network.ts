/** Names, addresses, clocks and peers (https://docs.cloud-init.io/en/latest/reference/modules.html). */
import { any, bool, either, key, keysOf, list, map, mapOf, nothing, old, text, word } from './types.ts';

export const NETWORK = keysOf({
  hostname: key(text, { example: 'web-1' }),
  fqdn: key(text, { example: 'web-1.example.com' }),
  prefer_fqdn_over_hostname: bool,
  preserve_hostname: bool,
  create_hostname_file: key(bool, { since: '23.4' }),
  manage_etc_hosts: key(either(bool, word('localhost'), old(word('template'), '22.3', '`true`')), { example: 'true' }),
  manage_resolv_conf: bool,
  resolv_conf: map({
    nameservers: list(any),
    searchdomains: list(any),
    domain: text,
    sortlist: list(any),
    options: mapOf(any),
  }),
  ntp: either(
    map({
      pools: list(text),
      servers: list(text),
      peers: list(text),
      allow: list(text),
      ntp_client: text,
      enabled: bool,
      config: map(
        { confpath: text, check_exe: text, packages: list(text), service_name: text, template: text },
        { filled: true },
      ),
    }),
    nothing,
  ),
  wireguard: key(
    either(
      map(
        {
          interfaces: list(map({ name: text, config_path: text, content: text }), 1),
          readinessprobe: list(text),
        },
        { required: ['interfaces'] },
      ),
      nothing,
    ),
    { since: '22.3' },
  ),
  fan: map({ config: text, config_path: text }, { required: ['config'] }),
  updates: map({
    network: map({ when: list(word('boot-new-instance', 'boot-legacy', 'boot', 'hotplug')) }, { required: ['when'] }),
  }),
  disable_ec2_metadata: bool,
});
