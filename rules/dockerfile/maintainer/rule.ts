import { fix } from '../../../core/finding.ts';
import { instructionsOf } from '../../../languages/dockerfile/all-instructions.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import type { MaintainerInstruction } from '../../../languages/dockerfile/tree.ts';

const KEY = 'org.opencontainers.image.authors';

export default defineDockerfileRule({
  id: 'maintainer',
  summary: 'The deprecated instruction `MAINTAINER` is used',
  policies: ['G7'],
  category: 'ownership',
  severity: 'info',
  preset: 'recommended',
  needs: { instructions: ['MAINTAINER'] },
  since: '2026.11',
  aliases: [
    'hadolint:DL4000',
    'tally:hadolint/DL4000',
    'buildkit:MaintainerDeprecated',
    'tally:buildkit/MaintainerDeprecated',
    'trivy:DS-0022',
    'checkov:CKV_DOCKER_6',
    'kics:maintainer_instruction_being_used',
    'semgrep:maintainer-is-deprecated',
    'sonar:S6586',
    'dockerfile-utils:DEPRECATED_MAINTAINER',
    'dockerfilelint:deprecated_in_1.13',
  ],
  *check(file) {
    for (const stage of file.stages) {
      const instructions = instructionsOf(stage);
      const labeled = instructions.some(
        instruction => instruction.kind === 'label' && instruction.pairs.some(({ key }) => key === KEY),
      );
      for (const instruction of instructions) {
        if (instruction.kind !== 'maintainer' || instruction.trigger) continue;
        yield {
          message: '`MAINTAINER` is deprecated',
          help: labeled ? `Remove it; this stage sets the label \`${KEY}\`` : `Use \`LABEL ${KEY}=…\``,
          span: instruction.keywordSpan,
          fixes: labeled ? [] : [fix('safe', `Change it to \`LABEL ${KEY}\``, ...asLabel(instruction))],
        };
      }
    }

    function asLabel({ keywordSpan, rest, maintainer }: MaintainerInstruction) {
      const value = maintainer?.literal;
      if (value === undefined || keywordSpan.end - keywordSpan.start !== 'MAINTAINER'.length) return [undefined];
      // Quotes around the whole value are not part of the name.
      const name = /^(["']).*\1$/.test(value) && value.length > 1 ? value.slice(1, -1) : value;
      const quoted = name.replace(/["$\\`]/g, character =>
        character === '`' && file.escape !== '`' ? character : `${file.escape}${character}`,
      );
      if (file.escape === '`' && name.includes('\\')) return [undefined];
      const keyword = file.source.text.slice(keywordSpan.start, keywordSpan.end);
      return [
        file.source.replace(keywordSpan.start, keywordSpan.end, keyword === keyword.toLowerCase() ? 'label' : 'LABEL'),
        rest.replace(0, rest.text.length, `${KEY}="${quoted}"`),
      ];
    }
  },
});
