import { type Finding, fix } from '../../../core/finding.ts';
import { nearest } from '../../../core/nearest.ts';
import { UNRESOLVED } from '../../../core/text.ts';
import { everyInstruction } from '../../../languages/dockerfile/all-instructions.ts';
import { followsReference } from '../../../languages/dockerfile/frontend.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import type { Port } from '../../../languages/dockerfile/tree.ts';

const HIGHEST = 65535;
const PROTOCOLS = ['tcp', 'udp', 'sctp'];

export default defineDockerfileRule({
  id: 'invalid-port',
  summary: '`EXPOSE` contains an invalid port',
  policies: [],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  needs: { instructions: ['EXPOSE'] },
  derived: true,
  since: '2026.11',
  aliases: [
    'hadolint:DL3011',
    'tally:hadolint/DL3011',
    'trivy:DS-0008',
    'kics:unix_ports_out_of_range',
    'semgrep:invalid-port',
    'dockerfile-utils:INVALID_PORT',
    'dockerfile-utils:INVALID_PROTO',
    'dockerfilelint:invalid_port',
  ],
  *check(file) {
    if (!followsReference(file)) return;
    for (const instruction of everyInstruction(file)) {
      if (instruction.kind !== 'expose' || /\{\{|<%/.test(instruction.rest.text)) continue;
      for (const port of instruction.ports) {
        const text = port.value.literal ?? port.value.byDefault;
        // A `#` starts a comment in the wrong place; `host-port-mapping` reports addresses and mappings.
        if (port.value.source.text.startsWith('#')) break;
        if (text === undefined || text === '' || /[:\uE000]|@@/.test(text)) continue;
        const finding = wrongPort(port, text);
        if (finding) yield finding;
      }
    }
  },
});

function wrongPort({ value, protocol, protocolSpan }: Port, text: string): Finding | undefined {
  const slash = text.indexOf('/');
  const number = slash < 0 ? text : text.slice(0, slash);
  const range = /^(\d{1,9})(?:-(\d{1,9}))?$/.exec(number);
  const { span, source } = value;
  const named = /^[\w.,/+-]{1,24}$/.test(text) ? ` \`${text}\`` : '';
  if (!range) {
    const list = /^\d{1,5}(?:\/[a-z]+)?(?:,\d{1,5}(?:\/[a-z]+)?)+$/.test(text) && source.text === text;
    return {
      message: `Invalid port${named}`,
      help: list ? 'Separate ports with spaces' : 'Use a port or a range, such as `80`, `53/udp` or `8000-8010`',
      span,
      fixes: list
        ? [
            fix(
              'suggested',
              'Separate the ports with spaces',
              ...commas(text).map(at => source.replace(at, at + 1, ' ')),
            ),
          ]
        : [],
    };
  }
  const first = Number(range[1]);
  const last = Number(range[2] ?? range[1]);
  if (first > HIGHEST || last > HIGHEST)
    return { message: `Port${named} is above ${HIGHEST}`, help: `Use a port from 0 to ${HIGHEST}`, span };
  if (last < first)
    return { message: `Port range${named} ends before it starts`, help: `Write \`${last}-${first}\``, span };
  if (!protocol || !protocolSpan || PROTOCOLS.includes(protocol.toLowerCase()) || protocol.includes(UNRESOLVED))
    return undefined;
  const guess = nearest(protocol, PROTOCOLS);
  return {
    message: `Unknown protocol in port${named}`,
    help: 'Use `tcp`, `udp` or `sctp`',
    span: protocolSpan,
    fixes: [
      guess !== undefined && source.text === text
        ? fix('suggested', `Change it to \`${guess}\``, source.replace(slash + 1, text.length, guess))
        : undefined,
    ],
  };
}

function commas(text: string): number[] {
  return [...text].flatMap((character, at) => (character === ',' ? [at] : []));
}
