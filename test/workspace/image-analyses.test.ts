/** Containers of the workflows of analyses. */
import { expect, test } from 'vitest';
import { mayBuild } from '../../workspace/images/read.ts';
import { dockerfile, graph } from './image-graph.ts';

const images = ['align', 'call'].map(name => dockerfile(`/w/${name}/Dockerfile`, 'debian'));
const build = 'docker build -t acme/align:1 align\ndocker build -t acme/call:2 call\n';
const startedIn = (path: string, text: string, others = {}) => {
  expect(mayBuild(`/w/${path}`)).toBe(true);
  return graph({ 'build.sh': build, [path]: text, ...others }, ...images).map(({ by }) =>
    by.some(one => one.startsWith(path)),
  );
};

test.each<readonly [path: string, text: string, align: boolean, call: boolean]>([
  ['a.cwl', 'requirements:\n  DockerRequirement:\n    dockerPull: acme/align:1\n', true, false],
  ['a.cwl', 'hints:\n- {class: DockerRequirement, dockerPull: "acme/call:2"}\n', false, true],
  ['a.cwl', '{"class": "DockerRequirement", "dockerImageId": "acme/call:2"}\n', false, true],
  ['a.cwl', '# dockerPull: acme/align:1\n', false, false],
  ['a.wdl', 'task a {\n  runtime {\n    docker: "acme/align:1"\n    cpu: 1\n  }\n}\n', true, false],
  [
    'a.wdl',
    'task a {\n  input {\n    String image = "acme/call:2"\n  }\n  runtime { docker: image }\n}\n',
    false,
    true,
  ],
  [
    'a.wdl',
    'task a {\n  String v = "1"\n  runtime { container: "acme/align:~{v}" }\n}\ntask b {\n  String v = "2"\n  runtime {\n    docker: "acme/" + "call:" + v\n  }\n}\n',
    true,
    true,
  ],
  [
    'a.wdl',
    'workflow w {\n  call a { input: docker_image = select_first([x, "acme/call:2"]), n = 1 }\n}\n',
    false,
    true,
  ],
  ['a.wdl', 'task a {\n  runtime {\n    docker: unknown\n  }\n}\n', false, false],
  ['main.nf', "process A {\n  container 'acme/align:1'\n  script:\n  ''\n}\n", true, false],
  ['main.nf', 'process A {\n  container "docker://acme/call:2"\n}\n', false, true],
  [
    'main.nf',
    "process A {\n    container \"${ workflow.containerEngine == 'singularity' ?\n        'https://example.com/align.sif' :\n        'acme/align:1' }\"\n}\n",
    true,
    false,
  ],
  [
    'nextflow.config',
    'params.v = \'2\'\nprocess {\n  withName: X { container = "acme/call:${params.v}" }\n}\n',
    false,
    true,
  ],
  ['nextflow.config', "params {\n  image = 'acme/align:1'\n}\nprocess.container = params.image\n", true, false],
  ['conf/base.config', "process {\n  withLabel: a {\n    container = { 'acme/align:1' }\n  }\n}\n", true, false],
  ['Snakefile', 'rule a:\n    container: "docker://acme/align:1"\n    shell: "true"\n', true, false],
  ['rules/a.smk', 'rule a:\n    singularity:\n        "docker://acme/call:2"\n', false, true],
])('%s %j', (path, text, align, call) => {
  expect(startedIn(path, text)).toEqual([align, call]);
});

test('parameters of Nextflow are in its configuration', () => {
  const config = { 'nextflow.config': "params {\n  image = 'acme/align:1'\n}\n" };
  expect(startedIn('modules/a.nf', 'process A {\n  container params.image\n}\n', config)).toEqual([true, false]);
});
