/** What editors offer while a Dockerfile is written. `‸` marks the cursor. */
import { describe, expect, it } from 'vitest';
import { dockerfileEditor } from '../../languages/dockerfile/editor/index.ts';
import { contextOf, lower } from './support.ts';

const completions = (marked: string) =>
  dockerfileEditor.completions!(
    lower(marked.replace('‸', ''), contextOf(undefined, '/w/Dockerfile')),
    marked.indexOf('‸'),
  );
const labels = (marked: string): string[] => completions(marked).map(({ label }) => label);
/** The text after a completion was taken. */
const taken = (marked: string, label: string): string => {
  const { replaces, snippet } = completions(marked).find(one => one.label === label)!;
  const text = marked.replace('‸', '');
  return text.slice(0, replaces.start) + snippet + text.slice(replaces.end);
};
const HEAD = 'ARG BASE=node\nFROM ${BASE} AS deps\nENV HOME_DIR=/srv\nFROM deps AS build\nARG VERSION\n';

describe('completion in Dockerfiles', () => {
  it('offers instructions where one may begin', () => {
    expect(labels('‸')).toEqual(['ARG', 'FROM']);
    expect(labels('ARG A\nF‸')).toEqual(['ARG', 'FROM']);
    expect(labels('FROM a\n‸')).toEqual(expect.arrayContaining(['RUN', 'COPY', 'HEALTHCHECK']));
    expect(labels('FROM a\nRU‸')).toContain('RUN');
    expect(labels('FROM a\n  RU‸\nUSER b\n')).toContain('RUN');
    expect(labels('FROM a\nONBUILD ‸')).toContain('COPY');
    for (const never of ['FROM', 'MAINTAINER', 'ONBUILD'])
      expect(labels('FROM a\nONBUILD ‸'), never).not.toContain(never);
    expect(taken('FROM a\nRU‸', 'RUN')).toBe('FROM a\nRUN ');
    expect(taken('FROM a\nru‸', 'RUN')).toBe('FROM a\nRUN ');
    expect(taken('from a\nru‸', 'run')).toBe('from a\nrun ');
    expect(completions('FROM a\n‸').find(({ label }) => label === 'RUN')!.documentation).toContain('/dockerfile/#run)');
  });

  it('offers nothing in commands, comments, arguments and scripts', () => {
    for (const place of [
      'RUN apt‸',
      'RUN a \\\n  ‸',
      '# RU‸',
      'COPY a ‸',
      'RUN <<EOF\n‸\nEOF',
      'RUN a --fl‸',
      'USER ‸',
    ])
      expect(labels(`FROM a\n${place}`), place).toEqual([]);
  });

  it('offers the flags of an instruction before its arguments', () => {
    expect(labels('FROM a\nRUN --‸')).toEqual(['--mount', '--network', '--security', '--device']);
    expect(labels('FROM a\nRUN --mount=type=ssh \\\n  --‸')).toContain('--mount');
    expect(labels('FROM a\nCOPY --link --l‸')).not.toContain('--link');
    expect(taken('FROM a\nCOPY --ch‸ x y\n', '--chown')).toBe('FROM a\nCOPY --chown= x y\n');
    expect(labels('FROM a\nRUN --network=‸')).toEqual(['default', 'none', 'host']);
    expect(labels('FROM --platform=‸')).toContain('$BUILDPLATFORM');
    expect(labels('FROM a\nUSER --‸')).toEqual([]);
    expect(labels('FROM a\nHEALTHCHECK --interval=5s ‸')).toEqual(['CMD', 'NONE']);
  });

  it('offers earlier stages', () => {
    expect(labels(`${HEAD}COPY --from=‸`)).toEqual(['deps']);
    expect(labels(`${HEAD}RUN --mount=from=‸`)).toEqual(['deps']);
    expect(labels(`${HEAD}FROM ‸`)).toEqual(['deps', 'build', 'scratch']);
    expect(labels('FROM ‸')).toEqual(['scratch']);
    expect(labels('FROM a AS x\nFROM b AS y\nFROM c AS x\nFROM ‸')).toEqual(['y', 'x', 'scratch']);
    const many = Array.from({ length: 500 }, (_, i) => `FROM a AS s${i}\n`).join('');
    expect(labels(`${many}FROM ‸`)).toHaveLength(301);
    expect(labels(`${many}FROM ‸`)).toContain('s499');
    expect(completions(`${HEAD}COPY --from=‸`)[0]).toMatchObject({ detail: 'stage from ${BASE}' });
  });

  it('offers the options of a mount by its type', () => {
    expect(labels('FROM a\nRUN --mount=‸')).toContain('type');
    expect(labels('FROM a\nRUN --mount=type=‸')).toEqual(['bind', 'cache', 'tmpfs', 'secret', 'ssh']);
    const cache = labels('FROM a\nRUN --mount=type=cache,target=/x,‸');
    expect(cache).toContain('sharing');
    expect(cache).not.toContain('target');
    expect(labels('FROM a\nRUN --mount=type=secret,‸')).toContain('env');
    expect(labels('FROM a\nRUN --mount=type=cache,sharing=‸')).toEqual(['shared', 'private', 'locked']);
  });

  it('offers the variables that are set at a place', () => {
    expect(labels(`${HEAD}RUN echo $‸`)).toEqual(['HOME_DIR', 'VERSION']);
    expect(labels(`${HEAD}RUN echo "\${VER‸"`)).toContain('VERSION');
    expect(taken(`${HEAD}RUN echo \${VER‸}`, 'VERSION')).toBe(`${HEAD}RUN echo \${VERSION}`);
    expect(labels('ARG BASE=node\nFROM $‸')).toEqual(expect.arrayContaining(['BASE', 'TARGETARCH']));
    expect(labels(`${HEAD}RUN echo \\$‸`)).toEqual([]);
    const many = Array.from({ length: 500 }, (_, i) => `ARG v${i}\n`).join('');
    expect(labels(`FROM a\n${many}RUN $‸`)).toHaveLength(300);
    expect(labels(`FROM a\n${many}RUN $‸`)).toContain('v499');
  });

  it('offers no variables where nothing expands them', () => {
    for (const place of [
      'CMD ["$‸"]',
      'ENTRYPOINT [ "a", "${‸',
      'ONBUILD CMD ["$‸"]',
      'RUN --network=none ["a", "$‸"]',
      'HEALTHCHECK --interval=5s CMD \\\n  ["a", "$‸"]',
      'COPY <<"EOF" /x\n$‸\nEOF\n',
      "RUN cat <<'EOF'\n$‸\nEOF\n",
    ])
      expect(labels(HEAD + place), place).toEqual([]);
    for (const place of [
      'CMD echo $‸',
      'CMD ["/bin/sh", "-c", "echo $‸"]',
      'COPY <<EOF /x\n$‸\nEOF\n',
      'COPY ["$‸"]',
      'RUN <<"EOF"\necho $‸\nEOF\n',
      'RUN [ -n "$‸" ]',
    ])
      expect(labels(HEAD + place), place).toContain('VERSION');
  });
});
