import { v8 } from './builtins.ts';

/** V8's own, in bytes of bytecode that a function runs. */
const OF_V8 = 67_584;
const BUDGET = 2_000_000;
/** The same where one document alone keeps every function busy. */
const BUDGET_OF_LARGE = 250_000;
/** A document from this length on is such, in UTF-16 code units. */
const LARGE = 400_000;
/** From so many files on, functions are compiled when they first run. */
const MANY = 20;
/** The budget where functions run many times. */
const BUDGET_OF_MANY = 1_000_000;
let usual = BUDGET;
let budget: number | undefined;
/** Later versions may not know the flags, and would say so on the standard error. */
const NEWEST_V8 = 13;

/**
 * Makes V8 optimize only what runs far longer than most of our functions ever do. There are thousands of small ones, and
 * compiling them costs more than it gains: 200 Dockerfiles took 1.27 s of CPU time with V8's own budget and 0.85 s with
 * this one, 3,000 took 11.9 and 9.1 s; a language server takes 6 MiB less. To be called before the work begins.
 */
export function optimizeLate(): void {
  setBudget(usual);
}

/** The same for one document, where {@link optimizeLate} holds: 100,000 RUN took 4.6 s, and 3.2 s with the earlier budget. */
export function optimizeFor(length: number): void {
  if (budget !== undefined) setBudget(length < LARGE ? usual : BUDGET_OF_LARGE);
}

/**
 * The same for a run over so many files. Where they are few, V8 interprets a pattern the first times and compiles it when
 * it is used again and again: one small file uses 250 patterns. Where they are many, V8 compiles each function when it first runs instead of
 * interpreting it for a while: 200 Dockerfiles took 2.43 s of CPU time without and 2.23 s with it. One file takes longer.
 */
export function compileFor(files: number): void {
  if (budget === undefined) return;
  if (files < MANY) {
    v8().setFlagsFromString('--regexp-tier-up-ticks=20');
    return;
  }
  usual = BUDGET_OF_MANY;
  v8().setFlagsFromString('--always-sparkplug');
}

/**
 * Sets what holds from the start of a process on, whatever was set since. Without state, so that a program that loads the
 * one that works, each with a copy of this file, can set it too.
 */
export function setFlagsOfStart(): void {
  if (!isKnown()) return;
  const others = ['--regexp-tier-up-ticks=1', '--no-always-sparkplug', '--heap-growing-percent=0'];
  for (const flag of [...flagsFor(BUDGET, majorVersion()), ...others]) v8().setFlagsFromString(flag);
}

/** A document from this length on makes so many objects that collecting them often takes a tenth of the time. */
const LONG = 40_000;
let isYoungSmall = false;
// With `--optimize-for-size` alone V8 collects the whole heap after every few edits.
const SMALL = ['--semi-space-growth-factor=1', '--optimize-for-size', '--heap-growing-percent=50'];
const LARGE_HEAP = ['--semi-space-growth-factor=2', '--no-optimize-for-size', '--heap-growing-percent=0'];

/**
 * Leaves V8's space for new objects as small as it begins, at one MiB, instead of letting it grow to 16, and has the rest
 * collected when it has grown by half. A language server takes 7 MiB less with one document and 20 to 40 less after 400 edits,
 * each of which takes a tenth more CPU time. To be called before the work begins.
 */
export function keepYoungSmall(): void {
  if (!isKnown()) return;
  isYoungSmall = true;
  for (const flag of SMALL) v8().setFlagsFromString(flag);
}

/**
 * Has the heap collected when it has grown by half, with a space for new objects as large as V8 makes it: the images of
 * 10,000 files took up to 320 MiB without.
 */
export function keepHeapSmall(): void {
  if (isKnown()) v8().setFlagsFromString('--heap-growing-percent=50');
}

/** Lets it grow after all, from the first document on that is long. */
export function growYoungFor(length: number): void {
  if (!isYoungSmall || length < LONG) return;
  isYoungSmall = false;
  for (const flag of LARGE_HEAP) v8().setFlagsFromString(flag);
}

const majorVersion = (): number => Number.parseInt(process.versions.v8, 10);
const isKnown = (): boolean => majorVersion() <= NEWEST_V8;

function setBudget(wanted: number): void {
  if (wanted === budget || !isKnown()) return;
  budget = wanted;
  for (const flag of flagsFor(wanted, majorVersion())) v8().setFlagsFromString(flag);
}

/** The flags that set such a budget. From version 12 on V8 counts calls instead, for each of its two optimizing compilers. */
export function flagsFor(budget: number, version: number): readonly string[] {
  if (version < 12) return [`--interrupt-budget=${budget}`];
  const calls = (ofV8: number) => Math.round((ofV8 * budget) / OF_V8);
  return [`--invocation-count-for-turbofan=${calls(3000)}`, `--invocation-count-for-maglev=${calls(400)}`];
}
