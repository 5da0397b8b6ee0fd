/**
 * What came of files in earlier runs, kept in a directory: an entry is used when the file, everything that was asked about
 * the files around it, the configuration, the options and the program are the same, and the day is
 * one of those on which all rules answer as they did.
 */
import { copied } from '../../core/copy.ts';
import { type Days, dayNumber } from '../../core/day.ts';
import { crypto } from '../../node/builtins.ts';
import type { FileSource } from '../../node/files.ts';
import { Recent } from '../../node/recent.ts';
import { answerTo, keyOf, NOTHING_THERE, type Question } from '../../node/recorded-files.ts';
import type { FileReport } from '../report.ts';
import { type Entry, parseEntry, printEntry } from './entry.ts';
import type { EntryStore } from './store.ts';

/** What is kept of a file. It holds reports, which have no secrets in them, and otherwise names and hashes. */
export interface Cached {
  readonly reports: readonly FileReport[];
  readonly questions: readonly Question[];
}

const MOST_ANSWERS = 20_000;

export class Cache {
  /** Lines for the user. */
  readonly warnings: string[] = [];
  private readonly day: number;
  /** By question; nothing changes on disk in one run. Most are about what is not there, and need no place. */
  private readonly answers = new Recent<string>(MOST_ANSWERS);

  /** `identity`: everything that is the same for all files of the run. */
  constructor(
    /** What the user knows the store as. */
    private readonly place: string,
    private readonly store: EntryStore,
    private readonly identity: string,
    today: string,
    private readonly files: Pick<FileSource, 'read' | 'list'>,
  ) {
    this.day = dayNumber(today);
  }

  /** The name of the entry for a file. `circumstances`: what else its findings depend on. */
  nameOf(path: string, bytes: Uint8Array, circumstances: readonly string[]): string {
    const all = JSON.stringify([this.identity, path, hashOf(bytes), ...circumstances]);
    // Some file systems do not tell capitals apart.
    return crypto().createHash('sha256').update(all).digest('hex');
  }

  /** What came of a file, when it is sure that the same would come of it now. */
  get(name: string): Cached | undefined {
    const text = this.store.read(name);
    if (text === undefined) return undefined;
    const entry = parseEntry(text, hashOf);
    if (!entry) {
      this.warnings.push(`cache: damaged entries in ${this.place} are ignored`);
      return undefined;
    }
    if (this.day < entry.days.from || this.day >= entry.days.to) return undefined;
    if (!entry.questions.every(([question, answer]) => this.answer(question) === answer)) return undefined;
    return { reports: entry.reports, questions: entry.questions.map(([question]) => question) };
  }

  /** Keeps what came of a file, for the days on which the same would come of it. */
  set(name: string, { reports, questions }: Cached, days: Days): void {
    const entry: Entry = {
      reports,
      days,
      questions: questions.map(question => [question, this.answer(question)]),
    };
    const failure = this.store.write(name, printEntry(entry, hashOf));
    if (failure !== undefined) this.warnings.push(`cache: not written to ${this.place}: ${failure}`);
  }

  /** To be called when no thread works any more: removes the oldest entries when there are too many. */
  end(): void {
    this.store.limit();
  }

  private answer(question: Question): string {
    const key = keyOf(question.kind, question.path, question.root);
    const known = this.answers.get(key);
    if (known !== undefined) return known;
    const text = answerTo(question, this.files);
    if (text === NOTHING_THERE) return (shortNothing ??= shortHashOf(text));
    const answer = shortHashOf(text);
    this.answers.set(key, answer);
    return answer;
  }
}

const shortHashOf = (text: string): string => copied(hashOf(text).slice(0, 22));
let shortNothing: string | undefined;

function hashOf(data: string | Uint8Array): string {
  return crypto().createHash('sha256').update(data).digest('base64url');
}
