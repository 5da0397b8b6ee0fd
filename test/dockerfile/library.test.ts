/** Places where the library `dockerfile-ast` reads a file otherwise than the builder does, and where we must not. */
import { DockerfileParser } from 'dockerfile-ast';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { first, lower, parse } from './support.ts';

const keywords = (text: string) => parse(text).instructions.map(instruction => instruction.keyword);

describe('what the library gets wrong', () => {
  test('Buffer is not needed', () => {
    const { Buffer } = globalThis;
    try {
      (globalThis as { Buffer?: unknown }).Buffer = undefined;
      expect(keywords('FROM a\nRUN b')).toEqual(['FROM', 'RUN']);
    } finally {
      globalThis.Buffer = Buffer;
    }
  });

  test.each(['  FROM a\nENV A=1\nUSER $A', '\uFEFFFROM a\nENV A=1\nUSER $A'])(
    'an indented start and a byte order mark: %j',
    text => {
      expect(first(parse(text), 'user').user?.literal).toBe('1');
    },
  );

  test('variables of ten thousand ENV lines are found', () => {
    const lines = Array.from({ length: 10_000 }, (_, i) => `ENV A${i}=${i}`);
    const tree = parse(`FROM a\n${lines.join('\n')}\nUSER $A1-$A9999`);
    expect(first(tree, 'user').user?.literal).toBe('1-9999');
  });

  test('JSON strings keep their blanks and escapes', () => {
    const { json } = first(
      parse(String.raw`FROM a
CMD [ "a  b", "c\td", "\u0041\"\\" ]`),
      'cmd',
    );
    expect(json?.elements.map(element => element.text)).toEqual(['a  b', 'c\td', 'A"\\']);
  });

  test.each(['["a",]', '["a"]x', "['a']", '["a"'])('%s is the shell form', text => {
    const cmd = first(parse(`FROM a\nCMD ${text}`), 'cmd');
    expect(cmd.command).toMatchObject({ form: 'shell' });
    expect(cmd.json).toBeUndefined();
  });

  test.each([
    'RUN echo "<<EOF"',
    "RUN echo '<<EOF'",
    'RUN echo "1 <<X"',
    'RUN echo $((1 << 3))',
    'RUN echo $((1 <<X))',
    'RUN cat <<<word',
    'RUN cat<<EOF',
  ])('%s opens no heredoc', line => {
    expect(keywords(`FROM a\n${line}\nUSER b`)).toEqual(['FROM', 'RUN', 'USER']);
    expect(parse(`FROM a\n${line}\nUSER b`).problems).toEqual([]);
  });

  // https://github.com/moby/buildkit/pull/5817
  test.each([
    "cat << 'EOF' > /a\nUSER x\nEOF",
    'cat <<-   EOF > /a\nUSER x\n\tEOF',
    'cat /dev/fd/3 3<< EOF\nUSER x\nEOF',
  ])('a delimiter may stand apart: %j', text => {
    const tree = parse(`FROM a\nRUN ${text}\nUSER b`);
    expect(keywords(tree.source.text)).toEqual(['FROM', 'RUN', 'USER']);
    expect(first(tree, 'run').heredocs.map(({ body, delimiter }) => [delimiter, body.text])).toEqual([
      ['EOF', 'USER x\n'],
    ]);
    expect(tree.problems).toEqual([]);
  });

  // Before BuildKit 0.22 it opens nothing, and what follows is an instruction.
  test('a delimiter that stands apart opens nothing without its end', () => {
    expect(keywords('FROM a\nRUN cat << EOF\nUSER b')).toEqual(['FROM', 'RUN', 'USER']);
    expect(keywords('FROM a\nRUN cat <<\nUSER b')).toEqual(['FROM', 'RUN', 'USER']);
  });

  test('a heredoc with a descriptor', () => {
    const tree = parse('FROM a\nRUN cat /dev/fd/3 3<<EOF\nUSER x\nEOF\nUSER b');
    expect(keywords(tree.source.text)).toEqual(['FROM', 'RUN', 'USER']);
    expect(first(tree, 'run').heredocs).toMatchObject([{ fileDescriptor: 3, delimiter: 'EOF' }]);
  });

  test('bodies of heredocs are no arguments', () => {
    const copy = first(parse('FROM a\nCOPY <<EOF <<-"B" c /d/\nx\nEOF\n\ty\n\tB\n'), 'copy');
    expect(copy.sources.map(source => source.literal)).toEqual(['c']);
    expect(copy.destination?.literal).toBe('/d/');
    expect(copy.heredocs.map(({ body, quoted }) => [body.text, quoted])).toEqual([
      ['x\n', false],
      ['y\n', true],
    ]);
  });

  test('an escaped escape character continues nothing', () => {
    expect(keywords('FROM a\nRUN echo a\\\\\nUSER b')).toEqual(['FROM', 'RUN', 'USER']);
  });

  test('directives go on behind an unknown one', () => {
    const tree = parse('# syntax=docker/dockerfile:1\n# unknown=1\n# escape=`\nFROM a\nRUN b `\n c');
    expect(tree.escape).toBe('`');
    expect(tree.directives.map(({ name, known }) => [name, known])).toEqual([
      ['syntax', true],
      ['unknown', false],
      ['escape', true],
    ]);
    expect(first(tree, 'run').rest.text).toBe('b  c');
  });

  test('a comment, a blank line or an instruction ends the directives', () => {
    for (const line of ['# words', '', 'FROM a']) expect(parse(`${line}\n# escape=\`\nFROM a`).escape).toBe('\\');
  });

  test('nested defaults, patterns and `$$`', () => {
    const value = (word: string) =>
      first(parse(`ARG V=1\nFROM scratch\nENV Y=y F=a.tar.gz\nUSER ${word}`), 'user').user?.literal;
    expect(value('${X:-${Y}}')).toBe('y');
    expect(value('${F%.*}')).toBe('a.tar');
    expect(value('a$$b')).toBe('ab');
  });

  test('registry, tag and digest stay together', () => {
    const digest = `sha256:${'0'.repeat(64)}`;
    const { image } = first(parse(`FROM --platform=$BUILDPLATFORM reg:5000/x/y:1.2@${digest} AS z`), 'from');
    expect(image?.literal).toBe(`reg:5000/x/y:1.2@${digest}`);
  });

  test('tens of thousands of comments and FROM lines', () => {
    const build = lower('# c\nFROM a\n'.repeat(20_000));
    expect(build.stages).toHaveLength(20_000);
    expect(build.comments[7]?.target).toEqual(build.stages[7]?.span);
  });

  test('a `\\n` in front of a continuation stays', () => {
    expect(first(parse("FROM a\nRUN echo '\\n\\\nb'"), 'run').rest.text).toBe("echo '\\nb'");
  });
});

