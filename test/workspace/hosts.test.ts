/** The command line and the language server say the same of the same files. */

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Diagnostic } from 'vscode-languageserver-protocol/node';
import { run } from '../../cli/run.ts';
import { languages } from '../../languages/index.ts';
import { DiskFiles } from '../../node/files.ts';
import { rules } from '../../rules/index.ts';
import { diskSource } from '../../server/disk.ts';
import { shellParser } from '../../shell/parser.ts';
import { Configurations } from '../../workspace/configuration.ts';
import { Directories } from '../../workspace/directories.ts';
import { posixPath } from '../host.ts';
import { Session, wait } from '../server/session.ts';
import { type Item, onDisk, workspaces } from './tree.ts';

/** `rule severity line:column message` for each finding, by path in the workspace; files without findings are left out. */
type Findings = Record<string, string[]>;

interface Said {
  readonly documents: Findings;
  readonly configurations: Findings;
}

async function byCommandLine(home: string, start: string): Promise<Said> {
  const out: string[] = [];
  await run(['--format', 'json', join(home, start)], {
    cwd: home,
    env: {},
    stdout: { write: text => out.push(text) },
    stderr: { write: () => undefined },
    stdin: async () => new Uint8Array(),
    today: '2026-11-01',
    now: () => 0,
    home,
    engine: async () => ({ languages, rules, fixable: new Set(), shell: shellParser, load: async () => undefined }),
  });
  const said: Said = { documents: {}, configurations: {} };
  for (const { path, language, diagnostics } of (JSON.parse(out.join('')) as { files: JsonFile[] }).files) {
    if (diagnostics.length === 0) continue;
    said[language === 'config' ? 'configurations' : 'documents'][path] = diagnostics.map(
      ({ rule, severity, message, range: { start } }) => `${rule} ${severity} ${start.line}:${start.column} ${message}`,
    );
  }
  return said;
}

interface JsonFile {
  path: string;
  language: string;
  diagnostics: {
    rule: string;
    severity: string;
    message: string;
    range: { start: { line: number; column: number } };
  }[];
}

async function byServer(home: string, start: string): Promise<Said> {
  const session = await Session.start({
    engine: { languages, rules },
    disk: diskSource,
    workspaceFolders: [uriOf(join(home, start))],
    capabilities: { workspace: { diagnostics: {} }, textDocument: { diagnostic: {} } },
    initializationOptions: { messagesShown: true },
  });
  const said: Said = { documents: {}, configurations: {} };
  try {
    for (const path of filesIn(home, start)) {
      if (basename(path).startsWith('.bakelint.')) continue;
      const found = await pulled(session, uriOf(join(home, path)), readFileSync(join(home, path), 'utf8'));
      if (found.length > 0) said.documents[path] = found.map(line);
    }
    // Documents are pulled, configurations are pushed.
    for (const { uri, diagnostics } of session.published)
      if (diagnostics.length > 0)
        said.configurations[posixPath(relative(home, fileURLToPath(uri)))] = diagnostics.map(one =>
          // The help is the second line of the message.
          line({ ...one, message: String(one.message).split('\n', 1)[0]! }),
        );
    return said;
  } finally {
    await session.stop();
  }
}

const SEVERITIES = ['', 'error', 'warning', 'info', 'hint'];

const line = ({ code, severity = 1, message, range: { start } }: Diagnostic): string =>
  `${code} ${SEVERITIES[severity]} ${start.line + 1}:${start.character + 1} ${message}`;

/** What is found in a document once the server has got all the files that it asks for. */
async function pulled(session: Session, uri: string, text: string): Promise<readonly Diagnostic[]> {
  await session.open(uri, text, 'plaintext');
  const pull = (): Promise<{ resultId?: string; items?: Diagnostic[] }> =>
    session.client.sendRequest('textDocument/diagnostic', { textDocument: { uri } });
  let last = await pull();
  for (let id: string | undefined; id !== last.resultId; last = await pull()) {
    id = last.resultId;
    await wait(2);
  }
  await session.close(uri);
  return last.items ?? [];
}

/** The plain files in a directory and the links to some, by path. */
function filesIn(home: string, directory: string): string[] {
  if (!statSync(join(home, directory), { throwIfNoEntry: false })?.isDirectory()) return [];
  return readdirSync(join(home, directory), { withFileTypes: true }).flatMap(entry => {
    const path = posixPath(join(directory, entry.name));
    if (entry.isDirectory()) return filesIn(home, path);
    return isFile(join(home, path)) ? [path] : [];
  });
}

/** A link may lead to itself. */
function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

const uriOf = (path: string): string => pathToFileURL(path).toString();

const isLink = (items: readonly Item[], path: string): boolean =>
  items.some(item => item.path === `ws/${path}` && typeof item.content !== 'string');

function isLeftOut(path: string, base: string): boolean {
  const directories = new Directories(new DiskFiles(), new Configurations([]), undefined);
  return ['gitignore', 'config'].includes(directories.locate(path, base).leftOut ?? '');
}

/** Workspaces in which something was found, something was left out, a configuration had problems. */
const seen = { findings: 0, leftOut: 0, problems: 0 };

async function compare(items: readonly Item[], start: string): Promise<void> {
  await onDisk(items, async folder => {
    const home = join(folder, 'ws');
    const walked = await byCommandLine(home, start);
    const shown = await byServer(home, start);
    // A search lints a file once, under its own name; a link to it that is opened is looked at all the same.
    for (const path of Object.keys(shown.documents))
      if (!walked.documents[path] && isLink(items, path)) delete shown.documents[path];
    expect(shown.documents).toEqual(walked.documents);
    // The server shows the problems of configurations that a document uses, the command line of all that it meets.
    for (const [path, problems] of Object.entries(shown.configurations))
      expect({ [path]: problems }).toEqual({ [path]: walked.configurations[path] });
    if (Object.keys(walked.documents).length > 0) seen.findings++;
    if (filesIn(home, start).some(path => isLeftOut(join(home, path), join(home, start)))) seen.leftOut++;
    if (Object.keys(shown.configurations).length > 0) seen.problems++;
  });
}

describe('the command line and the server', () => {
  it('find the same in any workspace', async () => {
    const runs = Number(process.env.HOSTS_RUNS ?? 120);
    await fc.assert(fc.asyncProperty(workspaces, fc.constantFrom('', '', '', '', 'a'), compare), {
      numRuns: runs,
    });
    expect(seen.findings).toBeGreaterThan(runs / 4);
    expect(seen.leftOut).toBeGreaterThan(runs / 20);
    expect(seen.problems).toBeGreaterThan(runs / 40);
  });
});
