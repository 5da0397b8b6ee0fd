/** `bakelint images` with the real languages, over files on disk. */
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import type { ReportedImage } from '../../cli/images/report.ts';
import { folderWith, runIn } from './real.ts';

const images = (files: Record<string, string>, ...args: string[]) => runIn(folderWith(files), 'images', ...args);

async function listed(files: Record<string, string>, ...args: string[]): Promise<readonly ReportedImage[]> {
  const { code, out, err } = await images(files, '--format', 'json', ...args);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const report = JSON.parse(out);
  const schema = JSON.parse(readFileSync('docs/images.schema.json', 'utf8'));
  const check = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true }).compile(schema);
  expect(check(report), JSON.stringify(check.errors)).toBe(true);
  return report.images;
}

const WORKSPACE = {
  'base/Dockerfile': 'ARG V=22\nFROM node:$V-bookworm\nLABEL org.example.team=platform\n',
  'app/Dockerfile':
    'FROM node:16 AS build\nRUN true\nFROM registry.example.com/base:1\nCOPY --from=build /a /a\nCOPY --from=busybox:1.36 /bin/x /x\n',
  Makefile: 'build:\n\tdocker build -t registry.example.com/base:1 base\n',
  'compose.yaml':
    'services:\n  app:\n    image: registry.example.com/app:2\n    build:\n      context: app\n  db:\n    image: postgres:17\n',
  'host/user-data': '#cloud-config\nruncmd:\n  - docker run -d registry.example.com/app:2\n',
  'host/vm.pkr.hcl':
    'source "amazon-ebs" "vm" {\n  ami_name = "host-1"\n  source_ami = "ami-0123456789abcdef0"\n  tags = { Owner = "hosting" }\n}\nbuild {\n  sources = ["source.amazon-ebs.vm"]\n  provisioner "shell" {\n    script = "setup.sh"\n  }\n}\n',
  'host/setup.sh': 'true\n',
};

