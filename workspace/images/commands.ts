/** Commands in the text of a script, a Makefile or a workflow that build a Dockerfile, name an image or start one. */
import { joinPath } from '../../core/path.ts';
import { UNKNOWN, withGaps } from '../../facts/built-images/variables.ts';
import type { Arguments } from '../../shell/programs/arguments.ts';
import { programOf } from '../../shell/programs/index.ts';
import { readWords } from '../../shell/programs/reader.ts';
import { argumentsOf, contextsGiven, labelsOf, targetOf } from './arguments.ts';
import { Arrays } from './arrays.ts';
import { copiesOf } from './copied.ts';
import { type BuildCall, EACH, type NamedImage, type Retag } from './model.ts';
import { type Naming, partsOf, untagged, withEach } from './naming.ts';
import { azureCall, kanikoCall, submitCall } from './other-builders.ts';
import { isStartedById } from './started-builds.ts';
import { isShown, lineBefore, MOST, retagOf } from './values.ts';
import { FARTHEST, loopsIn, type Variant, type Variants, variantsIn } from './variants.ts';
import { LINES_BEFORE, LONGEST, unquoted, type Word, wordsFrom } from './words.ts';

const COMMAND =
  /(?:\b(?:docker|podman|nerdctl|finch|depot)|\$[({]{0,2}\w{1,80}[)}]{0,2}"?)[ \t]{1,20}(?:\$[({]\w{1,80}[)}][ \t]{1,20})?(?:(?:(?:buildx|image|builder|container)[ \t]{1,20})?(?:build|tag|run|create|pull)|(?:(?:buildx[ \t]{1,20})?imagetools|manifest)[ \t]{1,20}create)(?=[ \t\\\r\n)])|\bbuildah[ \t]{1,20}(?:bud|build|tag)(?=[ \t\\\r\n])|\/kaniko\/executor(?=[ \t\\\r\n])|\baz[ \t]{1,20}acr[ \t]{1,20}build(?=[ \t\\\r\n])|\bgcloud[ \t]{1,20}builds[ \t]{1,20}submit(?=[ \t\\\r\n])|\b(?:crane[ \t]{1,20}(?:tag|cp|copy)|(?:podman|buildah)[ \t]{1,20}push|(?:skopeo|regctl[ \t]{1,20}image)[ \t]{1,20}copy)(?=[ \t\\\r\n])/g;
/** Those that give an image of a registry another name. */
const COPIES = /(?:imagetools|manifest)[ \t]{1,20}create$|^(?:crane|skopeo|regctl)\b|[ \t]push$/;
/** Characters that the commands of one file may have: in a line without an end they overlap. */
const MOST_WRITTEN = 500_000;
/** Characters that the runs of the commands of one file may read. */
const MOST_READ = 5_000_000;

export interface Commands {
  readonly builds: readonly BuildCall[];
  readonly retags: readonly Retag[];
  readonly starts: readonly NamedImage[];
}

/** In the order of the text. `isMake`: each line is run on its own. `variants` are those of a script where none are given. */
export function commandsIn(text: string, naming: Naming, isMake: boolean, variants?: Variants): Commands {
  const builds: BuildCall[] = [];
  const retags: Retag[] = [];
  const starts: NamedImage[] = [];
  const runsOf = variants ?? variantsIn(text);
  let left = MOST_READ;
  let unread = MOST_WRITTEN;
  const seen = new Set<string>();
  const arrays = new Arrays(text, loopsIn(text));
  const ids = new Map<string, number>();
  for (const { 0: whole, index: start } of text.matchAll(COMMAND)) {
    // `ID=$(docker build -q .)`
    const opening = /^\$\((?=(?:docker|podman|nerdctl|finch|depot)[ \t])/.exec(whole)?.[0].length ?? 0;
    const command = whole.slice(opening);
    const index = start + opening;
    const isBuild = BUILD.test(command);
    const isCopy = COPIES.test(command);
    const kind = isBuild ? builds : isCopy || command.endsWith('tag') ? retags : starts;
    if (kind.length >= 2 * MOST || isShown(text, index)) continue;
    const [called = ''] = command.split(/[ \t]/, 1);
    const program = called.startsWith('$') ? 'docker' : called;
    if (called.startsWith('$') && !isEngine(called, naming)) continue;
    const own = wordsFrom(text, index + called.length);
    unread -= (own.at(-1)?.end ?? index) - index;
    if (unread < 0) break;
    const plain = isMake ? own : arrays.filled(own, index);
    const input = isBuild ? inputOf(text, index, own) : undefined;
    const directory = isBuild && !program.startsWith('/') ? directoryAt(text, index, isMake, naming) : undefined;
    const written = `${directory ?? ''} ${plain.map(({ literal }) => literal).join(' ')}`;
    const once: readonly Variant[] = [{ fill: (one: string) => one, naming }];
    const all = left < 0 || (isMake && !variants) ? once : runsOf(index, written, naming);
    // Each run with variables of its own reads those of the file anew.
    if (all.some(one => one.naming !== naming)) left -= all.length * (text.length + FARTHEST);
    const runs = left < 0 ? once : all;
    for (const { fill, naming, isSplit, directory: outer } of runs) {
      const words = isSplit ? plain.flatMap(word => word.split(fill)) : plain.map(word => word.filled(fill));
      const inside = within(outer === undefined ? undefined : naming.known(outer), directory && fill(directory));
      const run = commandOf({
        text,
        command,
        program,
        index,
        words,
        naming,
        directory: inside,
        input: isBuild ? input : undefined,
      });
      const found = isSplit ? overridden(run, plain, words) : run;
      for (const id of isBuild ? idsOf(text, index, words) : []) ids.set(id, builds.length);
      builds.push(...found.builds);
      // What is called by the file or the variable that has its id.
      const at = command.endsWith('tag') ? ids.get(words[1]?.literal ?? '') : undefined;
      const built = at === undefined ? undefined : builds[at];
      if (built) {
        const names = words.slice(2).flatMap(word => naming.named(word.literal, word) ?? []);
        const parts =
          partsOf(
            words.slice(2).map(word => ({ written: word.literal, span: word })),
            naming,
          ).parts ?? [];
        builds[at!] = { ...built, names: [...built.names, ...names], parts: [...(built.parts ?? []), ...parts] };
      } else retags.push(...found.retags);
      // One place starts an image once.
      for (const one of found.starts) {
        const key = `${one.span.start} ${one.name}`;
        if (!seen.has(key)) starts.push(one);
        seen.add(key);
      }
    }
  }
  return { builds, retags, starts };
}

/** What stands for the id of what a command builds: `$(cat ID_FILE)`, `$ID`. */
function idsOf(text: string, index: number, words: readonly Word[]): readonly string[] {
  const at = words.findIndex(({ literal }) => /^--iidfile(?:=|$)/.test(literal));
  const file = at < 0 ? undefined : (words[at]!.literal.split('=')[1] ?? words[at + 1]?.literal);
  const before = lineBefore(text, index);
  const variable = /\b([A-Za-z_]\w{0,60})=["']?(?:\$\(|`)[ \t]{0,9}(?:sudo[ \t]{1,9})?$/.exec(before)?.[1];
  return [
    ...(file === undefined ? [] : [`$(cat ${file})`, `$(<${file})`]),
    ...(variable === undefined ? [] : [`$${variable}`, `\${${variable}}`]),
  ];
}

/** The Dockerfile that a command reads: `docker build - < web.Dockerfile`, `cat web.Dockerfile | docker build -`. */
function inputOf(text: string, index: number, words: readonly Word[]): string | undefined {
  if (!words.some(({ literal }) => literal === '-' || literal === '-f-' || literal === '--file=-')) return undefined;
  const after = text.slice(words.at(-1)!.end, words.at(-1)!.end + 300);
  const file = /^[ \t]{0,9}<[ \t]{0,9}(["']?)([^\s"'<>|&;()]{1,200})\1/.exec(after)?.[2];
  return (
    file ??
    /\bcat[ \t]{1,9}(["']?)([^\s"'<>|&;()]{1,200})\1[ \t]{0,9}\|[ \t]{0,9}(?:sudo[ \t]{1,9})?$/.exec(
      lineBefore(text, index),
    )?.[2]
  );
}

/** Where a command is run that goes to a directory from another. */
const within = (outer: string | undefined, own: string | undefined): string | undefined =>
  outer === undefined || own === undefined || /^(?:\/|\$)/.test(own) ? (own ?? outer) : joinPath(outer, own);

/** The caller of Make may give its variables other values. */
function overridden(found: Commands, plain: readonly Word[], words: readonly Word[]): Commands {
  const same = new Set(words.filter(word => plain.includes(word)).map(({ start }) => start));
  const certainly = (one: NamedImage): NamedImage => (same.has(one.span.start) ? one : { ...one, certain: false });
  return {
    builds: found.builds.map(call => ({ ...call, names: call.names.map(certainly) })),
    retags: found.retags.flatMap(one =>
      `${one.from} ${one.to.name}`.includes(EACH) ? [] : { ...one, to: certainly(one.to) },
    ),
    starts: found.starts.map(certainly),
  };
}

/** `docker build`, `buildah bud`, Kaniko's executor. */
const BUILD = /(?:build|bud|executor|submit)$/;

interface Command {
  readonly text: string;
  readonly command: string;
  readonly program: string;
  readonly index: number;
  readonly words: readonly Word[];
  readonly naming: Naming;
  readonly directory: string | undefined;
  /** The file that it reads. */
  readonly input: string | undefined;
}

function commandOf({ text, command, program, index, words: all, naming, directory, input }: Command): Commands {
  const nothing: Commands = { builds: [], retags: [], starts: [] };
  // `$(DOCKER) $(BUILDX) build`
  const words = isVariable(all[0]?.literal) ? all.slice(1) : all;
  if (COPIES.test(command)) return { ...nothing, retags: copiesOf(command, words, naming) };
  if (program === 'gcloud') return { ...nothing, builds: [submitCall(index, words, naming)] };
  if (program.startsWith('/')) return { ...nothing, builds: [kanikoCall(index, words, naming)] };
  if (program === 'az') return { ...nothing, builds: [azureCall(index, words, naming)] };
  const given = readWords(words, programOf(program) ?? { names: [program] }, program);
  const verb = given.verb.replace(/^(?:container|image|buildx|builder) /, '');
  if (verb === 'build' || verb === 'bud') {
    const span = { start: index, end: words.at(-1)?.end ?? index };
    const call = buildCall(given, span, naming, directory, input);
    const isStarted = isStartedById(text, index, given.value('--iidfile')?.literal);
    return {
      ...nothing,
      builds: [isStarted ? { ...call, starts: { name: '{}', certain: false, span } } : call],
    };
  }
  if (verb === 'tag') {
    const [from, ...others] = given.operands.map(word => naming.started(word.literal, word));
    if (!from) return nothing;
    return { ...nothing, retags: others.flatMap(to => (to ? [retagOf(from, to)] : [])) };
  }
  if (verb === 'run' || verb === 'pull' || (verb === 'create' && !command.includes('buildx')))
    return { ...nothing, starts: started(words, program, naming) };
  return nothing;
}

/** Whether a variable is a program such as Docker: by its value, or by its name where that is not known. */
function isEngine(called: string, naming: Naming): boolean {
  const value = naming.known(called.replace('"', ''));
  if (value !== undefined) return /(?:^|[\s/])(?:docker|podman|nerdctl)$/.test(value);
  if (!/docker|podman|container/i.test(called)) return false;
  return !/run(?!time)|compose|arg|opt|flag|image|name|exec|file|user|host|registry|repo|tag|prefix/i.test(called);
}

/** To what only a run knows; a script that goes to its own directory, or to the root, is known. */
const CHANGE_TO_SOME = /(?:^|[;&(@\s])(?:cd|pushd)[ \t]{1,9}"?\$\((?!dirname|git rev-parse|cd )[^\n]/;

const CHANGE =
  /(?:^|[;&(@\s])(?:cd|pushd)[ \t]{1,9}("[^"\n]{1,200}"|'[^'\n]{1,200}'|[^\s;&|"']{1,200})[ \t]{0,9}(?:&&|;|\\?$)/g;

/** What stands for the directory of a script: `$(dirname "$0")`, `$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)`. */
const OWN =
  /"?\$\((?:cd[ \t]{1,9}"?\$\()?[ \t]{0,9}(?:dirname|readlink -f)[ \t]{1,9}(?:--[ \t]{1,9})?"?\$(?:0|\{0\}|\{?BASH_SOURCE(?:\[0\])?\}?)"?[ \t]{0,9}\)"?(?:[^()\n]{0,60}pwd[^()\n]{0,10}\)"?)?|"?\$\{(?:0|BASH_SOURCE(?:\[0\])?)%\/\*\}"?/g;

/** The directory that the same line, or in a script a line above, goes to before the command, as it is written. */
export function directoryAt(text: string, index: number, isMake: boolean, naming: Naming): string | undefined {
  const directory = changeBefore(text, index, isMake);
  if (directory === undefined) return undefined;
  // A script that goes to its own directory, or to one that only its run knows, counts from there all the same.
  const isRoot = directory === '.' || (`${directory}/x`.replace(ROOT, '') === 'x' && !ELSEWHERE.test(directory));
  const isKnown = /^(?:\.{1,2}\/){0,9}\w/.test(naming.known(directory) ?? '');
  return isRoot && !isKnown ? undefined : directory;
}

/** A dot; of the quotes around the whole path, one may be in what was found. */
function ownDirectory(written: string): string {
  const [opens, closes] = [written.startsWith('"'), written.endsWith('"')];
  return opens === closes ? '.' : opens ? '".' : '."';
}

/** `cd -`, `cd ..`, `cd /tmp`; from `cd ../images` on paths count as from the directory of the script. */
const ELSEWHERE_FROM = /^(?:-|\/|~|(?:\.\.\/?)+$)/;

function changeBefore(text: string, index: number, isMake: boolean): string | undefined {
  const lines = text.slice(Math.max(0, index - LONGEST), index).split('\n');
  for (let i = lines.length - 1, left = LINES_BEFORE; i >= 0 && left > 0; i--, left--) {
    const line = lines[i]!.replace(OWN, ownDirectory);
    const isOwn = i === lines.length - 1;
    const changes = [...line.matchAll(CHANGE)];
    const last = changes.at(-1)?.[1];
    if (last !== undefined) return ELSEWHERE_FROM.test(unquoted(last)) ? undefined : unquoted(last);
    if (CHANGE_TO_SOME.test(line)) return '$(some directory)';
    if (/\bpopd\b|\bcd[ \t]*$/.test(line)) return undefined;
    const goesOn = !isOwn && /\\\r?$/.test(line);
    if (isMake && i > 0 && !/\\\r?$/.test(lines[i - 1]!) && !goesOn) return undefined;
    // Another step or function.
    if (!isOwn && /^\S.*(?:\(\)|:)\s*\{?$|^\s*- /.test(line)) return undefined;
  }
  return undefined;
}

function buildCall(
  given: Arguments<Word>,
  span: BuildCall['span'],
  naming: Naming,
  directory: string | undefined,
  input: string | undefined,
): BuildCall {
  const within = (path: string | undefined): string | undefined =>
    path === undefined || directory === undefined || /^(?:\/|\$)/.test(path) ? path : joinPath(directory, path);
  const named = given.value('--file')?.literal;
  const file = input !== undefined && (named === '-' || named === undefined) ? input : named;
  // There is one context; what else is a variable has options.
  const operand = (given.operands.findLast(({ literal }) => !isVariable(literal)) ?? given.operands.at(-1))?.literal;
  const context = operand === '-' || (operand === undefined && input !== undefined) ? input && '.' : operand;
  const target = given.value('--target')?.literal;
  const hasOptions =
    isVariable(context) && mayBeOptions(context ?? '') && !/^[^\s-]/.test(naming.known(context ?? '') ?? '');
  const isKnown = context !== undefined && !hasOptions && (file !== undefined || !given.has('--file'));
  const written = { context: isKnown ? within(context) : undefined, file: within(file) };
  const plain = { context: fromRoot(written.context, naming), file: fromRoot(written.file, naming) };
  const isMoved = plain.context !== written.context || plain.file !== written.file;
  const paths = withEach(
    plain,
    given.values('--tag').map(({ literal, word: { start, end } }) => ({ written: literal, span: { start, end } })),
    naming,
  );
  return {
    ...paths,
    names: isMoved ? paths.names.map(one => ({ ...one, certain: false })) : paths.names,
    ...argumentsOf(
      given.values('--build-arg').map(({ literal }) => literal),
      naming,
    ),
    ...labelsOf(
      given.values('--label').map(({ literal }) => literal),
      naming,
    ),
    ...contextsGiven(
      given.values('--build-context').map(({ literal }) => literal),
      naming,
    ),
    by: 'command',
    target: targetOf(target, naming),
    span,
  };
}

const isVariable = (word: string | undefined): boolean =>
  /^(?:\$\{[^{}]{1,100}\}|\$\([^()]{1,200}\)|\$\$?\w{1,60}|\$[@*])$/.test(word ?? '');

/** Variables and commands that stand for a directory of the repository, by their names. */
const ROOT =
  /^(?:\$\{?\w{0,30}(?:ROOT|REPO|SCRIPT|DIR|PWD|HERE|WORKSPACE|TOP|PROJECT|SRC|_HOME)\w{0,30}\}?|\$\((?:pwd|git rev-parse --show-toplevel|CURDIR|\w{0,30}(?:ROOT|DIR|PWD|TOP))\)|\$\{\{[ \t]{0,9}github\.workspace[ \t]{0,9}\}\})\/(?=[^/])/i;
const ELSEWHERE = /tmp|temp|out|dist|cache|(?<!_)home|target|install|dest/i;

/** A path without the directory in front of it that only the run of a script knows. */
function fromRoot(path: string | undefined, naming: Naming): string | undefined {
  if (path === undefined || !path.includes('$') || naming.known(path) !== undefined) return path;
  // The root may be in the value of a variable: `$image_dir`.
  const whole = ROOT.test(path) ? path : naming.filled(path);
  const root = ROOT.exec(whole)?.[0];
  if (root === undefined || ELSEWHERE.test(root)) return path;
  const rest = whole.slice(root.length);
  return /\w/.test(rest) ? `./${rest}` : path;
}

/** Variables of a command that may have options, by the words of their names: not `TARGET_IMAGE`, nor `IMPORTER`. */
const OPTIONS =
  /(?:^|_)(?:flag|arg|opt|option|param|parameter|platform|tty|daemon|volume|mount|network|publish|port)s?(?=_|\d{0,3}$)|(?:flags|args|opts|options|params)$/i;
/** Arrays, but those of names. */
const ARRAYS = /\[[@*]\]|^\$\{(?!\w{0,40}(?:ima?ge?|repo|tag|name)s?\w{0,40}\[)\w{1,60}\[[^\]]{1,30}\]\}$/i;

function mayBeOptions(word: string): boolean {
  const name = /[A-Za-z_]\w{0,60}/.exec(word)?.[0] ?? '';
  return ARRAYS.test(word) || OPTIONS.test(name.replace(/([a-z])(?=[A-Z])/g, '$1_'));
}
const MOST_OPTIONS = 40;

function started(words: readonly Word[], program: string, naming: Naming): readonly NamedImage[] {
  let rest = words;
  for (let i = 0; i < MOST_OPTIONS; i++) {
    const given = readWords(rest, programOf(program) ?? { names: [program] }, program);
    // An option that is not known may have taken the word in front of the image.
    if (given.options.some(({ known, value }) => !known && value === undefined)) return [];
    const [image] = given.operands;
    // In a Makefile `$@` is a target, which may be called like an image.
    const isArguments = /^\$[@*]$/.test(image?.literal ?? '') && rest.at(-1) !== image;
    if (image && (isArguments || (isVariable(image.literal) && mayBeOptions(image.literal)))) {
      rest = rest.filter(word => word !== image);
      continue;
    }
    const name = image && naming.started(image.literal, image);
    if (!name?.name.includes(EACH)) return name ? [name] : [];
    // What is started is one of those that the same file names so.
    const shown = untagged(name.name).replaceAll(EACH, '*');
    return [{ name: shown, known: withGaps(shown.replaceAll('*', UNKNOWN)), certain: false, span: name.span }];
  }
  return [];
}
