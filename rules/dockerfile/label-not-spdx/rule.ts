import { quoted } from '../../../core/quoted.ts';
import { wrongLabels } from '../../../languages/dockerfile/labels.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';

export default defineDockerfileRule({
  id: 'label-not-spdx',
  summary: '`org.opencontainers.image.licenses` is not an SPDX license expression',
  policies: ['G8'],
  category: 'ownership',
  severity: 'warning',
  preset: 'strict',
  needs: { instructions: ['LABEL'] },
  since: '2026.11',
  aliases: ['hadolint:DL3054'],
  check: file => wrongLabels(file, 'license', wrong),
});

/** An expression of https://spdx.github.io/spdx-spec/v2.3/SPDX-license-expressions/: identifiers, operators, parentheses. */
function wrong(text: string) {
  const words = text.replace(/[()]/g, ' ').trim().split(/\s+/);
  const valid = words.every((word, i) =>
    i % 2 === 1
      ? /^(?:AND|OR|WITH)$/i.test(word)
      : /^[A-Za-z0-9.:-]+\+?$/.test(word) && !/^(?:AND|OR|WITH)$/i.test(word),
  );
  const what = 'is not an SPDX license expression';
  const shown = /^[A-Za-z][\w .,()+-]{0,39}$/.test(text) ? quoted(text) : undefined;
  const better = USUAL.get(
    text
      .toLowerCase()
      .replace(/^the /, '')
      .replace(/ licen[cs]e$/, ''),
  );
  if (better !== undefined && better !== text) return { what, shown, help: `Write \`${better}\``, better };
  if (valid && words.length % 2 === 1) return undefined;
  return { what, shown, help: 'Use SPDX identifiers, as in `MIT OR Apache-2.0`' };
}

/** Common spellings in lowercase, and the identifier for each. https://spdx.org/licenses/ */
const USUAL: ReadonlyMap<string, string> = new Map([
  ['apache', 'Apache-2.0'],
  ['apache2', 'Apache-2.0'],
  ['apache 2', 'Apache-2.0'],
  ['apache 2.0', 'Apache-2.0'],
  ['apache-2', 'Apache-2.0'],
  ['apache license 2.0', 'Apache-2.0'],
  ['apache license, version 2.0', 'Apache-2.0'],
  ['asl 2.0', 'Apache-2.0'],
  ['mit', 'MIT'],
  ['bsd 2-clause', 'BSD-2-Clause'],
  ['bsd 3-clause', 'BSD-3-Clause'],
  ['gplv2', 'GPL-2.0-only'],
  ['gplv3', 'GPL-3.0-only'],
  ['agplv3', 'AGPL-3.0-only'],
  ['mpl2', 'MPL-2.0'],
  ['mpl 2.0', 'MPL-2.0'],
]);
