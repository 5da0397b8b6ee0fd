/** The two properties of decoded text, on every form in which a Dockerfile writes it. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UNRESOLVED } from '../../core/text.ts';
import { apply, first, lower, meaning, parse, texts } from './support.ts';

const word = fc.constantFrom(
  'a',
  'bc',
  '/d/e',
  'é',
  '😀',
  'x=1',
  '-f',
  '&&',
  '|',
  '$V',
  '${V:-w}',
  '"q"',
  "'s t'",
  'C:',
  '#n',
);
const escapeMark = fc.constantFrom('\\', '`');
const newline = fc.constantFrom('\n', '\r\n');
const bom = fc.constantFrom('', '\uFEFF');

/** What may be between two words: spaces, and line breaks with comments and blank lines after them. */
const between = fc.oneof(
  fc.constantFrom(' ', '\t', '  '),
  fc.array(fc.constantFrom('# note', '  # indented', '', '   '), { maxLength: 3 }).map(lines => ({ lines })),
);

interface Written {
  readonly text: string;
  /** The logical line as the documentation describes it. */
  readonly logical: string;
}

/** A logical line written in pieces, and what it must be read as, from the pieces and not from the text. */
const logicalLine = fc
  .tuple(fc.array(fc.tuple(between, word), { minLength: 1, maxLength: 7 }), escapeMark, newline, bom)
  .map(([pieces, mark, eol, start]): Written & { mark: string } => {
    let text = `${start}# escape=${mark}${eol}FROM a${eol}RUN`;
    let logical = '';
    for (const [space, part] of pieces) {
      // A line that starts with `#` would be a comment; it is written after a space and another word.
      const safe = part.startsWith('#') ? `n${part}` : part;
      if (typeof space === 'string') {
        text += space + safe;
        logical += space + safe;
      } else {
        text += ` ${mark} ${eol}${space.lines.map(line => line + eol).join('')}  ${safe}`;
        logical += `   ${safe}`;
      }
    }
    return { text: `${text}${eol}USER end${eol}`, logical: logical.trim(), mark };
  });

test('a line is what its pieces make, over continuations, comments and blank lines', () => {
  fc.assert(
    fc.property(logicalLine, ({ text, logical }) => {
      const tree = parse(text);
      expect(tree.instructions.map(({ keyword }) => keyword)).toEqual(['FROM', 'RUN', 'USER']);
      expect(first(tree, 'run').rest.text).toBe(logical);
    }),
    { numRuns: 1000 },
  );
});

/** Pieces of an ENV value with the escape `\`, and what each is read as. */
const valuePiece = fc.constantFrom(
  ...([
    ['a', 'a'],
    ['é😀', 'é😀'],
    ['"b c"', 'b c'],
    ["'d  e'", 'd  e'],
    ['\\ ', ' '],
    ['\\"', '"'],
    ['"\\""', '"'],
    ['"\\\\"', '\\'],
    ['"\\n"', '\\n'],
    ["'\\'", '\\'],
    ["'$K'", '$K'],
    ['\\$K', '$K'],
    ['"\\$K"', '$K'],
    ['"${K}"', 'known'],
    ['${K:+p}', 'p'],
    ['${N:-"x y"}', 'x y'],
    ['${N-z}', 'z'],
    ['""', ''],
    ['=', '='],
  ] as const),
);

test.each(['ENV', 'LABEL'])('quoting in %s', keyword => {
  fc.assert(
    fc.property(fc.array(fc.array(valuePiece, { maxLength: 5 }), { minLength: 1, maxLength: 3 }), pairs => {
      const text = `FROM scratch\nENV K=known\n${keyword} ${pairs.map((pieces, i) => `P${i}=${pieces.map(p => p[0]).join('')}`).join(' ')} Z=1`;
      const read = parse(text).instructions[2]!;
      const values = 'pairs' in read ? read.pairs.map(({ key, value }) => [key, value.literal]) : [];
      expect(values).toEqual([...pairs.map((pieces, i) => [`P${i}`, pieces.map(p => p[1]).join('')]), ['Z', '1']]);
    }),
    { numRuns: 1000 },
  );
});

