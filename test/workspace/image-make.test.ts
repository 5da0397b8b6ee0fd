/** What the recipes of Makefiles build and start. */
import { describe, expect, test } from 'vitest';
import { a, b, dockerfile, graph, names } from './image-graph.ts';

const of = (text: string, more: Readonly<Record<string, string>> = {}) => names({ Makefile: text, ...more }, a, b);

describe('recipes', () => {
  test.each<readonly [what: string, text: string]>([
    ['a pattern', 'build-%:\n\tdocker build -t x/$*:1 $*\n'],
    ['a pattern with a prerequisite', '%.image: %/Dockerfile\n\tdocker build -t x/$*:1 $(<D)\n'],
    ['a part of the target', 'build-a build-b:\n\tdocker build -t x/$(subst build-,,$@):1 $(@:build-%=%)\n'],
    ['targets in a variable', 'IMAGES = a b\n.PHONY: $(IMAGES)\n$(IMAGES):\n\tdocker build -t x/$@:1 ./$@\n'],
    ['targets with a prefix', 'IMAGES = a b\n$(addprefix build-,$(IMAGES)): build-%:\n\tdocker build -t x/$*:1 $*\n'],
    ['all directories', 'D := $(wildcard */Dockerfile)\n$(D:/Dockerfile=):\n\tdocker build -t x/$@:1 $@\n'],
    [
      'what a command finds',
      'F := $(shell find * -name Dockerfile)\nI := $(foreach f,$(F),build-$(patsubst %/Dockerfile,%,$(f)))\n$(I): NAME ?= $(subst build-,,$@)\n$(I):\n\tdocker build \\\n\t  $(if $(or $(PULL), $(NO)),, --pull) -t x/$(NAME):1 $(NAME)\n',
    ],
    ['variables of a target', 'a: D = a\nb: D = b\na b:\n\tdocker build -t x/$(D):1 $(D)\n'],
    [
      'a loop',
      'IMAGES := a \\\n  b\nall:\n\tfor i in $(IMAGES); do \\\n\t  docker build -t x/$$i:1 $${i}; \\\n\tdone\n',
    ],
    [
      'a definition',
      'define build\n\tdocker build -t x/$(1):$(2) $(1)\nendef\nall:\n\t$(call build,a,1)\n\t$(call build,b,1)\n',
    ],
  ])('with %s', (_, text) => expect(of(text)).toEqual([['x/a:1?'], ['x/b:1?']]));

  test('have variables of their own where one of many targets has', () => {
    const text =
      'I = build-a build-b\nT = ?\n$(I): TAG = 1\nbuild-b: TAG = 2\n$(I): build-%:\n\tdocker build -t x/$*:$(TAG) $*\n';
    expect(of(text)).toEqual([['x/a:1?'], ['x/b:2?']]);
    const included = 'build-%: ; \nbuild-b: BASE = y/base:1\n';
    const files = {
      Makefile: 'include own.mk\nbuild-%:\n\tdocker build --build-arg BASE=$(BASE) -t x/$* $*\n',
      'own.mk': included,
      'base.sh': 'docker build -t y/base:1 a\n',
    };
    const open = dockerfile('/w/b/Dockerfile', 'x');
    const stages = open.stages.map(one => ({
      ...one,
      bases: [],
      given: [{ parts: [{ argument: 'BASE' }], use: 'base' as const, span: { start: 0, end: 1 } }],
    }));
    expect(graph(files, a, { ...open, stages })[1]).toMatchObject({ names: ['x/b?'], on: ['a/Dockerfile#0?'] });
  });

  test('start what they build', () => {
    const text =
      'IMAGE = $(REGISTRY)/$*\nbuild-%:\n\tdocker build -t $(IMAGE) $*\nrun-%:\n\tdocker run --rm \\\n\t  $(IMAGE) sh\n';
    expect(graph({ Makefile: text }, a, b).map(({ by }) => by)).toEqual([['Makefile'], ['Makefile']]);
  });

  test('are read as they are where nothing is known, and end', () => {
    expect(of('all:\n\tdocker build -t $(X)/a:1 a\n')).toEqual([['{X}/a:1?'], []]);
    expect(of('A = $(B)\nB = $(A)\nall:\n\tdocker build -t x/a:$(A) a\n')).toEqual([['x/a:{B}?'], []]);
    const deep = `${Array.from({ length: 500 }, (_, i) => `V${i} = $(V${i + 1})$(V${i + 1})`).join('\n')}\n`;
    expect(of(`${deep}all:\n\tdocker build -t x/a:$(V0) a\n`)).toHaveLength(2);
    expect(of(`all:\n\tdocker build -t x/a:${'$('.repeat(2000)} a\n`)).toHaveLength(2);
  });

  test('of a file with many rules are read in time', () => {
    const many = (line: (i: number) => string) => Array.from({ length: 1500 }, (_, i) => line(i)).join('');
    const targets = many(i => `build-${i} `);
    const texts = [
      `I = ${targets}\n$(I): T = 1\n$(I):\n${many(i => `\tdocker build -t x/${i}:$(T) $@\n`)}`,
      many(i => `b${i}: V${i} = $(V${i - 1})\nb${i}:\n\tdocker build -t x/$@:$(V${i}) $@\n`),
      `${many(i => `define d${i}\n\tdocker build -t $(1) a\nendef\n`)}${many(i => `\t$(call d${i},x)\n`)}`,
      `all:\n${many(i => `\tfor i in a b; do docker build -t x/$$i:${i} $$i; done; \\\n`)}`,
    ];
    const before = process.cpuUsage();
    for (const text of texts) of(text);
    expect(process.cpuUsage(before).user).toBeLessThan(8_000_000);
  });
});

