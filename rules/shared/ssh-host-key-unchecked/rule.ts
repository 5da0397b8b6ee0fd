import type { ImageBuild } from '../../../core/build.ts';
import { quoted } from '../../../core/quoted.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import type { SourceText, Span } from '../../../core/text.ts';
import { setupTexts } from '../../../facts/setup-texts.ts';
import { isSought } from '../../../facts/sought-texts.ts';

/** https://docs.ansible.com/projects/ansible/latest/reference_appendices/config.html#host-key-checking */
const ANSIBLE = /\b(?:ANSIBLE_)?HOST_KEY_CHECKING[ \t]{0,10}=[ \t]{0,10}["']?(?:False|no|0|off)\b/gi;
/** ssh_config(5): as an option (`-o StrictHostKeyChecking=no`) or a line of a file; `off` is an alias. */
const UNCHECKED = /\bStrictHostKeyChecking(?:[ \t]{0,10}=[ \t]{0,10}|[ \t]{1,10})"?(?:no|off)\b/gi;
/** In lower case: what the texts of interest have. */
const HINTS = ['stricthostkeychecking', 'host_key_checking'];

export default defineBuildRule({
  id: 'ssh-host-key-unchecked',
  summary: 'SSH accepts any host key',
  policies: ['G10', 'G13'],
  category: 'security',
  severity: 'warning',
  preset: 'strict',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  needs: { steps: ['run', 'write-file', 'env', 'copy'] },
  since: '2026.11',
  *check(build, { project }) {
    if (project.kind === 'vagrant') return;
    const seen = new Set<string>();
    for (const text of texts(build))
      for (const found of [...text.text.matchAll(UNCHECKED), ...text.text.matchAll(ANSIBLE)]) {
        const lineStart = text.text.lastIndexOf('\n', found.index) + 1;
        if (/^\s*#/.test(text.text.slice(lineStart, found.index))) continue;
        const span = text.spanOf(found.index, found.index + found[0].length);
        if (seen.has(keyOf(span)) || isSought(span, build)) continue;
        seen.add(keyOf(span));
        yield {
          message: `${quoted(found[0].replaceAll('"', ''))} accepts any SSH host key`,
          help: 'Add the host key to `/etc/ssh/ssh_known_hosts` from a trusted source',
          span,
        };
      }
  },
});

function* texts(build: ImageBuild): Iterable<SourceText> {
  yield* setupTexts(build, HINTS);
  for (const { steps } of build.stages) for (const step of steps) if (step.kind === 'env') yield step.value.source;
}

const keyOf = ({ file, start }: Span): string => `${file ?? ''}:${start}`;
