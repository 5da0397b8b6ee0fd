/** Makes scripts that are right, of everything that the grammar has, and scripts that are nearly right. */
import { Words } from './generate-words.ts';

/** Gives an integer from 0 to `max`. */
export type Pick = (max: number) => number;

/** A script that bash accepts. `all`: with what `bash -n` accepts even when it is broken. */
export function makeScript(pick: Pick, all = true): string {
  const script = new Lists(pick, all);
  script.list(1 + pick(2));
  if (script.chance(2)) script.newline();
  script.flush();
  return script.text;
}

/** A script with a piece taken out, put in, doubled or cut off. */
export function spoiltScript(pick: Pick): string {
  const text = makeScript(pick, false);
  const at = pick(text.length);
  const end = Math.min(text.length, at + 1 + pick(3));
  switch (pick(4)) {
    case 0:
      return text.slice(0, at) + text.slice(end);
    case 1:
      return text.slice(0, at) + PIECES[pick(PIECES.length - 1)] + text.slice(at);
    case 2:
      return text.slice(0, end) + text.slice(at);
    case 3:
      return text.slice(0, at);
    default:
      return text.slice(0, Math.min(at, 30)) + text.slice(at);
  }
}

const PIECES = [
  ...['(', ')', '{ ', ' }', ';', ';;', '&', '&&', '|', '||', '\n', '"', "'", '`', '$(', '${', '$((', '))', '\\', '#'],
  ...[
    ' if ',
    ' then ',
    ' fi ',
    ' do ',
    ' done ',
    ' esac ',
    ' case ',
    ' in ',
    ' else ',
    ' ! ',
    '<<E\n',
    '>',
    '<(',
    '[[',
  ],
];

class Lists extends Words {
  protected override inner(depth: number): string {
    const inner = new Lists(this.pick, this.all, true);
    inner.list(depth);
    if (this.chance(4)) inner.newline();
    inner.flush();
    return inner.text;
  }

  list(depth: number): void {
    const n = (this.pick(5) >> 1) >> (3 - Math.min(depth, 3));
    for (let i = 0; i <= n; i++) {
      this.statement(depth);
      if (i < n) this.separator();
    }
  }

  private separator(): void {
    if (this.waiting || this.chance(2)) this.newline();
    else this.add('; ', ';', ' ;', ' & ');
  }

  /** A list with what ends it. */
  private ended(depth: number): void {
    this.list(depth);
    if (this.waiting || this.chance(2)) this.newline();
    else this.text += '; ';
  }

  private statement(depth: number): void {
    if (this.chance(40)) this.add('coproc a b', 'coproc { a; }', 'coproc N { a; }');
    else if (depth > 0 && this.chance(20)) this.definition(depth - 1);
    else this.andOr(depth);
  }

  private definition(depth: number): void {
    this.add('f() ', 'f () ', 'function f ', 'function f() ', 'f()\n');
    this.between('{ ', depth, '} ');
    if (this.chance(4)) this.redirect(depth);
  }

  private andOr(depth: number): void {
    this.pipeline(depth);
    for (let i = this.pick(4); i > 2; i--) {
      this.add(' && ', '||', ' && \\\n ');
      if (this.chance(5)) this.newline();
      this.pipeline(depth);
    }
  }

  private pipeline(depth: number): void {
    // Right after `$(` bash 5.2 does not know `time`.
    if (this.chance(12)) this.add('! ', ...(this.text.trim() === '' ? [] : ['time ', 'time -p ']));
    this.command(depth);
    for (let i = this.pick(5); i > 3; i--) {
      this.add(' | ', '|', ' |& ');
      if (this.chance(6)) this.newline();
      this.command(depth);
    }
  }

  private command(depth: number): void {
    // mvdan-sh starts no here-document after some compound commands.
    if (depth <= 0 || this.waiting || this.chance(2)) this.simple(depth);
    else {
      this.compound(depth - 1);
      if (this.chance(4)) {
        this.text += ' ';
        this.redirect(depth - 1);
      }
    }
  }

  private simple(depth: number): void {
    if (this.chance(10)) {
      this.assignment(depth - 1, true);
      return;
    }
    for (let i = this.pick(5); i > 4; i--) {
      this.assignment(depth - 1, false);
      this.text += ' ';
    }
    if (this.chance(12)) this.redirect(depth - 1);
    else this.add('a', 'echo', 'apt-get', '/bin/x', '[', 'exec', ':', 'sudo');
    for (let i = this.pick(4); i > 0; i--) {
      if (this.chance(8)) this.add('  ', '\t', ' \\\n ', '\\\n ');
      else this.text += ' ';
      if (this.chance(6)) this.redirect(depth - 1);
      else this.word(depth - 1);
    }
  }

  private between(before: string, depth: number, after: string): void {
    this.add(before);
    this.ended(depth);
    this.text += after;
  }

  private compound(depth: number): void {
    this.one(
      () => this.condition(depth),
      () => {
        this.add('while ', 'until ');
        this.ended(depth);
        this.between('do ', depth, 'done');
      },
      () => this.loop(depth),
      () => {
        this.add(this.all ? 'for ((i=0; i < 3; i++))' : 'for i');
        this.add(';', '\n', ' ');
        this.between('do ', depth, 'done');
      },
      () => this.cases(depth),
      () => {
        const inner = this.inner(depth);
        this.text += `(${inner.startsWith('(') ? ' ' : ''}${inner})`;
      },
      () => this.between('{ ', depth, '}'),
      () => {
        this.add('[[ -f $x ]]', '[[ a == b* && ! ( -e "c d" ) ]]', '[[ $x =~ ^(a|b)+$ ]]');
        this.add('', ' && [[ a < b ||\n c ]]');
      },
      () => this.add('((x++))', '(( x = 1 << 2 ))', '((a[1] > (2)))'),
      () => this.add('export A=1 B', 'declare -a x=(a "b c")', 'local y=$x', 'readonly Z'),
    );
  }

  private condition(depth: number): void {
    this.between('if ', depth, '');
    this.between('then ', depth, '');
    if (this.chance(3)) {
      this.between('elif ', depth, '');
      this.between('then\n', depth, '');
    }
    if (this.chance(3)) this.between('else ', depth, '');
    this.text += 'fi';
  }

  private loop(depth: number): void {
    this.add('for i', 'select if_', 'for done2');
    if (this.chance(4)) this.add(' ', '; ', '\n');
    else {
      this.text += ' in';
      for (let i = this.pick(3); i > 0; i--) {
        this.text += ' ';
        this.word(depth);
      }
      this.add(';', '\n', ' ; ');
    }
    this.between('do ', depth, 'done');
  }

  private cases(depth: number): void {
    this.text += 'case ';
    this.word(depth);
    this.add(' in ', ' in\n', '\nin\n');
    const n = this.pick(2);
    for (let i = 0; i <= n; i++) {
      this.add('', '(', '( ');
      this.add('a)', '*)', 'a|b)', '"x y" | $z )', '[a-z]*)', '-h | --help)');
      if (!this.chance(4)) {
        this.text += ' ';
        this.list(depth);
        this.flush();
      }
      if (i < n || this.chance(2)) this.add(' ;; ', ';;\n', '\n;;\n', ' ;& ', ' ;;& ');
      else this.add('\n');
    }
    this.text += 'esac';
  }
}
