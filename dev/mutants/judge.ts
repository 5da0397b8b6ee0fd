/**
 * Runs in a worker: lints all examples with one mutant switched on and says which document first shows another result.
 * The snapshots judge all rules by place and severity; the page of a rule judges its messages and fixes too.
 */
import { parentPort, workerData } from 'node:worker_threads';
import type { Diagnostic } from '../../core/finding.ts';
import type { Engine } from '../../core/linter.ts';
import { rules } from '../../rules/index.ts';
import { engineOf, lintWith } from '../engine.ts';
import { type ExampleDocument, exampleDocuments, findingLines } from '../snapshot.ts';
import type { Answer, Question } from './protocol.ts';

const state = { active: -1, met: new Set<number>() };
const globals = globalThis as unknown as Record<string, unknown>;
globals.__bakelintRound = 0;
globals.__bakelintIsMutant = noteMutant;

/** While the baseline is made: which mutants a document comes by. */
function noteMutant(number: number): boolean {
  state.met.add(number);
  return false;
}
const isActive = (number: number): boolean => number === state.active;

/** Switches a mutant on, and what was remembered is forgotten. */
function next(active: number): void {
  state.active = active;
  globals.__bakelintRound = (globals.__bakelintRound as number) + 1;
}

/** Goes up with every document, so that a long list can be distinguished from an endless loop. */
const progress = new Int32Array((workerData as { readonly progress: SharedArrayBuffer }).progress);
const engine = await engineOf(rules);
const documents = exampleDocuments();

/** What the tests see of a finding. */
interface Seen {
  readonly rule: string;
  readonly text: string;
}

/** What they see of a document: of `rule` alone, or of all rules. */
function seen({ directory, example }: ExampleDocument, rule?: string): readonly Seen[] {
  Atomics.add(progress, 0, 1);
  const chosen: Engine = rule === undefined ? engine : { ...engine, rules: rules.filter(({ id }) => id === rule) };
  const { diagnostics, inOtherFiles } = lintWith(chosen, directory.id, example);
  const seenIn = (text: string, found: readonly Diagnostic[]): readonly Seen[] =>
    found.map(diagnostic => ({
      rule: diagnostic.rule,
      text: findingLines(text, [diagnostic])[0]! + (diagnostic.rule === directory.id ? onItsPage(diagnostic) : ''),
    }));
  const inside = [...inOtherFiles].flatMap(([path, found]) => seenIn(example.files.get(path) ?? '', found));
  return [...seenIn(example.text, diagnostics), ...inside];
}

const onItsPage = ({ message, help, related, fixes }: Diagnostic): string =>
  JSON.stringify([message, help, related.map(one => one.message), fixes.map(({ edits }) => edits)]);

/** The documents that come by each mutant, and what is seen of all of them. */
const reached = new Map<number, number[]>();
const expected = documents.map((document, i) => {
  state.met = new Set();
  next(-1);
  const lines = seen(document);
  for (const number of state.met) reached.set(number, [...(reached.get(number) ?? []), i]);
  return lines;
});
globals.__bakelintIsMutant = isActive;

const joined = (lines: readonly Seen[], rule?: string): string =>
  lines
    .filter(line => rule === undefined || line.rule === rule)
    .map(line => line.text)
    .join('\n');

function judge({ number, rule }: Question): Answer {
  const places = reached.get(number) ?? [];
  const own = (i: number): boolean => documents[i]!.directory.id === rule;
  next(number);
  for (const i of [...places.filter(own), ...places.filter(i => !own(i))]) {
    try {
      if (joined(seen(documents[i]!, rule)) === joined(expected[i]!, rule)) continue;
    } catch {
      // A rule that throws is a difference too.
    }
    return { number, reached: places.length, killedBy: documents[i]!.name };
  }
  return { number, reached: places.length };
}

parentPort!.on('message', (question: Question) => parentPort!.postMessage(judge(question)));
parentPort!.postMessage('ready');
