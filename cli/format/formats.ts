import { type Formatter, inOnePiece, type PartFormatter } from './format.ts';

/**
 * Every format: what it is for, whether it shows the edits of fixes, and its code, which is loaded when it is asked for.
 * Those with `parts` are written while files are linted.
 */
export const FORMATS = {
  text: { for: 'people', showsEdits: false, parts: async () => (await import('./text.ts')).text },
  compact: {
    for: 'one line for each finding',
    showsEdits: false,
    parts: async () => (await import('./compact.ts')).compact,
  },
  json: { for: 'programs', showsEdits: true, load: async () => (await import('./json.ts')).formatJson },
  jsonl: {
    for: 'programs that read lines',
    showsEdits: true,
    parts: async () => (await import('./json.ts')).jsonLines,
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
  { readonly for: string; readonly showsEdits: boolean } & (
    | { readonly load: () => Promise<Formatter> }
    | { readonly parts: () => Promise<PartFormatter> }
  )
>;

export type Format = keyof typeof FORMATS;
export const FORMAT_NAMES = Object.keys(FORMATS) as readonly Format[];

export async function formatterFor(format: Format): Promise<Formatter> {
  const row = FORMATS[format];
  return 'parts' in row ? inOnePiece(await row.parts()) : row.load();
}

/** Where the files of a format are written one after the other. */
export async function partsFor(format: Format): Promise<PartFormatter | undefined> {
  const row = FORMATS[format];
  return 'parts' in row ? row.parts() : undefined;
}
