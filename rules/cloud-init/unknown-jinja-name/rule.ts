import type { Finding } from '../../../core/finding.ts';
import { nearest } from '../../../core/nearest.ts';
import { withoutTemplateEnding } from '../../../languages/cloud-init/detect.ts';
import { type JinjaReference, type JinjaWord, OPERATORS } from '../../../languages/cloud-init/jinja/expressions.ts';
import { FILTERS, INSTANCE_KEYS, NAMES, OFFERED, TESTS } from '../../../languages/cloud-init/jinja/names.ts';
import type { JinjaTemplate } from '../../../languages/cloud-init/jinja/reader.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';

export default defineCloudInitRule({
  id: 'unknown-jinja-name',
  summary: 'A Jinja template uses an unknown filter, test or variable',
  policies: [],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  needs: 'always',
  since: '2026.11',
  *check({ jinja, source, path }): Iterable<Finding> {
    if (!jinja) return;
    for (const word of jinja.filters)
      if (!FILTERS.has(word.name))
        yield { ...unknownWord('filter', word, FILTERS), span: source.spanOf(word.start, word.end) };
    for (const word of jinja.tests)
      if (!TESTS.has(word.name))
        yield { ...unknownWord('test', word, TESTS), span: source.spanOf(word.start, word.end) };
    // Another engine may give it names first.
    if (path !== undefined && withoutTemplateEnding(path) !== path.toLowerCase()) return;
    for (const { name, start, end, conditional } of jinja.loads)
      yield {
        message: `\`${name}\` cannot load files: cloud-init ignores this template`,
        help: 'Copy the content of the file into this one',
        span: source.spanOf(start, end),
        ...(conditional ? { severity: 'warning' as const } : {}),
      };
    let behind = -1;
    for (const reference of jinja.references) {
      // `hostname` of `local-hostname` is said with it.
      if (reference.start === behind) continue;
      behind = reference.hyphen ? reference.end + 1 : -1;
      const found = judge(reference, jinja);
      if (found) yield { ...found, span: source.spanOf(reference.start, reference.end) };
    }
  },
});

function unknownWord(
  kind: 'filter' | 'test',
  { name, conditional }: JinjaWord,
  known: ReadonlySet<string>,
): Omit<Finding, 'span'> {
  const close = nearest(name, known);
  return {
    message: `Jinja has no ${kind}${named(name)}`,
    help: close ? `Did you mean \`${close}\`?` : `Use one of Jinja's own ${kind}s`,
    // In a condition, it fails only when it is reached.
    ...(conditional ? { severity: 'warning' as const } : {}),
  };
}

/** What is wrong with a name whose value is written; `undefined` when it is there, or may be. */
function judge(reference: JinjaReference, { assigned }: JinjaTemplate): Omit<Finding, 'span'> | undefined {
  const [root = '', key] = reference.path;
  if (assigned.has(root)) return undefined;
  const isKnown = NAMES.has(root);
  if (reference.hyphen && isNoNumber(root)) return hyphen(reference);
  if (root === 'v1' && key !== undefined)
    return INSTANCE_KEYS.includes(key) || isInternal(key) ? undefined : unknownKey(key, reference);
  if (isKnown) return undefined;
  const close = nearest(root, OFFERED);
  // An attribute of what is not there stops the rendering.
  const isFatal = reference.path.length > 1 || reference.open;
  if (reference.minded && !isFatal) return undefined;
  return {
    message: `Unknown name${named(root)} in a template${isFatal ? `: cloud-init ${ignores(reference)} it` : ''}`,
    help: OPERATORS.has(root)
      ? `Put parentheses around \`${root} …\`: here, Jinja reads \`${root}\` as a name`
      : close
        ? `Did you mean \`${close}\`?`
        : 'Use a key of `v1` or `ds`, or `default()`',
    ...((isFatal || close) && !reference.conditional ? {} : { severity: 'warning' as const }),
  };
}

/** Whether a name that cloud-init gives, or nothing gives, is no number that one could subtract from. */
function isNoNumber(root: string): boolean {
  return root === 'v1' || root === 'ds' || INSTANCE_KEYS.includes(root) || !NAMES.has(root);
}

function hyphen(reference: JinjaReference): Omit<Finding, 'span'> {
  return {
    message: `Jinja reads \`-\` as a minus sign: cloud-init ${ignores(reference)} this template`,
    help: 'Write `_` instead of `-` in the name',
    ...(reference.conditional ? { severity: 'warning' as const } : {}),
  };
}

/** Where Jinja may not get to, it may not stop. */
function ignores({ conditional }: JinjaReference): string {
  return conditional ? 'may ignore' : 'ignores';
}

function unknownKey(
  key: string,
  { path, open, minded, conditional }: JinjaReference,
): Omit<Finding, 'span'> | undefined {
  const close = nearest(key, INSTANCE_KEYS);
  const isFatal = path.length > 2 || open;
  if (minded && !isFatal) return undefined;
  return {
    message: `Instance data has no \`v1\` key${named(key)}`,
    help: close ? `Did you mean \`v1.${close}\`?` : 'Use a key of `v1` or `ds`, or `default()`',
    ...((close || isFatal) && !conditional ? {} : { severity: 'warning' as const }),
  };
}

function isInternal(key: string): boolean {
  return key.startsWith('_') || key.includes('-');
}

/** A name for a message; nothing for what is no plain word. */
function named(name: string): string {
  return /^[A-Za-z]\w{0,31}$/.test(name) && !/\d.*\d.*\d/.test(name) ? ` \`${name}\`` : '';
}
