import type { Finding } from '../../../core/finding.ts';
import { nearest } from '../../../core/nearest.ts';
import { isUserData } from '../../../languages/cloud-init/forms.ts';
import { MERGER_OPTIONS, type Merger, type Mergers, mergersOf } from '../../../languages/cloud-init/merging.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';

const NAMES = Object.keys(MERGER_OPTIONS) as (keyof typeof MERGER_OPTIONS)[];

export default defineCloudInitRule({
  id: 'invalid-merge-type',
  summary: '`merge_how` or `merge_type` has an invalid value',
  policies: [],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  needs: { keys: ['merge_how', 'merge_type'] },
  since: '2026.11',
  *check(tree): Iterable<Finding> {
    // In autoinstall's user-data, nothing is merged.
    const given = isUserData(tree) && tree.root && tree.within !== 'autoinstall' ? mergersOf(tree.root) : undefined;
    if (!given) return;
    const what = tree.within === undefined ? 'file' : 'part';
    if (given.malformed)
      yield {
        message: `Malformed \`${given.entry.name}\`: cloud-init ignores this ${what}`,
        help: "Write it as in `'list(append)+dict(recurse_array)+str()'`",
        span: given.malformed.span,
      };
    else if (!given.unknown) yield* misused(given, what);
  },
});

function* misused({ entry, mergers }: Mergers, what: string): Iterable<Finding> {
  let found = false;
  for (const merger of mergers) {
    const known = NAMES.find(name => name === merger.name);
    if (known) yield* unknownOptions(merger, MERGER_OPTIONS[known]);
    else {
      found = true;
      const close = nearest(merger.name, NAMES);
      yield {
        message: `Unknown merger${plain(merger.name)}: cloud-init ignores this ${what}`,
        help: close ? `Did you mean \`${close}\`?` : 'Use `list`, `dict` and `str`',
        span: merger.node.span,
      };
    }
  }
  if (!found && mergers.length > 0 && !mergers.some(({ name }) => name === 'dict'))
    yield {
      message: `\`${entry.name}\` without \`dict\`: cloud-init ignores this ${what}`,
      help: 'Add `dict(recurse_array)`',
      span: entry.value.span,
    };
}

function* unknownOptions({ name, options, node }: Merger, known: readonly string[]): Iterable<Finding> {
  for (const option of options) {
    if (known.includes(option)) continue;
    const close = nearest(option, known);
    if (!close) continue;
    yield {
      message: `\`${name}\` has no merge option${plain(option)}`,
      help: `Did you mean \`${close}\`?`,
      span: node.span,
      severity: 'warning',
    };
  }
}

function plain(word: string): string {
  return /^[a-z_]{1,30}$/.test(word) ? ` \`${word}\`` : '';
}
