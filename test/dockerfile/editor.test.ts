/** What editors can do with Dockerfiles. `‸` marks the cursor. */
import { describe, expect, it } from 'vitest';
import type { ImageBuild } from '../../core/build.ts';
import type { OutlineItem } from '../../core/editor.ts';
import { applyEdits } from '../../core/fixer.ts';
import type { Files } from '../../core/language.ts';
import type { Span } from '../../core/text.ts';
import { dockerfileEditor } from '../../languages/dockerfile/editor/index.ts';
import { contextOf, lower } from './support.ts';

interface Opened {
  readonly build: ImageBuild;
  readonly offset: number;
  readonly text: string;
  /** The line and text of a span. */
  shown(span: Span): string;
}

function opened(marked: string, files?: Files): Opened {
  const text = marked.replace('‸', '');
  const shown = ({ start, end }: Span): string =>
    `${text.slice(0, start).split('\n').length}: ${text.slice(start, end)}`;
  return { build: lower(text, contextOf(files, '/w/Dockerfile')), offset: marked.indexOf('‸'), text, shown };
}

const STAGES = `ARG BASE=node
FROM \${BASE}:22 AS deps
ARG BASE
RUN echo "$BASE"
FROM deps AS build
COPY --from=deps /a /a
FROM scratch
COPY --from=0 /a /a
COPY --from=build /b /b
RUN --mount=from=build,target=/m true
`;
/** The stages with the cursor before a piece of text. */
const at = (piece: string): string => STAGES.replace(piece, `‸${piece}`);

describe('navigation', () => {
  const definition = (marked: string): string[] => {
    const { build, offset, shown } = opened(marked);
    return dockerfileEditor.definition!(build, offset).map(shown);
  };
  const references = (marked: string, withDeclaration = true): string[] => {
    const { build, offset, shown } = opened(marked);
    return dockerfileEditor.references!(build, offset, withDeclaration).map(shown);
  };

  it('goes from where a stage is used to where it begins', () => {
    expect(definition(at('deps AS build'))).toEqual(['2: deps']);
    expect(definition(at('deps /a'))).toEqual(['2: deps']);
    expect(definition(at('0 /a'))).toEqual(['2: deps']);
    expect(definition(at('build,target'))).toEqual(['5: build']);
    expect(definition('FROM a\nFROM b\nCOPY --from=‸0 /x /x\n')).toEqual(['1: FROM a']);
    expect(definition(at('scratch'))).toEqual([]);
  });

  it('goes from a variable to what sets it there', () => {
    expect(definition(at('BASE}:22'))).toEqual(['1: BASE']);
    expect(definition(at('BASE"'))).toEqual(['3: BASE']);
    expect(definition(STAGES.replace('ARG BASE\nRUN', 'ARG B‸ASE\nRUN'))).toEqual(['1: BASE']);
    expect(definition('FROM a\nENV A=1 B=2\nRUN echo ${‸B:-x}\n')).toEqual(['2: B']);
    expect(definition('FROM a\nENV A=1\nENV A=2\nRUN echo $‸A\n')).toEqual(['3: A']);
    expect(definition('FROM a\nRUN A=1; echo $‸A\n')).toEqual([]);
    expect(definition('FROM a\nENV A=1\nENV B=\\$‸A\n')).toEqual([]);
    expect(definition("FROM a\nENV A=1\nCOPY <<'E' /x\n$‸A\nE\n")).toEqual([]);
    expect(definition('FROM a\nENV A=1\nCOPY <<E /x\n$‸A\nE\n')).toEqual(['2: A']);
  });

  it('finds the uses of stages and variables', () => {
    expect(references(at('deps\nARG'))).toEqual(['2: deps', '5: deps', '6: deps', '8: 0']);
    expect(references(at('build\nCOPY'), false)).toEqual(['9: build', '10: build']);
    expect(references(at('BASE=node'))).toEqual(['1: BASE', '2: BASE', '3: BASE', '4: BASE']);
    expect(references(at('BASE"'), false)).toEqual(['2: BASE', '3: BASE', '4: BASE']);
    expect(references('FROM a\nRUN tr‸ue\n')).toEqual([]);
  });
});

