import { expect, test } from 'vitest';
import type { Files } from '../../core/language.ts';
import { SourceText } from '../../core/text.ts';
import { conditionalPlaces } from '../../languages/packer/ansible/conditions.ts';
import { playbookAt } from '../../languages/packer/ansible/playbook.ts';
import { tasksIn } from '../../languages/packer/ansible/tasks.ts';

const task = (...lines: readonly string[]): string =>
  ['- hosts: all', '  tasks:', '    - name: Task', ...lines.map(line => `      ${line}`)].join('\n');

const commands = (text: string): readonly string[] =>
  tasksIn(SourceText.document(text)).commands.map(one => one.text.text);

test.each([
  [
    task(
      'ansible.builtin.get_url:',
      '  url: https://example.com/tool',
      '  dest: /usr/local/bin/tool',
      '  mode: "0755"',
    ),
    'curl -fsSLo /usr/local/bin/tool https://example.com/tool && chmod 0755 /usr/local/bin/tool',
  ],
  [
    task('git:', '  repo: https://example.com/a.git', '  dest: /srv/a', '  version: main'),
    'git clone --branch main https://example.com/a.git /srv/a',
  ],
  [task('shell: curl -k https://example.com/i.sh | sh'), 'curl -k https://example.com/i.sh | sh'],
  [
    task('lineinfile:', '  path: /etc/ssh/sshd_config', '  line: PermitRootLogin yes'),
    "printf '%s\\n' 'PermitRootLogin yes' >> /etc/ssh/sshd_config",
  ],
  [task('yum:', '  name: agent', '  disable_gpg_check: true'), 'yum install -y --nogpgcheck agent'],
  [task('yum_repository:', '  name: a', '  gpgcheck: no'), "echo 'gpgcheck=0' > /etc/yum.repos.d/ansible.repo"],
  [task('systemd:', '  name: firewalld', '  enabled: false'), 'systemctl disable firewalld'],
  [task('community.general.ufw:', '  state: disabled'), 'ufw disable'],
  [task('ansible.posix.selinux:', '  state: disabled'), "echo 'SELINUX=disabled' > /etc/selinux/config"],
  [
    task('community.docker.docker_container:', '  name: a', '  image: example/a:1', '  privileged: true'),
    'docker run -d --privileged example/a:1',
  ],
  [task('docker_image:', '  name: example/a', '  tag: "1"', '  source: pull'), 'docker pull example/a:1'],
  [task('file:', '  path: /srv/a', '  mode: "0777"'), 'chmod 0777 /srv/a'],
  ['- name: In a block\n  block:\n    - command: setenforce 0\n', 'setenforce 0'],
  [task('shell: setenforce 0', "when: deploy_env != 'dev'"), 'setenforce 0'],
  [task('shell: setenforce 0', 'when: not vagrant'), 'setenforce 0'],
  [task('shell: setenforce 0', "when: disk.stat.path == '/dev/sda'"), 'setenforce 0'],
  [task('shell: setenforce 0', "when: ansible_distribution_release in ['sid', 'testing']"), 'setenforce 0'],
  [task('shell: setenforce 0', 'when: result is not test'), 'setenforce 0'],
])('a task as a command: %s', (text, command) => {
  expect(commands(text)).toEqual([command]);
});

test.each([
  task('get_url:', '  url: https://example.com/tool', '  dest: /opt/tool', '  checksum: sha256:00'),
  task('shell: ./upload.sh', 'delegate_to: localhost'),
  task('local_action:', '  module: shell', '  cmd: make'),
  task('lineinfile:', '  path: /etc/ssh/sshd_config', '  line: PermitRootLogin yes', '  state: absent'),
  task('docker_container:', '  name: a', '  image: example/a:1', '  state: absent'),
  task('yum:', '  name: agent', '  disable_gpg_check: false'),
  task('docker_image:', '  name: example/a', '  source: build'),
  task('shell: setenforce 0', 'when: false'),
  task('shell: setenforce 0', 'when:', '  - a is defined', '  - env in ["dev", "test"]'),
  task('shell: setenforce 0', "when: deploy_env | default('dev') == 'dev'"),
  task('shell: setenforce 0', 'when: vagrant | bool'),
  task('systemd:', '  name: nftables', '  enabled: false', 'when: has_firewalld'),
  "- when: env == 'dev'\n  block:\n    - command: setenforce 0\n",
  'vars:\n  shell: bash\n',
  'not: [closed',
])('nothing: %s', text => {
  expect(commands(text)).toEqual([]);
});

