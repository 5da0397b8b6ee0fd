import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { documentOf, LANGUAGES, MODES, typingPlace } from './documents.ts';
import { Editor } from './editor.ts';
import { DIST, findProgram, type Program } from './process.ts';
import { type Figure, median, table } from './statistics.ts';

/** A language server in a process of its own, with an editor. */
class ServerProcess {
  readonly editor: Editor;
  private readonly child: ChildProcess;

  constructor({ program, args }: Program) {
    this.child = spawn(program, args, { stdio: ['pipe', 'pipe', 'ignore'] });
    this.editor = new Editor(this.child.stdout!, this.child.stdin!);
  }

  /** CPU seconds so far; Linux only. */
  get cpu(): number {
    // Fields 14 and 15 of proc(5), counted from after the name in parentheses, in hundredths of a second.
    const fields = this.proc('stat').split(') ')[1]?.split(' ');
    return (Number(fields?.[11]) + Number(fields?.[12])) / 100;
  }

  /** MiB resident now; Linux only. */
  get memory(): number {
    return Number(/VmRSS:\s+(\d+)/.exec(this.proc('status'))?.[1] ?? Number.NaN) / 1024;
  }

  private proc(file: string): string {
    return process.platform === 'linux' ? readFileSync(`/proc/${this.child.pid}/${file}`, 'utf8') : '';
  }

  stop(): void {
    this.editor.stop();
    this.child.kill();
  }
}

const OURS: Program = { program: process.execPath, args: [join(DIST, 'vscode/server.js'), '--stdio'] };
const PEER = 'docker-langserver';
const BLOCKS = 5;
const EDITS = 60;
const LINES = 100;

/** CPU time of an edit against the Dockerfile language server, and the memory of ours. */
export async function benchEdits(directories: string | undefined): Promise<Figure[]> {
  const program = findProgram(PEER, directories);
  const servers = new Map([['bakelint', OURS]]);
  if (program) servers.set(PEER, { program, args: ['--stdio'] });
  const costs = await edits(servers);
  const own = costs.get('bakelint')!;
  const rows = [...costs].map(([name, cost]) => [name, cost * 1000, own / cost]);
  process.stdout.write(`${table([[`an edit of ${LINES} lines`, 'CPU ms', 'ours / theirs'], ...rows])}`);
  process.stdout.write(program ? '\n' : `missing: ${PEER}\n\n`);
  const one = await memoryAfter(1);
  const many = await memoryAfter(1_000);
  process.stdout.write(
    `${table([
      ['server', 'MiB resident'],
      ['1 document', one],
      ['1,000 documents', many],
    ])}\n`,
  );
  return [
    { what: `an edit against ${PEER}`, value: own / (costs.get(PEER) ?? Number.NaN), unit: 'times CPU', aim: 2 },
    { what: 'server with one document, 5 s after opening', value: one, unit: 'MiB', aim: 85 },
    { what: 'server with 1,000 documents', value: many, unit: 'MiB' },
  ];
}

/** CPU seconds of an edit with each server; the servers take turns. */
async function edits(programs: ReadonlyMap<string, Program>): Promise<Map<string, number>> {
  const uri = 'file:///ws/Dockerfile';
  const { text } = documentOf('dockerfile', LINES);
  const { line, column } = typingPlace(text);
  const servers = new Map([...programs].map(([name, one]) => [name, new ServerProcess(one)]));
  const samples = new Map([...programs].map(([name]): [string, number[]] => [name, []]));
  let typed = 100_000;
  for (const { editor } of servers.values()) {
    await editor.start();
    await editor.open(uri, 'dockerfile', text);
    await editor.diagnostics(uri);
    await editor.type(uri, String(typed), line, column, 1);
  }
  for (let block = 0; block < BLOCKS; block++)
    for (const [name, server] of servers) {
      await sleep(500);
      const before = server.cpu;
      for (let i = 0; i < EDITS; i++) {
        // A text that was not there before, as when typing.
        await server.editor.type(uri, String(++typed), line, column, 6);
        await server.editor.diagnostics(uri);
      }
      samples.get(name)!.push((server.cpu - before) / EDITS);
    }
  for (const server of servers.values()) server.stop();
  // The first block is the one in which the code gets compiled.
  return new Map([...samples].map(([name, costs]) => [name, median(costs.slice(1))]));
}

/** MiB that our server takes 5 seconds after it has answered for so many documents. */
async function memoryAfter(count: number): Promise<number> {
  const server = new ServerProcess(OURS);
  await server.editor.start();
  for (let i = 0; i < count; i++) {
    const language = LANGUAGES[i % LANGUAGES.length]!;
    const { path, text } = documentOf(language, LINES, i);
    await server.editor.open(`file:///ws/p${i}/${path}`, MODES[language], text);
    await server.editor.diagnostics(`file:///ws/p${i}/${path}`);
  }
  await sleep(5_000);
  const memory = server.memory;
  server.stop();
  return memory;
}
