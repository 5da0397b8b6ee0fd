import { expect, test } from 'vitest';
import type { Files } from '../../core/language.ts';
import { loginCommands } from '../../languages/packer/ansible/logins.ts';
import { playbookAt } from '../../languages/packer/ansible/playbook.ts';

test.each<[task: string, commands: readonly string[]]>([
  ['- command: passwd -l root', ['passwd -l root']],
  ['- ansible.builtin.command: "passwd --lock root"', ['passwd --lock root']],
  ['- shell: |\n    usermod -L admin && userdel -r builder', ['usermod -L admin', 'userdel -r builder']],
  ['- shell: echo "root:x" | chpasswd', ['usermod --lock root']],
  ['- shell: chpasswd < accounts', ['usermod --lock "$ACCOUNT"']],
  ['- command: "passwd -l {{ account }}"', ['passwd -l "$ACCOUNT"']],
  ["- user: name=root password='!'", ['usermod --lock root']],
  ['- user: { name: root, password_lock: yes }', ['usermod --lock root']],
  ['- ansible.builtin.user:\n    name: builder\n    state: absent', ['userdel builder']],
  ['- user:\n    name: "{{ item }}"\n    password: "{{ hash }}"', ['usermod --lock "$ACCOUNT"']],
  ['- user:\n    name: ops\n    password: x\n    update_password: on_create', []],
  ['- user:\n    name: ops\n    shell: /bin/bash\n- file:\n    state: absent', []],
  [
    "- lineinfile: { path: /etc/ssh/sshd_config, regexp: '^#?PasswordAuthentication', line: 'PasswordAuthentication no' }",
    ["echo 'PasswordAuthentication no' >> /etc/ssh/sshd_config"],
  ],
  ["- lineinfile:\n    line: 'PermitRootLogin {{ root }}'", ["echo 'PermitRootLogin no' >> /etc/ssh/sshd_config"]],
  ['- lineinfile:\n    line: PermitRootLogin yes', []],
  ['# passwd -l root\n- name: passwd -l root\n  command: "true"', []],
  // It leaves an empty password.
  ['- command: passwd -d root', []],
])('%j', (task, commands) => {
  expect(loginCommands(task)).toEqual(commands);
});

test('a whole file in place of the configuration of the server', () => {
  const task = '- template:\n    src: sshd_config.j2\n    dest: /etc/ssh/sshd_config\n    mode: "600"';
  expect(loginCommands(task)).toHaveLength(3);
});

const FILES: Readonly<Record<string, string>> = {
  'ansible/site.yml':
    '- hosts: all\n  roles:\n    - { role: base, tags: x }\n  tasks:\n    - include_tasks: more.yml\n',
  'ansible/more.yml': '- include_role:\n    name: users\n',
  'ansible/roles/base/tasks/main.yml': '- import_tasks: ssh.yml\n',
  'ansible/roles/base/tasks/ssh.yml': '- command: passwd -l root\n',
  'ansible/roles/users/tasks/main.yaml': '- command: userdel builder\n',
};

const files: Files = {
  read: path => FILES[path] ?? null,
  list: path => {
    const inside = Object.keys(FILES).filter(one => one.startsWith(`${path}/`));
    return inside.length > 0 ? [...new Set(inside.map(one => one.slice(path.length + 1).split('/')[0]!))] : null;
  },
} as Files;

test('the parts of a playbook', () => {
  const { complete, files: found } = playbookAt('ansible/site.yml', FILES['ansible/site.yml']!, files);
  expect(complete).toBe(true);
  expect(found.flatMap(({ text }) => loginCommands(text)).sort()).toEqual(['passwd -l root', 'userdel builder']);
});

test.each([
  '- hosts: all\n  roles: [geerlingguy.security]\n',
  '- hosts: all\n  tasks:\n    - include_tasks: "{{ os }}.yml"\n',
  '- import_playbook: other.yml\n',
  '- import_role:\n    name: missing\n',
])('an incomplete playbook: %j', text => {
  expect(playbookAt('ansible/x.yml', text, files).complete).toBe(false);
});
