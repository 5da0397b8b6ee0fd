/** How long the editor takes: figures, never verdicts. Only run with `--measure`. */
import * as vscode from 'vscode';
import { findings, rule } from './help.ts';

const ROUNDS = 60;
const EXTENSION = 'bakelint.bakelint';

/** A document of about a hundred lines in which the last line decides whether there is one more finding. */
const DOCUMENTS: readonly (readonly [language: string, text: string, from: string, to: string, id: string])[] = [
  ['dockerfile', dockerfile(), 'FROM debian:12', 'FROM debian:latest', 'latest-tag'],
  ['packer', packer(), 'image  = "debian:12"', 'image  = "debian:latest"', 'latest-tag'],
];

suite('latency', () => {
  test('activation', async () => {
    const extension = vscode.extensions.all.find(({ id }) => id.toLowerCase() === EXTENSION);
    if (!extension) throw new Error(`no ${EXTENSION}`);
    await extension.activate();
    const row = (await startupPerformance()).split('\n').find(line => line.includes(EXTENSION));
    console.log(`[figure] activation (load, call, finish, in ms): ${row ?? 'not listed'}`);
  });
  for (const [language, text, from, to, id] of DOCUMENTS)
    test(`edit to finding, ${language}`, async () => {
      const document = await vscode.workspace.openTextDocument({ language, content: text });
      const editor = await vscode.window.showTextDocument(document);
      const times: number[] = [];
      await change(editor, from, to, id);
      for (let i = 0; i < ROUNDS; i++) {
        await change(editor, to, from, id);
        times.push(await change(editor, from, to, id));
      }
      say(`edit to finding, ${language}, ${document.lineCount} lines`, times);
    });
});

/** The page on which VS Code itself says how long each extension took. */
async function startupPerformance(): Promise<string> {
  await vscode.commands.executeCommand('perfview.show');
  for (let i = 0; i < 100; i++) {
    const page = vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === 'perf');
    if (page?.getText().includes(EXTENSION)) return page.getText();
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  return '';
}

/** Replaces a text; resolves to the milliseconds until the finding of a rule has come or gone. */
async function change(editor: vscode.TextEditor, from: string, to: string, id: string): Promise<number> {
  const { document } = editor;
  const at = document.getText().lastIndexOf(from);
  const range = new vscode.Range(document.positionAt(at), document.positionAt(at + from.length));
  const appears = to.includes('latest');
  const isThere = () => findings(document.uri).some(found => rule(found) === id) === appears;
  const start = performance.now();
  await editor.edit(edit => edit.replace(range, to));
  // Asked for, not waited for: VS Code collects changes of diagnostics for 50 ms before it tells extensions of them.
  while (!isThere()) await new Promise(resolve => setTimeout(resolve, 1));
  return performance.now() - start;
}

function say(what: string, times: readonly number[]): void {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!.toFixed(1);
  console.log(`[figure] ${what}: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, ${sorted.length} times`);
}

function dockerfile(): string {
  const lines = ['FROM debian:12.8 AS build', 'WORKDIR /srv'];
  for (let i = 0; i < 90; i++) lines.push(`RUN echo step ${i} > /srv/step-${i}.txt`);
  return [
    ...lines,
    'USER 10001',
    'FROM debian:12',
    'COPY --from=build /srv /srv',
    'USER 10001',
    'CMD ["true"]',
    '',
  ].join('\n');
}

function packer(): string {
  const inline = Array.from({ length: 80 }, (_, i) => `      "echo step ${i}",`).join('\n');
  return `source "docker" "web" {\n  image  = "debian:12"\n  commit = true\n}\n\nbuild {\n  sources = ["source.docker.web"]\n  provisioner "shell" {\n    inline = [\n${inline}\n    ]\n  }\n}\n`;
}
