/** What the files of the workspace say of one another's images, for rules that ask: undefined at first, and then renewed. */
import { type AcrossFiles, NOTHING_ACROSS } from '../core/across-files.ts';
import { acrossFiles } from '../workspace/images/across.ts';
import { indexOf } from '../workspace/images/index.ts';
import type { IndexedFile } from './workspace-images.ts';

/** Several files are saved, or come from Git, at once: in milliseconds. */
const SETTLES_AFTER = 500;

export interface AcrossParts {
  /** The files of the index as they are now; `undefined` where that was given up. */
  readonly current: () => Promise<ReadonlyMap<string, IndexedFile> | undefined>;
  /** Other files say something else of these files than before. */
  readonly news: (uris: readonly string[]) => void;
}

export class AcrossAnswers {
  private answers: ReadonlyMap<string, AcrossFiles> | undefined;
  private texts: ReadonlyMap<string, string> = new Map();
  private isAsked = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private renewing = 0;
  private waiting: (() => void)[] = [];

  constructor(private readonly parts: AcrossParts) {}

  /** Asked by a rule: nothing is read before that. */
  of(path: string): AcrossFiles | undefined {
    if (!this.isAsked) {
      this.isAsked = true;
      this.renewAfter(0);
    }
    return this.answers && (this.answers.get(path) ?? NOTHING_ACROSS);
  }

  /** Files are different now. */
  changed(): void {
    if (this.isAsked) this.renewAfter(SETTLES_AFTER);
  }

  /** Resolves once there are answers for all that has asked so far. */
  async read(): Promise<void> {
    if (this.timer !== undefined || this.renewing > 0) await new Promise<void>(resolve => this.waiting.push(resolve));
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.isAsked = false;
    this.settle();
  }

  private renewAfter(pause: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.renewing++;
      void this.renew()
        .catch(() => undefined)
        .finally(() => {
          this.renewing--;
          this.settle();
        });
    }, pause);
  }

  private settle(): void {
    if (this.timer !== undefined || this.renewing > 0) return;
    for (const resolve of this.waiting.splice(0)) resolve();
  }

  private async renew(): Promise<void> {
    const files = await this.parts.current();
    if (!files || !this.isAsked) return;
    this.answers = answersOf(files);
    const texts = new Map([...this.answers].map(([path, answer]) => [path, JSON.stringify(answer)]));
    const before = this.texts;
    this.texts = texts;
    const paths = new Set([...texts.keys(), ...before.keys()]);
    const uris = [...paths]
      .filter(path => texts.get(path) !== before.get(path))
      .flatMap(path => files.get(path)?.uri ?? []);
    if (uris.length > 0) this.parts.news(uris);
  }
}

/** Each repository is on its own. */
function answersOf(files: ReadonlyMap<string, IndexedFile>): ReadonlyMap<string, AcrossFiles> {
  const roots = new Map<string, IndexedFile[]>();
  for (const file of files.values()) {
    const own = roots.get(file.root);
    if (own) own.push(file);
    else roots.set(file.root, [file]);
  }
  const answers = new Map<string, AcrossFiles>();
  for (const [root, own] of roots) {
    // A folder that is no repository may be a part of one: what is missing in it may be elsewhere.
    const isWhole = own.every(({ inRepository }) => inRepository);
    for (const [path, answer] of acrossFiles(indexOf(own.map(({ facts }) => facts)), root))
      answers.set(
        path,
        isWhole ? answer : { ...answer, bases: answer.bases.map(base => ({ ...base, unbuilt: false })) },
      );
  }
  return answers;
}