describe('renaming a stage', () => {
  const rename = (marked: string, name: string, files?: Files): string => {
    const { build, offset, text } = opened(marked, files);
    const edits = dockerfileEditor.renaming!(build, offset)?.to(name);
    if (!edits) return 'nothing to rename';
    return 'refusal' in edits
      ? edits.refusal
      : applyEdits(
          text,
          [...edits].sort((a, b) => a.span.start - b.span.start),
        );
  };

  it('changes its name wherever it is', () => {
    expect(rename(at('build,target'), 'compile')).toBe(STAGES.replaceAll('build', 'compile'));
    expect(rename('FROM a AS X‸\nFROM x\n', 'y')).toBe('FROM a AS y\nFROM y\n');
  });

  it.each([
    [at('0 /a'), 'x', 'nothing to rename'],
    [at('BASE"'), 'x', 'nothing to rename'],
    [at('deps\nARG'), 'build', 'There is a stage with this name already.'],
    [
      at('deps\nARG'),
      'Deps',
      'A stage name starts with a lowercase letter and has lowercase letters, digits, `.`, `_`, `-`.',
    ],
    ['FROM a AS x‸\n', 'scratch', '`scratch` is the empty image, and no stage can have its name.'],
    ['FROM a AS x‸\nFROM a AS x\n', 'y', 'Several stages have this name.'],
    ['ARG B=x\nFROM a AS x‸\nFROM ${B}\n', 'y', 'The stage is also named by a variable.'],
  ])('%j to %s: %s', (marked, name, refusal) => expect(rename(marked, name)).toBe(refusal));

  it('is refused where another file builds it by its name', () => {
    const texts: Readonly<Record<string, string>> = {
      '/w/compose.yaml': 'services:\n  a:\n    build:\n      context: .\n      target: deps\n',
    };
    const files: Files = {
      read: path => texts[path] ?? null,
      list: folder => (folder === '/w' ? ['Dockerfile', 'compose.yaml'] : null),
    };
    expect(rename(at('deps\nARG'), 'x', files)).toBe('A file beside the Dockerfile builds this stage by its name.');
    expect(rename(at('build\nCOPY'), 'x', files)).toContain('AS x\n');
  });
});

describe('hover', () => {
  const hover = (marked: string, today = '2026-11-29'): string | undefined => {
    const { build, offset } = opened(marked);
    return dockerfileEditor.hover!(build, offset, today)?.markdown;
  };

  it('says what an image is, through variables, and how long it is supported', () => {
    expect(hover('ARG V=16-bullseye\nFROM node:${V‸}\n')).toMatch(
      /^\*\*image\*\* `docker\.io\/library\/node:16-bullseye` \(from default values\)\n\n- Node\.js 16: support ended on 2023-\d\d-\d\d\n- Debian 11: support ended on 2026-\d\d-\d\d\n- No digest: `16-bullseye` can become another image\n\n\[Tags\]\(https:\/\/hub\.docker\.com\/_\/node\/tags\)$/,
    );
    expect(hover('FROM no‸de\n')).toMatch(
      /`docker\.io\/library\/node`\n\n- No digest: `latest` can become another image; on 20\d\d-\d\d-\d\d it was `\d/,
    );
    expect(hover('FROM debian:1‸2\n', '2025-01-01')).toContain('- Debian 12: supported until 20');
    const digest = `sha256:${'a'.repeat(64)}`;
    expect(hover(`FROM --platform=linux/arm64 ghcr.io/o/app@${digest}‸\n`)).toBe(
      `**image** \`ghcr.io/o/app\`\n\n- Pinned to \`${digest}\`\n- Platform \`linux/arm64\``,
    );
    expect(hover('FROM a\nCOPY --from=grafana/graf‸ana:11.1.0 /x /x\n')).toContain(
      '[Tags](https://hub.docker.com/r/grafana/grafana/tags)',
    );
  });

  it('says what a stage starts from', () => {
    expect(hover(at('build,target'))).toBe('**stage** `build` ← `deps` ← `node:22`\n\nused 2 times');
    expect(hover('FROM scratch AS a‸\nFROM b\n')).toBe(
      '**stage** `a` ← `scratch`\n\nused 0 times, the last stage does not need it',
    );
  });

  it('shows no value of a variable', () => {
    expect(hover('ARG TOK‸EN=k7Q9wErTy2uIo\nFROM a\n')).toBe('**build argument** `TOKEN`\n\nhas a default');
    expect(hover('ARG V\nFROM a\nARG V‸\n')).toContain('no default: a value must be given with `--build-arg`');
    expect(hover('FROM a\nENV A=1\nRUN echo $A‸\n')).toBe('**environment variable** `A`');
    expect(hover('FROM a\nRUN tr‸ue\n')).toBeUndefined();
  });
});

