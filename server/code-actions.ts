/** What can be done about the findings at a place: their fixes, all safe fixes at once, ignoring them, reading about them. */
import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type Diagnostic as LspDiagnostic,
  type TextDocumentEdit,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { editsByFile, reachesOut, rewritten } from '../core/file-edits.ts';
import type { Diagnostic, Fix, FixSafety } from '../core/finding.ts';
import { fixAllEdits } from '../core/fixer.ts';
import { narrowed } from '../core/narrow.ts';
import { type Edit, overlaps } from '../core/text.ts';
import { breaksNothing } from '../workspace/accept.ts';
import { PIPELINE_RULES } from '../workspace/findings.ts';
import { type IgnorableDocument, ignoreHere, ignoreInFile } from '../workspace/ignore-comment.ts';
import { judged, type Linted } from '../workspace/lint.ts';
import type { Checked } from './checked.ts';
import type { ConfigEdit } from './config-edits.ts';
import { spanOf, textEditOf } from './convert.ts';
import { CHANGE_SEVERITY, IGNORE, type IgnoreArguments, OPEN_PAGE } from './protocol.ts';

/** The kind of "fix all safe problems", as `editor.codeActionsOnSave` names it. */
const FIX_ALL = `${CodeActionKind.SourceFixAll}.bakelint`;
/** The kind of "fix all of this rule": not below {@link FIX_ALL}, which would apply it when a file is saved. */
const FIX_RULE = `${CodeActionKind.QuickFix}.bakelint.rule`;
export const CODE_ACTION_KINDS: readonly string[] = [CodeActionKind.QuickFix, FIX_ALL];

/** A menu with more findings is unreadable, and each costs lints to find the place of its ignore comment. */
const MOST_FINDINGS = 10;

/** For so many rules a change of the configuration is offered: each reads the file once more. */
const MOST_CONFIGURED = 3;
/** For so many rules all fixes together are tried. */
const MOST_TOGETHER = 3;

/** In longer documents little is tried that was not asked for: menus must open at once. In UTF-16 code units. */
const LONGEST_EAGER = 100_000;
/** So many fixes are tried in a longer document. */
const MOST_FIXES = 3;

export interface ActionContext {
  /** Edits are sent with the version that they are for, and may change several files. */
  readonly versionedEdits: boolean;
  /** An open document as its editor spells its URI. */
  openAt(uri: string): Pick<TextDocument, 'uri' | 'version'> | undefined;
  /** The client has our commands. */
  readonly isOurClient: boolean;
  /** How the reason gets into an ignore comment: the client asks for it, or puts the cursor there, or neither. */
  readonly reasons: 'asked' | 'snippet' | undefined;
  /** Asked before each costly step. */
  readonly cancelled: () => boolean;
  /** The edit of a configuration for the client; `undefined` where it cannot make it. */
  configEdit(change: ConfigEdit): WorkspaceEdit | undefined;
  toLsp(document: TextDocument, found: Diagnostic): LspDiagnostic;
  /** The actions for findings whose cause can be moved into files of its own. */
  extractions(here: readonly Diagnostic[]): readonly CodeAction[];
}

/** Whether a request, which may name kinds, asks for a kind. */
export function isWanted(only: CodeActionParams['context']['only'], kind: string): boolean {
  return !only || only.some(asked => kind === asked || kind.startsWith(`${asked}.`));
}

