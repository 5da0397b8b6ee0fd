/**
 * What is an image for, where that is not an application that is deployed? Whoever makes it says so: in the names of the file and
 * of the directories around it, in a comment at its top, in its labels, or at the top of a README.
 */
import type { LowerContext } from '../../core/language.ts';
import { memoOfText } from '../../core/memo.ts';
import { readmesAround } from '../../facts/documented-passwords.ts';
import { instructionsOf } from './all-instructions.ts';
import type { DockerfileTree } from './tree.ts';

/**
 * `workplace`: people or pipelines work in its containers; `lab`: it is attacked, measured or learned from; `machine`: it stands
 * for one that people log in to; `appliance`: several services are made one product.
 */
export type Purpose = 'workplace' | 'lab' | 'machine' | 'appliance';

/** Parts of the names of files and directories, between `-`, `_`, `.` and spaces. */
const IN_NAMES: readonly (readonly [RegExp, Purpose])[] = [
  [
    /^(?:labs?|ctfs?|pwn|scenarios?|honeypots?|victims?|attackers?|kali|vuln(?:erable)?|dvwa|emulat(?:ion|or)|testbeds?)$/i,
    'lab',
  ],
  [/^(?:jump-?(?:box|host)(?:es|s)?|bastions?|workstations?|vagrant|(?:remote-?)?desktops?)$/i, 'machine'],
  [/^(?:appliances?|aio|allinone|omnibus)$/i, 'appliance'],
];

/** The same in sentences. */
const IN_TEXTS: readonly (readonly [RegExp, Purpose])[] = [
  [
    /\b(?:development|dev|coding|programming|devops) (?:environment|workspace|sandbox|box|machine|stack)s?\b|(?<![\w./-])dev-?containers?\b(?!\/)|\b(?:images?|containers?|docker|vms?|servers?)\b[^.\n]{0,60} for (?:\S{1,20} ){0,3}development\b|\b(?:cloud|online|browser-based) ides?\b|\bworkspace images?\b|\b(?:ci|runner) images?\b/i,
    'workplace',
  ],
  [
    /\bctfs?\b|\bcapture[- ]the[- ]flag\b|\bpwn(?:able)?s?\b|\bwar-?games?\b|\bhoney-?pots?\b|\bcyber[- ]?ranges?\b|\b(?:deliberately|intentionally|purposely|purposefully) (?:vulnerable|insecure)\b|\bvulnerable by design\b|\bpentest(?:ing)? labs?\b|\bnetwork emulat|\btest-?beds?\b|\bartifacts? (?:for|of) (?:the|our|a) paper\b|\bhands-on labs?\b|\btraining (?:labs?|environment)\b/i,
    'lab',
  ],
  [
    /\bjump-? ?(?:box(?:es)?|hosts?)\b|\bbastion(?: hosts?)?\b|\bvagrant box(?:es)?\b|\b(?:as|like) a (?:full )?(?:vm|virtual machine)\b|\ba (?:vm|virtual machine) (?:for|with)\b|\b(?:remote|linux|virtual|ubuntu|debian) desktops?\b/i,
    'machine',
  ],
  [
    /\ball[- ]in[- ]one\b|\baio\b|\bappliances?\b|\bfull-?stack (?:[\w-]{1,20} ){0,6}server\b|\b(?:in|as|into) (?:one|a single) (?:docker )?(?:container|image)\b/i,
    'appliance',
  ],
];

/** What a project makes that is about building; a comment in a file speaks of how the file itself is built. */
const OF_PROJECT =
  /\btool-?chains?\b|\bcross[- ]compil|\b(?:build|builder|packaging) (?:images?|containers?|environments?)\b|\bfor building (?:and testing )?the\b|\b(?:package|image|installer) builders?\b/i;

/** The names come first, then the file itself. */
export function purposeOf(file: DockerfileTree, context: Pick<LowerContext, 'files' | 'path'>): Purpose | undefined {
  const { path } = context;
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
    const found = IN_NAMES.find(([pattern]) => words.some(word => pattern.test(word)));
    if (found) return found[1];
  }
  return undefined;
}

const purposeInText = memoOfText(50, (text): Purpose | undefined => IN_TEXTS.find(([one]) => one.test(text))?.[1]);

/** By the line at the top of the file, and by its labels. */
function purposeInFile(file: DockerfileTree): Purpose | undefined {
  const start = file.stages[0]?.from.span.start ?? 0;
  const first = file.comments.find(({ span, text }) => span.end <= start && /^[ \t]*\w+ \w/.test(text));
  const labels = file.stages
    .flatMap(stage => [...instructionsOf(stage)])
    .flatMap(one => (one.kind === 'label' ? one.pairs : []))
    .filter(({ key }) => /(?:^|\.)(?:title|description|summary|name)$/i.test(key))
    .map(({ value }) => value.literal ?? '');
  const texts = [first?.text ?? '', ...labels];
  return purposeInText(
    texts
      .map(text => text.trim().slice(0, LONGEST))
      .join('\n')
      .slice(0, 2 * LONGEST),
  );
}

/** By what READMEs begin with, the nearest first. */
function purposeInReadmes(readmes: readonly string[]): Purpose | undefined {
  for (const readme of readmes) {
    const text = beginningOf(readme);
    const found = purposeInText(text) ?? (OF_PROJECT.test(text) ? 'workplace' : undefined);
    if (found) return found;
  }
  return undefined;
}

const MOST_LINES = 80;
const MOST_PARAGRAPHS = 2;

/** The title of a README, and its first paragraphs: no badges, menus, tables and lists. */
const beginningOf = memoOfText(20, text => {
  const found: string[] = [];
  let paragraphs = 0;
  let isOpen = false;
  let hasTitle = false;
  for (const line of text.split('\n', MOST_LINES).map(one => one.trim().slice(0, LONGEST))) {
    const isProse = line !== '' && !/^(?:[<![\]|=~`]|- |\* |\+ |\.\. |\d+\. )/.test(line) && !isMenu(line);
    const isHeading = line.startsWith('#');
    if (isOpen && !(isProse && !isHeading) && ++paragraphs >= MOST_PARAGRAPHS) break;
    // A part that is not the introduction.
    if (isHeading && paragraphs > 0) break;
    isOpen = isProse && !isHeading;
    if (isProse && !(isHeading && hasTitle)) found.push(line);
    hasTitle ||= isHeading;
  }
  return found.join(' ').slice(0, LONGEST);
});

/** Links to the same text in other languages, or to parts of the page. */
const isMenu = (line: string): boolean => (line.match(/\]\(|<a /g)?.length ?? 0) > 2;
