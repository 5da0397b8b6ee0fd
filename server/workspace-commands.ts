/** The commands that lint the whole workspace and take back what was found, for any editor. */
import { type Connection, MessageType, ShowMessageNotification } from 'vscode-languageserver';
import { CLEAR_WORKSPACE, LINT_WORKSPACE, type WorkspaceLinted } from './protocol.ts';
import type { LintedWorkspace, WorkspaceLint } from './workspace-lint.ts';

export const COMMANDS: readonly string[] = [LINT_WORKSPACE, CLEAR_WORKSPACE];

export interface CommandParts {
  readonly lint: WorkspaceLint;
  /** Why there is nothing to lint. */
  refusal(): Promise<string | undefined>;
  /** The editor shows progress that the server begins. */
  createsProgress(): boolean;
}

/** So many directories that cannot be listed are named in the output. */
const MOST_NAMED = 20;
/** Between two reports, in milliseconds. */
const REPORT_EVERY = 100;

export function serveWorkspaceCommands(connection: Connection, { lint, refusal, createsProgress }: CommandParts): void {
  connection.onExecuteCommand(async ({ command }, token, given) => {
    if (command === CLEAR_WORKSPACE) lint.clear();
    if (command !== LINT_WORKSPACE) return null;
    const why = await refusal();
    if (why !== undefined) {
      say(connection, why);
      return null;
    }
    // One of the server can be cancelled on its own.
    const made = createsProgress()
      ? await connection.window.createWorkDoneProgress().catch(() => undefined)
      : undefined;
    const progress = made ?? given;
    progress.begin('Bakelint: linting the workspace', 0, 'searching for files', true);
    let last = 0;
    try {
      const done = await lint.run({
        isCancelled: () => token.isCancellationRequested || made?.token.isCancellationRequested === true,
        report(looked, total, { findings }) {
          if (total === undefined || performance.now() - last < REPORT_EVERY) return;
          last = performance.now();
          progress.report((100 * looked) / total, `${looked} of ${total} files, ${counted(findings, 'finding')}`);
        },
      });
      tell(connection, done);
      const complete = !done.cancelled && done.left === 0 && !done.isCut && done.unread.length === 0;
      return { documents: done.documents, findings: done.findings, complete } satisfies WorkspaceLinted;
    } finally {
      progress.done();
    }
  });
}

function say(connection: Connection, message: string, type: MessageType = MessageType.Info): void {
  void connection.sendNotification(ShowMessageNotification.type, { type, message }).catch(() => undefined);
}

function tell(connection: Connection, done: LintedWorkspace): void {
  const { documents, findings, cancelled, unread, left, isCut } = done;
  const said = `${counted(findings, 'finding')} in ${counted(documents, 'closed file')}`;
  const notes = [
    ...(left > 0 ? [`${counted(left, 'file')} left out: too many files or findings`] : []),
    ...(isCut ? ['too many directories to search all of them'] : []),
    ...(unread.length > 0 ? [`${counted(unread.length, 'directory', 'directories')} could not be listed`] : []),
  ];
  const message = `${[cancelled ? `Cancelled: ${said} so far` : said, ...notes].join('. ')}.`;
  for (const path of unread.slice(0, MOST_NAMED)) connection.console.warn(`${path} could not be listed.`);
  connection.console.log(message);
  if (cancelled) return;
  say(connection, message, notes.length > 0 ? MessageType.Warning : MessageType.Info);
}

const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;
