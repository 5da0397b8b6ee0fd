import { type Days, EVER } from '../../core/day.ts';
import type { Question } from '../../node/recorded-files.ts';
import type { FileReport } from '../report.ts';

export interface Entry {
  readonly reports: readonly FileReport[];
  readonly questions: readonly (readonly [question: Question, answer: string])[];
  /** The days on which the findings are these. */
  readonly days: Days;
}

const finite = (day: number): number | null => (Number.isFinite(day) ? day : null);

type Hash = (text: string) => string;

/** Roots and directories come again and again: a question names them by their numbers. */
interface Written {
  /** `null` for infinity, which JSON does not have. */
  readonly days: readonly [from: number | null, to: number | null];
  readonly places: readonly string[];
  readonly questions: readonly (readonly [
    kind: 0 | 1,
    root: number,
    directory: number,
    name: string,
    answer: string,
  ])[];
  readonly reports: readonly FileReport[];
}

/** A line with the hash of the rest, then JSON. */
export function printEntry({ reports, questions, days }: Entry, hash: Hash): string {
  const places = new Map<string, number>();
  const numberOf = (place: string): number => {
    const known = places.get(place);
    if (known !== undefined) return known;
    places.set(place, places.size);
    return places.size - 1;
  };
  const rows = questions.map(([{ kind, path, root }, answer]): Written['questions'][number] => {
    const slash = path.lastIndexOf('/') + 1;
    return [
      kind === 'read' ? 0 : 1,
      root === undefined ? -1 : numberOf(root),
      numberOf(path.slice(0, slash)),
      path.slice(slash),
      answer,
    ];
  });
  const written: Written = {
    days: [finite(days.from), finite(days.to)],
    places: [...places.keys()],
    questions: rows,
    reports,
  };
  const text = JSON.stringify(written);
  return `${hash(text)}\n${text}`;
}

/** `undefined` for what is not what {@link printEntry} wrote. */
export function parseEntry(text: string, hash: Hash): Entry | undefined {
  const line = text.indexOf('\n');
  const rest = text.slice(line + 1);
  if (line < 0 || text.slice(0, line) !== hash(rest)) return undefined;
  try {
    const { days, places, questions, reports } = JSON.parse(rest) as Written;
    return {
      days: { from: days[0] ?? EVER.from, to: days[1] ?? EVER.to },
      reports,
      questions: questions.map(([kind, root, directory, name, answer]) => [
        {
          kind: kind === 0 ? 'read' : 'list',
          root: root < 0 ? undefined : places[root]!,
          path: places[directory]! + name,
        },
        answer,
      ]),
    };
  } catch {
    return undefined;
  }
}