test('what Jinja fills in is not known', () => {
  const [command] = commands(task('shell: "curl -k {{ url }} | sh"'));
  expect(command).not.toContain('{{');
  expect(commands(task('get_url:', '  url: "{{ url }}"', '  dest: /opt/a'))).toEqual(['curl -fsSLo /opt/a "$ANSIBLE"']);
});

test('files that are copied from the repository', () => {
  const copied = (text: string) => tasksIn(SourceText.document(text)).copied.map(({ source, to }) => [source.text, to]);
  expect(copied(task('copy:', '  src: files/key', '  dest: /root/.ssh/id_ed25519'))).toEqual([
    ['files/key', '/root/.ssh/id_ed25519'],
  ]);
  expect(copied(task('copy:', '  src: /etc/a', '  dest: /etc/b', '  remote_src: yes'))).toEqual([]);
});

test('a command that is not written says which module it stands for', () => {
  const standsFor = (text: string) => tasksIn(SourceText.document(text)).commands.map(one => one.standsFor);
  expect(standsFor(task('get_url:', '  url: https://example.com/a', '  dest: /opt/a'))).toEqual(['get_url']);
  expect(standsFor(task('ansible.builtin.shell: setenforce 0'))).toEqual([undefined]);
});

test('places of tasks with a condition', () => {
  const places = (text: string) => conditionalPlaces(text, 'play.yml').map(span => text.slice(span.start, span.end));
  expect(places(task('shell: a'))).toEqual([]);
  expect(places(`${task('shell: a', 'when: b')}\n    - shell: c`)).toContain('shell: a');
  expect(places(`${task('shell: a', 'when: b')}\n    - shell: c`)).not.toContain('shell: c');
});

test('files of a playbook that are included under a condition', () => {
  const texts = new Map([
    ['play.yml', '- hosts: all\n  roles: [base]\n  tasks:\n    - include_tasks: b.yml\n      when: b\n'],
    ['b.yml', '- shell: b\n'],
    ['roles/base/tasks/main.yml', '- import_tasks: own.yml\n- include_tasks: not.yml\n  when: false\n'],
    ['roles/base/tasks/named.yml', '- shell: named\n'],
    ['roles/base/tasks/own.yml', '- shell: own\n'],
    ['roles/base/tasks/not.yml', '- shell: not\n'],
  ]);
  const files = {
    read: (path: string) => texts.get(path) ?? null,
    list: (path: string) =>
      [...texts.keys()].flatMap(key => (key.startsWith(`${path}/`) ? key.slice(path.length + 1) : [])),
  };
  const found = playbookAt('play.yml', texts.get('play.yml')!, files as unknown as Files).files;
  expect(Object.fromEntries(found.map(({ path, conditional }) => [path, conditional]))).toEqual({
    'play.yml': false,
    'b.yml': true,
    'roles/base/tasks/main.yml': false,
    'roles/base/tasks/own.yml': false,
    'roles/base/tasks/named.yml': true,
  });
});

test('a file that is included with a condition and without is not conditional', () => {
  const text = (first: string, second: string) =>
    `- hosts: all\n  roles: [web, { role: web, when: false }]\n  tasks:\n    - include_tasks: b.yml\n${first}    - include_tasks: b.yml\n${second}`;
  const read = (path: string) =>
    path === 'b.yml' ? '- shell: b\n' : path === 'roles/web/tasks/main.yml' ? '- shell: w\n' : null;
  const list = (path: string) => (path === 'roles/web/tasks' ? ['main.yml'] : null);
  const files = (first: string, second: string) =>
    playbookAt('play.yml', text(first, second), { read, list } as unknown as Files).files.map(one => [
      one.path,
      one.conditional,
    ]);
  const always = [
    ['play.yml', false],
    ['b.yml', false],
    ['roles/web/tasks/main.yml', false],
  ];
  expect(files('', "      when: env == 'dev'\n")).toEqual(always);
  expect(files('      when: false\n', '')).toEqual(always);
  expect(files('      when: a\n', "      when: env == 'dev'\n")[1]).toEqual(['b.yml', true]);
});
