/** Templates of Compose files, manifests and charts: what they start without being filled in. */
import { expect, test } from 'vitest';
import { mayBuild, mayStartContainers, startsContainers } from '../../workspace/images/read.ts';
import { asYaml, withoutEnding } from '../../workspace/images/templates.ts';
import { dockerfile, factsOf, graph } from './image-graph.ts';

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
  // What the values name, the template starts; what no template starts is said there.
  const whole = 'image:\n  repository: x/web\n  tag: 1\n';
  expect(starts('"{{ .Values.image.repository }}:{{ .Values.image.tag }}"', whole)).toBe(
    'api; web chart/templates/app.yaml',
  );
  expect(starts('y/other', whole)).toBe('api; web chart/values.yaml');
  expect(starts('{{ include "app.image" . }}', '')).toBe('api; web');
});

/** What `image` is in a template with these values, helpers and statements around it. */
function imageOf(image: string, values: string, helpers = '', around: readonly [string, string] = ['', '']) {
  const files = {
    'chart/templates/app.yaml': `${around[0]}\n${deployment(image)}\n${around[1]}\n`,
    'chart/templates/_helpers.tpl': helpers,
    'chart/values.yaml': values,
    'chart/Chart.yaml': 'name: app\nappVersion: "7"\n',
  };
  return factsOf(files)
    .flatMap(({ path, starts }) => (path.endsWith('app.yaml') ? starts : []))
    .map(({ name, shown }) => shown ?? name);
}

test('expressions, helpers, loops and conditions of a chart', () => {
  const values = 'global:\n  registry: r\nimage:\n  name: web\n  tag: ""\n  digest: ""\n';
  expect(imageOf('{{ .Values.image.name }}:{{ .Values.image.tag | default .Chart.AppVersion }}', values)).toEqual([
    'web:7',
  ]);
  expect(imageOf('{{ printf "%s/%s" .Values.global.registry .Values.image.name | quote }}', values)).toEqual(['r/web']);
  const helper = `{{/* The image */}}
{{- define "app.image" -}}
{{- $registry := .root.Values.global.registry | default "docker.io" -}}
{{- if .image.digest }}{{ $registry }}/{{ .image.name }}@{{ .image.digest }}
{{- else -}}
{{- printf "%s/%s:%s" $registry .image.name (default .root.Chart.AppVersion .image.tag) -}}
{{- end -}}
{{- end -}}`;
  const call = '{{ include "app.image" (dict "image" .Values.image "root" $) }}';
  expect(imageOf(call, values, helper)).toEqual(['r/web:7']);
  expect(imageOf('{{ template "app.image" (dict "image" .Values.image "root" .) }}', values, helper)).toEqual([
    'r/web:7',
  ]);
  expect(imageOf('{{ include "other.image" . }}', values, helper)).toEqual([]);
  const loop = ['{{- range $name, $one := .Values.all }}', '{{- end }}'] as const;
  expect(imageOf('x/{{ $name }}:{{ $one.tag }}', 'all:\n  a: { tag: 1 }\n  b: { tag: 2 }\n', '', loop)).toEqual([
    'x/a:1',
    'x/b:2',
  ]);
  const none = ['{{- if .Values.web.enabled }}', '{{- end }}'] as const;
  expect(imageOf('x/web', 'web: { enabled: false }\n', '', none)).toEqual([]);
  // An installation decides.
  expect(imageOf('x/web', '', '', ['{{- if .Release.IsInstall }}', '{{- end }}'])).toEqual(['x/web']);
  expect(imageOf('{{ .Values.registry }}/web:{{ .Release.Name }}', '')).toEqual(['{registry}/web:{Name}']);
});

test('a container that a helper writes, and values of the chart around', () => {
  const helper = `{{- define "app.pod" -}}
containers:
  - name: web
    image: {{ .Values.global.registry }}/{{ .Values.image }}
{{- end -}}`;
  const pod = 'apiVersion: v1\nkind: Pod\nspec:\n  {{- include "app.pod" . | nindent 2 }}\n';
  const files = {
    'chart/charts/web/templates/pod.yaml': pod,
    'chart/charts/web/values.yaml': 'image: other\n',
    'chart/values.yaml': 'global: { registry: x }\nweb: { image: web }\n',
    'chart/templates/_helpers.tpl': helper,
  };
  expect(startsOf(files)).toBe('api; web chart/charts/web/templates/pod.yaml');
});

test('hostile charts end', () => {
  const twice =
    '{{- define "a" }}{{ include "b" . }}{{ include "b" . }}{{ end }}{{ define "b" }}{{ include "a" . }}{{ end }}';
  const grows = `{{- $x := "abcdefghij" }}${'{{ $x = printf "%s%s" $x $x }}'.repeat(200)}`;
  const many = `${'{{ range .Values.all }}'.repeat(30)}x${'{{ end }}'.repeat(30)}`;
  const values = `all: [${'1,'.repeat(40)}1]\n`;
  for (const text of [
    twice,
    grows,
    many,
    '{{ '.repeat(20_000),
    '{{ if a }}'.repeat(20_000),
    `{{ ${'('.repeat(20_000)} }}`,
  ]) {
    const before = process.cpuUsage();
    imageOf('{{ include "a" . }}/{{ $x }}', values, text, [text, '']);
    expect(process.cpuUsage(before).user).toBeLessThan(2_000_000);
  }
});

test('the text stays as long, and hostile texts cost time in proportion', () => {
  for (const one of ['{{', '{%', '{{if ', '{{ a }}', ': {{ a }} ', '{{"', "{{'", '  {{ x }} {{ y }}', '\n{{end}}'])
    for (const text of [one.repeat(20_000), `a: ${one.repeat(20_000)}\n`]) {
      const before = process.cpuUsage();
      expect(asYaml(text)).toHaveLength(text.length);
      expect(process.cpuUsage(before).user).toBeLessThan(2_000_000);
    }
});
