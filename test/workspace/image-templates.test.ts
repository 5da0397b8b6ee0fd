/** Templates of Compose files, manifests and charts: what they start without being filled in. */
import { expect, test } from 'vitest';
import { mayBuild, mayStartContainers, startsContainers } from '../../workspace/images/read.ts';
import { asYaml, withoutEnding } from '../../workspace/images/templates.ts';
import { dockerfile, graph } from './image-graph.ts';

const web = dockerfile('/w/web/Dockerfile', 'alpine:3');
const api = dockerfile('/w/api/Dockerfile', 'alpine:3');
const build = 'docker build -t x/web web\ndocker build -t x/api api\n';

/** The files that start `web` and `api`. */
function startsOf(files: Readonly<Record<string, string>>) {
  const found = graph({ 'build.sh': build, ...files }, api, web);
  return found.map(({ id, by }) => `${id.split('/')[0]} ${by.join()}`.trim()).join('; ');
}

test('which files', () => {
  expect(withoutEnding('/a/compose.yaml.j2')).toBe('/a/compose.yaml');
  expect(withoutEnding('/a/docker-compose.tmpl')).toBe('/a/docker-compose.yaml');
  expect(withoutEnding('/a/app.conf.tmpl')).toBe('/a/app.conf');
  for (const path of ['/a/docker-compose.tmpl', '/a/docker-compose.yml.example', '/a/compose.prod.yaml.j2'])
    expect(mayBuild(path)).toBe(true);
  const manifest = 'apiVersion: v1\nkind: Pod\nspec:\n';
  expect(mayStartContainers('/a/pod.yaml.tpl') && startsContainers('/a/pod.yaml.tpl', manifest)).toBe(true);
  expect(mayStartContainers('/a/app.conf.tpl')).toBe(false);
});

test('a Compose file with statements', () => {
  const text = `services:
{% if web %}
  web:
    image: x/web:{{ version }}
    environment:
      LOGIN: "{{ lookup("env", "LOGIN") }}"
{% endif %}
{{if .api}}  api:
    image: {{ .Registry }}/api:1
{{end}}volumes: []
`;
  expect(startsOf({ 'roles/app/templates/docker-compose.yml.j2': text })).toBe(
    'api roles/app/templates/docker-compose.yml.j2; web roles/app/templates/docker-compose.yml.j2',
  );
});

test('what a template builds counts from a directory above', () => {
  const text =
    'services:\n  web:\n    image: x/front:1\n    build: web\n{{ if .x }}\n  other:\n    image: y\n{{ end }}\n';
  const [one] = graph({ 'confd/templates/docker-compose.tmpl': text }, web);
  expect(one).toMatchObject({ names: ['x/front:1?'], by: ['confd/templates/docker-compose.tmpl'] });
});

const deployment = (image: string): string => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "app.fullname" . }}
  labels:
    {{- include "app.labels" . | nindent 4 }}
spec:
  template:
    spec:
      containers:
        - name: app
          image: ${image}
{{- with .Values.resources }}
          resources: {{ toYaml . | nindent 12 }}
{{- end }}
`;

test('a chart of Helm with its values', () => {
  const starts = (image: string, values: string) =>
    startsOf({ 'chart/templates/app.yaml': deployment(image), 'chart/values.yaml': values });
  const named = 'image:\n  repo: x\n  version: 2\n';
  expect(starts('{{ .Values.image.repo }}/web:{{ .Values.image.version }}', named)).toBe(
    'api; web chart/templates/app.yaml',
  );
  expect(starts('"{{ .Values.global.repo | default "x" }}/api:{{ .Chart.AppVersion }}"', '')).toBe(
    'api chart/templates/app.yaml; web',
  );
  expect(starts('{{ default "x" .Values.repo }}/api', '')).toBe('api chart/templates/app.yaml; web');
  // What only the values name is said there.
  const whole = 'image:\n  repository: x/web\n  tag: 1\n';
  expect(starts('"{{ .Values.image.repository }}:{{ .Values.image.tag }}"', whole)).toBe('api; web chart/values.yaml');
  expect(starts('{{ include "app.image" . }}', '')).toBe('api; web');
});

test('the text stays as long, and hostile texts cost time in proportion', () => {
  for (const one of ['{{', '{%', '{{if ', '{{ a }}', ': {{ a }} ', '{{"', "{{'", '  {{ x }} {{ y }}', '\n{{end}}'])
    for (const text of [one.repeat(20_000), `a: ${one.repeat(20_000)}\n`]) {
      const before = process.cpuUsage();
      expect(asYaml(text)).toHaveLength(text.length);
      expect(process.cpuUsage(before).user).toBeLessThan(2_000_000);
    }
});
