/** Nothing that the index of images says has a secret of the file, or of the files that it is read with. */
import { expect, test } from 'vitest';
import type { Files } from '../../core/language.ts';
import { nameOf, parentDirectory } from '../../core/path.ts';
import { packer } from '../../languages/packer/language.ts';
import { shellParser } from '../../shell/parser.ts';
import { readFacts } from '../../workspace/images/read.ts';

const engine = { languages: [packer], rules: [], shell: shellParser };

const filesOf = (texts: Readonly<Record<string, string>>): Files => ({
  answersAtOnce: true,
  read: path => texts[path.slice(3)] ?? null,
  list: directory =>
    Object.keys(texts).flatMap(path => (parentDirectory(`/w/${path}`) === directory ? nameOf(path) : [])),
});

const said = (path: string, texts: Readonly<Record<string, string>>): string =>
  JSON.stringify(
    readFacts(`/w/${path}`, texts[path]!, path.includes('pkr') || path === 'a.json' ? (packer as never) : undefined, {
      engine,
      files: filesOf(texts),
    }),
  );

/** No secret by its looks. */
const value = ['Tr0ub4dor', '3x'].join('-');
const built = (name: string, rest = ''): string =>
  `source "amazon-ebs" "web" {\n  ami_name = ${name}\n  source_ami = "ami-0123"\n}\nbuild {\n  sources = ["source.amazon-ebs.web"]\n${rest}}\n`;
const sensitive = `variable "code" {\n  default   = "${value}"\n  sensitive = true\n}\n`;

test.each<readonly [name: string, files: Readonly<Record<string, string>>, expected: string]>([
  ['in another file', { 'a.pkr.hcl': built('"img-${var.code}"'), 'b.pkr.hcl': sensitive }, 'img-{var.code}'],
  ['by a local', { 'a.pkr.hcl': `${sensitive}locals {\n  n = "img-\${var.code}"\n}\n${built('local.n')}` }, 'img-{var'],
  ['by a function', { 'a.pkr.hcl': sensitive + built('"img-${upper(var.code)}"') }, 'img-{}'],
  ['by the second of two', { 'a.pkr.hcl': sensitive + built('"img-${join("-", ["a", var.code])}"') }, 'img-{}'],
  [
    'by its use',
    {
      'a.pkr.hcl': `variable "code" {\n  default = "${value}"\n}\nvariable "v" {\n  default = "14"\n}\n${built('"img-${var.code}-${var.v}"', '  provisioner "shell" {\n    inline = ["echo root:${var.code} | chpasswd"]\n  }\n')}`,
    },
    'img-{var.code}-14',
  ],
  [
    'in a tag',
    {
      'a.pkr.hcl': `${sensitive}source "docker" "a" {\n  image = "alpine:3"\n  commit = true\n}\nbuild {\n  sources = ["source.docker.a"]\n  post-processor "docker-tag" {\n    repository = "x/a"\n    tags = [var.code]\n  }\n}\n`,
    },
    'x/a:{var.code}',
  ],
  [
    'in a base and an owner',
    {
      'a.pkr.hcl': `${sensitive}${built('"img"').replace('"ami-0123"', '"ami-${var.code}"\n  tags = { owner = "team-${var.code}" }')}`,
    },
    'img',
  ],
  [
    'in JSON',
    {
      'a.json': JSON.stringify({
        variables: { code: value },
        'sensitive-variables': ['code'],
        builders: [{ type: 'amazon-ebs', source_ami: 'ami-0123', ami_name: 'img-{{user `code`}}' }],
      }),
    },
    'img-{',
  ],
])('a secret of Packer is a gap of names: %s', (_, files, expected) => {
  const text = said(Object.keys(files)[0]!, files);
  expect(text.toLowerCase()).not.toContain(value.slice(0, 9).toLowerCase());
  expect(text).toContain(expected);
});

test.each<readonly [name: string, makefile: string]>([
  ['a function', `PASSWORD = ${value}\nall:\n\tdocker build -t x/a:$(subst -,.,$(PASSWORD)) .\n`],
  ['a suffix', `PASSWORD = ${value}\nall:\n\tdocker build -t x/a:$(PASSWORD:%-3x=%) .\n`],
  [
    'a variable of a target',
    `all: PASSWORD = ${value}\nall:\n\tdocker build -t x/a:$(firstword $(subst -, ,$(PASSWORD))) .\n`,
  ],
  ['a long text', `PASSWORD = ${value}\nall:\n\tdocker build -t ${'a'.repeat(387)}/$(REST)${value} .\n`],
])('%s of a Makefile changes no secret into another text', (_, text) => {
  const found = said('Makefile', { Makefile: text });
  expect(found).toContain('"context":"."');
  expect(found).not.toContain('Tr0ub');
});

