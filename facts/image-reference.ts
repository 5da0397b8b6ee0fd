/** The name of a container image, taken apart. */

/** All offsets are half-open offsets in the reference's text. */
export interface ImageReference {
  /** The host as written, port included: `registry.example.com:5000`; `undefined` for Docker Hub's short names. */
  readonly registry: string | undefined;
  /** As written, without tag and digest: `nginx`, `ghcr.io/owner/app`. */
  readonly repository: string;
  /** In full: `docker.io/library/nginx`, `ghcr.io/owner/app`. */
  readonly name: string;
  readonly tag: string | undefined;
  /** `sha256:…`. */
  readonly digest: string | undefined;
  readonly repositoryEnd: number;
  /** Of the tag without its colon; `undefined` when there is none. */
  readonly tagRange: readonly [start: number, end: number] | undefined;
}

const TAG = /^[\w][\w.-]{0,127}$/;
const DIGEST = /^[a-z0-9]+(?:[.+_-][a-z0-9]+)*:[0-9a-fA-F]{32,}$/;
const SEGMENT = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const HOST =
  /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*|\[[0-9a-fA-F:]+\])(?::[0-9]+)?$/;
const LONGEST = 512;

/**
 * Takes a reference apart by the grammar of https://pkg.go.dev/github.com/distribution/reference; `undefined` when it
 * is none (upper case in the path, an empty tag, spaces).
 */
export function parseImageReference(text: string): ImageReference | undefined {
  if (text.length > LONGEST) return undefined;
  const at = text.indexOf('@');
  const digest = at < 0 ? undefined : text.slice(at + 1);
  if (digest !== undefined && !DIGEST.test(digest)) return undefined;
  const named = at < 0 ? text : text.slice(0, at);
  const colon = named.lastIndexOf(':');
  const hasTag = colon > named.lastIndexOf('/');
  const tag = hasTag ? named.slice(colon + 1) : undefined;
  if (tag !== undefined && !TAG.test(tag)) return undefined;
  const repository = hasTag ? named.slice(0, colon) : named;
  const slash = repository.indexOf('/');
  const first = repository.slice(0, Math.max(0, slash));
  // Docker's rule: the first segment is a host when it looks like one, else the image is on Docker Hub.
  const isHost = slash > 0 && (/[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase());
  if (isHost && !HOST.test(first)) return undefined;
  const path = isHost ? repository.slice(slash + 1) : repository;
  if (!path.split('/').every(segment => SEGMENT.test(segment))) return undefined;
  const hub = !isHost || first === 'docker.io' || first === 'index.docker.io';
  return {
    registry: isHost ? first : undefined,
    repository,
    name: hub ? `docker.io/${path.includes('/') ? path : `library/${path}`}` : `${first}/${path}`,
    tag,
    digest,
    repositoryEnd: repository.length,
    tagRange: tag === undefined ? undefined : [colon + 1, named.length],
  };
}

/** Whether a name that begins with what is not known, such as a registry, has no tag and no digest for certain. */
export function isUntagged(parts: readonly unknown[]): boolean {
  const texts = parts.filter(part => typeof part === 'string');
  const tail = parts.at(-1);
  if (parts.length < 2 || typeof parts[0] === 'string' || typeof tail !== 'string') return false;
  return /^(?:\/[a-z\d][\w.-]{0,100}){1,8}$/.test(tail) && texts.every(text => !/[:@]/.test(text));
}
