import { quoted } from '../../../core/quoted.ts';
import { followsReference } from '../../../languages/dockerfile/frontend.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import type { DockerStage } from '../../../languages/dockerfile/tree.ts';

export default defineDockerfileRule({
  id: 'duplicate-stage-name',
  summary: 'Two stages have the same name',
  policies: [],
  category: 'correctness',
  severity: 'warning',
  preset: 'recommended',
  needs: { instructions: ['FROM AS'] },
  since: '2026.11',
  aliases: [
    'hadolint:DL3024',
    'buildkit:DuplicateStageName',
    'tally:buildkit/DuplicateStageName',
    'tally:hadolint/DL3024',
    'trivy:DS-0012',
    'checkov:CKV_DOCKER_11',
    'kics:same_alias_in_different_froms',
    'semgrep:alias-must-be-unique',
    'dockerfile-utils:DUPLICATE_BUILD_STAGE_NAME',
  ],
  *check(file) {
    if (!followsReference(file)) return;
    const { stages } = file;
    const first = new Map<string, DockerStage>();
    for (const stage of stages) {
      if (stage.name === undefined || !stage.nameSpan) continue;
      // Names are compared without regard to case.
      const name = stage.name.toLowerCase();
      const earlier = first.get(name);
      if (earlier?.nameSpan)
        yield {
          message: `Stage name ${quoted(stage.name)} is already in use`,
          help: 'Give each stage a name of its own',
          span: stage.nameSpan,
          related: [{ message: 'First stage with this name', span: earlier.nameSpan }],
        };
      else first.set(name, stage);
    }
  },
});
