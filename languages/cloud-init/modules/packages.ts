/**
 * Packages and where they come from
 * (https://docs.cloud-init.io/en/latest/reference/modules.html#package-update-upgrade-install and the modules of each
 * distribution's package manager).
 */
import {
  any,
  bool,
  either,
  int,
  key,
  keysOf,
  list,
  map,
  mapOf,
  nothing,
  old,
  renamed,
  text,
  url,
  word,
} from './types.ts';

const NAME = either(text, list(text, 2, 2));
const MIRRORS = list(
  map(
    {
      arches: key(list(text, 1), { example: '[default]' }),
      uri: url,
      search: list(url, 1),
      search_dns: bool,
      keyid: text,
      key: text,
      keyserver: text,
    },
    { required: ['arches'] },
  ),
  1,
);

const APT = map(
  {
    preserve_sources_list: bool,
    disable_suites: list(text, 1),
    primary: key(MIRRORS, { example: '[{arches: [default], uri: "https://…"}]' }),
    security: key(MIRRORS, { example: '[{arches: [default], uri: "https://…"}]' }),
    add_apt_repo_match: text,
    debconf_selections: mapOf(text, true),
    sources_list: text,
    conf: text,
    proxy: text,
    http_proxy: text,
    https_proxy: text,
    ftp_proxy: text,
    sources: key(
      mapOf(
        map({ source: text, keyid: text, key: text, keyserver: text, filename: text, append: bool }, { filled: true }),
      ),
      { example: '{docker: {source: "deb …", keyid: "…"}}' },
    ),
  },
  { filled: true },
);

const APK = map(
  {
    preserve_repositories: bool,
    alpine_repo: either(
      map(
        { base_url: text, version: key(text, { example: 'v3.20' }), community_enabled: bool, testing_enabled: bool },
        { required: ['version'], filled: true },
      ),
      nothing,
    ),
    local_repo_base_url: text,
  },
  { filled: true },
);

const YUM_REPO = map(
  { name: text, baseurl: url, metalink: url, mirrorlist: url, enabled: bool },
  { required: [['baseurl', 'metalink', 'mirrorlist']], others: either(text, int, bool) },
);

const COMMAND = either(text, list(text));

export const PACKAGES = keysOf({
  packages: key(list(either(text, list(text, 2, 2), map({ apt: list(NAME), snap: list(NAME) })), 1), {
    example: '[curl, git]',
  }),
  package_update: bool,
  package_upgrade: bool,
  package_reboot_if_required: bool,
  // Of Amazon Linux, whose cloud-init updates the release by itself.
  repo_upgrade: text,
  repo_upgrade_exclude: any,
  repo_releasever: any,
  apt_update: renamed(bool, '22.2', 'package_update'),
  apt_upgrade: renamed(bool, '22.2', 'package_upgrade'),
  apt_reboot_if_required: renamed(bool, '22.2', 'package_reboot_if_required'),
  apt: APT,
  apt_pipelining: key(either(word('os'), old(word('none', 'unchanged'), '22.4', '`os`'), int, bool), { example: 'os' }),
  apk_repos: key(APK, { since: '20.4' }),
  yum_repos: mapOf(YUM_REPO, true),
  yum_repo_dir: text,
  zypper: map(
    {
      repos: list(map({ id: text, baseurl: url }, { required: ['id', 'baseurl'], others: any }), 1),
      config: mapOf(any),
    },
    { others: any, filled: true },
  ),
  snap: map(
    {
      assertions: either(list(text, 1), mapOf(text, true)),
      commands: key(either(list(COMMAND, 1), mapOf(COMMAND, true)), { example: '[snap install --classic go]' }),
    },
    { filled: true },
  ),
});