describe('what Make runs again', () => {
  const build = '\tdocker build -t x/$(NAME):1 $(DIR)\n';

  test.each<readonly [how: string, rules: string]>([
    ['with variables', `all:\n\t$(MAKE) NAME=one DIR=a build\n\t@$(MAKE) build NAME="two" DIR=b\nbuild:\n${build}`],
    [
      'with variables of the environment',
      `a:\n\tNAME=one DIR=a make build\nb:\n\t@ NAME=two DIR=b make build\nbuild:\n${build}`,
    ],
    [
      'for each of a list',
      `A_NAME = one\nB_NAME = two\nall:\n\t@$(foreach d,a b,$(MAKE) --no-print-directory DIR=$(d) one-$(d);)\none-%:\n\t$(MAKE) DIR=$* NAME=$(if $(filter a,$*),one,two) build\nbuild:\n${build}`,
    ],
    [
      'for the targets of a pattern',
      `$(addprefix do-,a b):\n\t$(MAKE) DIR=$(patsubst do-%,%,$@) NAME=$(if $(findstring a,$@),one,two) build\nbuild:\n${build}`,
    ],
    [
      'and again',
      `all:\n\tmake some DIR=a NAME=one && make some DIR=b NAME=two\nsome:\n\t$(MAKE) build\nbuild:\n${build}`,
    ],
  ])('%s', (_, rules) => expect(names({ Makefile: rules }, a, b)).toEqual([['x/one:1?'], ['x/two:1?']]));

  test('in another directory is not run here, and rules that run each other end', () => {
    expect(names({ Makefile: `all:\n\t$(MAKE) -C other NAME=one DIR=a build\nbuild:\n${build}` }, a)).toEqual([[]]);
    const text = `a:\n\t$(MAKE) b X=$(X)1\nb:\n\t$(MAKE) a X=$(X)2\n\tdocker build -t x/a:$(X) a\n`;
    expect(names({ Makefile: text }, a)[0]!.length).toBeLessThan(20);
  });
});

test('what nothing gives a value is a gap, and a variable may come before the command', () => {
  const text = 'V ?= ""\nBUILDX =\nDOCKER ?= docker\na b:\n\t$(DOCKER) $(BUILDX) build -t x/$@:$(V) $@\n';
  expect(names({ Makefile: text }, a, b)).toEqual([['x/a:{V}?'], ['x/b:{V}?']]);
  expect(names({ Makefile: 'a.iid: a/Dockerfile\n\tdocker build -t x/a:1 --file=$< a\n' }, a)).toEqual([['x/a:1']]);
});

