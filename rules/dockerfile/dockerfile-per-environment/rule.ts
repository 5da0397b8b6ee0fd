import { quoted } from '../../../core/quoted.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';

export default defineDockerfileRule({
  id: 'dockerfile-per-environment',
  summary: 'An environment has its own Dockerfile',
  policies: ['G12'],
  category: 'separation',
  severity: 'info',
  preset: 'strict',
  needs: { instructions: ['FROM'] },
  asksAcrossFiles: true,
  since: '2026.11',
  *check(file, { acrossFiles }) {
    const [first] = file.stages;
    const beside = file.devContainer ? undefined : file.otherEnvironment;
    const other = beside ?? (file.devContainer ? undefined : acrossFiles?.twin);
    if (!first || other === undefined) return;
    yield {
      message:
        beside === undefined
          ? `Copy of ${quoted(other)} for another environment`
          : `One Dockerfile per environment: this one and ${quoted(other)}`,
      help: 'Use one Dockerfile with a stage per environment, and build it with `--target`',
      span: first.from.lineSpan,
    };
  },
});
