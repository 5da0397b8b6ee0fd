/** What is found under the pointer and why it matters. Made of the rules' own words: never of the document's text. */
import { type Hover, MarkupKind } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Diagnostic } from '../core/finding.ts';
import type { Rule } from '../core/rule.ts';
import { rangeOf } from './convert.ts';

/** The hover at an offset; `undefined` where nothing is found. */
export function hoverAt(
  document: TextDocument,
  offset: number,
  diagnostics: readonly Diagnostic[],
  rules: readonly Rule[],
  markdown: boolean,
): Hover | undefined {
  const here = diagnostics.filter(({ span }) => span.start <= offset && offset <= span.end);
  // The narrowest finding decides what is marked: the hover must not outlast the thing that it is about.
  const narrowest = [...here].sort((a, b) => a.span.end - a.span.start - (b.span.end - b.span.start))[0];
  if (!narrowest) return undefined;
  const texts = here.map(found => {
    const rule = rules.find(({ id }) => id === found.rule);
    const why = rule ? `${rule.summary}. Policy ${rule.policy}, ${rule.category}.` : '';
    return markdown
      ? `${found.message}\n\n[\`${found.rule}\`](${found.url}): ${why}`
      : `${found.message}\n${found.rule}: ${why}\n${found.url}`;
  });
  return {
    contents: {
      kind: markdown ? MarkupKind.Markdown : MarkupKind.PlainText,
      value: texts.join(markdown ? '\n\n---\n\n' : '\n\n'),
    },
    range: rangeOf(document, narrowest.span),
  };
}
