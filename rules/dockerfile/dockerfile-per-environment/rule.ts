import { quoted } from '../../../core/quoted.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';

export default defineDockerfileRule({
  id: 'dockerfile-per-environment',
  summary: 'Each environment has a Dockerfile of its own',
  policies: ['G12'],
  category: 'separation',
  severity: 'info',
  preset: 'strict',
  needs: { instructions: ['FROM'] },
  since: '2026.11',
  *check(file) {
    const [first] = file.stages;
    const other = file.devContainer ? undefined : file.otherEnvironment;
    if (!first || other === undefined) return;
    yield {
      message: `Dockerfile for one environment, next to ${quoted(other)}`,
      help: 'Build one image for all environments, and configure it at run time',
      span: first.from.lineSpan,
    };
  },
});
