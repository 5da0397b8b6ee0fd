import type { Finding } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { LABEL_TYPES, labelsOf, labelText, wrongLabels } from '../../../languages/dockerfile/labels.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import type { DockerfileTree } from '../../../languages/dockerfile/tree.ts';

export default defineDockerfileRule({
  id: 'label-not-version',
  summary: 'The version label contains a moving name or a sentence',
  policies: ['G8', 'G3'],
  category: 'ownership',
  severity: 'warning',
  preset: 'strict',
  needs: { instructions: ['LABEL'] },
  since: '2026.11',
  aliases: ['hadolint:DL3056'],
  *check(file) {
    yield* wrongLabels(file, 'version', wrong);
    yield* latest(file);
    yield* byDefault(file);
  },
});

/** Keys of one's own that say which version it is: `version`, `com.example.release`. */
const OWN_VERSION = /(?:^|[._-])(?:version|release|tag|ref\.name)$/i;

/** `latest` is the name of no version, whatever the key is called. */
function* latest(file: DockerfileTree): Generator<Finding> {
  for (const stage of file.stages)
    for (const { pair } of labelsOf(stage)) {
      if (LABEL_TYPES.get(pair.key) === 'version' || !OWN_VERSION.test(pair.key)) continue;
      if (labelText(pair.value)?.toLowerCase() !== 'latest') continue;
      yield {
        message: `Label ${quoted(pair.key, 50)} is \`latest\`, which is not a version`,
        help: 'Use the version of the packaged software, such as `1.4.2`',
        span: pair.value.span,
      };
    }
}

/** An ARG or ENV without another value makes it `latest`. */
function* byDefault(file: DockerfileTree): Generator<Finding> {
  for (const stage of file.stages)
    for (const { pair } of labelsOf(stage)) {
      const { value } = pair;
      if (LABEL_TYPES.get(pair.key) !== 'version' || labelText(value) !== undefined) continue;
      if (value.byDefault?.trim().toLowerCase() !== 'latest') continue;
      yield {
        message: 'Version label is `latest` unless another value is given',
        help: 'Use the version of the packaged software, such as `1.4.2`',
        span: value.span,
        severity: 'info',
      };
    }
}

/** Names that do not identify a version. `edge`, `nightly` and `dev` name a channel of builds without one on purpose. */
const NAMED = /^(?:latest|stable|main|master|head|current|test|prod|production)$/i;

function wrong(text: string) {
  return NAMED.test(text) || /\s/.test(text)
    ? { what: 'is not a version', help: 'Use the version of the packaged software, such as `1.4.2`' }
    : undefined;
}
