/** Language, time, hardware, certificates and logs (https://docs.cloud-init.io/en/latest/reference/modules.html). */
import { any, bool, either, int, key, keysOf, list, map, mapOf, number, renamed, text, url, word } from './types.ts';

const CERTIFICATES = map(
  {
    remove_defaults: bool,
    'remove-defaults': renamed(bool, '22.3', 'remove_defaults'),
    trusted: key(list(text, 1), { example: '["-----BEGIN CERTIFICATE-----…"]' }),
  },
  { filled: true },
);

const STREAM = either(text, list(text, 2, 2), map({ output: text, error: text }));
const LOG_LEVEL = word('DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL');

export const SYSTEM = keysOf({
  locale: key(either(text, bool), { example: 'de_DE.UTF-8' }),
  locale_configfile: text,
  timezone: key(text, { example: 'Europe/Berlin' }),
  keyboard: key(map({ layout: text, model: text, variant: text, options: text }, { required: ['layout'] }), {
    since: '22.1',
    example: '{layout: de}',
  }),
  byobu_by_default: word(
    'enable-system',
    'enable-user',
    'disable-system',
    'disable-user',
    'enable',
    'disable',
    'user',
    'system',
  ),
  ca_certs: CERTIFICATES,
  'ca-certs': renamed(CERTIFICATES, '22.3', 'ca_certs'),
  rsyslog: map({
    config_dir: text,
    config_filename: text,
    configs: list(either(text, map({ filename: text, content: text }, { required: ['content'] }))),
    remotes: mapOf(any),
    service_reload_command: key(either(word('auto'), list(text)), { example: 'auto' }),
    install_rsyslog: bool,
    check_exe: text,
    packages: list(text),
  }),
  drivers: map({
    nvidia: map({ 'license-accepted': bool, version: text }, { required: ['license-accepted'] }),
  }),
  rpi: key(
    map(
      {
        interfaces: map(
          {
            spi: bool,
            i2c: bool,
            serial: either(bool, map({ console: bool, hardware: bool })),
            onewire: bool,
          },
          { others: bool },
        ),
        enable_usb_gadget: bool,
      },
      { others: bool },
    ),
    { since: '25.2' },
  ),
  output: map({ all: STREAM, init: STREAM, config: STREAM, final: STREAM }),
  reporting: mapOf(
    map(
      {
        type: word('log', 'print', 'webhook', 'hyperv'),
        level: LOG_LEVEL,
        endpoint: url,
        consumer_key: text,
        token_key: text,
        token_secret: text,
        consumer_secret: text,
        timeout: number,
        retries: int,
        kvp_file_path: text,
        event_types: list(text),
      },
      { required: ['type'] },
    ),
  ),
});
