import { fix } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { withoutFlag } from '../../../languages/dockerfile/edits.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';

export default defineDockerfileRule({
  id: 'constant-platform',
  summary: 'A stage has a fixed platform',
  policies: ['G12'],
  category: 'reproducibility',
  severity: 'info',
  preset: 'strict',
  needs: { instructions: ['FROM --platform'] },
  since: '2026.11',
  aliases: [
    'buildkit:FromPlatformFlagConstDisallowed',
    'tally:buildkit/FromPlatformFlagConstDisallowed',
    'hadolint:DL3029',
    'tally:hadolint/DL3029',
    'kics:using_platform_with_from',
    'semgrep:avoid-platform-with-from',
  ],
  *check(file) {
    // Stages among which the build selects one, by architecture.
    const chosen = new Set(
      file.stages.flatMap(({ base }) =>
        base.kind === 'one-of'
          ? base.stages
          : base.kind === 'stage' && !base.certain
            ? [base.stage, ...base.alternatives]
            : [],
      ),
    );
    for (const stage of file.stages) {
      const flag = stage.from.flags.findLast(({ name }) => name === 'platform');
      const platform = flag?.value?.text.toLowerCase();
      if (!flag || !platform || /[$\uE000{]/.test(platform) || chosen.has(stage)) continue;
      const [os = '', arch = ''] = platform.split('/');
      // Windows images exist for no other platform, nor do those that Docker Hub names after one.
      const base = stage.from.image?.literal ?? '';
      if (
        os === 'windows' ||
        /^(?:docker\.io\/)?(?:amd64|arm32v\d|arm64v8|i386|mips64le|ppc64le|riscv64|s390x)\//.test(base)
      )
        continue;
      const name = stage.name?.toLowerCase() ?? '';
      if (name.includes(os) || (arch !== '' && name.includes(arch))) continue;
      yield {
        message: `Stage ${stage.name === undefined ? '' : `${quoted(stage.name, 30)} `}is always built for ${quoted(platform)}`,
        help: 'Remove the flag, or use `--platform=$BUILDPLATFORM` to cross-compile',
        span: flag.span,
        fixes: [fix('suggested', 'Remove `--platform`', withoutFlag(file, flag))],
      };
    }
  },
});
