/** What the steps of a workflow build with Docker's action: https://github.com/docker/build-push-action */
import type { Setting } from '../../facts/config-files/setting.ts';
import { argumentsOf, labelsOf } from './commands.ts';
import type { BuildCall } from './model.ts';
import { type Naming, withEach } from './naming.ts';
import { grouped, knownIn } from './values.ts';

/** Steps that use Docker's action to build. */
export function ofWorkflow(settings: readonly Setting[], naming: Naming): BuildCall[] {
  const steps = grouped(settings, ({ path }) => {
    const at = path.indexOf('steps');
    return at < 0 || path.length < at + 3 ? undefined : at + 2;
  });
  return steps.flatMap(step => {
    const uses = step.find(({ path }) => path.at(-1) === 'uses');
    if (!uses?.literal?.startsWith('docker/build-push-action')) return [];
    const given = (key: string): Setting | undefined => givenTo(step, key);
    const tags = wordsOf(given('tags')).flatMap(one => {
      const id = /steps\.([\w-]{1,60})\.outputs\.tags/.exec(one.written)?.[1];
      const made = id === undefined ? undefined : stepCalled(id, step, steps);
      return id === undefined ? [one] : wordsOf(made && givenTo(made, 'images'));
    });
    const context = given('context')?.literal ?? '.';
    const target = knownIn(given('target'), naming);
    const paths = withEach({ context, file: given('file')?.literal }, tags, naming);
    const lines =
      given('build-args')
        ?.literal?.split('\n')
        .map(line => line.trim()) ?? [];
    const labels = labelsOf(labelsIn(given('labels'), step, steps), naming);
    return [{ ...paths, ...argumentsOf(lines, naming), ...labels, by: 'workflow' as const, target, span: uses.span }];
  });
}

const givenTo = (step: readonly Setting[], key: string): Setting | undefined =>
  step.find(({ path }) => path.at(-2) === 'with' && path.at(-1) === key);

/** The step of the same job with the id: https://github.com/docker/metadata-action makes tags and labels. */
function stepCalled(
  id: string,
  step: readonly Setting[],
  steps: readonly (readonly Setting[])[],
): readonly Setting[] | undefined {
  const job = (one: readonly Setting[]) => one[0]?.path.slice(0, one[0].path.indexOf('steps')).join('\0');
  return steps.find(
    one => job(one) === job(step) && one.some(({ path, literal }) => path.at(-1) === 'id' && literal === id),
  );
}

/** The labels that the action sets by itself, from the repository. */
const OF_METADATA = ['created', 'description', 'licenses', 'revision', 'source', 'title', 'url', 'version'].map(
  name => `org.opencontainers.image.${name}=`,
);

/** The lines `KEY=x`, and those that a step makes of the repository. */
function labelsIn(
  given: Setting | undefined,
  step: readonly Setting[],
  steps: readonly (readonly Setting[])[],
): readonly string[] {
  const lines = given?.literal?.split('\n').map(line => line.trim()) ?? [];
  return lines.flatMap(line => {
    const id = /steps\.([\w-]{1,60})\.outputs\.labels/.exec(line)?.[1];
    if (id === undefined) return line.includes('=') ? [line] : [];
    const made = stepCalled(id, step, steps);
    const own = made && givenTo(made, 'labels')?.literal?.split('\n');
    return [...(own ?? []).filter(line => line.includes('=')), ...OF_METADATA];
  });
}

/** The words of a list in a string; `${{ … }}` is one. */
function wordsOf(one: Setting | undefined): readonly { readonly written: string; readonly span: Setting['span'] }[] {
  const { span } = one?.value ?? {};
  if (!one || !span) return [];
  const words = (one.literal ?? '').match(/(?:\$\{\{[^}]{0,200}\}\}|[^\s,]){1,400}/g) ?? [];
  return words.filter(word => !/^(?:type|enable|name)=/.test(word)).map(written => ({ written, span }));
}
