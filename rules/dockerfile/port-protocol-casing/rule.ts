import { fix } from '../../../core/finding.ts';
import { everyInstruction } from '../../../languages/dockerfile/edits.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';

export default defineDockerfileRule({
  id: 'port-protocol-casing',
  summary: 'The protocol of an `EXPOSE` is not in lower case',
  policies: ['G8'],
  category: 'style',
  severity: 'hint',
  preset: 'strict',
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
          message: `Protocols are written in lower case, and tools that compare them as text do not find \`${protocol}\`.`,
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
