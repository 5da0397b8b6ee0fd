/** The commands of the palette. They are there before the server is. */
import * as vscode from 'vscode';
import { type BuiltOn, CLEAR_WORKSPACE, LINT_WORKSPACE, type ShownPlace } from '../server/protocol.ts';
import { openConfiguration } from './configuration.ts';
import type { ImagesSource } from './images-view.ts';
import { isOurFinding } from './new-findings.ts';
import { RulePages, ruleOfPage } from './pages.ts';
import { applyOrSay, isReadOnly, isReadOnlyFile, SAY_READ_ONLY, sayReadOnly } from './read-only.ts';

/** A server that runs, as far as commands need it. */
export interface RunningServer extends ImagesSource {
  /** What is built on what is at a place. */
  builtOn(place: ShownPlace): Promise<BuiltOn | null>;
  restart(): Promise<void>;
  /** The configuration in force for a document, if one is known. */
  configuration(uri: vscode.Uri): vscode.Uri | undefined;
  showOutput(): void;
  /** Runs a command of the server. */
  command(name: string): Promise<unknown>;
  /** Takes the application out of a document. */
  extract(uri: vscode.Uri): Promise<Taken>;
}

/** What was taken out: an edit to confirm, or texts to show; or why there is nothing. */
export interface Taken {
  readonly refusal?: string | undefined;
  readonly edit?: vscode.WorkspaceEdit | undefined;
  readonly files?: readonly { readonly name: string; readonly text: string }[] | undefined;
}

export interface CommandParts {
  readonly context: vscode.ExtensionContext;
  /** Starts the server where it does not run yet. */
  server(): Promise<RunningServer>;
  /** The server, if it has been started. */
  running(): Promise<RunningServer> | undefined;
  /** Starts the server again, also one that failed. */
  restart(): Promise<void>;
}

export function registerCommands({ context, server, restart, running }: CommandParts): void {
  const pages = new RulePages(vscode.Uri.joinPath(context.extensionUri, 'dist/pages.json'));
  const commands: Readonly<Record<string, (argument?: unknown) => unknown>> = {
    'bakelint.explainRule': async rule => {
      const chosen = typeof rule === 'string' ? rule : await pickRule(pages);
      if (chosen !== undefined) await pages.show(chosen);
    },
    'bakelint.extractApplication': argument => extractApplication(argument, server),
    'bakelint.fixAll': () => fix({ kind: 'source.fixAll.bakelint', apply: 'first' }),
    'bakelint.fixAllOfRule': () => fix({ kind: 'quickfix.bakelint.rule', apply: 'ifSingle' }),
    [SAY_READ_ONLY]: address => sayReadOnly(String(address)),
    [LINT_WORKSPACE]: async () => (await server()).command(LINT_WORKSPACE),
    [CLEAR_WORKSPACE]: async () => (await server()).command(CLEAR_WORKSPACE),
    'bakelint.openConfiguration': () => openConfiguration(running),
    'bakelint.pickPreset': pickPreset,
    'bakelint.showBuiltOn': argument => showBuiltOn(argument, server),
    'bakelint.restartServer': restart,
    'bakelint.showOutput': async () => (await server()).showOutput(),
  };
  context.subscriptions.push(
    pages,
    ...Object.entries(commands).map(([name, run]) => vscode.commands.registerCommand(name, run)),
  );
}

/** Applies actions of a kind to the active editor, which does nothing where the editor is read-only. */
async function fix(action: { readonly kind: string; readonly apply: string }): Promise<void> {
  const uri = vscode.window.activeTextEditor?.document.uri;
  if (uri && (await isReadOnlyFile(uri))) sayReadOnly(uri.toString());
  else await vscode.commands.executeCommand('editor.action.codeAction', action);
}

/** Takes the application out of the given document, or of that in the active editor. */
async function extractApplication(argument: unknown, server: CommandParts['server']): Promise<void> {
  const uri = typeof argument === 'string' ? vscode.Uri.parse(argument) : vscode.window.activeTextEditor?.document.uri;
  if (!uri) return;
  const { edit, files = [], refusal } = await (await server()).extract(uri);
  if (refusal !== undefined) void vscode.window.showInformationMessage(refusal);
  else if (edit && !isReadOnly(uri)) await applyOrSay(edit);
  else for (const { name, text } of files) await showText(name, text);
}

