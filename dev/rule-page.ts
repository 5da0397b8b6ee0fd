/** A rule's `rule.md`: its documentation and its tests in one file. */
import type { LanguageId } from '../core/build.ts';
import type { Diagnostic } from '../core/finding.ts';
import type { LintResult } from '../core/linter.ts';
import { PRESETS, type Preset } from '../core/presets.ts';
import { fakeSecrets } from './fake-secrets.ts';

const LANGUAGE_IDS: readonly LanguageId[] = ['dockerfile', 'packer', 'cloud-init'];

export interface RulePage {
  /** What it finds and why it matters. */
  readonly prose: string;
  readonly examples: readonly Example[];
}

/** One `good` or `bad` block with the blocks that belong to it. */
export interface Example {
  readonly language: LanguageId;
  readonly kind: 'good' | 'bad';
  /** The document, secrets filled in. */
  readonly text: string;
  /** Its path: `path=` in the info string, or a usual one. */
  readonly path: string;
  /** `options={…}`, `images={…}` (configuration keys as the core names them) and `today=` of the info string. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly images: Readonly<Record<string, unknown>>;
  readonly today: string | undefined;
  /** `preset=` of the info string: only what that preset reports, at its severity. */
  readonly preset: Preset | undefined;
  /** Other files, from `text file=NAME` blocks in front of it; paths relative to the document's directory. */
  readonly files: ReadonlyMap<string, string>;
  /** The expected report, secrets hidden. */
  readonly diagnostics: string | undefined;
  /** The document after all fixes, secrets filled in. */
  readonly fixed: string | undefined;
  /** Below `## Cases`: tested, not published. */
  readonly published: boolean;
  /** The line of the opening fence, from 1. */
  readonly line: number;
}

const USUAL_PATHS: Record<LanguageId, string> = {
  dockerfile: 'Dockerfile',
  packer: 'image.pkr.hcl',
  'cloud-init': 'user-data.yaml',
};

interface Block {
  readonly words: readonly string[];
  readonly settings: ReadonlyMap<string, string>;
  readonly text: string;
  readonly line: number;
  readonly published: boolean;
}

/** Reads a page; throws with the line when a fence is not understood. */
export function parseRulePage(markdown: string): RulePage {
  const examples: Example[] = [];
  let files = new Map<string, string>();
  for (const block of blocksOf(markdown)) {
    const [first = '', second = ''] = block.words;
    const last = examples.at(-1);
    const language = LANGUAGE_IDS.find(id => id === first);
    const json = (name: string): Record<string, unknown> =>
      JSON.parse(block.settings.get(name) ?? '{}') as Record<string, unknown>;
    if (language && (second === 'good' || second === 'bad')) {
      examples.push({
        language,
        kind: second,
        text: fakeSecrets.fill(block.text),
        path: block.settings.get('path') ?? USUAL_PATHS[language],
        options: json('options'),
        images: json('images'),
        today: block.settings.get('today'),
        preset: PRESETS.find(name => name === block.settings.get('preset')),
        files,
        diagnostics: undefined,
        fixed: undefined,
        published: block.published,
        line: block.line,
      });
      files = new Map();
    } else if (first === 'diagnostics' && last?.kind === 'bad')
      examples[examples.length - 1] = { ...last, diagnostics: block.text };
    else if (language && second === 'fixed' && last?.kind === 'bad')
      examples[examples.length - 1] = { ...last, fixed: fakeSecrets.fill(block.text) };
    else if (block.settings.has('file')) files.set(block.settings.get('file')!, fakeSecrets.fill(block.text));
    else if (language || first === 'diagnostics')
      throw new Error(`line ${block.line}: a block \`${block.words.join(' ')}\` is not expected here`);
  }
  const end = markdown.search(/^## When it is fine$/m);
  return { prose: markdown.slice(0, end < 0 ? undefined : end).trim(), examples };
}

/** The part of a page that is published: everything above `## Cases`, secrets hidden. */
export function publishedPart(markdown: string): string {
  const end = markdown.search(/^## Cases$/m);
  return fakeSecrets.describe(markdown.slice(0, end < 0 ? undefined : end)).trim();
}

/** The text below a heading of the prose, its lines joined within paragraphs; `undefined` when it has no such section. */
export function sectionOf(markdown: string, heading: string): string | undefined {
  const prose = markdown.split(/^## Examples$/m)[0]!;
  const section = prose.split(/^## /m).find(text => text.startsWith(`${heading}\n`));
  const text = section?.slice(heading.length).trim();
  return text?.replace(/([^\n])\n(?=[^\n*-])/g, '$1 ');
}

function blocksOf(markdown: string): Block[] {
  const cases = markdown.search(/^## Cases$/m);
  return [...markdown.matchAll(/^(`{3,})([^\n`]*)\n([\s\S]*?)^\1$/gm)].map(match => {
    const settings = new Map<string, string>();
    const info = match[2]!.replace(/ ([a-z]+)=(\{.*?\}(?= |$)|\S+)/g, (_, name: string, value: string) => {
      settings.set(name, value);
      return '';
    });
    return {
      words: info.trim().split(/\s+/),
      settings,
      // A carriage return cannot be seen in Markdown: `␍` at a line's end stands for it.
      text: match[3]!.replaceAll('␍\n', '\r\n'),
      line: markdown.slice(0, match.index).split('\n').length,
      published: cases < 0 || match.index < cases,
    };
  });
}

/**
 * A report as `diagnostics` blocks hold it: place, severity and message, then the line with the place underlined. What is
 * in files beside the document comes after, each place with the name of its file in front.
 */
export function showReport({ text, files }: Example, found: Pick<LintResult, 'diagnostics' | 'inOtherFiles'>): string {
  const others = [...found.inOtherFiles].map(([path, inside]) =>
    showDiagnostics(files.get(path.replace(/^\.\//, '')) ?? '', inside, path),
  );
  return [showDiagnostics(text, found.diagnostics), ...others].join('');
}

function showDiagnostics(text: string, diagnostics: readonly Diagnostic[], file?: string): string {
  const shown = diagnostics.map(({ span, severity, message, help, related }) => {
    const where = (offset: number): string => {
      const before = text.slice(0, offset);
      return `${before.split('\n').length}:${offset - before.lastIndexOf('\n')}`;
    };
    const start = text.lastIndexOf('\n', span.start - 1) + 1;
    const end = text.indexOf('\n', span.start) < 0 ? text.length : text.indexOf('\n', span.start);
    const line = text.slice(start, end).replace(/\r$/, '');
    const width = Math.max(1, Math.min(span.end, start + line.length) - span.start);
    const more = related.map(({ message: why, span: at }) => `\n  - ${at.file ?? where(at.start)} ${why}`).join('');
    return `${file === undefined ? '' : `${file}:`}${where(span.start)} ${severity} ${message}\n  ${line}\n  ${' '.repeat(Math.max(0, span.start - start))}${'~'.repeat(width)}${help === undefined ? '' : `\n  = help: ${help}`}${more}`;
  });
  return fakeSecrets.hide(shown.map(entry => `${entry}\n`).join(''));
}
