/**
 * What is an image for, where that is not an application that is deployed? Whoever makes it says so: in the names of the file and
 * of the directories around it, in a comment at its top, in its labels, or at the top of a README.
 */
import type { LowerContext } from '../../core/language.ts';
import { isTarget } from '../../core/sample.ts';
import { nearestBeginning, plain, readmesAround } from '../../facts/readmes.ts';
import { isAddOn } from './add-on.ts';
import { instructionsOf } from './all-instructions.ts';
import type { DockerfileTree } from './tree.ts';

/**
 * `workplace`: people or pipelines work in its containers; `lab`: it is attacked, measured or learned from; `machine`: it stands
 * for one that people log in to; `appliance`: several services are made one product; `add-on`: Home Assistant runs one container of
 * it, whose services s6 starts as root on directories of the machine.
 */
export type Purpose = 'workplace' | 'lab' | 'machine' | 'appliance' | 'add-on';

/** Parts of the names of files and directories, between `-`, `_`, `.` and spaces. */
const IN_NAMES: readonly (readonly [RegExp, Purpose])[] = [
  [/^(?:ctfs?|pwn|scenarios?|honeypots?|victims?|attackers?|kali|emulat(?:ion|or)|testbeds?)$/i, 'lab'],
  [/^(?:jump-?(?:box|host)(?:es|s)?|bastions?|workstations?|vagrant|remote-?desktops?)$/i, 'machine'],
  [/^(?:appliances?|aio|allinone|omnibus)$/i, 'appliance'],
];
/** Whole names; `acme-labs` is a company, `desktop` a program. */
const WHOLE_NAMES: readonly (readonly [RegExp, Purpose])[] = [
  [/^labs?(?:[-_]?\d{1,4}(?:[-_].{0,100})?)?$/i, 'lab'],
  [/^(?:ubuntu|debian|linux|virtual|xfce|kde|gnome|lxde|mate)[-_]desktops?$/i, 'machine'],
];

/** The same in sentences. */
const IN_TEXTS: readonly (readonly [RegExp, Purpose])[] = [
  [
    /\b(?:development|dev|coding|programming|devops) (?:environment|workspace|sandbox|box|machine|stack)s?\b|(?<![\w./-])dev-?containers?\b(?!\/)|\b(?:images?|containers?|docker|vms?|servers?)\b[^.\n]{0,60} for (?:\S{1,20} ){0,3}development\b|\b(?:cloud|online|browser-based) ides?\b|\bworkspace images?\b|\b(?:ci|runner) images?\b/gi,
    'workplace',
  ],
  [
    /\bctfs?\b|\bcapture[- ]the[- ]flag\b|\bpwn(?:able)?s?\b|\bwar-?games?\b|\bhoney-?pots?\b|\bcyber[- ]?ranges?\b|\b(?:deliberately|intentionally|purposely|purposefully) (?:vulnerable|insecure)\b|\bvulnerable by design\b|\bpentest(?:ing)? labs?\b|\bnetwork emulat|\btest-?beds?\b|\bartifacts? (?:for|of) (?:the|our|a) paper\b|\bhands-on labs?\b|\btraining (?:labs?|environment)\b/gi,
    'lab',
  ],
  [
    /\bjump-? ?(?:box(?:es)?|hosts?)\b|\bbastion(?: hosts?)?\b|\bvagrant box(?:es)?\b|\b(?:as|like) a (?:full )?(?:vm|virtual machine)\b|\ba (?:vm|virtual machine) (?:for|with)\b|\b(?:remote|linux|virtual|ubuntu|debian) desktops?\b/gi,
    'machine',
  ],
  [
    /\ball[- ]in[- ]one\b|\baio\b|\bappliances?\b|\bfull-?stack (?:[\w-]{1,20} ){0,6}server\b|\b(?:in|as|into) (?:one|a single) (?:docker )?(?:container|image)\b/gi,
    'appliance',
  ],
];

/** What a project makes that is about building; a comment in a file speaks of how the file itself is built. */
const OF_PROJECT =
  /\btool-?chains?\b|\bcross[- ]compil|\b(?:build|builder|packaging) (?:images?|containers?|environments?)\b|\bfor building (?:and testing )?the\b|\b(?:package|image|installer) builders?\b/gi;

const IN_READMES: typeof IN_TEXTS = [...IN_TEXTS, [OF_PROJECT, 'workplace']];

/** The names come first, then the file itself. */
export function purposeOf(file: DockerfileTree, context: Pick<LowerContext, 'files' | 'path'>): Purpose | undefined {
  const { path } = context;
  if (isAddOn(context)) return 'add-on';
  return (
    (path === undefined ? undefined : purposeInNames(path)) ??
    purposeInFile(file) ??
    purposeInReadmes(readmesAround(context).readmes?.() ?? [])
  );
}

/** Directories around the file whose names count: those above are of the machine that it lies on. */
const MOST_DIRECTORIES = 4;
const LONGEST = 600;