/** The actions for a request, or `undefined` once it is canceled. */
export function codeActions(
  document: TextDocument,
  checked: Checked,
  params: Pick<CodeActionParams, 'range' | 'context'>,
  context: ActionContext,
): CodeAction[] | undefined {
  const { only } = params.context;
  const wants = (kind: string): boolean => isWanted(only, kind);
  const span = spanOf(document, params.range);
  const here = checked.diagnostics.filter(found => overlaps(found.span, span)).slice(0, MOST_FINDINGS);
  const edit = (edits: readonly Edit[]): WorkspaceEdit => {
    const changes = changesOf(document, edits);
    return context.versionedEdits
      ? { documentChanges: [{ textDocument: { uri: document.uri, version: checked.version }, edits: changes }] }
      : { changes: { [document.uri]: changes } };
  };
  const actions: CodeAction[] = [];
  if (wants(CodeActionKind.QuickFix)) {
    const linted = here.length > 0 ? checked.again(checked.text) : undefined;
    const isShort = checked.text.length <= LONGEST_EAGER;
    const offered = here.flatMap(found => found.fixes.map((fix, i) => ({ found, fix, isFirst: i === 0 })));
    for (const { found, fix, isFirst } of linted ? offered.slice(0, isShort ? undefined : MOST_FIXES) : []) {
      if (context.cancelled()) return undefined;
      const after = rewritten(fix.edits, file => (file === undefined ? checked : checked.around(file))?.text);
      const whole = after && (reachesOut(fix) ? editOfFiles(fix, document, checked, context) : edit(fix.edits));
      if (whole && breaksNothing(linted!, checked.again(after.text, after.others)))
        actions.push(fixAction(fix, isFirst, context.toLsp(document, found), whole));
    }
    if (linted && isShort) {
      const together = fixesOfRules(here, checked, edit, context);
      if (!together) return undefined;
      actions.push(...together);
    }
    actions.push(...context.extractions(once(here)));
    // Who knows why something is reported decides better whether to ignore it.
    for (const found of context.isOurClient ? once(here) : [])
      actions.push({
        title: `Show documentation for \`${found.rule}\``,
        kind: CodeActionKind.QuickFix,
        diagnostics: [context.toLsp(document, found)],
        command: { title: 'Show documentation', command: OPEN_PAGE, arguments: [found.url] },
      });
    // No comment silences what the pipeline itself says; where one may be in a script is not known.
    for (const found of linted && isShort && !checked.isNamed ? once(here.filter(isOfRule)) : []) {
      if (context.cancelled()) return undefined;
      const ignorable = { text: checked.text, linted: linted!, lint: checked.again };
      actions.push(...ignoresOf(found, ignorable, document, { ...context, edit }));
    }
    for (const found of once(here.filter(isOfRule)).slice(0, MOST_CONFIGURED))
      actions.push(...configured(found, document, checked, context));
  }
  // Asked for by name: the command that fixes all of a rule.
  else if (wants(FIX_RULE)) {
    const together = fixesOfRules(here, checked, edit, context);
    if (!together) return undefined;
    actions.push(...together);
  }
  // In the menu at a finding it is offered where it would do more than the fix itself; on request it always is.
  const asked = only !== undefined && wants(FIX_ALL);
  const inMenu =
    wants(CodeActionKind.QuickFix) &&
    checked.text.length <= LONGEST_EAGER &&
    here.some(isSafe) &&
    checked.diagnostics.filter(isSafe).length > 1;
  if (asked || inMenu) {
    if (context.cancelled()) return undefined;
    const edits = fixAllEdits(checked.text, text => judgedOf(checked.again(text)), ['safe']);
    if (edits.length > 0)
      actions.push({
        title: 'Apply all safe fixes in this file',
        kind: asked ? FIX_ALL : CodeActionKind.QuickFix,
        edit: edit(edits),
      });
  }
  return actions;
}

/** What fixes of a rule are applied together: all safe ones, or the suggested ones of one title, which says what they do. */
interface Together {
  readonly title: string;
  readonly allowed: readonly FixSafety[];
  readonly isMeant: (fix: Fix) => boolean;
}

function togetherOf(found: Diagnostic, all: readonly Diagnostic[]): Together | undefined {
  const fix = found.fixes.find(({ safety }) => safety === 'safe') ?? found.fixes[0];
  if (!fix || reachesOut(fix)) return undefined;
  const isSafe = fix.safety === 'safe';
  const isMeant = (one: Fix): boolean => (isSafe ? one.safety === 'safe' : one.title === fix.title);
  const count = all.filter(one => one.rule === found.rule && one.fixes.some(isMeant)).length;
  if (count < 2) return undefined;
  const title = isSafe
    ? `Apply all ${count} safe fixes of \`${found.rule}\` in this file`
    : `${fix.title}, for all ${count} findings of \`${found.rule}\` in this file`;
  return { title, allowed: [fix.safety], isMeant };
}

/** All fixes of a rule at once, for the rules of these findings; `undefined` once that is canceled. */
function fixesOfRules(
  here: readonly Diagnostic[],
  checked: Checked,
  edit: (edits: readonly Edit[]) => WorkspaceEdit,
  context: ActionContext,
): CodeAction[] | undefined {
  const actions: CodeAction[] = [];
  const fixable = here.filter(({ fixes }) => fixes.length > 0);
  for (const found of once(fixable).slice(0, MOST_TOGETHER)) {
    const together = togetherOf(found, checked.diagnostics);
    if (!together) continue;
    if (context.cancelled()) return undefined;
    const { title, allowed, isMeant } = together;
    // All findings count when a fix is judged.
    const lint = (text: string): readonly Diagnostic[] =>
      judgedOf(checked.again(text)).map(one => ({
        ...one,
        fixes: one.rule === found.rule ? one.fixes.filter(isMeant) : [],
      }));
    const edits = fixAllEdits(checked.text, lint, allowed);
    if (edits.length > 0) actions.push({ title, kind: FIX_RULE, edit: edit(edits) });
  }
  return actions;
}

