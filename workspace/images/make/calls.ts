/** Make that recipes, pipelines and scripts run: its targets and the variables that it is given. */

/** Calls of one text, and characters that are read. */
const MOST = 200;
const LONGEST = 100_000;

export interface MakeCall {
  readonly targets: readonly string[];
  readonly variables: ReadonlyMap<string, string>;
  /** Where it is in the text. */
  readonly index: number;
}

/** Pieces of words, and what ends a command. */
const PIECE =
  /"[^"\n]{0,300}"|'[^'\n]{0,300}'|\$\{\{[^}\n]{0,200}\}\}|\$\{[^}\n]{0,200}\}|\$\([^()\n]{0,200}\)|\\\r?\n|[;|&()\n`]|[ \t\r]{1,100}|[^\s;|&()"'`$\\]{1,300}|[^\s]/g;

/** Those that run in the same directory. */
export function makeCallsIn(text: string): readonly MakeCall[] {
  const found: MakeCall[] = [];
  if (!/make/i.test(text)) return found;
  let words: { readonly text: string; readonly start: number }[] = [];
  let word = '';
  let start = 0;
  const endWord = (): void => {
    if (word !== '') words.push({ text: word, start });
    word = '';
  };
  const endCommand = (): void => {
    endWord();
    const call = callOf(words);
    if (call && found.length < MOST) found.push(call);
    words = [];
  };
  for (const { 0: piece, index } of text.slice(0, LONGEST).matchAll(PIECE)) {
    if (/^[;|&()\n`]$/.test(piece)) endCommand();
    else if (/^(?:[ \t\r]|\\\r?\n)/.test(piece)) endWord();
    else {
      if (word === '') start = index;
      word += piece.startsWith('$') ? piece : piece.replace(/["']/g, '');
    }
  }
  endCommand();
  return found;
}

function callOf(words: readonly { readonly text: string; readonly start: number }[]): MakeCall | undefined {
  const at = words.findIndex(({ text }) => /^[@+-]{0,3}(?:make|gmake|\$[({]MAKE[)}])$/.test(text));
  if (at < 0) return undefined;
  const variables = new Map<string, string>();
  const targets: string[] = [];
  for (const [i, { text: word }] of words.entries()) {
    if (i === at) continue;
    const [, name, value = ''] = /^([A-Za-z_]\w{0,60})=(.{0,1000})$/s.exec(word) ?? [];
    if (name !== undefined) variables.set(name, value);
    else if (i < at) continue;
    else if (/^-(?:C|f|-directory|-file|-makefile)/.test(word)) return undefined;
    else if (!word.startsWith('-')) targets.push(word);
  }
  return targets.length > 0 ? { targets, variables, index: words[at]!.start } : undefined;
}
