import { fix } from '../../../core/finding.ts';
import { everyInstruction } from '../../../languages/dockerfile/edits.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';

export default defineDockerfileRule({
  id: 'host-port-mapping',
  summary: '`EXPOSE` tries to map a port of the host',
  policies: ['G8'],
  category: 'correctness',
  severity: 'warning',
  preset: 'recommended',
  since: '2026.11',
  aliases: ['buildkit:ExposeInvalidFormat', 'tally:buildkit/ExposeInvalidFormat', 'dockerfilelint:expose_host_port'],
  *check(file) {
    for (const instruction of everyInstruction(file)) {
      if (instruction.kind !== 'expose' || /\{\{|<%/.test(instruction.rest.text)) continue;
      for (const { value } of instruction.ports) {
        const { source, span } = value;
        const text = value.literal ?? value.byDefault ?? source.text;
        if (source.text.startsWith('#')) break;
        if (!text.includes(':') || text.includes('@@')) continue;
        const colon = source.text.lastIndexOf(':');
        const container = source.text.slice(colon + 1);
        yield {
          message:
            'EXPOSE says which port the container listens on and maps none: addresses and ports of the host belong to `docker run -p`.',
          span,
          fixes: [
            colon >= 0 && container !== ''
              ? fix('suggested', "Leave the container's port alone", source.replace(0, colon + 1, ''))
              : undefined,
          ],
        };
      }
    }
  },
});
