import { type Fix, fix } from '../../../core/finding.ts';
import { stringList } from '../../../core/options.ts';
import type { Edit } from '../../../core/text.ts';
import { labelsOf } from '../../../languages/dockerfile/labels.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { finalStages } from '../../../languages/dockerfile/stages.ts';
import type { DockerfileTree, DockerStage } from '../../../languages/dockerfile/tree.ts';

const OCI = 'org.opencontainers.image.';
/** Keys that say the same, by the key of the specification. */
const ALSO: Readonly<Record<string, readonly string[]>> = {
  [`${OCI}authors`]: ['maintainer'],
  [`${OCI}title`]: ['org.label-schema.name', 'name'],
  [`${OCI}description`]: ['org.label-schema.description', 'description', 'summary'],
  [`${OCI}source`]: ['org.label-schema.vcs-url'],
  [`${OCI}version`]: ['org.label-schema.version', 'version'],
};

export default defineDockerfileRule({
  id: 'missing-label',
  summary: 'The image lacks labels that say what it is and whose',
  policies: ['G7'],
  category: 'ownership',
  severity: 'info',
  preset: 'all',
  since: '2026.11',
  aliases: ['hadolint:DL3049', 'sonar:S7028'],
  options: {
    required: stringList(
      'Keys that every image has to have',
      ['title', 'description', 'source', 'authors'].map(key => OCI + key),
    ),
  },
  *check(file, { options, project }) {
    for (const stage of finalStages(file, project.targets)) {
      const { keys, open } = keysUp(stage);
      if (open) continue;
      const missing = options.required.filter(
        key =>
          ![key, ...(ALSO[key] ?? [])].some(one => keys.has(one.toLowerCase())) &&
          !(key === `${OCI}authors` && project.ownerKeys.some(owner => keys.has(owner))),
      );
      if (missing.length === 0) continue;
      yield {
        message: `This image has no ${missing.map(key => `\`${key}\``).join(', ')}, so whoever finds it running cannot tell what it is and whom to ask.`,
        span: stage.from.lineSpan,
        fixes: [added(file, stage, missing)],
      };
    }
  },
});

/** The keys of the stage and of those it starts from; `open` when a variable makes a key. */
function keysUp(stage: DockerStage): { readonly keys: ReadonlySet<string>; readonly open: boolean } {
  const keys = new Set<string>();
  let open = false;
  for (let at: DockerStage | undefined = stage; at; at = at.base.kind === 'stage' ? at.base.stage : undefined) {
    let known = 0;
    for (const { pair } of labelsOf(at)) {
      keys.add(pair.key.toLowerCase());
      known++;
    }
    let all = 0;
    for (const instruction of at.instructions) {
      if (instruction.kind === 'label') all += instruction.pairs.length;
      if (instruction.kind === 'maintainer') keys.add('maintainer');
    }
    open ||= known < all;
  }
  return { keys, open };
}

/** Empty labels at the end of the stage, for the author to fill in. */
function added(file: DockerfileTree, { instructions }: DockerStage, keys: readonly string[]): Fix | undefined {
  const { text } = file.source;
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  const mark = file.escape;
  const last = instructions.at(-1)!;
  const end = last.span.end;
  if (last.span.file !== undefined || keys.some(key => !/^[\w./-]+$/.test(key))) return undefined;
  const lines = keys.map(key => `${key}=""`).join(` ${mark}${lineBreak}      `);
  const edit: Edit | undefined = file.source.insert(end, `${lineBreak}LABEL ${lines}`);
  return fix('suggested', 'Add the labels, to be filled in', edit);
}
