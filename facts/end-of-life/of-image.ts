import type { Ending, EndOfLife } from './ending.ts';
import { type TagReading, tagReading, versionsInRepository } from './images.ts';
import { endOf, endOfCodename } from './lookup.ts';

/** An ending that an image reference names: `matched` are offsets in its tag or in its repository. */
export interface ImageEndOfLife extends EndOfLife {
  readonly within: 'tag' | 'repository';
}

/** Words that precede a distribution's version in a tag: `alpine3.16`, `debian-11`, `windowsservercore-1809`. */
export const DISTRIBUTIONS: ReadonlyMap<string, string> = new Map([
  ['alpine', 'Alpine Linux'],
  ['debian', 'Debian'],
  ['ubuntu', 'Ubuntu'],
  ['centos', 'CentOS Linux'],
  ['rockylinux', 'Rocky Linux'],
  ['fedora', 'Fedora Linux'],
  ['ubi', 'Red Hat Enterprise Linux'],
  ['oraclelinux', 'Oracle Linux'],
  ['al', 'Amazon Linux'],
  ['ltsc', 'Windows Server'],
  ['nanoserver', 'Windows Server'],
  ['windowsservercore', 'Windows Server'],
]);

/** The version a word is, with what may follow a version directly: Java's updates and pre-releases. */
const VERSION = /^v?(\d+(?:\.\d+)*)(?:$|(?:u|rc|a|b|alpha|beta)\d)/;
const WORD_AND_VERSION = /^([a-z]+)(\d[\d.]*)$/;
/** Windows' semi-annual releases are named by half-year. */
const HALF_YEAR = /^\d\dh[12]$/;

/** No tag is longer: https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests */
const LONGEST_TAG = 128;

/**
 * The releases named by an image reference that have an end: of `node` and `16-bullseye-slim` both Node.js 16 and
 * Debian 11, in the order of the text. `repository` is as written, without tag and digest. Only repositories known by
 * name say anything, and only what their tags are known to mean; `latest`, no tag and everything else yield nothing.
 */
export function endOfLifeOfImage(reference: {
  readonly repository: string;
  readonly tag: string | undefined;
}): readonly ImageEndOfLife[] {
  const found: ImageEndOfLife[] = [];
  for (const { product, version, start, end } of versionsInRepository(reference.repository)) {
    const ending = endOf(product, version);
    if (ending !== undefined) found.push({ ...ending, matched: [start, end], within: 'repository' });
  }
  const { tag } = reference;
  const reading = tagReading(reference.repository);
  if (reading === undefined || tag === undefined || tag.length > LONGEST_TAG) return found;
  for (const ending of endingsInTag(tag, reading)) {
    if (!found.some(other => other.product === ending.product && other.cycle === ending.cycle)) {
      found.push({ ...ending, within: 'tag' });
    }
  }
  return found;
}

function* endingsInTag(tag: string, reading: TagReading): Iterable<EndOfLife> {
  let previous: { readonly text: string; readonly start: number } | undefined;
  for (const match of tag.matchAll(/[^-_+]+/g)) {
    const text = match[0];
    const start = match.index;
    const end = start + text.length;
    const ownVersion = previous === undefined && reading.version !== undefined ? reading.version : undefined;
    const product = previous && productOf(previous.text, reading);
    const wordAndVersion = WORD_AND_VERSION.exec(text);
    const joinedProduct = wordAndVersion === null ? undefined : productOf(wordAndVersion[1]!, reading);

    const direct = ownVersion && versionEnding(ownVersion, text);
    const paired = product && versionEnding(product, text);
    const named = endOfCodename(codenamed(reading), text);
    if (direct) yield { ...direct, matched: [start, end] };
    else if (paired) yield { ...paired, matched: [previous!.start, end] };
    else if (joinedProduct !== undefined) {
      const ending = versionEnding(joinedProduct, wordAndVersion![2]!);
      if (ending !== undefined) yield { ...ending, matched: [start, end] };
    } else if (named !== undefined) yield { ...named, matched: [start, end] };
    previous = { text, start };
  }
}

function productOf(word: string, reading: TagReading): string | undefined {
  const own = reading.words;
  return own !== undefined && Object.hasOwn(own, word) ? own[word] : DISTRIBUTIONS.get(word);
}

function versionEnding(product: string, text: string): Ending | undefined {
  if (product === 'Windows Server' && HALF_YEAR.test(text.toLowerCase())) return endOf(product, text.toUpperCase());
  const version = VERSION.exec(text)?.[1];
  return version === undefined ? undefined : endOf(product, version);
}

const SYSTEMS = ['Debian', 'Ubuntu'];
const SYSTEMS_AND_NODE = [...SYSTEMS, 'Node.js'];

function codenamed(reading: TagReading): readonly string[] {
  return reading.version === 'Node.js' ? SYSTEMS_AND_NODE : SYSTEMS;
}
