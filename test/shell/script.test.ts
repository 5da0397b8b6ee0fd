import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Decoder, SourceText } from '../../core/text.ts';
import { lineOf, linesOf, scriptOf } from './parser.ts';

const CASES: readonly [script: string, ...lines: string[]][] = [
  // How commands are joined.
  ['a && b || c; d & e\nf', 'a', '&& b', '|| c', '; d &', '& e', '; f'],
  ['a &&\n # why\n\n b', 'a', '&& b'],
  ['a | b |& c && d', 'a 1/3', 'b 2/3', 'c 3/3', '&& d'],
  ['a | b | c && d | e || ! f | g', 'a 1/3', 'b 2/3', 'c 3/3', '&& d 1/2', '&& e 2/2', '|| f 1/2', '|| g 2/2'],
  ['a && b & c', 'a &', '&& b &', '& c'],
  ['! a; b', 'a', '; b'],
  // The parser library's own reading of these is another one.
  ['echo >&2 "msg" x', 'echo·msg·x >&2'],
  ['a && b 2>&1 | tee x', 'a', '&& b 2>&1 1/2', '&& tee·x 2/2'],
  ['good\\\nbye x\\\n y', 'goodbye·x·y'],
  ['echo `date +\\`x\\``y', 'echo·◊y', 'date·+◊ {substitution}', 'x {substitution substitution}'],
  ['for x do a; done', 'a {loop}'],
  ['> f', '>f'],
  ['a; >f b', 'a', '; b >f'],
  ['a\u00a0b c', 'a\u00a0b·c'],
  ['a\r\nb\r\n', 'a', '; b'],
  // Nesting.
  [
    'if a; then b; elif c; then d; else e; fi >x',
    'a {condition}',
    'b {condition}',
    'c {condition}',
    'd {condition}',
    'e >x {condition}',
  ],
  ['for i in x $(y); do a; done', 'y {loop substitution}', 'a {loop}'],
  ['for ((i=0;i<3;i++)); do a; done', 'a {loop}'],
  ['c | while read x; do b; done <f | e', 'c 1/3', 'read·x <f {loop} 2/3', 'b {loop}', 'e 3/3'],
  ['until a; do b; done < <(c)', 'a <◊ {loop}', 'b {loop}', 'c {substitution}'],
  ['f() { a; b; }; function g { c; }', 'a {function}', '; b {function}', 'c {function}'],
  ['case $x in a|b) c;; (d) e; g ;; *) ;; esac', 'c {case}', 'e {case}', '; g {case}'],
  ['echo $(case x in a) b;; esac) c', 'echo·◊·c', 'b {substitution case}'],
  ['(a; b) && c', 'a {subshell}', '; b {subshell}', '&& c'],
  ['{ a; b; } | c', 'a {group}', '; b {group} 1/2', 'c 2/2'],
  [
    'a $(b; c)x <(d) "$(e)"',
    'a·◊x·◊·◊',
    'b {substitution}',
    '; c {substitution}',
    'd {substitution}',
    'e {substitution}',
  ],
  ['echo ${x:-$(foo "a b")} $((1 + $(n))) z', 'echo·◊·◊·z', 'foo·a b {substitution}', 'n {substitution}'],
  ['[[ a && b || (c =~ ^(x|y)$) ]] && d', '[[·a·&&·b·||·(·c·=~·^(x|y)$·)·]]', '&& d'],
  ['((x++)); b', '; b'],
  [
    'echo $( (a) ) $((b) | c)',
    'echo·◊·◊',
    'a {substitution subshell}',
    'b {substitution subshell} 1/2',
    'c {substitution} 2/2',
  ],
  [
    'a | { if b; then (c) fi }; f() { { d; } }',
    'a 1/2',
    'b {group condition} 2/2',
    'c {group condition subshell}',
    'd {function group}',
  ],
  ['case x in (a) b ;; (c) { d; } esac', 'b {case}', 'd {case group}'],
  // Assignments and arrays.
  ['X=1 Y="2 $(z)" w', 'X=1 Y=◊2 w'.replace('◊2', '2 ◊'), 'z {substitution}'],
  ['x=(a b $(c) # no )\n) y+=1 z=', 'x= y=1 z=', 'c {substitution}'],
  ['export A=1 B', 'export·A=1·B'],
  // Redirections.
  ['a 2>>l 3<&0 >|x &>y <<<"in"', 'a 2>>l 3<&0 >|x &>y <<<in'],
  ['a > >(tee x) 2>&1 | b', 'a >◊ 2>&1 1/2', 'tee·x {substitution}', 'b 2/2'],
  // Heredocs.
  ['cat > f <<-"E"; z\n\ta $x\n\tE\nq', 'cat >f <<-"a $x\\n"', '; z', '; q'],
  ['cat <<A <<B\n1 $x \\$y\nA\n2\nB\nz', 'cat <<"1 ◊ $y\\n" <<"2\\n"', '; z'],
  [
    'cat <<E\n$(a `b`) `c`\nE',
    'cat <<"◊ ◊\\n"',
    'a·◊ {substitution}',
    'b {substitution substitution}',
    'c {substitution}',
  ],
  ['while read x; do y; done <<E && z\nb\nE', 'read·x <<"b\\n" {loop}', 'y {loop}', '&& z'],
  ['cat <<E\nno end', 'cat <<"no end"'],
  // Scripts inside the script.
  ['bash -ec "apt-get $x; b" n', 'bash·-ec·apt-get ◊; b·n', 'apt-get·◊ {string-script}', '; b {string-script}'],
  ['bash -euxo pipefail -c "a"', 'bash·-euxo·pipefail·-c·a', 'a {string-script}'],
  ["su - joe -c 'a | b'", 'su·-·joe·-c·a | b', 'a {string-script} 1/2', 'b {string-script} 2/2'],
  ['sudo -u x bash <<E\nfoo\nE', 'sudo·-u·x·bash <<"foo\\n"', 'foo {heredoc-script}'],
  [
    'cat <<E | sh -x\nhello $(w)\nE',
    'cat <<"hello ◊\\n" 1/2',
    'sh·-x 2/2',
    'hello·◊ {heredoc-script}',
    'w {substitution}',
  ],
  ["find . -exec sh -c 'a' \\;", 'find·.·-exec·sh·-c·a·;', 'a {string-script}'],
  ["echo 'a; b' | sh", 'echo·a; b 1/2', 'a {string-script}', '; b {string-script}', 'sh 2/2'],
  ["printf '%s\\n' 'a b' | sudo bash -s x", 'printf·%s\\n·a b 1/2', 'a·b {string-script}', 'sudo·bash·-s·x 2/2'],
  // Another text than is written, or none that is known.
  ["echo -e 'a\\nb' | sh", 'echo·-e·a\\nb 1/2', 'sh 2/2'],
  ['echo a b | sh', 'echo·a·b 1/2', 'sh 2/2'],
  ['A=b | sh', 'A=b 1/2', 'sh 2/2'],
  ["printf 'a%s' 'b' | sh", 'printf·a%s·b 1/2', 'sh 2/2'],
  ["at now <<'E'\na b\nE", 'at·now <<"a b\\n"', 'a·b {heredoc-script}'],
  ["echo 'a' | at -m 3am", 'echo·a 1/2', 'a {string-script}', 'at·-m·3am 2/2'],
  ["echo 'a' | at -f x now", 'echo·a 1/2', 'at·-f·x·now 2/2'],
  ["script -qec 'a b' /dev/null", 'script·-qec·a b·/dev/null', 'a·b {string-script}'],
  ["sg docker -c 'a b'", 'sg·docker·-c·a b', 'a·b {string-script}'],
  ["flock -w 5 /x -c 'a b'", 'flock·-w·5·/x·-c·a b', 'a·b {string-script}'],
  ["setarch x86_64 -R sh -c 'a b'", 'setarch·x86_64·-R·sh·-c·a b', 'a·b {string-script}'],
  [
    'pwsh -enc YQAgACIAYgAgAGMAIgA7ACAAZAA=',
    'pwsh·-enc·YQAgACIAYgAgAGMAIgA7ACAAZAA=',
    'a·b c {string-script}',
    '; d {string-script}',
  ],
  // Not UTF-16.
  ['pwsh -enc YSBiIGMK', 'pwsh·-enc·YSBiIGMK'],
  ['sh x.sh; sh -c "$y"', 'sh·x.sh', '; sh·-c·◊', '◊ {string-script}'],
  // What another machine runs is not among the commands.
  ["ssh -i k host 'a; b' && c", 'ssh·-i·k·host·a; b', '&& c'],
  // What is not a grammar stays a word.
  ['echo if then } done [ ! case', 'echo·if·then·}·done·[·!·case'],
  ['find . -name "*.py" -exec rm {} +', 'find·.·-name·*.py·-exec·rm·{}·+'],
  ['echo a#b # c "', 'echo·a#b'],
];

