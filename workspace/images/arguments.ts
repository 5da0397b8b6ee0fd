/** The arguments and labels that a build is given. */
import { withGaps } from '../../facts/built-images/variables.ts';
import type { BuildCall, BuildContext } from './model.ts';
import type { Naming } from './naming.ts';

const MOST_ARGUMENTS = 50;
const MOST_LABELS = 50;

/** `NAME=x` of `--build-arg`. */
export function argumentsOf(written: readonly (string | undefined)[], naming: Naming): Pick<BuildCall, 'arguments'> {
  const known = written.flatMap(one => {
    const [name = '', value] = splitAt(one ?? '', '=');
    // One that is known in parts is kept as it is written: of the name of a base, the tag may be all that is missing.
    const text = value === undefined || value === '' ? undefined : naming.known(value) || partly(value, naming);
    return text === undefined ? [] : [[name, text] as const];
  });
  return known.length > 0 ? { arguments: Object.fromEntries(known.slice(0, MOST_ARGUMENTS)) } : {};
}

/** Of a value with references, no more than the name of an image. */
function partly(value: string, naming: Naming): string | undefined {
  const text = naming.filled(value);
  return /^[^\s]{3,300}$/.test(withGaps(text)) && /\w/.test(withGaps(text)) ? text : undefined;
}

/** `KEY=x` of `--label`; of a value that is not known, the key. */
export function labelsOf(written: readonly (string | undefined)[], naming: Naming): Pick<BuildCall, 'labels'> {
  const known = written.flatMap(one => {
    const [key = '', value = ''] = splitAt(one ?? '', '=');
    const name = naming.known(key.trim().replace(/^["']|["']$/g, ''));
    return name ? [[name, naming.known(value.replace(/^["']|["']$/g, '')) || null] as const] : [];
  });
  return known.length > 0 ? { labels: Object.fromEntries(known.slice(0, MOST_LABELS)) } : {};
}

/** `NAME=docker-image://x` of `--build-context`; what has another value is no image: a directory, an archive, a repository. */
export function contextsGiven(written: readonly (string | undefined)[], naming: Naming): Pick<BuildCall, 'contexts'> {
  const given = written.slice(0, MOST_ARGUMENTS).flatMap((one): (readonly [string, BuildContext])[] => {
    const [name = '', value] = splitAt(one ?? '', '=');
    if (value === undefined || !/^[\w./:-]{1,200}$/.test(name.trim())) return [];
    const reference = /^["']?(?:docker-image|container-image):\/\/([^"'\s]{1,300})/.exec(value.trim())?.[1];
    const image = reference === undefined ? undefined : naming.known(reference);
    return [[name.trim(), image === undefined ? {} : { image }]];
  });
  return given.length > 0 ? { contexts: Object.fromEntries(given) } : {};
}

/** Stands for a stage of which it is not known which one it is. */
const SOME_STAGE = '\0';

/** The value of `--target`. */
export function targetOf(written: string | undefined, naming: Naming): string | undefined {
  if (written === undefined) return undefined;
  // The inputs of a workflow are mostly empty.
  return naming.known(written) ?? (/\binputs\./.test(written) ? undefined : SOME_STAGE);
}

export function splitAt(text: string, mark: string): readonly [string, string | undefined] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}
