/** Keys, fingerprints and the SSH daemon (https://docs.cloud-init.io/en/latest/reference/modules.html#ssh). */
import { bool, key, keysOf, list, map, text, word } from './types.ts';

const HOST_KEYS = map(
  Object.fromEntries(
    ['ecdsa', 'ed25519', 'rsa'].flatMap(algorithm =>
      ['public', 'private', 'certificate'].map(part => [`${algorithm}_${part}`, text]),
    ),
  ),
);

export const SSH = keysOf({
  ssh_authorized_keys: key(list(text, 1), { example: '[ssh-ed25519 AAAA… ada]' }),
  ssh_import_id: key(list(text), { example: '[gh:ada]' }),
  ssh_keys: HOST_KEYS,
  ssh_deletekeys: bool,
  ssh_genkeytypes: key(list(word('ecdsa', 'ed25519', 'rsa'), 1), { example: '[ed25519]' }),
  ssh_quiet_keygen: bool,
  ssh_publish_hostkeys: map({ enabled: bool, blacklist: list(text) }),
  disable_root: bool,
  disable_root_opts: text,
  allow_public_ssh_keys: bool,
  no_ssh_fingerprints: bool,
  authkey_hash: key(text, { example: 'sha256' }),
  ssh: map({ emit_keys_to_console: bool }, { required: ['emit_keys_to_console'] }),
  ssh_key_console_blacklist: list(text),
  ssh_fp_console_blacklist: list(text),
});
