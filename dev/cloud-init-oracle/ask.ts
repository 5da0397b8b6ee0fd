/** Asks cloud-init's own code, through `ask.py`: a Python that can import `cloudinit` has to be there. */
import { spawnSync } from 'node:child_process';

export type Kind = 'cloud-config' | 'network 1' | 'network 2' | 'autoinstall';

export interface SchemaError {
  /** `users.0.sudo`. */
  readonly path: string;
  readonly message: string;
}
export type Ask =
  | { readonly ask: 'version' | 'schemas' }
  | { readonly ask: 'valid'; readonly kind: Kind; readonly text: string }
  | { readonly ask: 'merged' | 'with vendor data'; readonly parts: readonly string[] }
  | { readonly ask: 'rendered'; readonly text: string; readonly data: unknown };

/** Answers to all of the questions, in their order; throws where there is no cloud-init, or it fails. */
export function askCloudInit(questions: readonly Ask[]): unknown[] {
  const { stdout, stderr, status } = spawnSync(
    process.env.CLOUD_INIT_PYTHON ?? 'python3',
    ['dev/cloud-init-oracle/ask.py'],
    {
      input: questions.map(question => `${JSON.stringify(question)}\n`).join(''),
      encoding: 'utf8',
      maxBuffer: 2 ** 30,
    },
  );
  if (status !== 0) throw new Error(`no answer from cloud-init: ${stderr.trim().split('\n').pop()}`);
  const lines = stdout.trim().split('\n');
  return questions.map((question, at) => {
    const said = JSON.parse(lines[at]!) as { readonly answer?: unknown; readonly failed?: string };
    if (said.failed !== undefined) throw new Error(`${said.failed}, asked ${JSON.stringify(question).slice(0, 300)}`);
    return said.answer;
  });
}
