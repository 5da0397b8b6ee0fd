/** Who can log in to the machine that a document describes. */
import { expect, test } from 'vitest';
import { canLogIn, loginsOf } from '../../languages/cloud-init/logins.ts';
import { parse } from './support.ts';

const ways = (text: string): string[] =>
  loginsOf(parse(`#cloud-config\n${text}`)).map(login =>
    [
      login.name ?? 'default user',
      login.password,
      ...(login.hasKeys ? ['keys'] : []),
      ...(login.freeSudo ? ['sudo'] : []),
      ...(canLogIn(login) ? [] : ['closed']),
    ].join(' '),
  );

const HASH = '$6$abcdefgh$0123456789abcdef';

test.each<[text: string, expected: string[]]>([
  ['users: [{name: ada}]', ['ada none closed']],
  ['users: [default]', []],
  [`users: [{name: ada, passwd: ${HASH}}]`, ['ada locked closed']],
  [`users: [{name: ada, passwd: ${HASH}, lock_passwd: false}]`, ['ada open']],
  [`users: [{name: ada, passwd: ${HASH}, lock-passwd: false}]`, ['ada open']],
  [`users: [{name: ada, passwd: ${HASH}, lock_passwd: '{{ x }}'}]`, ['ada unknown']],
  [`user: {name: ada, passwd: ${HASH}}`, ['ada unknown']],
  ['users: [{name: ada, passwd: "!"}]', ['ada none closed']],
  ['users: [{name: ada, ssh_import_id: [gh:ada], sudo: "ALL=(ALL) NOPASSWD:ALL"}]', ['ada none keys sudo']],
  // `chpasswd` comes later, with a random password as well.
  [`users: [{name: ada}]\nchpasswd: {list: 'ada:${HASH}'}`, ['ada open']],
  [`users: [{name: ada, passwd: ${HASH}}]\nchpasswd: {users: [{name: ada, type: RANDOM}]}`, ['ada open']],
  [`users: [{name: ada, passwd: ${HASH}}]\nruncmd: [passwd -u ada]`, ['ada unknown']],
  [`chpasswd: {users: [{name: root, password: ${HASH}}]}`, ['root open']],
  ['password: secret', ['default user open']],
])('%s', (text, expected) => {
  expect(ways(text)).toEqual(expected);
});
