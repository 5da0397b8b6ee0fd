/** Files that the commands of a RUN put elsewhere in the image: `cp`, `mv`, `ln` and `install`. */
import { joinPath, nameOf } from '../../../core/path.ts';
import type { Word } from '../../../core/shell-tree.ts';
import type { DockerStage } from '../../../languages/dockerfile/tree.ts';
import type { Invocation } from '../../../shell/invocations.ts';
import { readArguments } from '../../../shell/programs/index.ts';

/** Of one Dockerfile, and stages that files are followed through. */
const MOST = 200;
const MOST_STAGES = 5;

const PROGRAMS: ReadonlySet<string> = new Set(['cp', 'mv', 'ln', 'install']);

interface Move {
  readonly from: string;
  readonly to: string;
  /** The index of the instruction. */
  readonly index: number;
}

export class Moves {
  private readonly byStage = new Map<DockerStage, Move[]>();
  private readonly names = new Set<string>();
  private left = MOST;

  /** `pathsOf` are the absolute paths that a word may mean there. */
  add(invocation: Invocation, stage: DockerStage, index: number, pathsOf: (word: Word) => readonly string[]): void {
    if (!PROGRAMS.has(invocation.program)) return;
    const given = readArguments(invocation);
    const into = given.value('-t')?.word;
    const [last] = given.operands.slice(-1);
    const target = into ?? last;
    if (!target || (invocation.program === 'install' && given.has('-d'))) return;
    const all = this.byStage.get(stage) ?? [];
    this.byStage.set(stage, all);
    for (const source of into ? given.operands : given.operands.slice(0, -1))
      for (const from of pathsOf(source))
        for (const to of pathsOf(target)) {
          if (this.left-- <= 0) return;
          // The target may be a directory that is there.
          this.names.add(nameOf(to)).add(nameOf(from));
          all.push({ from, to, index }, { from, to: joinPath(to, nameOf(from)), index });
        }
  }

  /** Whether something is called so in its new place. */
  hasNamed(name: string): boolean {
    return this.names.has(name);
  }

  /** Where what is at a path came from, the last one first. */
  *sourcesOf(path: string, stage: DockerStage, before: number): Iterable<string> {
    let own: DockerStage | undefined = stage;
    for (let i = 0, until = before; own && i < MOST_STAGES; i++, until = Number.POSITIVE_INFINITY) {
      for (const { from, to, index } of (this.byStage.get(own) ?? []).toReversed())
        if (index <= until && path === to) yield from;
        else if (index <= until && path.startsWith(`${to}/`)) yield joinPath(from, path.slice(to.length + 1));
      own = own.base.kind === 'stage' ? own.base.stage : undefined;
    }
  }
}