describe('the outline', () => {
  it('has stages with their instructions, and no values', () => {
    const { build } = opened(`${STAGES}ENV TOKEN=k7Q9wErTy2uIo A=1\nWORKDIR /app\n`);
    const flat = (items: readonly OutlineItem[]): unknown[] =>
      items.map(({ name, detail, children }) => [[name, detail].join(' ').trim(), ...flat(children)]);
    expect(flat(dockerfileEditor.outline!(build))).toEqual([
      ['ARG BASE'],
      [expect.stringMatching(/^deps /), ['ARG BASE'], ['RUN']],
      ['build deps', ['COPY /a']],
      ['FROM scratch', ['COPY /a'], ['COPY /b'], ['RUN'], ['ENV TOKEN, A'], ['WORKDIR /app']],
    ]);
  });

  it('shows variables as they are written', () => {
    const { build } = opened(
      'ARG NODE=24\nFROM node:${NODE}-alpine AS a\nFROM $BASE\nWORKDIR /srv/$APP\nUSER ${U:-app}\nCOPY a $DIR/b\nFROM --platform=$X a:\\\n1\n',
    );
    const shown = dockerfileEditor.outline!(build).flatMap(({ detail, children }) => [
      detail,
      ...children.map(one => one.detail),
    ]);
    expect(shown).toEqual(['NODE', 'node:${NODE}-alpine', '$BASE', '/srv/$APP', '${U:-app}', '$DIR/b', 'a:1']);
  });

  it('folds stages, instructions of several lines and comments', () => {
    const { build, shown } = opened('# a\n# b\nFROM a\nRUN a && \\\n  b\nCOPY x y\n');
    expect(dockerfileEditor.folds!(build).map(shown)).toEqual([
      '3: FROM a\nRUN a && \\\n  b\nCOPY x y',
      '4: RUN a && \\\n  b',
      '1: # a\n# b',
    ]);
  });
});

describe('any text', () => {
  it('is answered wherever the cursor is', () => {
    const text = `${STAGES}FROM\nONBUILD COPY --from=build $BASE\nARG\nENV\nCOPY --from= \${`;
    for (let offset = 0; offset <= text.length; offset += 2) {
      const { build } = opened(text);
      for (const feature of ['hover', 'definition', 'renaming'] as const)
        expect(() => dockerfileEditor[feature]!(build, offset), `${feature} at ${offset}`).not.toThrow();
      expect(() => dockerfileEditor.references!(build, offset, true)).not.toThrow();
    }
  });

  it('costs time that is linear in its length', () => {
    const { build } = opened(
      `FROM a\nENV A=1\nRUN ${'echo $A; '.repeat(50_000)}\n${'RUN \\\n # $A\n x $A\n'.repeat(5_000)}`,
    );
    expect(dockerfileEditor.references!(build, 12, true)).toHaveLength(55_001);
  });
});