test('the JSON form holds what JSON.parse says', () => {
  const element = fc.string({
    unit: fc.constantFrom('a', ' ', '"', '\\', '\t', '\n', 'é', '😀', '/', '$', "'", '\u0001'),
  });
  fc.assert(
    fc.property(
      fc.array(element, { maxLength: 5 }),
      fc.constantFrom('RUN', 'CMD', 'ENTRYPOINT', 'SHELL'),
      (list, keyword) => {
        const text = `FROM a\n${keyword} ${JSON.stringify(list)}`;
        expect(parse(text).instructions[1]!.json?.elements.map(e => e.text)).toEqual(list);
      },
    ),
  );
});

const bodyLine = fc.constantFrom('', 'x', '\ty', '\t\tEOFX', ' EOF', '# c', 'RUN z \\', '$V', '"', 'é😀', 'EOF ');

test('bodies of heredocs end at their delimiter', () => {
  const body = fc.array(bodyLine, { maxLength: 5 });
  const marker = fc.constantFrom('<<EOF', '<<"EOF"', "<<'EOF'", '<<E"O"F', '<<-EOF', '<<-"EOF"', '3<<EOF');
  fc.assert(
    fc.property(fc.array(fc.tuple(marker, body), { minLength: 1, maxLength: 3 }), newline, (docs, eol) => {
      const strips = docs.map(([mark]) => mark.includes('-'));
      const text = [
        'FROM a',
        `RUN cat ${docs.map(([mark]) => mark).join(' ')} > f`,
        ...docs.flatMap(([, lines], i) => [...lines, strips[i] ? '\tEOF' : 'EOF']),
        'USER end',
      ].join(eol);
      const tree = parse(text);
      const run = first(tree, 'run');
      expect(run.heredocs.map(({ body: { text: content }, quoted }) => [content, quoted])).toEqual(
        docs.map(([mark, lines], i) => [
          lines.map(l => (strips[i] ? l.replace(/^\t+/, '') : l) + eol).join(''),
          /['"]/.test(mark),
        ]),
      );
      expect(tree.problems).toEqual([]);
      expect(first(tree, 'user').rest.text).toBe('end');
    }),
    { numRuns: 500 },
  );
});

const LINES = [
  'FROM a:1 AS b',
  'FROM --platform=linux/amd64 $V AS c',
  'RUN echo  a \\\n  # note\n  && b',
  'RUN ["a b", "c\\t\\u0041"]',
  'RUN <<EOF\n\tx $V\ny\nEOF',
  'RUN --mount=type=cache,target=/x cat <<-"E" 3<<F\n\tp\n\tE\nq\nF',
  'COPY --chown=1:2 --from=b "x" y \\\n\n /z/',
  'COPY <<EOF /f\nhello $V \\$W\nEOF',
  'ADD https://h/x.tgz /x',
  'ENV A="b c" D=e\\ f G=\'h\' I=${A:-"k"}',
  'ENV OLD some  "value"',
  'LABEL "x.y"="1 \\\n2" z=\\"',
  'ARG V=1 W',
  'EXPOSE 80/tcp 8000-8010 $P',
  'USER "u":g',
  'WORKDIR /a b',
  'VOLUME ["/v", "/w"]',
  'HEALTHCHECK --interval=5s CMD ["x", "y z"]',
  'SHELL ["/bin/bash", "-euo", "pipefail", "-c"]',
  'ONBUILD RUN <<EOF\nt\nEOF',
  'STOPSIGNAL SIGTERM',
  'MAINTAINER A <a@b>',
  '# comment',
  '',
];
const document = fc
  .tuple(fc.array(fc.constantFrom(...LINES), { maxLength: 10 }), newline, bom)
  .map(([lines, eol, start]) => start + ['FROM scratch', ...lines].join('\n').replaceAll('\n', eol));

/** The same with parts of it cut out, doubled or replaced. */
const damaged = fc
  .tuple(
    document,
    fc.array(
      fc.tuple(
        fc.nat(400),
        fc.nat(6),
        fc.constantFrom(
          '',
          '\\',
          '`',
          '"',
          "'",
          '$',
          '${',
          '}',
          '<<',
          '<<EOF ',
          '[',
          '#',
          '\n',
          '\r',
          '\0',
          '\u0085',
          '\uD800',
          ' ',
          '--',
          '=',
          UNRESOLVED,
        ),
      ),
      { maxLength: 5 },
    ),
  )
  .map(([text, cuts]) =>
    cuts.reduce((now, [at, length, put]) => now.slice(0, at) + put + now.slice(at + length), text),
  );

describe('writing back', () => {
  test('a character replaced by itself changes nothing', () => {
    let written = 0;
    fc.assert(
      fc.property(document, fc.nat(), (text, seed) => {
        const tree = parse(text);
        const before = meaning(tree);
        const all = texts(tree).filter(source => source.text.length > 0);
        for (let i = 0; i < Math.min(6, all.length); i++) {
          const source = all[(seed + i * 7) % all.length]!;
          const at = (seed + i * 3) % source.text.length;
          const edit = source.replace(at, at + 1, source.text[at]!);
          if (!edit) continue;
          written++;
          expect(meaning(parse(apply(text, edit)))).toEqual(before);
        }
      }),
      { numRuns: 400 },
    );
    expect(written).toBeGreaterThan(1000);
  });

  test('a literal value can be given any other text that its place can hold', () => {
    const put = fc.string({
      unit: fc.constantFrom('a', '9', ' ', '"', "'", '\\', '$', '#', '-', '😀', '=', '`', '<'),
      maxLength: 5,
    });
    let written = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(
          'ENV A="bcd"',
          "ENV A='bcd'",
          'ENV A=bcd',
          'ENV A=b"c"d',
          'ENV A bcd',
          'ENV A=""',
          'ENV A=\\\nbcd \\\n B=1',
        ),
        put,
        (env, newText) => {
          const text = `FROM scratch\n${env}\nUSER $A`;
          const { value } = first(parse(text), 'env').pairs[0]!;
          const edit = value.source.replace(0, value.source.text.length, newText);
          if (!edit) return;
          written++;
          const again = parse(apply(text, edit));
          expect(first(again, 'env').pairs[0]!.value.literal).toBe(newText);
          expect(again.instructions).toHaveLength(3);
          expect(again.problems).toEqual([]);
        },
      ),
      { numRuns: 1500 },
    );
    expect(written).toBeGreaterThan(500);
  });

  test('an edit of a script keeps the instruction together', () => {
    const put = fc.string({ unit: fc.constantFrom('a', ' ', '\\', '#', '<', 'E', '"', '\n'), maxLength: 4 });
    const script = fc.constantFrom(
      'RUN a b',
      'RUN a \\\n b \\\n # note\n c',
      'RUN a \\\n\tb',
      'RUN <<E\nab\nE',
      'RUN <<-E\n\tab\n\tE',
      'RUN cat <<E >f\nab\nE',
    );
    let edited = 0;
    fc.assert(
      fc.property(script, fc.nat(20), fc.nat(5), put, (line, at, length, newText) => {
        const text = `FROM scratch\n${line}\nUSER end`;
        const tree = parse(text);
        const before = first(tree, 'run').script!;
        const start = Math.min(at, before.text.length);
        const end = Math.min(start + length, before.text.length);
        const edit = before.replace(start, end, newText);
        if (!edit) return;
        edited++;
        const after = parse(apply(text, edit));
        expect(after.instructions.map(({ keyword }) => keyword)).toEqual(['FROM', 'RUN', 'USER']);
        const kept = tree.comments.filter(({ span }) => span.end <= edit.span.start || span.start >= edit.span.end);
        expect(after.comments).toHaveLength(kept.length);
        const wanted = before.text.slice(0, start) + newText + before.text.slice(end);
        // Blanks at the end of the line are not part of it.
        const bare = (script: string) => script.trim().replace(/[ \t]+$/gm, '');
        expect(bare(first(after, 'run').script!.text)).toBe(bare(wanted));
      }),
      { numRuns: 3000 },
    );
    expect(edited).toBeGreaterThan(1000);
  });
});

test('any text is read without an exception, and every span lies in it', () => {
  fc.assert(
    fc.property(fc.oneof(damaged, fc.string({ unit: 'binary', maxLength: 200 })), text => {
      const build = lower(text);
      const inside = (span: { start: number; end: number }) => {
        expect(span.start).toBeGreaterThanOrEqual(0);
        expect(span.end).toBeGreaterThanOrEqual(span.start);
        expect(span.end).toBeLessThanOrEqual(text.length);
      };
      const tree = parse(text);
      for (const source of texts(tree)) inside(source.span);
      for (const { span } of [...tree.instructions, ...tree.comments, ...tree.problems, ...tree.stages]) inside(span);
      for (const stage of build.stages) for (const step of stage.steps) inside(step.span);
      for (const problem of tree.problems)
        for (const fix of problem.fixes ?? []) for (const edit of fix?.edits ?? []) inside(edit.span);
    }),
    { numRuns: 2000 },
  );
});