const ELSEWHERE: readonly [script: string, ...lines: string[]][] = [
  ["ssh -i k host 'a | b; c' && d", 'a {remote-script} 1/2', 'b {remote-script} 2/2', '; c {remote-script}'],
  ['sshpass -p x ssh -p 22 u@$HOST sudo a "$X" b', 'sudo·a·◊·b {remote-script}'],
  ['ssh host <<E\na\nE', 'a {remote-script}'],
  ["ssh host bash -s <<'E'\na\nE", 'a {remote-script}'],
  ["ssh host 'sudo bash -s' <<E\na\nE", 'a {remote-script}'],
  ['ssh host \'bash -c "a"\'', 'bash·-c·a {remote-script}', 'a {remote-script string-script}'],
  ["(ssh host 'a')", 'a {subshell remote-script}'],
  ["ssh host 'bash x.sh' <<E\na\nE", 'bash·x.sh {remote-script}'],
  ['ssh host'],
  ['ssh -V'],
  ['ssh-keygen -A; scp a host:b'],
];

describe('scripts for another machine', () => {
  for (const [script, ...lines] of ELSEWHERE)
    it(script, () => expect(scriptOf(script).elsewhere.map(lineOf)).toEqual(lines));
  it('broken ones do not break the script', () => expect(scriptOf("ssh host 'if a; fi )'; b").tree.broken).toBe(false));
});

