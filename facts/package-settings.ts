/** What a build writes into the configuration of its package managers. */
import type { ImageBuild } from '../core/build.ts';
import { memo } from '../core/memo.ts';

/**
 * Whether the build may set an option in apt's configuration: it writes a file of `apt.conf` that names it, or puts files
 * into `/etc/apt` whose content is not known.
 */
export function setsAptOption(build: ImageBuild, option: string): boolean {
  const { texts, unknown } = aptConfiguration(build);
  return unknown || said(texts, option);
}

/** Whether a script of the build, or a file that it writes, holds a text. */
export function buildSays(build: ImageBuild, text: string): boolean {
  return said(allTexts(build), text);
}

/** Whether the build sets one of these environment variables in the image. */
export function setsVariable(build: ImageBuild, ...names: readonly string[]): boolean {
  return names.some(name => variables(build).has(name));
}

const variables = memo(
  (build: ImageBuild) =>
    new Set(build.stages.flatMap(({ steps }) => steps.flatMap(step => (step.kind === 'env' ? step.name : [])))),
);

const allTexts = memo((build: ImageBuild) =>
  build.stages.flatMap(({ steps }) =>
    steps.flatMap(step =>
      step.kind === 'run' && step.script ? step.script.text.text : step.kind === 'write-file' ? step.content.text : [],
    ),
  ),
);

/** Asked once for each text, since rules ask for every command. */
function said(texts: readonly string[], what: string): boolean {
  const known = answers(texts);
  const answer = known.get(what) ?? texts.some(text => text.includes(what));
  known.set(what, answer);
  return answer;
}
const answers = memo((_: readonly string[]) => new Map<string, boolean>());

const aptConfiguration = memo((build: ImageBuild) => {
  const texts: string[] = [];
  let unknown = false;
  for (const stage of build.stages)
    for (const step of stage.steps) {
      const path = step.kind === 'copy' ? step.to : step.kind === 'write-file' ? step.path : undefined;
      if (step.kind === 'copy' && /^\/(?:etc\/?|etc\/apt\/?|etc\/apt\/apt\.conf.*)?$/.test(path?.source.text ?? ''))
        unknown = true;
      if (step.kind === 'write-file' && (!path || path.source.text.includes('apt'))) texts.push(step.content.text);
      if (step.kind === 'run' && step.script?.text.text.includes('apt.conf')) texts.push(step.script.text.text);
    }
  return { texts, unknown };
});
