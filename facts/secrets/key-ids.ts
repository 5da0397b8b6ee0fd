import type { ImageBuild } from '../../core/build.ts';
import { memo } from '../../core/memo.ts';

const RECEIVED = /--(?:recv|receive)-keys?[ \t=]([^\n;&|]{1,300})/g;
const NAME = /\$\{?([A-Za-z_]\w{0,100})/g;

/** The variables that hold ids of public keys, whatever their names say: `gpg --recv-keys "$SIGNING_KEY"`. */
export const keyIdsIn: (build: ImageBuild) => ReadonlySet<string> = memo(({ stages }) => {
  const names = new Set<string>();
  for (const step of stages.flatMap(stage => stage.steps)) {
    const text = step.kind === 'run' ? (step.script?.text.text ?? '') : '';
    if (!text.includes('-key')) continue;
    for (const [, operands = ''] of text.matchAll(RECEIVED))
      for (const [, name = ''] of operands.matchAll(NAME)) names.add(name);
  }
  return names;
});
