import { type Content, type Entry, isRefused, type Refused } from '../workspace/files.ts';
import type { FileSource } from './files.ts';

/** Something that was asked about the files around a document. */
export interface Question {
  readonly kind: 'read' | 'list';
  readonly path: string;
  readonly root: string | undefined;
}

/** Files that note what is asked of them, so that it can be known later whether the answers would be the same. */
export class RecordedFiles implements FileSource {
  readonly answersAtOnce = true;
  private asked: Map<string, Question> | undefined;

  constructor(private readonly files: FileSource) {}

  get recording(): object | undefined {
    return this.asked;
  }

  /** Runs `work`, which must not wait for anything, and says what it asked. */
  record<T>(work: () => T): { readonly value: T; readonly questions: readonly Question[] } {
    const asked = new Map<string, Question>();
    this.asked = asked;
    try {
      return { value: work(), questions: [...asked.values()] };
    } finally {
      this.asked = undefined;
    }
  }

  recall(kind: Question['kind'], path: string, root?: string): void {
    if (!this.asked) return;
    const key = keyOf(kind, path, root);
    if (!this.asked.has(key)) this.asked.set(key, { kind, path, root });
  }

  read(path: string, root?: string): Content | null {
    this.recall('read', path, root);
    return this.files.read(path, root) ?? null;
  }

  list(directory: string, root?: string): readonly Entry[] | Refused | null {
    this.recall('list', directory, root);
    return this.files.list(directory, root) ?? null;
  }

  beginning(path: string): string | null {
    // Only a walk and the recognition of other files ask for it: what follows from it is what the whole file says.
    this.recall('read', path, undefined);
    return this.files.beginning(path) ?? null;
  }

  bytes(path: string, most: number): ReturnType<FileSource['bytes']> {
    return this.files.bytes(path, most);
  }

  forget(path: string): void {
    this.files.forget(path);
  }
}

/** The same for equal questions. */
export function keyOf(kind: Question['kind'], path: string, root: string | undefined): string {
  return `${kind} ${root ?? ''}\0${path}`;
}

/** The answer about what is not there. */
export const NOTHING_THERE = 'none';

/** The answer to a question as one text, the same for equal answers. */
export function answerTo({ kind, path, root }: Question, files: Pick<FileSource, 'read' | 'list'>): string {
  const answer = kind === 'read' ? files.read(path, root) : files.list(path, root);
  if (!answer) return NOTHING_THERE;
  if (isRefused(answer)) return `refused ${answer.refused} ${answer.reason ?? ''}`;
  if ('text' in answer) return `text ${answer.text}`;
  return answer
    .map(({ name, kind, target }) => `${kind} ${name}\0${target ?? ''}`)
    .sort()
    .join('\0\0');
}
