import { beforeEach, expect, test, vi } from 'vitest';
import type { ExtensionContext } from 'vscode';
import type { CommandParts } from '../../client/commands.ts';
import { type LatePart, type Server, waitForOurs } from '../../client/extension.ts';

vi.mock('vscode', () => {
  const none = () => ({ dispose: () => undefined });
  return { workspace: { onDidOpenTextDocument: none, onDidChangeTextDocument: none, textDocuments: [] } };
});
vi.mock('../../client/images-view.ts', () => ({ showImages: () => undefined }));
vi.mock('../../client/ours.ts', () => ({ isOurs: () => false, isScript: () => false }));
let commands: CommandParts;
vi.mock('../../client/commands.ts', () => ({
  registerCommands: (parts: CommandParts) => {
    commands = parts;
  },
}));
const logged = vi.spyOn(console, 'error').mockImplementation(() => undefined);
beforeEach(() => logged.mockClear());

/** An extension whose servers start or not, in this order, and what has happened to them. */
function extension(...starts: readonly (boolean | 'once')[]): string[] {
  const happened: string[] = [];
  const left = [...starts];
  const launch: LatePart['launch'] = async () => {
    const kind = left.shift();
    happened.push(kind ? 'started' : 'failed');
    if (!kind) throw new Error('no server');
    const server = {
      async restart() {
        happened.push('restart');
        if (kind === 'once') throw new Error('not again');
      },
      async dispose() {
        happened.push('disposed');
      },
    };
    return server as unknown as Server;
  };
  waitForOurs({ subscriptions: [] } as unknown as ExtensionContext, async () => ({ launch }));
  return happened;
}

test('a server that did not start is started by the next command', async () => {
  const happened = extension(false, false, true);
  await expect(commands.server()).rejects.toThrow('no server');
  await expect(commands.restart()).rejects.toThrow('no server');
  await commands.restart();
  await commands.server();
  expect(happened).toEqual(['failed', 'failed', 'started']);
  expect(logged).toHaveBeenCalledTimes(2);
});

test('a server that runs is restarted, and replaced where that fails', async () => {
  const happened = extension('once', true);
  await commands.server();
  await commands.restart();
  expect(happened).toEqual(['started', 'restart', 'disposed', 'started']);
  await commands.restart();
  expect(happened.at(-1)).toBe('restart');
});