const container =
  '      containers:\n        - image: "x/web:{{ .Values.token }}"\n          name: "{{ .Values.name }}"\n';
const token = ['ghp', 'F1s9pLw3Kq7Zt2Xv8Rb4Nc6Md0Yh5Jg1Te3U'].join('_');

test.each<readonly [name: string, files: Readonly<Record<string, string>>]>([
  ['a Makefile', { Makefile: 'include a.mk\nall:\n\tdocker build -t x/web:$(T) .\n', 'a.mk': `T = ${token}\n` }],
  ['a script', { 'a.sh': '. ./b.sh\ndocker build -t x/web:$T .\n', 'b.sh': `T=${token}\n` }],
  ['.env', { 'compose.yaml': 'services:\n  a:\n    build: .\n    image: x/web:${T}\n', '.env': `T=${token}\n` }],
  [
    'Terraform',
    {
      'a.tf': 'resource "aws_ecs_task_definition" "a" {\n  image = "x/web:${var.t}"\n  family = "web"\n}\n',
      'other.tf': `variable "t" {\n  default = "${token}"\n}\n`,
    },
  ],
  [
    'a chart',
    {
      'chart/templates/a.yaml': `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: a\nspec:\n  template:\n    spec:\n${container}`,
      'chart/values.yaml': `token: ${token}\n`,
      'chart/Chart.yaml': 'name: a\n',
    },
  ],
  [
    'a workflow',
    {
      '.github/workflows/a.yml':
        'on: push\njobs:\n  a:\n    uses: ./.github/workflows/b.yml\n    with:\n      image: x/web\n  c:\n    steps:\n      - run: docker build -t x/web .\n',
      '.github/workflows/b.yml': `on:\n  workflow_call:\n    inputs:\n      image: { type: string }\nenv:\n  T: ${token}\njobs:\n  b:\n    steps:\n      - uses: docker/build-push-action@v6\n        with:\n          tags: \${{ inputs.image }}:\${{ env.T }}\n`,
    },
  ],
])('a secret in what is included is not shown: %s', (_, files) => {
  const found = said(Object.keys(files)[0]!, files);
  expect(found).toContain('x/web');
  expect(found).not.toContain(token.slice(4, 16));
});

const chart = (image: string): Readonly<Record<string, string>> => ({
  'c/templates/a.yaml': `kind: Pod\nspec:\n  containers:\n    - image: ${image}\n`,
  'c/Chart.yaml': 'name: c\nappVersion: "1.2"\n',
  'c/values.yaml': `tag: "1.3"\ndb:\n  password: ${value}\n`,
});

test.each<readonly [name: string, files: Readonly<Record<string, string>>, expected: string]>([
  ['upper of Helm', chart('x/web:{{ upper .Values.db.password }}'), 'x/web:'],
  ['replace of Helm', chart('x/web:{{ .Values.db.password | replace "-" "." }}'), 'x/web:'],
  ['a part by Helm', chart('x/web:{{ .Values.tag }}-{{ trunc 4 .Values.db.password }}'), 'x/web:1.3-'],
  [
    'upper of Bake',
    {
      'docker-bake.hcl': `variable "PASSWORD" {\n  default = "${value}"\n}\ntarget "web" {\n  tags = ["x/web:\${upper(PASSWORD)}"]\n}\n`,
    },
    'x/web:',
  ],
  ['a loop', { 'a.sh': `for PASSWORD in ${value} b; do\n  docker build -t x/web:$PASSWORD .\ndone\n` }, 'x/web:'],
  ['a part by a shell', { 'a.sh': `PASSWORD=${value}\ndocker build -t x/web:\${PASSWORD##*-} .\n` }, 'x/web:'],
  ['the beginning by a shell', { 'a.sh': `PASSWORD=${value}\ndocker build -t x/web:\${PASSWORD%-*} .\n` }, 'x/web:'],
])('what changes a value shows nothing of a secret: %s', (_, files, expected) => {
  const text = said(Object.keys(files)[0]!, files);
  expect(text.toLowerCase()).not.toMatch(/tr0u|dor-3x|:3x|\.3x/);
  expect(text).toContain(expected);
});
