/** Where another parser and this one disagree, and why this one is right: one script for each kind. */

export interface Judged {
  readonly script: string;
  /** The commands as this parser finds them. */
  readonly ours: readonly string[];
  readonly why: string;
}

/** mvdan-sh rejects these; bash runs them. */
export const MVDAN_REFUSES: readonly Judged[] = [
  {
    script: 'cat <<E\na',
    ours: ['0  |  | cat | <<E:"a"'],
    why: 'The end of the text ends a here-document too; bash only warns.',
  },
  {
    script: 'x=(a) b',
    ours: ['0  | x=(a) | b | '],
    why: 'Bash reads it, and ignores what cannot be put into an environment.',
  },
  { script: 'x[0]=a b', ours: ['0  | x[0]=a | b | '], why: 'The same for an element.' },
  { script: 'x=([a-z])', ours: ['0  | x=([a-z]) |  | '], why: 'A pattern and no index, as no `=` follows.' },
  {
    script: 'x=$((a; b) | c)',
    ours: [
      '0  | x=$((a; b) | c) |  | ',
      '5  |  | a |  {substitution subshell}',
      '8 ; |  | b |  {substitution subshell} 1/2',
      '13  |  | c |  {substitution} 2/2',
    ],
    why: 'What does not end with `))` is a subshell in a substitution.',
  },
  {
    script: '((a) || b)',
    ours: ['2  |  | a |  {subshell subshell}', '8 || |  | b |  {subshell}'],
    why: 'The same without `$`.',
  },
  { script: 'let k=a-b  # c', ours: ['0  |  | let k=a-b | '], why: 'What follows the blank is a comment.' },
];

/** mvdan-sh finds other commands in these. */
export const MVDAN_DIFFERS: readonly Judged[] = [
  { script: 'echo "a"#b', ours: ['0  |  | echo · "a"#b | '], why: 'A comment starts only where a word may start.' },
  { script: 'echo $x#b', ours: ['0  |  | echo · $x#b | '], why: 'The same behind a variable.' },
  {
    script: 'f() { a; } && b',
    ours: ['6  |  | a |  {function}', '14 && |  | b | '],
    why: 'The body of a function is one command, and no list.',
  },
  {
    script: 'a | time b',
    ours: ['0  |  | a |  1/2', '4  |  | time · b |  2/2'],
    why: 'Only the first word of a pipeline is the reserved `time`; elsewhere it is the program.',
  },
  {
    script: 'cat <<E && [[ x ]]\na\nE\nb',
    ours: ['0  |  | cat | <<E:"a\\n"', '11 && |  | [[ x ]] | ', '23 ; |  | b | '],
    why: 'A here-document starts behind a test as behind any command.',
  },
  {
    script: '`a \\`b\\``',
    ours: [
      '0  |  | `a \\`b\\`` | ',
      '1  |  | a · \\`b\\` |  {substitution}',
      '5  |  | b |  {substitution substitution}',
    ],
    why: 'The library loses count of the escapes between backquotes.',
  },
];

/** `bash -n` says nothing about these, and this parser calls them broken. */
export const BASH_ACCEPTS: readonly Judged[] = [
  {
    script: 'for ((i=0; i < 3) do a; done',
    ours: ['6  | i=0 |  |  {subshell subshell}', '11 ; |  | i | <3 {subshell subshell}', '21 ; |  | a |  {subshell}'],
    why: 'Bash stops reading and ends with status 0; nothing of it runs.',
  },
  { script: '[[ a && ]]', ours: ['0  |  | [[ a && ]] | '], why: 'The same.' },
  {
    script: 'cat <<E\n$(a\nE\n',
    ours: ['0  |  | cat | <<E:"$(a\\n"', '10  |  | a |  {substitution}'],
    why: 'Bash reads the body when it comes to it, and then complains.',
  },
  { script: 'echo `if`', ours: ['0  |  | echo · `if` | '], why: 'The same between backquotes.' },
];

/** Bash rejects these, and this parser reads them. */
export const BASH_REFUSES: readonly Judged[] = [
  {
    script: 'echo $(time { a; })',
    ours: ['0  |  | echo · $(time { a; }) | ', '14  |  | a |  {substitution group}'],
    why: 'Bash 5.2 alone does not know `time` right behind `$(`.',
  },
  {
    script: 'for ((i=0; i < 3; ; i++)); do a; done',
    ours: ['30  |  | a |  {loop}'],
    why: 'Arithmetic is not read beyond the commands in it.',
  },
  {
    script: 'declare -x=(a)',
    ours: ['0  |  | declare · -x=(a) | '],
    why: 'What a builtin makes of its words is not read.',
  },
  {
    script: 'x[$x[1]=2',
    ours: ['0  |  | x[$x[1]=2 | '],
    why: 'A subscript without an end is a slip that costs no command.',
  },
];