/** By the names of the file and of the directories that it is in. */
function purposeInNames(path: string): Purpose | undefined {
  const names = path.split('/').slice(-1 - MOST_DIRECTORIES);
  for (const name of names.reverse()) {
    const words = [name.split('.', 1)[0]!.replace(/[-_]/g, ''), ...name.split(/[-_. ]+/), name];
    const found =
      IN_NAMES.find(([pattern]) => words.some(word => pattern.test(word))) ??
      WHOLE_NAMES.find(([pattern]) => pattern.test(name));
    if (found) return found[1];
    if (isTarget(name)) return 'lab';
  }
  return undefined;
}

/** What the text in front of it says of something else: "behind a bastion host", "needs a toolchain", "part of an appliance". */
const OF_OTHERS =
  /\b(?:behind|in front of|needs?|requires?|via|through|against|from|unlike|inside|on|under|uses?|using|see|into|alongside|next to|beside|together with|works with|part of|(?:run|develop|work|open|built|build|test)\w{0,4} (?:\S{1,40} )?in|(?:talk|connect|deploy|ship|publish|push|send|log)\w{0,4} (?:\S{1,40} )?to) (?:\S{1,40} ){0,4}$/i;
const DENIED = /\b(?:not|never|no|without|instead of|rather than)\b|n't\b/i;
/** "the bastion host", where the text is about another thing. */
const KNOWN = /[^ ] (?:the|its|their) (?:(?!and |or )[\w'-]{1,40} ){0,3}$/i;
/** What it is for, which takes something that is for it. */
const FOR = /\b(?:for|to) (?:\S{1,40} ){0,4}$/i;
const IMAGE =
  /\b(?:images?|containers?|containerized|docker|dockerfiles?|vms?|virtual machines?|box(?:es)?|templates?|collection)\b/i;
/** A program that works on such images. */
const WORKS_ON =
  /^[\w-]{0,10} ?(?:managers?|clients?|operators?|controllers?|plugins?|extensions?|cli|librar(?:y|ies)|sdk|api|exporters?|dashboards?|scoreboards?|frameworks?)\b/i;
/** "A Vagrant box mounts it": what it does, and not what the image is. */
const DOES =
  /^(?:s|es)?(?: [\w-]{1,30}){0,5} (?:can|will|must|should|has|have|needs?|mounts?|starts?|calls?|reads?|expects?|gets?|reaches|is (?!an?\b)|are (?!an?\b)|[a-z]{2,20}s (?:it|this|them|the|our)\b)/i;

/** Where nothing comes before it but what it is like. */
const SUBJECT = /^(?:(?:an?|our|each|every|the) )?(?:[\w'-]{1,40} ){0,2}$/i;

/** What a sentence about the image says that it is for. */
function purposeInSentence(sentence: string, kinds: typeof IN_TEXTS): Purpose | undefined {
  const isOfImage = ({ 0: found, index }: RegExpExecArray, kind: Purpose): boolean => {
    const before = sentence.slice(0, index);
    const after = sentence.slice(index + found.length);
    if (OF_OTHERS.test(before) || DENIED.test(before) || KNOWN.test(before) || WORKS_ON.test(after.trim()))
      return false;
    // What is for a lab is attacked there too.
    if (kind !== 'lab' && FOR.test(before) && !IMAGE.test(before)) return false;
    return !(SUBJECT.test(before) && DOES.test(after));
  };
  return kinds.find(([pattern, kind]) => [...sentence.matchAll(pattern)].some(one => isOfImage(one, kind)))?.[1];
}

/** By the line at the top of the file, and by its labels. */
function purposeInFile(file: DockerfileTree): Purpose | undefined {
  const start = file.stages[0]?.from.span.start ?? 0;
  const first = file.comments.find(({ span, text }) => span.end <= start && /^[ \t]*\w+ \w/.test(text));
  const labels = file.stages
    .flatMap(stage => [...instructionsOf(stage)])
    .flatMap(one => (one.kind === 'label' ? one.pairs : []))
    .filter(({ key }) => /(?:^|\.)(?:title|description|summary|name)$/i.test(key))
    .map(({ value }) => value.literal ?? '');
  for (const text of [first?.text ?? '', ...labels.slice(0, MOST_LABELS)]) {
    const found = purposeInSentence(plain(text.trim().slice(0, LONGEST)).split(/[.!?] /, 1)[0]!, IN_TEXTS);
    if (found) return found;
  }
  return undefined;
}
const MOST_LABELS = 20;

/** By what the nearest README begins with. */
function purposeInReadmes(readmes: readonly string[]): Purpose | undefined {
  const beginning = nearestBeginning(readmes);
  if (!beginning) return undefined;
  const { title, sentences } = beginning;
  const [first = '', ...others] = sentences;
  for (const sentence of [title, first, ...others.slice(0, MOST_SENTENCES).filter(one => ABOUT_IMAGES.test(one))]) {
    const found = purposeInSentence(sentence, IN_READMES);
    if (found) return found;
  }
  return undefined;
}

const MOST_SENTENCES = 12;

/** A sentence about the images, or about what contains them. */
const ABOUT_IMAGES =
  /^(?:an?|the|these|this)? ?(?:[\w-]{1,30} ){0,2}(?:images?|containers?|dockerfiles?|environments?|repository|repo|directory|folder|vms?)\b/i;
