/**
 * Ubuntu's installer reads this; cloud-init does not. Only what is sure and often wrong is written down, everything else
 * is the installer's (https://canonical-subiquity.readthedocs-hosted.com/en/latest/reference/autoinstall-reference.html).
 */
import { any, bool, either, int, key, keysOf, list, map, mapOf, nothing, text, word } from './types.ts';

const COMMANDS = key(list(either(text, list(text))), { example: '[curtin in-target -- systemctl enable ssh]' });

/** Keys below `autoinstall`. */
export const INSTALLER_KEYS = keysOf({
  version: key(int, { example: '1' }),
  'interactive-sections': key(list(text), { example: '[network]' }),
  'early-commands': COMMANDS,
  'late-commands': COMMANDS,
  'error-commands': COMMANDS,
  locale: key(text, { example: 'en_US.UTF-8' }),
  'refresh-installer': map({ update: bool, channel: text }, { others: any }),
  keyboard: map({ layout: text, variant: text, toggle: either(text, nothing) }, { others: any }),
  source: map({ search_drivers: bool, id: text }, { others: any }),
  proxy: either(text, nothing),
  apt: mapOf(any),
  storage: mapOf(any),
  identity: map(
    { realname: text, username: text, hostname: text, password: text },
    { required: ['username', 'hostname', 'password'], others: any },
  ),
  'active-directory': mapOf(any),
  'ubuntu-pro': map({ token: text }, { others: any }),
  ssh: map({ 'install-server': bool, 'authorized-keys': list(text), 'allow-pw': bool }, { others: any }),
  codecs: map({ install: bool }, { others: any }),
  drivers: map({ install: bool }, { others: any }),
  oem: map({ install: either(bool, word('auto')) }, { others: any }),
  snaps: list(map({ name: text, channel: text, classic: bool }, { others: any })),
  packages: key(list(text), { example: '[curl, git]' }),
  kernel: mapOf(any),
  'kernel-crash-dumps': mapOf(any),
  timezone: key(text, { example: 'Europe/Berlin' }),
  updates: word('security', 'all'),
  shutdown: word('reboot', 'poweroff'),
  reporting: mapOf(any),
  'user-data': mapOf(any),
  'debconf-selections': text,
  zdevs: list(any),
});

export const AUTOINSTALL = keysOf({
  autoinstall: map(INSTALLER_KEYS, { required: ['version'], others: any }),
});
