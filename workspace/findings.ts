/** What the pipeline itself has to say about a file: in no list of rules, and nothing turns it off. */
import type { Settings } from '../core/config/resolve.ts';
import type { Diagnostic, Severity } from '../core/finding.ts';
import type { ConfigFile } from './configuration.ts';
import type { Refused } from './files.ts';

/** Where they are explained; rules have pages of their own. */
export const PIPELINE_URL =
  'https://github.com/bakelint/bakelint/blob/main/docs/configuration.md#findings-about-files-and-configurations';

export const PIPELINE_RULES = {
  'unreadable-file': { severity: 'warning', summary: 'A file cannot be read, so it is not linted' },
  'invalid-config': { severity: 'error', summary: 'A configuration file has an error' },
  'internal-error': { severity: 'error', summary: 'Bakelint failed, so findings may be missing' },
} as const satisfies Record<string, { severity: Severity; summary: string }>;
export type PipelineRule = keyof typeof PIPELINE_RULES;

const BEGINNING = { start: 0, end: 0 };

/** A document that has no text to lint. `largest` is the limit in bytes, `setting` what sets it, where something does. */
export function unreadable({ refused, reason }: Refused, largest: number, setting?: string): Diagnostic {
  switch (refused) {
    case 'binary':
      return finding('unreadable-file', 'File is not linted: it contains NUL bytes');
    case 'encrypted':
      return finding('unreadable-file', 'File is not linted: it is encrypted, or a pointer of Git LFS');
    case 'utf-16':
      return finding('unreadable-file', 'File is not linted: it is UTF-16', 'Save it as UTF-8');
    case 'invalid':
      return finding('unreadable-file', 'File is not linted: it is not valid UTF-8', 'Save it as UTF-8');
    case 'not-plain':
      return finding('unreadable-file', 'File is not linted: it is not a regular file');
    case 'outside':
      return finding('unreadable-file', 'File is not linted: the link leads out of the workspace');
    case 'too-large':
      return finding(
        'unreadable-file',
        `File is not linted: it is larger than ${sizeText(largest)}`,
        setting && `${setting} sets the limit`,
      );
    case 'unreadable':
      return finding('unreadable-file', `File is not linted: ${reason ?? 'it cannot be opened'}`);
  }
}

/** The problems of a configuration; their places are places in its text. */
export function invalidConfig({ problems }: ConfigFile): readonly Diagnostic[] {
  return problems.map(({ message, help, span }) => finding('invalid-config', message, help, span));
}

/**
 * A defect of ours, so that a file is never treated as clean that was not linted. Of the error only its kind is said:
 * what it says may quote the document.
 */
export function internalError(error: unknown, rule?: string): Diagnostic {
  const kind = error instanceof Error ? error.name : typeof error;
  return rule === undefined
    ? finding('internal-error', `Bakelint failed on this file (${kind})`, 'Report it as a bug; the file is not linted')
    : finding(
        'internal-error',
        `Rule \`${rule}\` failed on this file (${kind})`,
        'Report it as a bug; other rules are not affected',
      );
}

/** What is found in a file that another document names, as the settings for that file have it. */
export function underSettings(found: readonly Diagnostic[], { rules }: Settings): readonly Diagnostic[] {
  return found.flatMap(one => {
    const active = rules.get(one.rule);
    if (!active) return [];
    return active.fixed ? [{ ...one, severity: active.severity }] : [one];
  });
}

function finding(rule: PipelineRule, message: string, help?: string, span = BEGINNING): Diagnostic {
  const { severity } = PIPELINE_RULES[rule];
  return { rule, severity, message, help, span, related: [], fixes: [], url: PIPELINE_URL };
}

function sizeText(bytes: number): string {
  for (const [unit, size] of [
    ['GB', 1024 ** 3],
    ['MB', 1024 ** 2],
    ['KB', 1024],
  ] as const)
    if (bytes >= size && Number.isInteger((bytes / size) * 10)) return `${bytes / size} ${unit}`;
  return `${bytes} bytes`;
}
