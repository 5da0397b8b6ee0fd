/** What Terraform, jobs of Nomad and files of other schedulers start. */
import { expect, test } from 'vitest';
import { mayBuild } from '../../workspace/images/read.ts';
import { dockerfile, graph } from './image-graph.ts';

const web = dockerfile('/w/web/Dockerfile', 'alpine:3');
const api = dockerfile('/w/api/Dockerfile', 'alpine:3');
const build = 'docker build -t acme/web:1 web\ndocker build -t acme/api-server api\n';

/** The images that files start. */
function started(files: Readonly<Record<string, string>>): readonly string[] {
  for (const path of Object.keys(files)) if (/\.tf$|json$|ini$|nomad$/.test(path)) expect(mayBuild(path)).toBe(true);
  const found = graph({ 'build.sh': build, ...files }, api, web);
  return found.flatMap(({ id, by }) => by.map(path => `${id.split('/')[0]} by ${path}`));
}

test('variables of Terraform, in other files of the directory, too', () => {
  const variables = 'variable "image" {\n  type    = string\n  default = "acme/web"\n}\nvariable "tag" {}\n';
  const task = (image: string) => `resource "x" "y" {\n  container {\n    image = ${image}\n  }\n}\n`;
  expect(started({ 'tf/main.tf': task('"${var.image}:${var.tag}"'), 'tf/variables.tf': variables })).toEqual([
    'web by tf/main.tf',
  ]);
  expect(started({ 'tf/app.tf': `${variables}${task('var.image')}` })).toEqual(['web by tf/app.tf']);
  expect(
    started({
      'tf/app.tf': task('local.web_image'),
      'tf/locals.tf': 'locals {\n  web_image = "acme/web:${var.t}"\n}\n',
    }),
  ).toEqual(['web by tf/app.tf']);
  expect(started({ 'tf/app.tf': task('var.image'), 'tf/terraform.tfvars': 'image = "acme/web:2"\n' })).toEqual([
    'web by tf/app.tf',
  ]);
  const files = { 'tf/web-inputs.tf': variables, 'tf/other.tf': 'locals {}\n', 'tf/prod.auto.tfvars': 'tag = "3"\n' };
  expect(started({ 'tf/app.tf': task('"${var.image}:${var.tag}"'), ...files })).toEqual(['web by tf/app.tf']);
  expect(started({ 'tf/app.tf': task('var.image') })).toEqual([]);
});

test('repositories of ECR', () => {
  const repository = 'resource "aws_ecr_repository" "it" {\n  name = "acme/api-server"\n}\n';
  const task =
    'container_definitions = jsonencode([{ name = "a", image = "${aws_ecr_repository.it.repository_url}:1" }])\n';
  expect(started({ 'tf/ecr.tf': repository, 'tf/main.tf': task })).toEqual(['api by tf/main.tf']);
  expect(started({ 'tf/main.tf': task })).toEqual([]);
});

test('maps of images', () => {
  expect(started({ 'app.nomad': 'config {\n  image = var.container_images["api-server"]\n}\n' })).toEqual([
    'api by app.nomad',
  ]);
  expect(started({ 'app.nomad': 'config {\n  image = "${var.images.api-server}"\n}\n' })).toEqual(['api by app.nomad']);
  expect(started({ 'app.nomad': 'config {\n  image = var.names["api-server"]\n}\n' })).toEqual([]);
});

test('other schedulers', () => {
  const marathon = '{\n  "container": {\n    "docker": {\n      "image": "acme/web:1"\n    }\n  }\n}\n';
  expect(started({ 'marathon/web.json': marathon })).toEqual(['web by marathon/web.json']);
  expect(started({ 'deploy/k8s/pod.json': '{"spec": {"containers": [{\n"image": "acme/web:1"}]}}' })).toEqual([
    'web by deploy/k8s/pod.json',
  ]);
  expect(started({ 'box/distrobox.ini': '[web]\nimage=acme/web:1\ninit=true\n' })).toEqual([
    'web by box/distrobox.ini',
  ]);
});

test('a tag that is empty by default is given', () => {
  const bake = `variable "TAG" {
  default = ""
}
function "tagged" {
  params = [name]
  result = "\${name}:\${TAG}"
}
target "web" {
  context = "web"
  tags    = [tagged("acme/front")]
}
`;
  const [one] = graph({ 'docker-bake.hcl': bake, 'compose.yaml': 'services:\n  a:\n    image: acme/front:2\n' }, web);
  expect(one).toMatchObject({ names: ['acme/front:{TAG}?'], by: ['compose.yaml'] });
});

test('a prefix that is empty by default', () => {
  const files = { 'build.sh': build, 'compose.yaml': 'services:\n  a:\n    image: acme/${PREFIX:-}web:${TAG}\n' };
  expect(graph(files, web)[0]!.by).toEqual(['compose.yaml']);
});
