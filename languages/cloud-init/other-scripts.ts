/** Commands in scripts of other languages: plain lines of csh, and what Python, Perl and Ruby hand to a shell. */
import { Decoder, type SourceText, type Span } from '../../core/text.ts';

/** A script for the shell, or the words of one command. */
export type Handed = { readonly shell: SourceText } | { readonly words: readonly SourceText[]; readonly span: Span };

/** More are not looked for. */
const MOST = 500;

/** What a script runs, as far as it is written out; empty for languages that are not known here. */
export function handedToShell(script: SourceText): readonly Handed[] {
  const first = script.text.slice(0, 200).split('\n', 1)[0]!;
  if (/^#!.{0,80}\bt?csh\b/.test(first)) return linesOfCsh(script);
  if (/^#!.{0,80}\bpython/.test(first)) return callsIn(script, PYTHON, true);
  return /^#!.{0,80}\b(?:perl|ruby)\b/.test(first) ? callsIn(script, SYSTEM, false) : [];
}

/** Lines that csh has and sh does not, or means otherwise. */
const CSH_ONLY =
  /^[ \t]*(?:(?:if|else|endif|foreach|end|while|switch|case|breaksw|default|endsw|set|unset|unsetenv|alias|unalias|goto|onintr|repeat|rehash|source|setenv|@)(?=[ \t(:]|$)|\w+:[ \t]*$)/;
const SETENV = /^[ \t]*setenv[ \t]+([A-Za-z_]\w{0,60})[ \t]+(\S[^\n]*)$/;
const HEREDOC = /<<-?[ \t]*["']?(\w{1,40})["']?/;

/** Runs of lines that sh reads alike, and variables of the environment as `NAME=value`. */
function linesOfCsh(script: SourceText): readonly Handed[] {
  const { text } = script;
  const found: Handed[] = [];
  let start = -1;
  let closing: string | undefined;
  const flush = (end: number): void => {
    if (start >= 0 && end > start) found.push({ shell: script.slice(start, end) });
    start = -1;
  };
  for (let at = text.indexOf('\n') + 1; at > 0 && at < text.length && found.length < MOST; ) {
    const newline = text.indexOf('\n', at);
    const end = newline < 0 ? text.length : newline;
    const line = text.slice(at, Math.min(end, at + 2_000));
    if (closing !== undefined) {
      if (line.trim() === closing) closing = undefined;
    } else if (CSH_ONLY.test(line)) {
      flush(at);
      const set = SETENV.exec(line);
      if (set) {
        const name = at + line.indexOf(set[1]!);
        const value = at + line.length - set[2]!.length;
        const assigned = new Decoder(script, 'read-only').verbatim(name, name + set[1]!.length).as('=', value, value);
        found.push({ shell: assigned.verbatim(value, value + set[2]!.length).done() });
      }
    } else {
      if (start < 0) start = at;
      closing = HEREDOC.exec(line)?.[1];
    }
    at = end + 1;
  }
  flush(text.length);
  return found;
}

/** Calls that hand their string to a shell, or a list of words to a program. */
const PYTHON =
  /\b(?:os\.(?:system|popen)|subprocess\.(?:run|call|check_call|check_output|Popen|getoutput|getstatusoutput))\(\s{0,20}(?=["'[])/g;
const SYSTEM = /(?<![\w.$])(?:system|exec)[ (]\s{0,20}(?=["'])/g;

function callsIn(script: SourceText, calls: RegExp, isPython: boolean): readonly Handed[] {
  const { text } = script;
  const found: Handed[] = [];
  for (const call of text.matchAll(calls)) {
    if (found.length >= MOST) break;
    const at = call.index + call[0].length;
    if (text[at] === '[') {
      const list = listAt(script, at);
      if (list) found.push(list);
      continue;
    }
    const string = stringAt(script, at);
    const rest = text.slice((string?.end ?? at) + 1, (string?.end ?? at) + 300);
    if (!string || !/^\s*[,);\n]/.test(rest)) continue;
    const isShell =
      !isPython || call[0].startsWith('os.') || call[0].includes('.get') || /^[^\n]*\bshell\s?=\s?True/.test(rest);
    if (isShell && (isPython || !rest.trimStart().startsWith(','))) found.push({ shell: string.text });
  }
  return found;
}

/** A string of one line without escapes; `end` is where it closes. */
function stringAt(script: SourceText, at: number): { readonly text: SourceText; readonly end: number } | undefined {
  const { text } = script;
  const quote = text[at]!;
  const end = text.indexOf(quote, at + 1);
  if (end < 0 || end - at > 2_000) return undefined;
  const inner = text.slice(at + 1, end);
  return inner === '' || /[\\\n]/.test(inner) ? undefined : { text: script.slice(at + 1, end), end };
}

/** The strings of a list that holds nothing else. */
function listAt(script: SourceText, from: number): Extract<Handed, { readonly words: unknown }> | undefined {
  const { text } = script;
  const words: SourceText[] = [];
  for (let at = from + 1; at < text.length && words.length < 100; ) {
    while (/[\s,]/.test(text[at] ?? '')) at++;
    if (text[at] === ']') return words.length > 0 ? { words, span: script.spanOf(from, at + 1) } : undefined;
    const string = /["']/.test(text[at] ?? '') ? stringAt(script, at) : undefined;
    if (!string) return undefined;
    words.push(string.text);
    at = string.end + 1;
  }
  return undefined;
}
