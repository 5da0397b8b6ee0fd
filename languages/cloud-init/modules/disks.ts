/**
 * Disks, file systems and mounts
 * (https://docs.cloud-init.io/en/latest/reference/modules.html#disk-setup, …#mounts, …#growpart).
 */
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
  mapOf,
  no,
  nothing,
  old,
  renamed,
  text,
  word,
} from './types.ts';

const SIZE = like(
  /^(?:[0-9]+|[0-9]*\.[0-9]+)[BKMGT]$/,
  'bytes as a number, or a number and one of `B`, `K`, `M`, `G`, `T`',
);
const ARGUMENTS = either(text, list(text));
const GRUB = map({
  enabled: bool,
  'grub-pc/install_devices': text,
  'grub-pc/install_devices_empty': either(bool, old(text, '22.3', '`true` or `false` without quotes')),
  'grub-efi/install_devices': text,
});

export const DISKS = keysOf({
  device_aliases: mapOf(text),
  disk_setup: mapOf(
    map({
      table_type: word('mbr', 'gpt'),
      layout: key(either(bool, word('remove'), list(either(int, list(either(int, text), 2, 2)))), { example: 'true' }),
      overwrite: bool,
    }),
  ),
  fs_setup: list(
    map({
      label: text,
      filesystem: text,
      device: text,
      partition: key(either(text, int), { example: 'auto' }),
      overwrite: bool,
      replace_fs: text,
      extra_opts: ARGUMENTS,
      cmd: ARGUMENTS,
    }),
  ),
  mounts: key(list(list(text, 1, 6), 1), { example: '[[/dev/sdb1, /data]]' }),
  mount_default_fields: list(either(text, nothing), 6, 6),
  swap: map({
    filename: text,
    size: key(either(word('auto'), int, SIZE), { example: '2G' }),
    maxsize: key(either(int, SIZE), { example: '4G' }),
  }),
  growpart: map({
    mode: key(either(word('auto', 'growpart', 'gpart', 'off'), old(no, '22.3', '`"off"` in quotes')), {
      example: 'auto',
    }),
    devices: list(text),
    ignore_growroot_disabled: bool,
  }),
  resize_rootfs: key(either(bool, word('noblock')), { example: 'true' }),
  grub_dpkg: GRUB,
  'grub-dpkg': renamed(mapOf(any), '22.2', 'grub_dpkg'),
});
