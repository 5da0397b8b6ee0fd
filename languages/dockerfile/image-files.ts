/** Which file of the build context is at a path of the image while a RUN runs? */
import { matchesSegment } from '../../core/glob.ts';
import { joinPath, nameOf, parentDirectory } from '../../core/path.ts';
import { SourceText } from '../../core/text.ts';
import { followsOnLine, WRITES } from '../../facts/named-on-line.ts';
import type { ContextFinder } from './context-files.ts';
import { dockerIgnoreOf } from './docker-ignore.ts';
import { effectiveWorkdir } from './stages.ts';
import { readBody } from './substitution.ts';
import type { CopyInstruction, CopyOrigin, DockerfileTree, DockerStage, Instruction, RunInstruction } from './tree.ts';

/** Stages that files are followed through. */
const DEEPEST = 5;

/** `unknown`: something is there, and its text cannot be told. */
type Found = SourceText | 'unknown' | undefined;

/** The directory of an instruction. One that is not known has a name that no path has, and that is the same as long as it is the same. */
export function directoryOf(instruction: Instruction): string {
  const { byDefault, instruction: workdir, literal } = effectiveWorkdir(instruction);
  return plain(literal ?? byDefault ?? `\0${workdir?.index ?? ''}`);
}

export class ImageFiles {
  private names: ReadonlySet<string> | undefined;

  /** Whether anything of the context is copied or mounted at all. */
  readonly hasAny: boolean;

  /** `writes` is what is in front of a file that a command writes. */
  constructor(
    private readonly tree: DockerfileTree,
    private readonly context: ContextFinder,
    private readonly writes = WRITES,
  ) {
    this.hasAny = tree.instructions.some(
      one =>
        ((one.kind === 'copy' || one.kind === 'add') && (one.origin.kind === 'context' || one.heredocs.length > 0)) ||
        (one.kind === 'run' && one.mounts.some(({ type }) => type === 'bind')),
    );
  }

  /** Whether something of this name is copied by name. */
  hasNamed(name: string): boolean {
    this.names ??= new Set(
      this.tree.instructions.flatMap(one =>
        one.kind === 'copy' || one.kind === 'add'
          ? [...one.sources, ...(one.destination ? [one.destination] : [])].map(({ source }) => nameOf(source.text))
          : [],
      ),
    );
    return this.names.has(name);
  }

  /** The text of the file at a path while a RUN runs, where it is certain. */
  at(path: string, run: RunInstruction): SourceText | undefined {
    if (!run.stage) return undefined;
    const mounted = this.mounted(path, run);
    const found = mounted ?? (this.isWritten(path, run) ? undefined : this.inStage(path, run.stage, run.index, 0));
    return found === 'unknown' ? undefined : found;
  }

  /** The text of the file at a path when the containers of a stage start, where it is certain. */
  atEnd(path: string, stage: DockerStage): SourceText | undefined {
    const found = this.inStage(path, stage, Number.POSITIVE_INFINITY, 0);
    return found === 'unknown' ? undefined : found;
  }

  private mounted(path: string, run: RunInstruction): Found {
    for (const { origin, source, target, type } of run.mounts.toReversed()) {
      if (type === 'secret' || type === 'ssh') continue;
      const place = target?.literal ?? target?.byDefault;
      if (place === undefined) continue;
      const rest = below(joinPath(directoryOf(run), plain(place)), path);
      if (rest === undefined) continue;
      const from = source ? (source.literal ?? source.byDefault) : '.';
      if (type !== 'bind' || from === undefined) return 'unknown';
      return this.from(origin, joinPath('/', `${plain(from)}/${rest}`), 0) ?? 'unknown';
    }
    return undefined;
  }

  private isWritten(path: string, { script }: RunInstruction): boolean {
    return followsOnLine(nameOf(path), script?.text ?? '', this.writes);
  }

  /** What the instructions of a stage before an index put there, or those of the stage that it starts from. */
  private inStage(path: string, stage: DockerStage, before: number, depth: number): Found {
    if (depth > DEEPEST) return undefined;
    for (let i = stage.instructions.length - 1; i >= 0; i--) {
      const one = stage.instructions[i]!;
      if (one.index >= before) continue;
      if (one.kind === 'run' && this.isWritten(path, one)) return 'unknown';
      const found = one.kind === 'copy' || one.kind === 'add' ? this.copied(path, one, depth) : undefined;
      if (found) return found;
    }
    const { base } = stage;
    return base.kind === 'stage' && base.certain
      ? this.inStage(path, base.stage, Number.POSITIVE_INFINITY, depth + 1)
      : undefined;
  }

  private copied(path: string, copy: CopyInstruction, depth: number): Found {
    const { destination, flags, heredocs, origin, sources } = copy;
    const written = destination?.literal ?? destination?.byDefault;
    if (written === undefined) return undefined;
    const to = joinPath(directoryOf(copy), plain(written));
    const rest = below(to, path);
    if (rest === undefined) return undefined;
    if (flags.some(({ name }) => name === 'exclude' || name === 'parents')) return 'unknown';
    for (const { body, delimiter, quoted } of heredocs)
      if (rest === '' || rest === delimiter) return quoted ? body : readBody(body, this.tree.escape, copy.environment);
    for (const source of sources.toReversed()) {
      const from = source.literal ?? source.byDefault;
      if (from === undefined || from.includes('://')) {
        if (rest === '') return 'unknown';
        continue;
      }
      for (const place of placesOf(plain(from), rest)) {
        const found = this.from(origin, joinPath('/', place), depth);
        if (found) return found;
      }
      // Another file of the name that cannot be read.
      if (rest === '' || nameOf(plain(from)) === rest) return 'unknown';
    }
    return undefined;
  }

  private from(origin: CopyOrigin, place: string, depth: number): Found {
    if (origin.kind === 'stage') return this.inStage(place, origin.stage, Number.POSITIVE_INFINITY, depth + 1);
    if (origin.kind !== 'context') return undefined;
    const name = place.slice(1);
    if (name === '' || dockerIgnoreOf(this.tree)?.ignores(name)) return undefined;
    const found = this.context(name);
    return found && SourceText.document(found.text, found.path);
  }
}

/** Where a file may be in the context that is at `rest` below the destination: the source itself, or a file in it. */
function placesOf(source: string, rest: string): readonly string[] {
  const name = nameOf(source);
  if (/[*?[]/.test(name))
    return !rest.includes('/') && rest !== '' && matchesSegment(name, rest)
      ? [`${parentDirectory(source)}/${rest}`]
      : [];
  if (rest === '') return [source];
  return rest === name ? [source, `${source}/${rest}`] : [`${source}/${rest}`];
}

/** The path below a directory; empty for the directory itself, `undefined` elsewhere. */
function below(directory: string, path: string): string | undefined {
  if (path === directory) return '';
  const start = directory === '/' ? '/' : `${directory}/`;
  return path.startsWith(start) ? path.slice(start.length) : undefined;
}

/** A path without the drive and the backslashes of Windows. */
function plain(path: string): string {
  return path.includes('\\') || /^[A-Za-z]:/.test(path)
    ? path.replaceAll('\\', '/').replace(/^[A-Za-z]:(?=\/)/, '')
    : path;
}