/** Shows what is built on an image of the view, or on what is at the cursor of the active editor. */
async function showBuiltOn(argument: unknown, server: CommandParts['server']): Promise<void> {
  const image = (argument as { readonly image?: ShownPlace } | undefined)?.image;
  const editor = vscode.window.activeTextEditor;
  const cursor = editor?.selection.active;
  const place = image ?? (editor && cursor ? { uri: editor.document.uri.toString(), ...plain(cursor) } : undefined);
  if (!place) return;
  const running = await server();
  const found = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: 'Searching for images…' },
    () => running.builtOn(place),
  );
  if (!found) void vscode.window.showInformationMessage('There is no image at this place.');
  else if (found.places.length === 0) void vscode.window.showInformationMessage(`Nothing is built on ${found.of}.`);
  else {
    const locations = found.places.map(
      ({ uri, line, character }) => new vscode.Location(vscode.Uri.parse(uri), new vscode.Position(line, character)),
    );
    const uri = vscode.Uri.parse(place.uri);
    const position = new vscode.Position(place.line, place.character);
    if (image) await vscode.window.showTextDocument(uri, { selection: new vscode.Range(position, position) });
    await vscode.commands.executeCommand('editor.action.showReferences', uri, position, locations);
  }
}

const plain = ({ line, character }: vscode.Position) => ({ line, character });

/** Shows a text in an untitled document, which the user may save. */
async function showText(name: string, content: string): Promise<void> {
  const language = name.endsWith('.yaml') ? 'yaml' : 'dockerfile';
  const document = await vscode.workspace.openTextDocument({ language, content });
  await vscode.window.showTextDocument(document, { preview: false });
}

/** Opens the page that a finding links to: inside of the editor where it is a rule's. */
export async function openPage(address: unknown): Promise<void> {
  if (typeof address !== 'string') return;
  const rule = ruleOfPage(address);
  if (rule !== undefined) await vscode.commands.executeCommand('bakelint.explainRule', rule);
  else if (
    /^https:\/\/github\.com\/bakelint\/bakelint\/blob\/main\/docs\/[\w-]{1,60}\.md(?:#[\w-]{0,60})?$/.test(address)
  )
    await vscode.env.openExternal(vscode.Uri.parse(address));
}

/** Asks for a rule; those of the findings in the active editor come first. */
async function pickRule(pages: RulePages): Promise<string | undefined> {
  const uri = vscode.window.activeTextEditor?.document.uri;
  const here = new Set(uri ? vscode.languages.getDiagnostics(uri).flatMap(ruleOf) : []);
  const ids = await pages.ids();
  const items = [
    ...ids.filter(id => here.has(id)).map(label => ({ label, description: 'in this file' })),
    ...ids.filter(id => !here.has(id)).map(label => ({ label })),
  ];
  return (await vscode.window.showQuickPick(items, { placeHolder: 'Rule to explain' }))?.label;
}

function ruleOf(found: vscode.Diagnostic): string[] {
  return isOurFinding(found) && typeof found.code === 'object' ? [String(found.code.value)] : [];
}

/** Sets the preset for the workspace, or for the user where there is none that can be changed. */
async function pickPreset(): Promise<void> {
  const items = [
    { label: 'recommended', description: 'what most teams want to know' },
    { label: 'strict', description: 'the whole guide' },
    { label: 'all', description: 'every rule' },
    { label: 'of the configuration', description: 'remove the setting', preset: '' },
  ];
  const chosen: ((typeof items)[number] & { preset?: string }) | undefined = await vscode.window.showQuickPick(items, {
    placeHolder: 'Preset',
  });
  if (!chosen) return;
  const { workspaceFile, workspaceFolders } = vscode.workspace;
  const home = workspaceFile ?? workspaceFolders?.[0]?.uri;
  const target = home && !isReadOnly(home) ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global;
  const preset = chosen.preset === '' ? undefined : chosen.label;
  await vscode.workspace.getConfiguration('bakelint').update('preset', preset, target);
  if (home && isReadOnly(home))
    void vscode.window.showInformationMessage('The workspace is read-only: the preset is in your user settings.');
}