describe('commands', () => {
  it.each(CASES)('of %j', (script, ...lines) => {
    expect(linesOf(script)).toEqual(lines);
    expect(scriptOf(script).tree.broken).toBe(false);
  });

  it.each([
    ['if a; then', 'a {condition}'],
    ['a (', 'a'],
    ['echo "x', 'echo·x'],
    ["echo 'x", 'echo·x'],
    ['echo $(a', 'echo·◊', 'a {substitution}'],
    ['a; fi; b', 'a', '; b'],
  ])('around what cannot be read: %j', (script, ...lines) => {
    expect(linesOf(script)).toEqual(lines);
  });

  it('stand at their offsets, those of nested scripts at offsets of the outermost', () => {
    const text = `x; bash -c "a 'b c'; d \\"e\\""; y \`f \\\\\\$g\``;
    const script = scriptOf(text);
    expect(script.commands.map(({ start, end }) => text.slice(start, end))).toEqual([
      'x',
      `bash -c "a 'b c'; d \\"e\\""`,
      `a 'b c'`,
      'd \\"e\\"',
      'y `f \\\\\\$g`',
      'f \\\\\\$g',
    ]);
    const inner = script.commands[2]!.words[1]!;
    expect(text.slice(inner.start, inner.end)).toBe(`'b c'`);
    expect(inner.literal).toBe('b c');
    expect(inner.value.replace(0, 1, 'x"y')?.newText).toBe('x\\"y');
  });

  it('write through every layer of the document', () => {
    const document = SourceText.document('["sh", "a \\"b\\" c"]');
    const source = new Decoder(document, text => JSON.stringify(text).slice(1, -1))
      .verbatim(8, 10)
      .as('"', 10, 12)
      .verbatim(12, 13)
      .as('"', 13, 15)
      .verbatim(15, 17)
      .done();
    const [command] = scriptOf(source).commands;
    expect(command!.words.map(word => word.literal)).toEqual(['a', 'b', 'c']);
    expect(command!.words[1]!.value.replace(0, 1, 'x"')).toEqual({ span: { start: 12, end: 13 }, newText: 'x\\\\\\"' });
  });

  it('never throw, and have offsets in range, whatever the text', () => {
    const pieces = fc.constantFrom(
      ...[
        '(',
        ')',
        'if',
        'then',
        'fi',
        '{',
        '}',
        ';',
        '&&',
        '|',
        'a',
        '"',
        "'",
        '$(',
        '`',
        '\n',
        'done',
        'do',
        'case',
        'in',
      ],
      ...[
        'esac',
        '<<E',
        'E',
        '>',
        '<(',
        '$((',
        '))',
        '${',
        '\\',
        '\\\n',
        '\0',
        '\ud800',
        '[[',
        ']]',
        'x=(',
        'f()',
        '{{',
        '}}',
      ],
      ...['sh -c ', 'bash <<E\n', 'for', '#', '!', '\uE000', '\r\n', "$'", '\t', 'é', '&', '2>&1', 'eval '],
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string()), { maxLength: 40 }), fc.boolean(), (parts, spaced) => {
        const text = parts.join(spaced ? ' ' : '');
        const { commands } = scriptOf(text);
        for (const command of commands) {
          const nodes = [command, ...command.words, ...command.redirects, ...command.assignments];
          for (const { start, end } of nodes) {
            expect(start).toBeGreaterThanOrEqual(0);
            expect(end).toBeGreaterThanOrEqual(start);
            expect(end).toBeLessThanOrEqual(text.length);
          }
          for (const word of command.words) expect(word.literal === undefined).toBe(word.expansions.length > 0);
          expect(command.pipeline).toContain(command);
          for (const { heredoc } of command.redirects) heredoc?.body.span;
        }
        expect(commands.map(({ start }) => start)).toEqual(commands.map(({ start }) => start).sort((a, b) => a - b));
      }),
      { numRuns: 3000 },
    );
  });

  it('give up on hostile nesting instead of taking time for it', () => {
    for (const part of ['(', 'if ', '$(', '$((', '${', '"$(', 'f() ', '{{', '[[ a ', '} | ', 'case x in ', "sh -c '"]) {
      const { commands } = scriptOf(part.repeat(Math.floor(150_000 / part.length)));
      expect(commands.length).toBeLessThan(50_000);
    }
  });

  it('are none in a language that is no shell, or a script that is too long', () => {
    expect(scriptOf('a', 'other').commands).toEqual([]);
    expect(scriptOf('a '.repeat(150_000)).commands).toEqual([]);
  });
});

it('places what is encoded at the whole word, and writes nothing there', () => {
  const text = 'sudo pwsh -EncodedCommand YQAgACIAYgAgAGMAIgA7ACAAZAA= -x';
  const [, command] = scriptOf(text).commands;
  const word = command!.words[1]!;
  expect(word.literal).toBe('b c');
  const { start, end } = word.value.span;
  expect(text.slice(start, end)).toBe('YQAgACIAYgAgAGMAIgA7ACAAZAA=');
  expect(text.slice(command!.start, command!.end)).toBe('YQAgACIAYgAgAGMAIgA7ACAAZAA=');
  expect(word.value.replace(0, 3, 'x')).toBeUndefined();
  expect(word.value.insert(1, 'x')).toBeUndefined();
});
