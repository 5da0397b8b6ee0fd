import { describe, expect, test } from 'vitest';
import type { BuildFile } from '../../facts/build-files.ts';
import { gives } from '../../facts/built-images/given-arguments.ts';
import { mayBe, namesBuiltIn, withoutTag } from '../../facts/built-images/names.ts';
import { expansions, UNKNOWN } from '../../facts/built-images/variables.ts';

const file = (name: string, text: string): BuildFile => ({ path: name, name, text });
const builds = (name: string, text: string, image: string): boolean =>
  namesBuiltIn(file(name, text)).some(one => mayBe(one, image));

describe('names', () => {
  test.each([
    ['Makefile', 'docker build -t shop/web .', 'shop/web'],
    ['Makefile', 'NAME ?= shop\nweb:\n\tdocker build -t $(NAME)/web:$(TAG) .', 'shop/web'],
    ['Makefile', 'web:\n\tdocker build -t $(NAME)/web:$(TAG) .', 'anything/web'],
    ['Makefile', 'P=$(N)/\nI=tools\nt:\n\t$(DOCKER) build -t $(P)$(I) .', 'tools'],
    [
      'build.sh',
      'IMAGE="${IMAGE:-registry.example.com:5000/base}"\ndocker build --tag="$IMAGE:1" .',
      'registry.example.com:5000/base',
    ],
    ['build.sh', 'docker tag tmp example/web:latest\n', 'example/web'],
    ['build.sh', 'podman push quay.io/example/web:$V', 'quay.io/example/web'],
    ['build.sh', '/kaniko/executor --destination "$REGISTRY/team/web:1"', 'registry.example.com/team/web'],
    ['ci.yml', 'tags: ghcr.io/${{ github.repository_owner }}/web:latest', 'ghcr.io/someone/web'],
    ['ci.yml', 'with:\n  tags: |\n    a/b:1\n    example/web:2\n  push: true', 'example/web'],
    ['ci.yml', 'uses: docker/metadata-action@v5\nwith:\n  images: |\n    example/web\n', 'example/web'],
    ['compose.yaml', 'services:\n  base:\n    image: shop-base\n    build: ./base\n', 'shop-base'],
    ['compose.yaml', 'services:\n  base:\n    build:\n      context: base\n    image: shop-base\n', 'shop-base'],
    ['compose.yaml', '    build:\n      context: .\n      additional_contexts:\n        base: service:base\n', 'base'],
    [
      'docker-bake.hcl',
      'variable "REPO" {\n  default = "example"\n}\ntarget "x" { tags = ["${REPO}/web:latest"] }',
      'x',
    ],
    [
      'docker-bake.hcl',
      'variable "REPO" {\n  default = "example"\n}\ntarget "web" {\n  tags = ["${REPO}/web:latest"]\n}',
      'example/web',
    ],
    ['cloudbuild.yaml', "args:\n- build\n- '-t'\n- 'gcr.io/$PROJECT_ID/web'\n- '.'", 'gcr.io/example/web'],
    ['Tiltfile', "docker_build('example/web', '.')", 'example/web'],
    ['skaffold.yaml', 'artifacts:\n  - image: example/web\n    context: web\n', 'example/web'],
  ])('%s builds it: %j', (name, text, image) => {
    expect(builds(name, text, image)).toBe(image !== 'x');
  });

  test.each([
    ['compose.yaml', 'services:\n  base:\n    image: shop-base\n  web:\n    build: .\n', 'shop-base'],
    ['Makefile', 'docker build -t $(IMAGE) .', 'shop/web'],
    ['Makefile', 'docker build -t $(REGISTRY)/$(NAME):$(TAG) .', 'shop/web'],
    ['Makefile', 'docker build -t other/web .', 'shop/web'],
    ['Makefile', 'docker build -t $(REGISTRY)/web .', 'web'],
    ['Makefile', 'docker build -t $(REGISTRY)/web .', 'shop/website'],
  ])('%s does not: %j', (name, text, image) => {
    expect(builds(name, text, image)).toBe(false);
  });

  test('tags, digests and the names of Docker Hub are left out', () => {
    expect(withoutTag('registry:5000/web:1@sha256:aa')).toBe('registry:5000/web');
    expect(withoutTag('docker.io/library/debian:12')).toBe('debian');
  });

  test('variables that refer to themselves or to each other end', () => {
    const text = 'A=$(B)\nB=$(A)$(A)$(A)\nA=$(A)x\n';
    expect(expansions('$(A)/web', file('Makefile', text))).toContain(`${UNKNOWN}/web`);
    expect(expansions('$(A)$(B)'.repeat(50), file('Makefile', text)).length).toBeLessThanOrEqual(16);
  });
});

describe('arguments', () => {
  const path = 'images/video/Dockerfile';
  test.each([
    ['Makefile', 'video:\n\tcd images/video && docker build --build-arg TAG=$(T) .', true],
    ['Makefile', 'audio:\n\tdocker build --build-arg TAG=$(T) images/audio', false],
    ['Makefile', 'video:\n\tdocker build --build-arg TAGS=$(T) images/video', false],
    ['ci.yml', 'with:\n  file: images/video/Dockerfile\n  build-args: |\n    TAG=1\n', true],
    ['ci.yml', 'with:\n  file: images/audio/Dockerfile\n  build-args: |\n    TAG=1\n', false],
    ['compose.yaml', 'video:\n  build:\n    context: images/video\n    args:\n      TAG: 1\n', true],
    ['docker-bake.hcl', 'target "video" {\n  context = "images/video"\n  args = {\n    TAG = 1\n  }\n}', true],
  ])('%s: %j', (name, text, given) => {
    expect(gives(file(name, text), 'TAG', path)).toBe(given);
  });
});
