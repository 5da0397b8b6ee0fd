/** Build files that are templates of roles of Ansible. */
import { expect, test } from 'vitest';
import type { Files } from '../../core/language.ts';
import { nameOf, parentDirectory } from '../../core/path.ts';
import { engineOf } from '../../dev/engine.ts';
import { dockerfile as language } from '../../languages/dockerfile/language.ts';
import { mayBeRoleTemplate } from '../../workspace/images/ansible.ts';
import { imagesOf } from '../../workspace/images/graph.ts';
import { indexOf } from '../../workspace/images/index.ts';
import { mayBuild, readFacts } from '../../workspace/images/read.ts';

const engine = engineOf([]);

function images(texts: Readonly<Record<string, string>>) {
  const files: Files = {
    answersAtOnce: true,
    read: path => texts[path.slice(3)] ?? null,
    list: directory =>
      Object.keys(texts).flatMap(one => (parentDirectory(`/w/${one}`) === directory ? nameOf(one) : [])),
  };
  const facts = Object.entries(texts).flatMap(([path, text]) => {
    const isDocument = language.detect(path, text) || mayBeRoleTemplate(path);
    if (!isDocument && !mayBuild(`/w/${path}`)) return [];
    return readFacts(`/w/${path}`, text, isDocument ? language : undefined, { engine, files }) ?? [];
  });
  return imagesOf(indexOf(facts)).map(({ path, tags, bases, startedBy }) => ({
    path: path.slice(3),
    tags: tags.map(({ name }) => name),
    on: bases.map(({ name }) => name),
    by: startedBy.map(({ name, path }) => `${name} ${nameOf(path)}`),
  }));
}

const put = `- ansible.builtin.template:
    src: Containerfile.j2
    dest: "{{ tool_dir }}/build/Containerfile"
`;
const template =
  'FROM docker.io/library/python:3.12\n{% if tool_extra %}\nRUN pip install tool=={{ tool_version }}\n{% endif %}\n';
const role = (tasks: string, more: Readonly<Record<string, string>> = {}) =>
  images({
    'roles/tool/templates/Containerfile.j2': template,
    'roles/tool/defaults/main.yml': 'tool_dir: /opt/tool\ntool_name: acme/tool\ntool_version: "3"\n',
    'roles/tool/tasks/main.yml': tasks,
    ...more,
  });

const built = { path: 'roles/tool/templates/Containerfile.j2', on: ['docker.io/library/python:3.12'], by: [] };

test.each<readonly [tasks: string, tags: readonly string[]]>([
  [
    '- command:\n    cmd: >\n      podman build\n      -t acme/tool:1\n      -f {{ tool_dir }}/build/Containerfile\n      {{ tool_dir }}/build\n',
    ['acme/tool:1'],
  ],
  [
    '- ansible.builtin.command: podman build -t {{ tool_name }}:{{ tool_version }} {{tool_dir}}/build\n',
    ['acme/tool:3'],
  ],
  [
    '- shell: |\n    buildah bud -t {{ tool_name }}:{{ stamp }} .\n  args:\n    chdir: "{{ tool_dir }}/build"\n',
    ['acme/tool:{stamp}'],
  ],
  ['- command:\n    cmd: podman build --tag acme/tool .\n    chdir: "{{ tool_dir }}/build/"\n', ['acme/tool']],
  [
    '- community.docker.docker_image:\n    name: acme/tool\n    source: build\n    build:\n      path: "{{ tool_dir }}/build"\n      dockerfile: Containerfile\n',
    ['acme/tool'],
  ],
  [
    '- containers.podman.podman_image:\n    name: "{{ tool_name }}"\n    tag: "{{ tool_version }}"\n    path: "{{ tool_dir }}/build"\n',
    ['acme/tool:3'],
  ],
  ['- command: podman build -t acme/other /srv/other\n', []],
  ['- command: podman pull acme/tool\n', []],
])('a task that builds it: %j', (tasks, tags) => {
  expect(role(`${put}${tasks}`)).toEqual([{ ...built, tags }]);
});

test('the base of a template, and what is no role', () => {
  const own = template.replace('python:3.12', 'python:{{ tool_version }}');
  const file = 'roles/tool/templates/Containerfile.j2';
  expect(role(put, { [file]: own })[0]?.on).toEqual(['docker.io/library/python:3']);
  const unknown = template.replace('python:3.12', 'python:{{ other }}');
  expect(role(put, { [file]: unknown })[0]?.on).toEqual(['docker.io/library/python:{other}']);
  expect(images({ [file]: template })).toEqual([]);
  expect(images({ 'generator/Dockerfile.j2': template })).toEqual([]);
  expect(role(put, { [file]: '{{ text }}\n' })).toEqual([]);
});

test('scripts and units of the role start it', () => {
  const build = `${put}- command: podman build -t {{ tool_name }}:1 {{ tool_dir }}/build\n`;
  const files = {
    'roles/tool/templates/run.sh.j2':
      '#!/bin/sh\n{% if x %}\nexec podman run --rm -v "{{ tool_dir }}:/data" \\\n  --memory={{ memory }} \\\n  {{ tool_name }}:1\n{% endif %}\n',
    'roles/tool/templates/tool.service.j2': '[Service]\nExecStart=/usr/bin/podman run --rm {{ tool_name }}:1\n',
    'roles/tool/templates/tool.container.j2': '[Container]\nImage={{ tool_name }}:1\n',
    'roles/other/tasks/main.yml': '- containers.podman.podman_container:\n    name: x\n    image: acme/tool:1\n',
  };
  expect(role(build, files)[0]?.by).toEqual([
    'acme/tool:1 run.sh.j2',
    'acme/tool:1 tool.service.j2',
    'acme/tool:1 tool.container.j2',
    'acme/tool:1 main.yml',
  ]);
});
