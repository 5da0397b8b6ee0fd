/**
 * Users, groups and passwords
 * (https://docs.cloud-init.io/en/latest/reference/modules.html#users-and-groups, …#set-passwords).
 */
import {
  bool,
  either,
  int,
  key,
  keysOf,
  like,
  list,
  map,
  mapOf,
  nothing,
  old,
  renamed,
  replaced,
  text,
  word,
} from './types.ts';

const KEYS = list(text, 1);
const GROUPS = either(text, list(text, 1), old(mapOf(either(nothing, text)), '23.1', 'a list of names'));
const SUDO = either(text, nothing, list(either(text, nothing)), old(bool, '22.2', '`null` for no rules'));

/** What a user may have. */
export const USER_KEYS = keysOf({
  name: text,
  snapuser: text,
  gecos: key(text, { example: 'Ada Lovelace' }),
  groups: key(GROUPS, { example: '[adm, sudo]' }),
  primary_group: text,
  create_groups: bool,
  homedir: key(text, { example: '/home/ada' }),
  no_create_home: bool,
  no_user_group: bool,
  no_log_init: bool,
  shell: key(text, { example: '/bin/bash' }),
  system: bool,
  uid: key(either(int, old(text, '22.3', 'a number without quotes')), { example: '1500' }),
  expiredate: key(text, { example: "'2032-09-01'" }),
  inactive: key(text, { example: "'5'" }),
  lock_passwd: bool,
  passwd: text,
  hashed_passwd: text,
  plain_text_passwd: text,
  selinux_user: text,
  ssh_authorized_keys: key(KEYS, { example: '[ssh-ed25519 AAAA… ada]' }),
  ssh_import_id: key(KEYS, { example: '[gh:ada]' }),
  ssh_redirect_user: bool,
  sudo: key(SUDO, { example: "'ALL=(ALL) ALL'" }),
  doas: key(list(text, 1), { since: '23.3', example: '[permit nopass ada]' }),
  'lock-passwd': renamed(bool, '22.3', 'lock_passwd'),
  'ssh-authorized-keys': renamed(KEYS, '18.3', 'ssh_authorized_keys'),
  'no-create-home': renamed(bool, '24.2', 'no_create_home'),
  'no-log-init': renamed(bool, '24.2', 'no_log_init'),
  'no-user-group': renamed(bool, '24.2', 'no_user_group'),
  'hashed-passwd': renamed(text, '24.2', 'hashed_passwd'),
  'plain-text-passwd': renamed(text, '24.2', 'plain_text_passwd'),
  'create-groups': renamed(bool, '24.2', 'create_groups'),
  'primary-group': renamed(text, '24.2', 'primary_group'),
  'selinux-user': renamed(text, '24.2', 'selinux_user'),
  'ssh-import-id': renamed(KEYS, '24.2', 'ssh_import_id'),
  'ssh-redirect-user': renamed(bool, '24.2', 'ssh_redirect_user'),
});

const NAMED = [['name', 'snapuser']];
const ACCOUNT = like(/^[^:]+:./, 'a name, a colon and a password');
const PASSWORD = map(
  {
    name: text,
    type: word('hash', 'text', 'RANDOM'),
    password: text,
  },
  { required: ['name', ['password', 'type']] },
);

export const USERS = keysOf({
  users: key(
    either(
      list(either(text, list(text), map(USER_KEYS, { required: NAMED }))),
      text,
      mapOf(either(map(USER_KEYS), text, bool, nothing)),
    ),
    {
      example: '[default, {name: ada, groups: [sudo]}]',
    },
  ),
  user: key(either(text, map(USER_KEYS)), { example: '{name: ada}' }),
  groups: key(
    either(text, list(either(text, mapOf(either(text, list(text, 1))))), mapOf(either(text, list(text, 1)))),
    {
      example: '[operators]',
    },
  ),
  password: text,
  chpasswd: map({
    expire: bool,
    users: key(list(PASSWORD), { since: '22.2', example: '[{name: ada, type: RANDOM}]' }),
    list: replaced(either(text, list(ACCOUNT)), '22.2', '`chpasswd.users`, one mapping for each user'),
  }),
  ssh_pwauth: key(either(bool, old(text, '22.3', '`true` or `false` without quotes')), { example: 'false' }),
});
