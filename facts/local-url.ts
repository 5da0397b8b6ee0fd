import { UNRESOLVED } from '../core/text.ts';

const HOST = /^(?:[a-z][a-z0-9+.-]{0,20}:\/\/)?(?:[^/?#@\s]{0,200}@)?(\[[0-9a-f:.]{2,45}\]|[^/:?#\s]{0,255})/i;
/**
 * Names that only a private network knows (RFC 6761, RFC 6762, RFC 8375, and what is used in practice). A name in `.example`
 * stands for one on the internet.
 */
const PRIVATE_NAME = /(?:^|\.)(?:localhost|local|internal|intranet|lan|corp|home|test|invalid|svc)$/i;
/** The machine itself, its cloud's metadata service, and names that exist nowhere (RFC 2606). */
const OWN_NAME = /(?:^|\.)(?:localhost|test|invalid)$/i;
const OWN_ADDRESS = /^(?:127\.|169\.254\.|0\.0\.0\.0$|\[::1\]$|\[fe80:)/i;
/** RFC 1918, loopback and link-local addresses. */
const PRIVATE_ADDRESS =
  /^(?:127\.|10\.|192\.168\.|169\.254\.|172\.(?:1[6-9]|2\d|3[01])\.|0\.0\.0\.0$|\[::1\]$|\[f[cd]|\[fe80:)/i;

/** Whether a URL's host is the machine itself or on a private network; `undefined` when the host cannot be known. */
export function isLocalUrl(url: string): boolean | undefined {
  const host = HOST.exec(url)?.[1];
  if (!host || host.includes(UNRESOLVED) || host.includes('$')) return undefined;
  return !host.includes('.') || PRIVATE_NAME.test(host) || PRIVATE_ADDRESS.test(host);
}

/** Whether a URL's host is the machine itself or the link to it, so that nothing is between; `undefined` as above. */
export function isOwnUrl(url: string): boolean | undefined {
  const local = isLocalUrl(url);
  if (local !== true) return local;
  const host = HOST.exec(url)![1]!;
  return OWN_NAME.test(host) || OWN_ADDRESS.test(host);
}

/** What Packer tells scripts of its own server, and where an installer finds the address that sent it there. */
const OF_PACKER = /\bPACKER_HTTP_(?:ADDR|IP)\b|\.HTTPIP\b|\/proc\/cmdline\b/;

/**
 * Whether an address is that of Packer's server, which has the files of the repository: it is named in the address, or where
 * `script` sets the variable that the address begins with. https://developer.hashicorp.com/packer/docs/provisioners/shell#default-environmental-variables
 */
export function isOfPacker(written: string, script: string | undefined): boolean {
  if (OF_PACKER.test(written)) return true;
  const name = /^["']?(?:https?:\/\/)?\$\{?([A-Za-z_]\w{0,60})/.exec(written)?.[1];
  if (name === undefined || script === undefined || !OF_PACKER.test(script)) return false;
  return script
    .split('\n', MOST_LINES)
    .some(line => OF_PACKER.test(line) && (line.includes(`${name}=`) || line.includes(`read ${name}`)));
}

const MOST_LINES = 2_000;