describe('the images of a workspace', () => {
  test('are those that files build, with what they are made of and what starts them', async () => {
    const found = await listed(WORKSPACE);
    expect(found.map(({ id, layer, name, owner }) => [id, layer, name, owner])).toEqual([
      ['app/Dockerfile#1', 'application', 'registry.example.com/app:2', null],
      ['base/Dockerfile#0', 'application', 'registry.example.com/base:1', 'platform'],
      ['host/vm.pkr.hcl#0', 'machine', 'host-1', 'hosting'],
    ]);
    const [app, base, vm] = found;
    expect(app!.bases.map(one => [one.use, one.name, one.image, one.certain])).toEqual([
      ['base', 'registry.example.com/base:1', 'base/Dockerfile#0', true],
      ['copy', 'busybox:1.36', null, true],
      ['copy', 'node:16', null, true],
    ]);
    expect(app!.startedBy).toMatchObject([
      { name: 'registry.example.com/app:2', path: 'compose.yaml', range: { start: { line: 3 } } },
      { name: 'registry.example.com/app:2', path: 'host/user-data', range: { start: { line: 3 } } },
    ]);
    expect(base!.bases).toMatchObject([
      { name: 'node:22-bookworm', certain: false, range: { start: { line: 2, column: 6 } } },
    ]);
    expect(base!.usedBy).toEqual(['app/Dockerfile#1']);
    expect(base!.tags).toMatchObject([{ path: 'Makefile', certain: true, range: { start: { line: 2, column: 18 } } }]);
    expect(vm!.bases).toMatchObject([{ name: 'ami-0123456789abcdef0' }]);
    expect(vm!.files).toEqual(['host/setup.sh']);
  });

  test('are started by manifests, and by Compose files with their variables, but for secrets', async () => {
    const key = `AKIA${'Q3EGRIX7'.repeat(2)}`;
    const [app] = await listed({
      'app/Dockerfile': 'FROM alpine:3.23\n',
      'build.sh': 'docker build -t app app\n',
      'compose.yaml': 'services:\n  a: { image: "app:${TAG}" }\n  b: { image: "app:${KEY}" }\n',
      '.env': `TAG=7\nKEY=${key}\n`,
      'k8s/app.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nspec:\n  template: { spec: { containers: [{ image: app }] } }\n',
    });
    expect(app!.startedBy.map(({ name, path, certain }) => [name, path, certain])).toEqual([
      ['app:7', 'compose.yaml', false],
      ['app', 'compose.yaml', false],
      ['app', 'k8s/app.yaml', true],
    ]);
  });

  test('are built on what stages are built on that they take files from, each once, also from their base', async () => {
    const [image] = await listed({
      Dockerfile:
        'FROM golang:1.26 AS build\nFROM debian:13 AS tools\nCOPY --from=build /a /a\nFROM node:24 AS unused\nFROM debian:13\nRUN --mount=from=tools,target=/t true\nCOPY --from=0 /a /a\n',
    });
    expect(image!.bases.map(one => [one.use, one.name, one.certain, one.range?.start.line])).toEqual([
      ['base', 'debian:13', true, 5],
      ['copy', 'debian:13', true, 2],
      ['copy', 'golang:1.26', true, 1],
    ]);
  });

  test('are built on what a build gives where an argument is empty by default', async () => {
    const bases = async (files: Record<string, string>) =>
      (await listed(files)).flatMap(({ bases }) => bases.map(({ name, certain }) => [name, certain]));
    const file = "ARG DIST=''\nFROM x/cuda:12-base-${DIST}\n";
    expect(await bases({ Dockerfile: file })).toEqual([['x/cuda:12-base-{DIST}', false]]);
    expect(await bases({ Dockerfile: file, 'a.sh': 'docker build --build-arg DIST=ubi9 -t x/a .\n' })).toEqual([
      ['x/cuda:12-base-ubi9', false],
    ]);
    expect(await bases({ Dockerfile: file, 'a.sh': 'docker build --build-arg DIST=$OS-1 -t x/a .\n' })).toEqual([
      ['x/cuda:12-base-{OS}-1', false],
    ]);
    expect(await bases({ Dockerfile: 'ARG REGISTRY=\nFROM ${REGISTRY}debian:13\n' })).toEqual([['debian:13', false]]);
  });

  test('take files from the stages that write an archive, and from a stage on the same base', async () => {
    const bases = async (text: string) =>
      (await listed({ Dockerfile: text }))[0]!.bases.map(({ use, name, certain }) => [use, name, certain]);
    expect(
      await bases(
        'FROM debian:13 AS files\nFROM quay.io/x/chunker AS chunk\nRUN --mount=from=files,target=/f true\nFROM oci-archive:out.tar\n',
      ),
    ).toEqual([
      ['base', 'oci-archive:out.tar', true],
      ['copy', 'debian:13', false],
      ['copy', 'quay.io/x/chunker', false],
    ]);
    expect(await bases('FROM debian:13 AS own\nFROM own AS build\nFROM own\nCOPY --from=build /a /a\n')).toEqual([
      ['base', 'debian:13', true],
      ['copy', 'debian:13', true],
    ]);
  });

  test('are built on bases whose names are known in parts', async () => {
    const bases = async (files: Record<string, string>) =>
      (await listed(files)).flatMap(({ bases }) => bases.map(({ name, certain }) => [name, certain]));
    const dockerfile = 'ARG V\nFROM example/base:${V}-slim\n';
    expect(await bases({ Dockerfile: dockerfile })).toEqual([['example/base:{V}-slim', false]]);
    const built = { Dockerfile: dockerfile, 'build.sh': 'docker build --build-arg V=2 -t a .\n' };
    expect(await bases(built)).toEqual([['example/base:2-slim', false]]);
  });

  test('are chosen by owner, base and end of support', async () => {
    const names = async (...args: string[]) => (await listed(WORKSPACE, ...args)).map(({ name }) => name);
    expect(await names('--owner', 'Hosting')).toEqual(['host-1']);
    expect(await names('--base', 'node:22')).toEqual(['registry.example.com/base:1']);
    // What a stage is built on that files are copied from counts too.
    expect(await names('--base', 'node:16')).toEqual(['registry.example.com/app:2']);
    const old = { Dockerfile: 'FROM node:16\n', 'b/Dockerfile': 'FROM node:24\n' };
    expect((await listed(old, '--eol-before', '2024-01-01')).map(({ path }) => path)).toEqual(['Dockerfile']);
  });

  test('are shown as text', async () => {
    const { out } = await images(WORKSPACE);
    expect(out).toContain('Machine images (1)\n\n  host-1  host/vm.pkr.hcl:3\n');
    expect(out).toContain('    used by:    registry.example.com/app:2  app/Dockerfile\n');
    expect((await images({ 'a.txt': '' })).out).toBe('No images.\n');
  });

  test('include a stage that a file builds by name', async () => {
    const found = await listed({
      Dockerfile: 'FROM alpine:3.22 AS worker\nFROM worker AS web\n',
      'docker-compose.yml': 'services:\n  w:\n    build: { context: ., target: worker }\n    image: x/worker\n',
      '.github/workflows/a.yml':
        'jobs:\n  a:\n    steps:\n      - uses: docker/build-push-action@v6\n        with:\n          target: web\n          tags: x/web:1\n',
    });
    expect(found.map(({ id, name }) => [id, name])).toEqual([
      ['Dockerfile#1', 'x/web:1'],
      ['Dockerfile#0', 'x/worker'],
    ]);
    expect(found[0]!.bases).toMatchObject([{ image: 'Dockerfile#0' }]);
  });

  test('may be made of each other in a circle, and have the same name twice', async () => {
    const found = await listed({
      'a/Dockerfile': 'FROM x/b\n',
      'b/Dockerfile': 'FROM x/a\n',
      'c/Dockerfile': 'FROM c AS c\nFROM c AS c\nFROM c\n',
      Makefile: 'all:\n\tdocker build -t x/a a\n\tdocker build -t x/b b\n\tdocker build -t x/b c\n',
    });
    expect(found.map(({ id, bases }) => [id, bases.map(({ image, certain }) => [image, certain])])).toEqual([
      ['a/Dockerfile#0', [['b/Dockerfile#0', false]]],
      ['b/Dockerfile#0', [['a/Dockerfile#0', true]]],
      ['c/Dockerfile#2', [[null, true]]],
    ]);
  });

  test('have no name where a variable of the command is not known', async () => {
    const found = await listed({
      'a/Dockerfile': 'FROM alpine\n',
      'build.sh':
        'docker build -t "$NAME" -f "$FILE" a\npodman build --tag x/a \\\n  --push a && docker build -t x/c -f no a\n',
    });
    expect(found.map(({ tags }) => tags.map(({ name }) => name))).toEqual([['x/a']]);
  });

  test('of a module are those of the file with the build, once', async () => {
    const found = await listed({
      'build.pkr.hcl': 'build {\n  sources = ["source.qemu.vm"]\n}\n',
      'source.pkr.hcl': 'source "qemu" "vm" {\n  iso_url = "https://example.com/${var.v}.iso"\n  vm_name = "vm"\n}\n',
      'variables.pkr.hcl': 'variable "v" {\n  default = "7"\n}\n',
    });
    expect(
      found.map(({ path, name, bases }) => [path, name, bases.map(one => [one.name, one.path, one.certain])]),
    ).toEqual([['build.pkr.hcl', 'vm', [['https://example.com/7.iso', 'build.pkr.hcl', false]]]]);
  });

  test('never show a secret', async () => {
    const { out } = await images({
      'a.pkr.hcl':
        'source "qemu" "a" {\n  iso_url = "https://me:hunter2secret99@example.com/a.iso"\n  iso_checksum = "none"\n}\nbuild {\n  sources = ["source.qemu.a"]\n}\n',
    });
    expect(out).toContain('Machine images (1)');
    expect(out).not.toContain('hunter2secret99');
  });

  test('the options belong to the command', async () => {
    expect(await images({}, '--eol-before', 'soon')).toMatchObject({ code: 2 });
    expect(await images({}, '--fix')).toMatchObject({ code: 2 });
    expect(await images({}, '--format', 'sarif')).toMatchObject({ code: 2 });
    expect(await images({}, 'missing')).toMatchObject({ code: 2, err: expect.stringContaining('missing: ') });
  });
});
