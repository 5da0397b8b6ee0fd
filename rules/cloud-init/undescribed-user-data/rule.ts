import type { Finding } from '../../../core/finding.ts';
import { isUserData } from '../../../languages/cloud-init/forms.ts';
import { entryOf } from '../../../languages/cloud-init/nodes.ts';
import { defineCloudInitRule } from '../../../languages/cloud-init/rule.ts';

/** Files with fewer keys explain themselves. */
const FEWEST_KEYS = 5;
/** Shorter scripts do as well. */
const FEWEST_LINES = 10;
/** A comment that says something, and is no switched-off setting or instruction to a tool. */
const WORDS =
  /^\s*(?!(?:vim|yamllint|bakelint|prettier|yaml-language-server)\b)[A-Za-z][\w'’.,()/-]*(?:[ \t]+[\w'’.,()/&-]+){2}/;

export default defineCloudInitRule({
  id: 'undescribed-user-data',
  summary: 'User-data does not say what it is for',
  policies: ['G8'],
  category: 'ownership',
  severity: 'info',
  preset: 'strict',
  needs: 'always',
  since: '2026.11',
  *check(tree): Iterable<Finding> {
    const { comments, form, header, path, root, script, seed, within } = tree;
    if (form === 'script' && path !== undefined && within === undefined && !seed && script) {
      const lines = script.text.split('\n');
      const said = lines.some(line => /^\s*#(?!!)/.test(line) && WORDS.test(line.replace(/^\s*#+/, '')));
      if (said || lines.filter(line => line.trim() !== '').length < FEWEST_LINES) return;
      yield {
        message: 'No comment says what this script sets up',
        help: 'Say in a comment what the machine is for, and who maintains it',
        span: script.spanOf(0, lines[0]!.length),
      };
      return;
    }
    if (!isUserData(tree) || within !== undefined || path === undefined || seed || !root || !header) return;
    if (root.entries.length < FEWEST_KEYS || entryOf(root, 'final_message')) return;
    if (comments.some(({ span, text }) => span.start > header.end && WORDS.test(text))) return;
    yield {
      message: 'No comment or `final_message` says what this file sets up',
      help: 'Add a comment after the header: what the machine is for, and who maintains it',
      span: header,
    };
  },
});
