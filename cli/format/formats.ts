import type { Formatter } from './format.ts';

/** Every format: what it is for, whether it shows the edits of fixes, and its code, which is loaded when it is asked for. */
export const FORMATS = {
  text: { for: 'people', showsEdits: false, load: async () => (await import('./text.ts')).formatText },
  compact: {
    for: 'one line for each finding',
    showsEdits: false,
    load: async () => (await import('./compact.ts')).formatCompact,
  },
  json: { for: 'programs', showsEdits: true, load: async () => (await import('./json.ts')).formatJson },
  jsonl: {
    for: 'programs that read lines',
    showsEdits: true,
    load: async () => (await import('./json.ts')).formatJsonLines,
  },
  sarif: { for: 'code scanning', showsEdits: true, load: async () => (await import('./sarif.ts')).formatSarif },
  github: {
    for: 'annotations in GitHub Actions',
    showsEdits: false,
    load: async () => (await import('./github.ts')).formatGithub,
  },
  gitlab: {
    for: 'GitLab code quality',
    showsEdits: false,
    load: async () => (await import('./gitlab.ts')).formatGitlab,
  },
  checkstyle: {
    for: 'Jenkins and others',
    showsEdits: false,
    load: async () => (await import('./checkstyle.ts')).formatCheckstyle,
  },
  junit: { for: 'test reports', showsEdits: false, load: async () => (await import('./junit.ts')).formatJunit },
  rdjson: { for: 'reviewdog', showsEdits: true, load: async () => (await import('./rdjson.ts')).formatRdjson },
  markdown: {
    for: 'comments and job summaries',
    showsEdits: false,
    load: async () => (await import('./markdown.ts')).formatMarkdown,
  },
  html: { for: 'one page to read', showsEdits: false, load: async () => (await import('./html.ts')).formatHtml },
} as const satisfies Record<
  string,
  { readonly for: string; readonly showsEdits: boolean; readonly load: () => Promise<Formatter> }
>;

export type Format = keyof typeof FORMATS;
export const FORMAT_NAMES = Object.keys(FORMATS) as readonly Format[];
