import { stringList } from '../../../core/options.ts';
import { quoted } from '../../../core/quoted.ts';
import { labelsOf } from '../../../languages/dockerfile/labels.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { finalStages } from '../../../languages/dockerfile/stages.ts';
import type { DockerStage } from '../../../languages/dockerfile/tree.ts';

const OCI = 'org.opencontainers.image.';
/** How many keys a message names. */
const MOST_NAMED = 4;
/** Without these the owners and sources of an image cannot be found. */
const TRACING: ReadonlySet<string> = new Set([`${OCI}authors`, `${OCI}source`]);
/** Keys with the same meaning, by the key of the specification. */
const ALSO: Readonly<Record<string, readonly string[]>> = {
  [`${OCI}authors`]: ['maintainer'],
  [`${OCI}title`]: ['org.label-schema.name', 'name'],
  [`${OCI}description`]: ['org.label-schema.description', 'description', 'summary'],
  [`${OCI}source`]: ['org.label-schema.vcs-url'],
  [`${OCI}version`]: ['org.label-schema.version', 'version'],
};

export default defineDockerfileRule({
  id: 'missing-label',
  summary: 'The image lacks labels for its title, description, source or authors',
  policies: ['G7', 'G8'],
  category: 'ownership',
  severity: 'info',
  preset: 'strict',
  needs: { instructions: ['FROM'] },
  asksAcrossFiles: true,
  since: '2026.11',
  aliases: ['hadolint:DL3049', 'sonar:S7028'],
  options: {
    required: stringList(
      'Label keys that every image must have',
      ['title', 'description', 'source', 'authors'].map(key => OCI + key),
    ),
  },
  *check(file, { options, project, acrossFiles }) {
    // What builds the image may give labels: Compose, Bake, workflows and commands.
    const given = new Set(acrossFiles?.labels);
    for (const stage of finalStages(file, project.targets)) {
      const { keys, open } = keysUp(stage);
      if (open) continue;
      const missing = options.required.filter(
        key =>
          ![key, ...(ALSO[key] ?? [])].some(one => keys.has(one.toLowerCase()) || given.has(one.toLowerCase())) &&
          !(
            key === `${OCI}authors` &&
            (project.owner !== undefined || project.ownerKeys.some(owner => keys.has(owner) || given.has(owner)))
          ) &&
          !(key === `${OCI}description` && project.purpose !== undefined),
      );
      if (missing.length === 0) continue;
      yield {
        message: messageOf(missing),
        help: `Add ${missing.length > 1 ? 'each one: ' : ''}${quoted(`LABEL ${missing[0]!}="…"`, 70)}`,
        span: stage.from.lineSpan,
        ...(missing.some(key => TRACING.has(key)) ? {} : { preset: 'all' }),
      };
    }
  },
});

/** The first few keys, those of the image specification without their prefix. */
function messageOf(missing: readonly string[]): string {
  const oci = missing.every(key => key.startsWith(OCI));
  const names = missing.slice(0, MOST_NAMED).map(key => quoted(oci ? key.slice(OCI.length) : key));
  const more = missing.length > MOST_NAMED ? ` and ${missing.length - MOST_NAMED} more` : '';
  return `Missing ${oci ? 'OCI labels' : missing.length > 1 ? 'labels' : 'label'}: ${names.join(', ')}${more}`;
}

/** The keys of the stage and of those it starts from; `open` when a variable makes a key. */
function keysUp(stage: DockerStage): { readonly keys: ReadonlySet<string>; readonly open: boolean } {
  const keys = new Set<string>();
  let open = false;
  for (let at: DockerStage | undefined = stage; at; at = at.base.kind === 'stage' ? at.base.stage : undefined) {
    let known = 0;
    for (const { instruction, pair } of labelsOf(at)) {
      if (instruction.trigger) continue;
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
