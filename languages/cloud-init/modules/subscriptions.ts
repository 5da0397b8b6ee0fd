/** Vendors' subscriptions (https://docs.cloud-init.io/en/latest/reference/modules.html#ubuntu-pro, …#red-hat-subscription). */
import {
  any,
  bool,
  either,
  int,
  key,
  keysOf,
  like,
  list,
  map,
  nothing,
  old,
  renamed,
  text,
  url,
  word,
} from './types.ts';

const PROXY = either(url, nothing);
const PRO = map({
  token: text,
  enable: key(list(text), { example: '[esm-infra]' }),
  enable_beta: list(text),
  features: map({ disable_auto_attach: bool }),
  config: map(
    {
      http_proxy: PROXY,
      https_proxy: PROXY,
      global_apt_http_proxy: PROXY,
      global_apt_https_proxy: PROXY,
      ua_apt_http_proxy: PROXY,
      ua_apt_https_proxy: PROXY,
    },
    { others: any },
  ),
});

export const SUBSCRIPTIONS = keysOf({
  ubuntu_pro: key(PRO, { since: '24.1' }),
  ubuntu_advantage: renamed(PRO, '24.1', 'ubuntu_pro'),
  landscape: map(
    {
      client: map(
        {
          url: text,
          ping_url: text,
          data_path: text,
          log_level: word('debug', 'info', 'warning', 'error', 'critical'),
          computer_title: text,
          account_name: text,
          registration_key: text,
          tags: key(like(/^[-\w]+(?:,[-\w]+)*$/, 'names with commas between them and no blanks'), {
            example: 'web,production',
          }),
          http_proxy: text,
          https_proxy: text,
        },
        { required: ['account_name', 'computer_title'], others: any },
      ),
    },
    { required: ['client'] },
  ),
  rh_subscription: map({
    username: text,
    password: text,
    activation_key: text,
    org: key(either(text, old(int, '24.2', 'the organisation in quotes')), { example: "'1234567'" }),
    auto_attach: bool,
    service_level: text,
    add_pool: list(text),
    enable_repo: list(text),
    disable_repo: list(text),
    release_version: key(text, { since: '25.3', example: "'9.4'" }),
    rhsm_baseurl: text,
    server_hostname: text,
    'activation-key': renamed(text, '25.3', 'activation_key'),
    'auto-attach': renamed(bool, '25.3', 'auto_attach'),
    'service-level': renamed(text, '25.3', 'service_level'),
    'add-pool': renamed(list(text), '25.3', 'add_pool'),
    'enable-repo': renamed(list(text), '25.3', 'enable_repo'),
    'disable-repo': renamed(list(text), '25.3', 'disable_repo'),
    'rhsm-baseurl': renamed(text, '25.3', 'rhsm_baseurl'),
    'server-hostname': renamed(text, '25.3', 'server_hostname'),
  }),
  spacewalk: map({ server: text, proxy: text, activation_key: text }),
});
