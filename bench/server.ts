import { PassThrough } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { GCProfiler, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';
import { languages } from '../languages/index.ts';
import { rules } from '../rules/index.ts';
import { serve } from '../server/server.ts';
import { shellParser } from '../shell/parser.ts';
import { documentOf, LANGUAGES, MODES, typingPlace } from './documents.ts';
import { Editor } from './editor.ts';
import { type Figure, quantile } from './statistics.ts';

const DOCUMENTS = 50;
const KEYSTROKES = 100;
const MEBI = 2 ** 20;

/** An editor with a server in this process. */
async function started(): Promise<Editor> {
  const toServer = new PassThrough();
  const toClient = new PassThrough();
  serve(createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient)), {
    engine: { languages, rules, shell: shellParser },
    host: { today: () => '2026-11-21' },
  });
  const editor = new Editor(toClient, toServer);
  await editor.start();
  return editor;
}

/** What a keystroke takes and allocates, and the heap after many edits over many documents. */
export async function benchServer(): Promise<Figure[]> {
  const editor = await started();
  const uris: string[] = [];
  for (let i = 0; i < DOCUMENTS; i++) {
    const language = LANGUAGES[i % LANGUAGES.length]!;
    const { path, text } = documentOf(language, 100, i);
    uris.push(`file:///ws/p${i}/${path}`);
    await editor.open(uris[i]!, MODES[language], text);
  }
  await editor.diagnostics(uris.at(-1)!);
  const figures = [await keystrokes(editor, uris[0]!), await growth(editor, uris)];
  editor.stop();
  process.stdout.write('\n');
  return figures;
}

/** Numbers typed into a script of a Dockerfile of 100 lines, each time another one. */
async function keystrokes(editor: Editor, uri: string): Promise<Figure> {
  const { line, column } = typingPlace(documentOf('dockerfile', 100).text);
  await editor.type(uri, '100000', line, column, 1);
  const waits: number[] = [];
  const profiler = new GCProfiler();
  profiler.start();
  const before = process.memoryUsage().heapUsed;
  for (let i = 1; i <= KEYSTROKES; i++) {
    const start = performance.now();
    await editor.type(uri, String(100_000 + i), line, column, 6);
    await editor.diagnostics(uri);
    waits.push(performance.now() - start);
  }
  let allocated = process.memoryUsage().heapUsed - before;
  for (const { beforeGC, afterGC } of profiler.stop()?.statistics ?? [])
    allocated += beforeGC.heapStatistics.usedHeapSize - afterGC.heapStatistics.usedHeapSize;
  process.stdout.write(
    `server: keystroke to diagnostics p50 ${quantile(waits, 0.5).toFixed(0)} ms, p99 ${quantile(waits, 0.99).toFixed(0)} ms, with the pause in typing\n`,
  );
  return { what: "allocated for an edit, with the editor's side", value: allocated / KEYSTROKES / MEBI, unit: 'MiB' };
}

/** The heap after 1,000 and after 10,000 edits. */
async function growth(editor: Editor, uris: readonly string[]): Promise<Figure> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const heapAfter = async (edits: number): Promise<number> => {
    for (let i = 0; i < edits; i++) {
      const uri = uris[i % DOCUMENTS]!;
      const taken = Math.floor(i / DOCUMENTS) % 2;
      // Typed and taken back, so that documents keep their length.
      await editor.type(uri, taken ? '' : ' ', 3, 0, taken);
      if (i % 100 === 99) await editor.diagnostics(uri);
    }
    await sleep(500);
    collect();
    collect();
    return process.memoryUsage().heapUsed / MEBI;
  };
  const early = await heapAfter(1_000);
  const late = await heapAfter(9_000);
  process.stdout.write(`server: heap after 1,000 edits ${early.toFixed(1)} MiB, after 10,000 ${late.toFixed(1)} MiB\n`);
  return { what: 'heap after 10,000 edits against 1,000', value: late / early, unit: 'times' };
}
