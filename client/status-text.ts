/** What the status item says. */
import type { DocumentStatus } from '../server/protocol.ts';

export interface StatusFacts {
  readonly isOn: boolean;
  /** Of the settings; empty where the configuration decides. */
  readonly preset: string;
  /** What the server says of the active document; `undefined` before it does. */
  readonly status: DocumentStatus | undefined;
  /** The configuration as it is shown. */
  readonly config: string | undefined;
  readonly found: number;
  readonly added: number;
}

const LEFT_OUT = {
  config: 'ignored by the configuration',
  gitignore: 'ignored by .gitignore',
  'tool-directory': 'in .git or node_modules',
} as const;

export function statusText({ isOn, preset, status, config, found, added }: StatusFacts): {
  readonly text: string;
  readonly detail: string;
} {
  const presets = preset !== '' ? [preset] : (status?.presets ?? []);
  const broken = status?.isConfigBroken ? ' (has problems)' : '';
  const detail = `preset ${presets.length > 0 ? presets.join(', ') : 'recommended'}, ${config ?? 'no configuration'}${broken}`;
  if (!isOn) return { text: 'Bakelint is off', detail };
  if (status?.leftOut) return { text: `Bakelint: ${LEFT_OUT[status.leftOut]}`, detail };
  const count = `${found} finding${found === 1 ? '' : 's'}${added > 0 ? `, ${added} new` : ''}`;
  return { text: `Bakelint: ${count}`, detail };
}
