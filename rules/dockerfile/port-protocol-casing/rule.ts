import { fix } from '../../../core/finding.ts';
import { everyInstruction } from '../../../languages/dockerfile/all-instructions.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';

export default defineDockerfileRule({
  id: 'port-protocol-casing',
  summary: '`EXPOSE` contains a protocol in uppercase',
  policies: [],
  category: 'style',
  severity: 'hint',
  preset: 'strict',
  needs: { instructions: ['EXPOSE'] },
  since: '2026.11',
  aliases: ['buildkit:ExposeProtoCasing', 'tally:buildkit/ExposeProtoCasing'],
  *check(file) {
    for (const instruction of everyInstruction(file)) {
      if (instruction.kind !== 'expose') continue;
      for (const { value, protocol, protocolSpan } of instruction.ports) {
        if (!protocol || !protocolSpan || !/^(?:tcp|udp|sctp)$/i.test(protocol)) continue;
        const lower = protocol.toLowerCase();
        if (protocol === lower) continue;
        const { source } = value;
        yield {
          message: `Protocol \`${protocol}\` is not in lowercase`,
          help: `Write \`${lower}\``,
          span: protocolSpan,
          fixes: [
            fix(
              'safe',
              `Change it to \`${lower}\``,
              source.replace(source.text.length - protocol.length, source.text.length, lower),
            ),
          ],
        };
      }
    }
  },
});
