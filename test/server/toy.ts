/** A language of one-line statements with rules that are easy to reason about, to test the server apart from the linter. */
import type { Comment, ImageBuild } from '../../core/build.ts';
import type { Language } from '../../core/language.ts';
import { joinPath, parentDirectory } from '../../core/path.ts';
import { defineBuildRule, type Rule } from '../../core/rule.ts';
import type { Script } from '../../core/script.ts';
import type { SourceText } from '../../core/text.ts';
import { parse } from '../dockerfile/support.ts';

const NO_DOCKERFILE = parse('');

interface Toy {
  readonly source: SourceText;
  readonly neighbor: string | null | undefined;
  readonly script: Script | undefined;
}

const language: Language<Toy> = {
  id: 'dockerfile',
  name: 'Toy',
  inventory: () => ({}),
  detect: path => path.endsWith('.toy') || path.endsWith('/Dockerfile'),
  parse(source, context) {
    const { path, files } = context;
    const asks = source.text.includes('with-neighbor') && path !== undefined;
    return {
      source,
      neighbor: asks ? files.read(joinPath(parentDirectory(path), 'neighbor.txt')) : undefined,
      script: source.text.includes('shell')
        ? context.script(source, { dialect: 'posix', errexit: false, pipefail: false })
        : undefined,
    };
  },
  lower(tree) {
    if (tree.source.text.includes('parser-crash')) throw new TypeError(`cannot read ${tree.source.text}`);
    const build: ImageBuild = {
      language: 'dockerfile',
      source: tree.source,
      stages: [],
      parameters: [],
      images: [],
      problems: [],
      comments: commentsOf(tree.source.text),
      nested: [],
      mentions: [],
      // What editors are offered is read from the tree of the language that the toy stands in for.
      syntax: { ...NO_DOCKERFILE, ...tree },
    };
    return build;
  },
};

/** Comments are on lines of their own and are about the next line. */
function commentsOf(text: string): Comment[] {
  const comments: Comment[] = [];
  for (const { index, 0: line } of text.matchAll(/^#[^\r\n]*/gm)) {
    const end = index + line.length;
    const next = /\r?\n([^\r\n]*)/y;
    next.lastIndex = end;
    const found = next.exec(text);
    const start = found ? next.lastIndex - found[1]!.length : end;
    comments.push({
      text: line.slice(1),
      span: { start: index, end },
      target: found ? { start, end: next.lastIndex } : undefined,
    });
  }
  return comments;
}

function wordRule(id: string, word: string, safety: 'safe' | 'suggested'): Rule {
  return defineBuildRule({
    id,
    summary: `\`${word}\` is not good`,
    policies: ['G1'],
    category: 'style',
    severity: 'warning',
    preset: 'recommended',
    languages: ['dockerfile'],
    since: '2026.11',
    *check({ source }) {
      for (const { index } of source.text.matchAll(new RegExp(`\\b${word}\\b`, 'g'))) {
        const end = index + word.length;
        const edit = source.replace(index, end, 'good');
        yield {
          message: `\`${word}\` stands here.`,
          help: `Say \`good\` instead of \`${word}\``,
          span: source.spanOf(index, end),
          fixes: edit ? [{ title: `Write \`good\` for \`${word}\``, safety, edits: [edit] }] : [],
        };
      }
    },
  });
}

/** Says what its neighbor says, so that tests can see when the neighbor is read. */
const neighborRule = defineBuildRule({
  id: 'neighbor',
  summary: 'The neighbor says something',
  policies: ['G1'],
  category: 'style',
  severity: 'info',
  preset: 'recommended',
  languages: ['dockerfile'],
  since: '2026.11',
  *check({ syntax }) {
    const { neighbor } = syntax as Toy;
    if (typeof neighbor === 'string') yield { message: `Neighbor: ${neighbor.length}.`, span: { start: 0, end: 0 } };
    if (neighbor === null) yield { message: 'No neighbor.', span: { start: 0, end: 0 } };
  },
});

/** Counts the commands of the document read as a script. */
const shellRule = defineBuildRule({
  id: 'shell-commands',
  summary: 'There are commands',
  policies: ['G1'],
  category: 'style',
  severity: 'hint',
  preset: 'recommended',
  languages: ['dockerfile'],
  since: '2026.11',
  *check({ syntax }) {
    const { script } = syntax as Toy;
    if (script) yield { message: `${script.commands.length} commands.`, span: { start: 0, end: 0 } };
  },
});

/** Throws where the text asks for it, with the text in the error. */
const brokenRule = defineBuildRule({
  id: 'broken',
  summary: 'This rule is broken',
  policies: ['G1'],
  category: 'style',
  severity: 'error',
  preset: 'recommended',
  languages: ['dockerfile'],
  since: '2026.11',
  // biome-ignore lint/correctness/useYield: it is the throwing that is tested
  *check({ source }) {
    if (source.text.includes('explode')) throw new Error(`cannot read ${source.text}`);
  },
});

export const toyEngine = {
  languages: [language] as readonly Language[],
  rules: [
    wordRule('bad-word', 'bad', 'safe'),
    wordRule('ugly-word', 'ugly', 'suggested'),
    neighborRule,
    shellRule,
    brokenRule,
  ],
};