describe('conditions', () => {
  const tags = (text: string) => of(`${text}\nall:\n\tdocker build -t x/a:$(TAG) a\n`)[0];
  test.each<readonly [what: string, text: string, tags: readonly string[]]>([
    ['of a value by default', 'E ?= dev\nifeq ($(E),prod)\nTAG := 1\nelse\nTAG := dev\nendif', ['dev?', '1?']],
    ['with several arms', 'E = b\nifeq ($(E),a)\nTAG = 1\nelse ifeq "$(E)" "b"\nTAG = 2\nelse\nTAG = 3\nendif', ['2?']],
    ['of what is set', 'ifdef CI\nTAG = ci-$(CI)\nendif\nTAG ?= dev', ['dev?', 'ci-{CI}?']],
    ['of what is not', 'TAG = dev\nifneq ($(strip $(RELEASE)),)\nTAG = 1\nendif', ['dev?', '1?']],
    ['of a command', 'ifeq ($(shell uname -m),x86_64)\nTAG = amd64\nelse\nTAG = arm64\nendif', ['amd64?']],
    ['in each other', 'A = 1\nifeq ($(A),1)\nifneq ($(A),1)\nTAG = 0\nelse\nTAG = 1\nendif\nendif', ['1?']],
    ['that is never closed', 'A = 1\nelse\nendif\nendif\nTAG = 1\nifeq ($(A),2)\nTAG = 2', ['1?']],
  ])('%s', (_, text, wanted) => expect(tags(text)).toEqual(wanted.map(one => `x/a:${one}`)));

  test('are decided by what recipes give', () => {
    const text =
      'ifeq ($(P),b)\nBASE = y\nD = b\nelse\nBASE = x\nD = a\nendif\nall:\n\t$(MAKE) image P=b\n\t$(MAKE) image P=c\nimage:\n\tdocker build -t $(BASE)/$(P):1 $(D)\n';
    expect(of(text).map(all => all.filter(one => !one.includes('{')))).toEqual([['x/c:1?'], ['y/b:1?']]);
  });
});

describe('pipelines run Make', () => {
  const make =
    'REGISTRY ?= local\nFIXED = 1\nall: image-a image-b\nimage-%:\n\tdocker build -t $(REGISTRY)/$*:$(TAG)-$(FIXED) $*\n';
  const run = (command: string, rest = '') =>
    names(
      {
        Makefile: make,
        '.github/workflows/a.yml': `env:\n  REGISTRY: r\njobs:\n  b:\n${rest}    steps:\n      - run: ${command}\n`,
      },
      a,
      b,
    ).map(one => one.filter(name => !name.startsWith('local')));

  test('with arguments, the environment, and what targets need', () => {
    expect(run('make image-a TAG=2')).toEqual([['r/a:2-1?'], []]);
    expect(run('TAG=2 make -s all')).toEqual([['r/a:2-1?'], ['r/b:2-1?']]);
    expect(run('make image-a TAG=${{ github.sha }} FIXED=3')).toEqual([['r/a:{github.sha}-3?'], []]);
    expect(run('"echo make image-a TAG=2"')).toEqual([[], []]);
    expect(run('make -C other image-a TAG=2')).toEqual([[], []]);
  });

  test('for each row of a matrix', () =>
    expect(run('make image-${{ matrix.n }} TAG=2', '    strategy: { matrix: { n: [a, b] } }\n')).toEqual([
      ['r/a:2-1?'],
      ['r/b:2-1?'],
    ]));

  test('with what decides about its conditions', () => {
    const text = 'ifeq ($(V),)\nTAG = dev\nelse\nTAG = $(V)\nendif\na:\n\tdocker build -t x/$(N):$(TAG) a\n';
    const workflow = 'jobs:\n  b:\n    steps:\n      - run: make a N=n V=2\n';
    expect(names({ Makefile: text, '.github/workflows/a.yml': workflow }, a)).toEqual([
      ['x/n:2?', 'x/{N}:dev?', 'x/{N}:{V}?'],
    ]);
  });

  test('with the environment where a default is one by a condition', () => {
    const text = 'ifndef IMAGE\nIMAGE := x/a\nendif\na:\n\tdocker build -t $(IMAGE):1 a\n';
    const workflow = 'jobs:\n  b:\n    steps:\n      - run: make a\n        env:\n          IMAGE: y/a\n';
    const found = names({ Makefile: text, '.github/workflows/a.yml': workflow }, a)[0];
    expect(found).toEqual(expect.arrayContaining(['x/a:1?', 'y/a:1?']));
  });

  test('of GitLab, with the variables of the job', () => {
    const text = '.t:\n  script:\n    - make image-$N\none:\n  extends: .t\n  variables: { N: b, TAG: "5" }\n';
    expect(names({ Makefile: make, '.gitlab-ci.yml': text }, a, b)[1]).toContain('local/b:5-1?');
  });
});
