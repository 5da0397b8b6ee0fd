import type { Ending, EndOfLife } from './ending.ts';
import { endOf, endOfCodename } from './lookup.ts';

/** Longer text is not a name of an image. */
const LONGEST_NAME = 1024;
/** How many words may be between the name of a system and its version. */
const REACH = 5;

interface System {
  readonly product: string;
  /** What the system is called, as the words that the text is cut into. */
  readonly names: readonly (readonly string[])[];
  /** Words that may be between the name and the version. */
  readonly fillers: ReadonlySet<string>;
  /** The version may be written in two numbers, `18-04`. */
  readonly twoNumbers?: true;
}

const COMMON = 'linux server cloud base dvd live netinst boot minimal standard arch v';
const words = (text = '') => new Set(`${COMMON} ${text}`.trim().split(' '));

/** A longer name precedes a shorter one that it starts with. */
const SYSTEMS: readonly System[] = [
  {
    product: 'Ubuntu',
    names: [['ubuntu'], ['ubuntuserver']],
    // "releases.ubuntu.com/bionic", "ubuntu-pro-1804-lts", "ubuntu/images/hvm-ssd/ubuntu-..." start over at "ubuntu".
    fillers: words('com releases pro daily desktop lts'),
    twoNumbers: true,
  },
  { product: 'Debian', names: [['debian']], fillers: words('gnu contrib archive') },
  { product: 'CentOS Stream', names: [['centos', 'stream']], fillers: words('genericcloud container') },
  { product: 'CentOS Linux', names: [['centos']], fillers: words('genericcloud atomic host') },
  { product: 'Fedora Linux', names: [['fedora']], fillers: words('workstation gcp everything netboot generic') },
  { product: 'Rocky Linux', names: [['rocky'], ['rockylinux']], fillers: words('genericcloud') },
  { product: 'AlmaLinux', names: [['almalinux'], ['alma', 'linux']], fillers: words('os genericcloud') },
  { product: 'Red Hat Enterprise Linux', names: [['rhel']], fillers: words('baseos') },
  { product: 'Oracle Linux', names: [['oraclelinux'], ['oracle', 'linux']], fillers: words('r') },
  { product: 'openSUSE', names: [['opensuse']], fillers: words('leap net'), twoNumbers: true },
  { product: 'SUSE Linux Enterprise Server', names: [['sles'], ['sle']], fillers: words() },
  { product: 'Windows Server', names: [['windows', 'server'], ['windowsserver']], fillers: words('version') },
  { product: 'Windows Server', names: [['windows'], ['win']], fillers: new Set(['server', 'srv']) },
  { product: 'Amazon Linux', names: [['amazon', 'linux'], ['amazonlinux'], ['amzn']], fillers: new Set() },
  { product: 'Alpine Linux', names: [['alpine']], fillers: words('virt extended minirootfs generic default') },
  { product: 'FreeBSD', names: [['freebsd']], fillers: words() },
];

/** Architectures are one word, so that their digits are not versions. */
const WORD = /x86[-_]64|amd64|arm64|aarch64|i[3-6]86|[a-z]+|\d+(?:\.\d+)*/g;
const ARCHITECTURE = /^(?:x86[-_]64|amd64|arm64|aarch64|i\d86)$/;

/** A hypervisor's guest type (`centos7-64`, `Debian11_64`, `windows9Server64Guest`) says how the machine is emulated. */
const GUEST_TYPE = /guest$|^(?:arm-)?[a-z]+\d*(?:_lts)?(?:srv)?[-_](?:64|arm64)$/;

interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly number: boolean;
}

/**
 * The end of the one operating system release that the name of a machine image carries: an ISO's file name or URL, an
 * AMI's name or pattern, an image family, an Azure offer or SKU, a Vagrant box. Words are compared as wholes and
 * ignoring case. `undefined`: none is named, more than one is, or it has no end. Not for guest types of hypervisors.
 */
export function endOfLifeOfOperatingSystem(text: string): EndOfLife | undefined {
  if (text.length > LONGEST_NAME) return undefined;
  const name = text.toLowerCase();
  // A letter whose lower case is longer would shift every offset; no image name has one.
  if (name.length !== text.length || GUEST_TYPE.test(name)) return undefined;
  const sku = endOfSku(name);
  if (sku !== undefined) return sku;

  const found = wordsOf(name);
  let result: EndOfLife | undefined;
  for (let at = 0; at < found.length; at++) {
    const ending = endingAt(found, at);
    if (ending === undefined) continue;
    if (result !== undefined && (result.product !== ending.product || result.cycle !== ending.cycle)) return undefined;
    result ??= ending;
  }
  return result;
}

