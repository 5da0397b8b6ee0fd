/**
 * Which machine image of the workspace a name means: that of a filter of AMIs, of a family, or of a data source of Terraform.
 * Names of machine images end in what only a run knows, and filters in `*`.
 */
import { matchesSegment } from '../../core/glob.ts';
import { parentDirectory } from '../../core/path.ts';
import { UNKNOWN, withGaps } from '../../facts/built-images/variables.ts';
import { plainPath } from './machine-stages.ts';
import { type Draft, push } from './names.ts';

/** Characters that a name begins with, by which it is found. */
const BEGINNING = 4;
/** Images of one beginning that are looked at. */
const MOST = 200;
/** Names that vendors give their own images. */
const OF_VENDOR =
  /^\*?(?:ubuntu\/|ubuntu-pro|ubuntu-minimal|amzn|al20\d\d-|debian-\d{1,2}-(?:amd64|arm64|backports)|Windows_Server-|RHEL-\d|CentOS(?: |-Stream)|Rocky-\d|AlmaLinux OS|suse-|Fedora-Cloud|Flatcar-|bottlerocket)/;

interface Named {
  readonly pattern: string;
  readonly draft: Draft;
}

export class MachineNames {
  private readonly byPattern = new Map<string, Named[]>();
  private readonly byBeginning = new Map<string, Named[]>();
  /** Of disks, by the directories that they are written to. */
  private readonly byDirectory = new Map<string, Named[]>();

  constructor(drafts: Iterable<Draft>) {
    for (const draft of drafts)
      for (const pattern of patternsOf(draft)) {
        if (pattern.endsWith('/')) push(this.byDirectory, pattern.slice(0, -1), { pattern, draft });
        if (!isTelling(pattern)) continue;
        push(this.byPattern, joined(pattern), { pattern, draft });
        push(this.byBeginning, pattern.slice(0, BEGINNING), { pattern, draft });
      }
  }

  /** `certain` where both say the same; `undefined` where it may be images of several templates. */
  find(asked: string, except?: Draft): { readonly draft: Draft; readonly certain: boolean } | undefined {
    if (DISK.test(asked)) {
      const draft = only(this.byDirectory.get(parentDirectory(plainPath(asked))) ?? [], except);
      return draft && { draft, certain: false };
    }
    const name = withGaps(lastOf(asked)).replaceAll(UNKNOWN, '*');
    if (OF_VENDOR.test(name) || !isTelling(name)) return undefined;
    const same = only(this.byPattern.get(joined(name)) ?? [], except);
    if (same) return { draft: same, certain: true };
    const beginning = name.slice(0, BEGINNING);
    if (beginning.includes('*')) return undefined;
    const others = (this.byBeginning.get(beginning) ?? []).slice(0, MOST);
    const draft = only(
      others.filter(({ pattern }) => fits(name, pattern)),
      except,
    );
    return draft && { draft, certain: false };
  }
}

function patternsOf({ stage, tags, written }: Draft): ReadonlySet<string> {
  if (stage.layer !== 'machine') return new Set();
  const names = [...tags, ...written].map(({ name, known }) => known ?? name);
  return new Set([...names, ...(stage.produces ?? [])].map(one => one.replaceAll(UNKNOWN, '*')));
}

/** Of an address, `projects/x/global/images/family/web`, the last part. */
const lastOf = (name: string): string =>
  /^(?:https:\/\/|projects\/|\/subscriptions\/).{1,300}\/(?:images|versions)\/(?:family\/)?([^/]+)$/.exec(name)?.[1] ??
  name;

/** A file of a disk or a machine in a directory, which another build may have written. */
const DISK = /^(?!https?:|s3:|ftp:)[^\n]{1,300}\/[^/\n]{1,200}\.(?:qcow2|img|raw|vmx|vmdk|ovf|ova|vdi|vhdx?|box)$/i;

/** One gap for several beside each other. */
const joined = (pattern: string): string => pattern.replace(/[*.-]{0,9}\*[*.-]{0,9}/g, '*');

/** Enough is known to tell it from others. */
const isTelling = (pattern: string): boolean =>
  /^[\w.*?/ ()+-]{3,300}$/.test(pattern) && /[A-Za-z][\w-]{2}/.test(pattern) && !/^\*?[\d.-]*\*?$/.test(pattern);

function fits(asked: string, pattern: string): boolean {
  // What a run fills in has no letters of its own to go by.
  const filled = (one: string): string => one.replaceAll('*', '0');
  return matchesSegment(asked, filled(pattern)) || matchesSegment(pattern, filled(asked));
}

/** The image of all of these; of several sources of one template, the first. */
function only(all: readonly Named[], except: Draft | undefined): Draft | undefined {
  const [first, ...others] = all.filter(({ draft }) => draft !== except).map(({ draft }) => draft);
  return others.every(({ path }) => path === first!.path) ? first : undefined;
}
