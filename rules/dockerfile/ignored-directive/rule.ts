import { type Finding, fix } from '../../../core/finding.ts';
import { nearest } from '../../../core/nearest.ts';
import { quoted } from '../../../core/quoted.ts';
import { rewritten } from '../../../languages/dockerfile/edits.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';

const NAMES = ['syntax', 'escape', 'check'];
const HEAD = 20;

export default defineDockerfileRule({
  id: 'ignored-directive',
  summary: 'A parser directive is misspelled or comes too late, so it is ignored',
  policies: [],
  category: 'correctness',
  severity: 'warning',
  preset: 'recommended',
  needs: 'always',
  since: '2026.11',
  aliases: ['tally:syntax-directive-typo'],
  *check(file) {
    const { source, directives, comments } = file;
    for (const { known, name, nameSpan, span, value } of directives) {
      if (known) continue;
      const guess = NAMES.find(one => meant(one, value) && nearest(name, [one]));
      if (guess === undefined) continue;
      yield {
        message: `Unknown parser directive ${quoted(name)} is treated as a comment`,
        help: `Did you mean \`${guess}\`?`,
        span,
        fixes: [
          guess === 'escape'
            ? undefined
            : fix('suggested', `Change it to \`${guess}\``, rewritten(file, nameSpan, guess)),
        ],
      };
    }
    for (const { name, value, valueSpan } of directives) {
      const better = name === 'syntax' ? betterFrontend(value) : undefined;
      if (better !== undefined)
        yield {
          message: `${quoted(value)} is not a Dockerfile frontend`,
          help: `Did you mean ${quoted(better)}?`,
          span: valueSpan,
          fixes: [fix('suggested', `Change it to ${quoted(better)}`, rewritten(file, valueSpan, better))],
        };
    }
    const present = new Set(directives.map(({ name }) => name));
    const read = new Set(directives.map(({ span }) => span.start));
    for (const [i, { text, span, inside }] of comments.entries()) {
      if (inside || read.has(span.start)) continue;
      const late = /^[ \t]*(syntax|escape|check)[ \t]*=[ \t]*(\S{1,200})[ \t]*$/i.exec(text);
      const [, word = '', value = ''] = late ?? [];
      const name = word.toLowerCase();
      if (late && meant(name, value)) {
        // A second one is a note about an alternative.
        if (present.has(name)) continue;
        yield {
          message: `Parser directive \`${name}\` is ignored: not at the top of the file`,
          help: 'Move it above all other comments, empty lines and instructions',
          span,
          // Another escape character changes the meaning of every `\\` in the file, so there is no fix.
          fixes: [name === 'escape' ? undefined : toTheTop(span)],
        };
        continue;
      }
      const colon = i < HEAD ? /^[ \t]*syntax(?:[ \t]*:[ \t]*|[ \t]+)(?=docker\/dockerfile)/i.exec(text) : null;
      if (!colon || present.has('syntax')) continue;
      const start = span.start + 1;
      yield {
        message: 'Parser directive without `=` is treated as a comment',
        help: 'Write `# syntax=` followed by the image',
        span,
        fixes: [fix('suggested', 'Use `=`', rewritten(file, { start, end: start + colon[0].length }, ' syntax='))],
      };
    }

    function toTheTop(span: Finding['span']) {
      const { text } = source;
      const lineStart = text.lastIndexOf('\n', span.start - 1) + 1;
      const lineEnd = text.indexOf('\n', span.end);
      if (lineEnd < 0) return undefined;
      const shebang = text.startsWith('#!') ? text.indexOf('\n') + 1 : text.charCodeAt(0) === 0xfeff ? 1 : 0;
      const top = directives.length > 0 ? text.indexOf('\n', directives.at(-1)!.span.end) + 1 : shebang;
      const lineBreak = text[lineEnd - 1] === '\r' ? '\r\n' : '\n';
      return fix(
        'suggested',
        'Move it to the top of the file',
        rewritten(file, { start: top, end: top }, text.slice(span.start, span.end) + lineBreak),
        rewritten(file, { start: lineStart, end: lineEnd + 1 }, ''),
      );
    }
  },
});

/** Repositories of the frontends that Docker publishes. */
const FRONTENDS = ['docker/dockerfile', 'docker/dockerfile-upstream'];

/** The reference that a misspelled one means; a registry of one's own may have any name. */
function betterFrontend(value: string): string | undefined {
  const [, registry = '', repository = '', rest = ''] =
    /^(docker\.io\/)?([a-z0-9_-]{1,40}\/[a-z0-9_-]{1,40})((?::[\w.-]{1,60})?(?:@.{1,100})?)$/i.exec(value) ?? [];
  if (repository === '' || FRONTENDS.includes(repository)) return undefined;
  const better = nearest(repository, FRONTENDS);
  return better && `${registry}${better}${rest}`;
}

/** Whether the value is one that the directive could have: ordinary comments may have the same form. */
function meant(name: string, value: string): boolean {
  if (name === 'syntax') return /dockerfile/i.test(value);
  return name === 'escape' ? /^[\\`]$/.test(value) : /^(?:skip|error|experimental)=/.test(value);
}