function wordsOf(name: string): readonly Word[] {
  return Array.from(name.matchAll(WORD), ({ 0: text, index }) => {
    const word = ARCHITECTURE.test(text) ? 'arch' : text;
    return { text: word, start: index, end: index + text.length, number: /^\d/.test(word) };
  });
}

/** Names that say what they are only as a whole: Azure's SKUs, and cloud images of Ubuntu by code name. */
function endOfSku(name: string): EndOfLife | undefined {
  // Long-term releases come in April of even years.
  const ubuntu = /^(\d[02468])[._](04)(?:\.\d)?-(?:daily-)?lts(?:$|-)/.exec(name);
  if (ubuntu !== null) return located(endOf('Ubuntu', `${ubuntu[1]}.${ubuntu[2]}`), 0, 5);
  const windows = /^(20\d\d)(-r2)?(?:-sp\d)?-datacenter(?:$|-)/.exec(name);
  if (windows !== null) {
    const [, year, r2 = ''] = windows;
    return located(endOf('Windows Server', r2 === '' ? year! : `${year} R2`), 0, 4 + r2.length);
  }
  const cloud = /^([a-z]+)-(?:minimal-cloudimg|server-cloudimg)-/.exec(name);
  return cloud === null ? undefined : located(endOfCodename(['Ubuntu'], cloud[1]!), 0, cloud[1]!.length);
}

/** What the name of a system at the given word says, with the version after it. */
function endingAt(found: readonly Word[], at: number): EndOfLife | undefined {
  for (const system of SYSTEMS) {
    const name = system.names.find(candidate => candidate.every((word, index) => found[at + index]?.text === word));
    if (name === undefined) continue;
    let next = at + name.length;
    if (system.product === 'Amazon Linux' && found[at]!.text === 'amzn') {
      // The first Amazon Linux has no number in the name of its images: amzn-ami-hvm-2018.03.
      if (found[next]?.text === 'ami') return located(endOf(system.product, '1'), found[at]!.start, found[next]!.end);
    }
    for (let skipped = 0; skipped < REACH && system.fillers.has(found[next]?.text ?? ''); skipped++) next++;
    const word = found[next];
    if (word === undefined) return undefined;
    if (!word.number) {
      const end = joinsNext(found, next) && found[next + 1]!.text !== '64' ? undefined : word.end;
      return end === undefined ? undefined : located(endOfCodename([system.product], word.text), word.start, end);
    }
    return endOfNumber(system, found, next);
  }
  return undefined;
}

function endOfNumber(system: System, found: readonly Word[], at: number): EndOfLife | undefined {
  const word = found[at]!;
  const next = found[at + 1];
  const afterNext = found[at + 2];
  // "centos/8-stream" is not CentOS Linux 8.
  const product = system.product === 'CentOS Linux' && next?.text === 'stream' ? 'CentOS Stream' : system.product;
  if (product === 'Windows Server') {
    const r2 = next?.text === 'r' && afterNext?.text === '2' && joinsNext(found, at + 1);
    if (!r2 && joinsNext(found, at)) return undefined;
    return located(endOf(product, r2 ? `${word.text} R2` : word.text), word.start, r2 ? afterNext.end : word.end);
  }
  if (product === 'SUSE Linux Enterprise Server' && next?.text === 'sp' && afterNext?.number) {
    return located(endOf(product, `${word.text}.${afterNext.text}`), word.start, afterNext.end);
  }
  if (joinsNext(found, at) && next!.text !== 'lts') return undefined;
  if (system.twoNumbers && next?.number && /^\d\d$/.test(word.text) && /^\d{1,2}$/.test(next.text)) {
    // A third number makes it a date.
    if (joinsNext(found, at + 1) || afterNext?.number) return undefined;
    return located(endOf(product, `${word.text}.${next.text}`), word.start, next.end);
  }
  if (product === 'Ubuntu' && /^\d{4}$/.test(word.text)) {
    return located(endOf(product, `${word.text.slice(0, 2)}.${word.text.slice(2)}`), word.start, word.end);
  }
  return located(asWritten(endOf(product, word.text), word.text), word.start, word.end);
}

/** `openSUSE-15.iso` is one of the releases of 15: the last of them says when all have ended, and not which one it is. */
function asWritten(ending: Ending | undefined, version: string): Ending | undefined {
  return ending?.cycle.startsWith(`${version}.`) ? { ...ending, cycle: version } : ending;
}

/** Whether the next word follows without anything between: `7x`. */
function joinsNext(found: readonly Word[], at: number): boolean {
  return found[at + 1]?.start === found[at]!.end;
}

function located(ending: Ending | undefined, start: number, end: number): EndOfLife | undefined {
  return ending && { ...ending, matched: [start, end] };
}