/** The edit of a fix that changes other files, too; `undefined` where the client makes no such edit at once or not at all. */
function editOfFiles(
  { edits }: Fix,
  document: TextDocument,
  checked: Checked,
  { versionedEdits, openAt }: ActionContext,
): WorkspaceEdit | undefined {
  if (!versionedEdits) return undefined;
  const documentChanges: TextDocumentEdit[] = [];
  for (const [file, own] of editsByFile(edits)) {
    if (file === undefined) {
      const { uri } = document;
      documentChanges.push({ textDocument: { uri, version: checked.version }, edits: changesOf(document, own) });
      continue;
    }
    const around = checked.around(file);
    if (!around) return undefined;
    const { uri, text } = around;
    const other = TextDocument.create(uri, '', 0, text);
    const { uri: written, version } = openAt(uri) ?? { uri, version: null };
    documentChanges.push({ textDocument: { uri: written, version }, edits: changesOf(other, own) });
  }
  return { documentChanges };
}

function changesOf(document: TextDocument, edits: readonly Edit[]): TextEdit[] {
  const text = document.getText();
  return edits.flatMap(one => narrowed(text, one)).map(one => textEditOf(document, one));
}

function fixAction(fix: Fix, isFirst: boolean, diagnostic: LspDiagnostic, edit: WorkspaceEdit): CodeAction {
  return {
    title: fix.title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [diagnostic],
    // Preferred fixes are applied without a look by the editor's "auto fix".
    ...(isFirst && fix.safety === 'safe' ? { isPreferred: true } : {}),
    edit,
  };
}

function ignoresOf(
  found: Diagnostic,
  ignorable: IgnorableDocument,
  document: TextDocument,
  { edit, reasons, toLsp }: ActionContext & { readonly edit: (edits: readonly Edit[]) => WorkspaceEdit },
): CodeAction[] {
  const { rule } = found;
  const offers = [
    { title: `Ignore \`${rule}\` here`, at: ignoreHere(ignorable, found) },
    { title: `Ignore \`${rule}\` in this file`, at: ignoreInFile(ignorable, found) },
  ];
  return offers.flatMap(({ title, at }): CodeAction[] => {
    if (!at) return [];
    const common = { title, kind: CodeActionKind.QuickFix, diagnostics: [toLsp(document, found)] };
    const { uri, version } = document;
    const { range, newText } = textEditOf(document, at);
    const after = /\r?\n$/.exec(newText)?.[0] ?? '';
    const before = newText.slice(0, newText.length - after.length);
    if (reasons === 'asked') {
      const given: IgnoreArguments = { uri, version, rule, position: range.start, before, after };
      return [{ ...common, command: { title, command: IGNORE, arguments: [given] } }];
    }
    if (reasons !== 'snippet') return [{ ...common, edit: edit([at]) }];
    const escaped = before.replace(/[\\$}]/g, '\\$&');
    const snippet = { kind: 'snippet' as const, value: `${escaped}\${1:reason}${after}` };
    return [
      { ...common, edit: { documentChanges: [{ textDocument: { uri, version }, edits: [{ range, snippet }] }] } },
    ];
  });
}

/** Turns a rule off for all files of a configuration, or asks for its severity. */
function configured(
  found: Diagnostic,
  document: TextDocument,
  { configEdit }: Checked,
  context: ActionContext,
): CodeAction[] {
  const change = configEdit(found.rule, 'off');
  const edit = change && context.configEdit(change);
  if (!edit) return [];
  const common = { kind: CodeActionKind.QuickFix, diagnostics: [context.toLsp(document, found)] };
  const title = `Change severity of \`${found.rule}\`…`;
  const command = { title, command: CHANGE_SEVERITY, arguments: [document.uri, found.rule, found.severity] };
  return [
    { ...common, title: `Disable \`${found.rule}\` in ${change.name}`, edit },
    ...(context.isOurClient ? [{ ...common, title, command }] : []),
  ];
}

const judgedOf = (linted: Linted | undefined): readonly Diagnostic[] => (linted ? judged(linted) : []);

const isOfRule = ({ rule }: Diagnostic): boolean => !Object.hasOwn(PIPELINE_RULES, rule);

const isSafe = (found: Diagnostic): boolean => found.fixes.some(({ safety }) => safety === 'safe');

/** The first finding of each rule. */
function once(findings: readonly Diagnostic[]): Diagnostic[] {
  const seen = new Set<string>();
  return findings.filter(({ rule }) => !seen.has(rule) && seen.add(rule));
}
