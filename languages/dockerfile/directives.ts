/**
 * Parser directives: `# name=value` lines at the very top
 * (https://docs.docker.com/reference/dockerfile/#parser-directives).
 */
import type { Finding } from '../../core/finding.ts';
import { fix } from '../../core/finding.ts';
import { quoted } from '../../core/quoted.ts';
import { type EscapeCharacter, type Lines, skipSpace, trimEnd } from './lines.ts';
import type { Directive } from './tree.ts';

const KNOWN = ['syntax', 'escape', 'check'];

export interface Directives {
  readonly directives: readonly Directive[];
  readonly escape: EscapeCharacter;
  readonly problems: readonly Finding[];
}

/** The first line without the form of a directive ends them; a directive with an unknown name does not. */
export function readDirectives(lines: Lines): Directives {
  const { source } = lines;
  const directives: Directive[] = [];
  const problems: Finding[] = [];
  const seen = new Set<string>();
  let mark: EscapeCharacter = '\\';
  for (let line = 0; line < lines.count; line++) {
    const directive = directiveAt(lines, line);
    if (!directive) {
      // A `#!` line that makes the file executable may come first.
      if (line === 0 && source.text.startsWith('#!', lines.start(0))) continue;
      break;
    }
    directives.push(directive);
    if (!directive.known) continue;
    if (seen.has(directive.name))
      problems.push({
        message: `Duplicate directive \`${directive.name}\``,
        help: 'Remove this line',
        span: directive.span,
      });
    else if (directive.name === 'escape') {
      if (directive.value === '\\' || directive.value === '`') mark = directive.value;
      else problems.push(badEscape(lines, directive));
    }
    seen.add(directive.name);
  }
  return { directives, escape: mark, problems };
}

/** Lines that a character continues. */
const CONTINUED: Readonly<Record<string, RegExp>> = { '\\': /\\[ \t\r]*$/m, '`': /`[ \t\r]*$/m };

function badEscape({ source }: Lines, { value, valueSpan }: Directive): Finding {
  return {
    message: `Invalid escape character ${quoted(value)}`,
    help: 'Use a backslash or a backquote',
    span: valueSpan,
    // A line that ends with the other one would no longer be continued.
    fixes: ['\\', '`'].map(character =>
      CONTINUED[character === '`' ? '\\' : '`']!.test(source.text)
        ? undefined
        : fix(
            'suggested',
            `Use a ${character === '`' ? 'backquote' : 'backslash'}`,
            source.replace(valueSpan.start, valueSpan.end, character),
          ),
    ),
  };
}

function directiveAt(lines: Lines, line: number): Directive | undefined {
  const { source } = lines;
  const { text } = source;
  const end = trimEnd(text, lines.start(line), lines.end(line));
  const start = skipSpace(text, lines.start(line), end);
  if (text[start] !== '#' || start === end) return undefined;
  const nameStart = skipSpace(text, start + 1, end);
  let nameEnd = nameStart;
  while (nameEnd < end && /[A-Za-z0-9]/.test(text[nameEnd]!)) nameEnd++;
  if (nameEnd === nameStart || /[0-9]/.test(text[nameStart]!)) return undefined;
  const equals = skipSpace(text, nameEnd, end);
  if (text[equals] !== '=' || equals >= end) return undefined;
  const valueStart = skipSpace(text, equals + 1, end);
  if (valueStart === end) return undefined;
  const name = text.slice(nameStart, nameEnd).toLowerCase();
  return {
    name,
    known: KNOWN.includes(name),
    value: text.slice(valueStart, end),
    nameSpan: source.spanOf(nameStart, nameEnd),
    valueSpan: source.spanOf(valueStart, end),
    span: source.spanOf(start, end),
  };
}
