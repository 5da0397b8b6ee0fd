/**
 * What is found under the pointer and why it matters, and why nothing is found in a file of another program's. Values and
 * descriptions of the document are shown by languages alone, which leave out what is a secret.
 */
import { type Hover, MarkupKind } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { LanguageId } from '../core/build.ts';
import { POLICIES, policyUrl } from '../core/policies.ts';
import type { Rule } from '../core/rule.ts';
import type { Span } from '../core/text.ts';
import type { OtherDialect } from '../languages/cloud-init/forms.ts';
import type { LeftOut } from '../workspace/directories.ts';
import { PIPELINE_RULES, type PipelineRule } from '../workspace/findings.ts';
import type { Checked } from './checked.ts';
import { rangeOf } from './convert.ts';

/** What the editor makes of a hover. */
export interface HoverStyle {
  readonly markdown: boolean;
  /** The editor shows the message of a finding by itself, so the hover must not repeat it. */
  readonly messagesShown: boolean;
}

/** What the pages of rules say, by rule. */
export interface PageExcerpts {
  /** When what a rule reports is fine: Markdown. */
  readonly whenFine: Readonly<Record<string, string>>;
  /** A document with which the rule is content, by language. */
  readonly instead: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** What else is said. */
export interface HoverExtras {
  readonly pages?: PageExcerpts | undefined;
  /** What the language says of the place: Markdown. */
  readonly language?: { readonly markdown: string; readonly span: Span } | undefined;
}

/** The hover at an offset; `undefined` where there is nothing to say. */
export function hoverAt(
  document: TextDocument,
  offset: number,
  { diagnostics, dialect, leftOut, language: id }: Pick<Checked, 'diagnostics' | 'dialect' | 'leftOut' | 'language'>,
  rules: readonly Rule[],
  { markdown, messagesShown }: HoverStyle,
  { pages, language }: HoverExtras = {},
): Hover | undefined {
  const here = diagnostics.filter(({ span }) => span.start <= offset && offset <= span.end);
  // The narrowest finding decides what is marked: the hover must not outlast the thing that it is about.
  const narrowest = [...here].sort((a, b) => a.span.end - a.span.start - (b.span.end - b.span.start))[0];
  const note = noteOf(document, dialect, leftOut);
  const noted = note && note.span.start <= offset && offset <= note.span.end ? note : undefined;
  const marked = narrowest?.span ?? noted?.span ?? language?.span;
  if (!marked) return undefined;
  const texts = here.map((found, i) => {
    const rule = rules.find(({ id }) => id === found.rule);
    const why = rule
      ? [`${rule.summary}.`, ...policiesOf(rule, markdown)].join(' ')
      : `${PIPELINE_RULES[found.rule as PipelineRule]?.summary ?? ''}.`;
    const help = found.help === undefined ? [] : [found.help];
    const message = messagesShown ? help : [found.message, ...help];
    return markdown
      ? [
          ...message,
          `[\`${found.rule}\`](${found.url}): ${why}`,
          ...excerptsOf(found.rule, i === 0 ? id : undefined, pages),
        ].join('\n\n')
      : [...message, `${found.rule}: ${why}`, found.url].join('\n');
  });
  if (noted) texts.push(noted.text);
  if (language && markdown) texts.push(language.markdown);
  if (texts.length === 0) return undefined;
  return {
    contents: {
      kind: markdown ? MarkupKind.Markdown : MarkupKind.PlainText,
      value: texts.join(markdown ? '\n\n---\n\n' : '\n\n'),
    },
    range: rangeOf(document, marked),
  };
}

/** An example for the language, and when the finding is fine. */
function excerptsOf(
  rule: string,
  language: LanguageId | undefined,
  pages: PageExcerpts | undefined,
): readonly string[] {
  const of = <T>(all: Readonly<Record<string, T>> | undefined): T | undefined =>
    all && Object.hasOwn(all, rule) ? all[rule] : undefined;
  const example = language && of(pages?.instead)?.[language];
  const fine = of(pages?.whenFine);
  return [
    ...(example ? [`**Instead, for example:**\n\n\`\`\`${FENCES[language]}\n${example}\n\`\`\``] : []),
    ...(fine === undefined ? [] : [`**When it is fine:** ${fine}`]),
  ];
}

/** What editors color the examples as. */
const FENCES: Readonly<Record<LanguageId, string>> = {
  dockerfile: 'dockerfile',
  packer: 'packer',
  'cloud-init': 'yaml',
};

/** `Policy: Pinned base.`, with links where they can be shown. */
function policiesOf({ policies }: Rule, markdown: boolean): readonly string[] {
  if (policies.length === 0) return [];
  const names = policies.map(id => (markdown ? `[${POLICIES[id]}](${policyUrl(id)})` : POLICIES[id]));
  return [`${names.length === 1 ? 'Policy' : 'Policies'}: ${names.join(', ')}.`];
}

/** Why nothing is found in a document, and the span whose hover says it. */
function noteOf(
  document: TextDocument,
  dialect: OtherDialect | undefined,
  leftOut: LeftOut | undefined,
): { readonly span: Span; readonly text: string } | undefined {
  if (dialect) return { span: dialect.header, text: leftAlone(dialect) };
  if (!leftOut) return undefined;
  const end = document.offsetAt({ line: 1, character: 0 });
  return { span: { start: 0, end }, text: `Bakelint does not lint this file: ${LEFT_OUT[leftOut]}.` };
}

const LEFT_OUT: Readonly<Record<LeftOut, string>> = {
  config: '`ignore` in its configuration matches it',
  gitignore: '`.gitignore` ignores it',
  'tool-directory': 'it is in `.git` or `node_modules`',
};

function leftAlone({ program }: OtherDialect): string {
  return `Bakelint does not lint this file: its keys are those of ${program}, which has its own dialect of \`#cloud-config\`.`;
}