/** Documents without the constructions above: the library and we must agree on them. */
const plainWord = fc.constantFrom('a', 'b/c', 'x=1', '$V', '"q w"', '-y', '&&', 'é😀', 'http://h/p');
const gap = fc.constantFrom(' ', '  ', '\t', ' \\\n  ', '\\\r\n ');
const line = fc
  .tuple(
    fc.constantFrom('RUN', 'run', 'COPY', 'ADD', 'USER', 'CMD', 'EXPOSE', 'LABEL', 'Env', 'VOLUME', 'STOPSIGNAL'),
    fc.array(fc.tuple(gap, plainWord), { minLength: 1, maxLength: 6 }),
  )
  .map(([keyword, words]) => keyword + words.map(([space, word]) => space + word).join(''));
const filler = fc.constantFrom('', '# comment', '   ', '  # indented');

test('the library agrees on plain documents', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(line, filler), { maxLength: 12 }),
      fc.constantFrom('\n', '\r\n'),
      (lines, newline) => {
        const text = ['FROM a AS b', ...lines].join(newline);
        const starts = [0];
        for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
        const theirs = DockerfileParser.parse(text).getInstructions();
        const offset = ({ line, character }: { line: number; character: number }) => starts[line]! + character;
        const bare = (part: string | null) => (part ?? '').replace(/\s/g, '');
        expect(
          parse(text).instructions.map(({ keyword, span, rest }) => [keyword, span.start, span.end, bare(rest.text)]),
        ).toEqual(
          theirs.map(instruction => [
            instruction.getKeyword(),
            offset(instruction.getRange().start),
            offset(instruction.getRange().end),
            bare(instruction.getArgumentsContent()),
          ]),
        );
      },
    ),
    { numRuns: 500 },
  );
});
