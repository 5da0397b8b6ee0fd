import { fix } from '../../../core/finding.ts';
import { everyInstruction } from '../../../languages/dockerfile/all-instructions.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';

export default defineDockerfileRule({
  id: 'host-port-mapping',
  summary: '`EXPOSE` contains a port or address of the host',
  policies: ['G8'],
  category: 'correctness',
  severity: 'warning',
  preset: 'recommended',
  needs: { instructions: ['EXPOSE'] },
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
          message: '`EXPOSE` cannot map host ports',
          help: 'Keep the port of the container, and map it with `docker run -p`',
          span,
          fixes: [
            colon >= 0 && container !== ''
              ? fix('suggested', 'Remove the host port', source.replace(0, colon + 1, ''))
              : undefined,
          ],
        };
      }
    }
  },
});
