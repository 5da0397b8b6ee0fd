import type { Formatter } from './format.ts';

/** Every format: what it is for, and its code, which is loaded when it is asked for. */
export const FORMATS = {
  text: { for: 'people', load: async () => (await import('./text.ts')).formatText },
  compact: { for: 'one line for each finding', load: async () => (await import('./compact.ts')).formatCompact },
  json: { for: 'programs', load: async () => (await import('./json.ts')).formatJson },
  jsonl: { for: 'programs that read lines', load: async () => (await import('./json.ts')).formatJsonLines },
  sarif: { for: 'code scanning', load: async () => (await import('./sarif.ts')).formatSarif },
  github: { for: 'annotations in GitHub Actions', load: async () => (await import('./github.ts')).formatGithub },
  gitlab: { for: 'GitLab code quality', load: async () => (await import('./gitlab.ts')).formatGitlab },
  checkstyle: { for: 'Jenkins and others', load: async () => (await import('./checkstyle.ts')).formatCheckstyle },
  junit: { for: 'test reports', load: async () => (await import('./junit.ts')).formatJunit },
  rdjson: { for: 'reviewdog', load: async () => (await import('./rdjson.ts')).formatRdjson },
  markdown: { for: 'comments and job summaries', load: async () => (await import('./markdown.ts')).formatMarkdown },
  html: { for: 'one page to read', load: async () => (await import('./html.ts')).formatHtml },
} as const satisfies Record<string, { readonly for: string; readonly load: () => Promise<Formatter> }>;

export type Format = keyof typeof FORMATS;
export const FORMAT_NAMES = Object.keys(FORMATS) as readonly Format[];
