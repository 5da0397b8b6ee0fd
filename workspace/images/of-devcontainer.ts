/** What a development container builds or starts: https://containers.dev/implementors/json_reference/ */
import { argumentsOf } from './arguments.ts';
import type { FileFacts } from './model.ts';
import type { Naming } from './naming.ts';
import { knownIn, nameIn, settingsOf } from './values.ts';

export function ofDevcontainer(text: string, naming: Naming): Pick<FileFacts, 'builds' | 'starts'> {
  const settings = settingsOf(withoutComments(text));
  const at = (...keys: readonly string[]) =>
    settings.find(({ path }) => path.length === keys.length && keys.every((key, i) => key === path[i]));
  const image = at('image');
  const file = at('build', 'dockerfile') ?? at('build', 'dockerFile') ?? at('dockerFile');
  if (!file) return { builds: [], starts: image ? nameIn(image, naming) : [] };
  const args = settings.filter(({ path }) => path.length === 3 && path[0] === 'build' && path[1] === 'args');
  const name = knownIn(at('name'), naming);
  return {
    starts: [],
    builds: [
      {
        names: [],
        ...argumentsOf(
          args.map(({ path, literal }) => `${path[2]}=${literal ?? ''}`),
          naming,
        ),
        by: 'devcontainer',
        // The file counts from the directory of this one, not from the context.
        context: knownIn(at('build', 'context') ?? at('context'), naming),
        file: knownIn(file, naming),
        target: knownIn(at('build', 'target'), naming),
        span: file.span,
        starts: { name: name ?? 'devcontainer', certain: true, span: file.span },
      },
    ],
  };
}

/** With spaces in place of comments and tabs: YAML has other ones. */
const withoutComments = (text: string): string =>
  text.replace(/"(?:[^"\\\n]|\\[^\n]){0,5000}"|\/\/[^\n]{0,5000}|\/\*[\s\S]*?(?:\*\/|$)|\t/g, one =>
    one.startsWith('"') ? one : one.replace(/[^\n]/g, ' '),
  );
