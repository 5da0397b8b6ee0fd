/** What an installer is told, whatever the format: which passwords it sets and what it runs, in the order of the file. */
import type { ShellDialect } from '../../../core/script.ts';
import { Decoder, type SourceText } from '../../../core/text.ts';

/** A password that is given to an installer, or to a command that it runs. */
export interface Answer {
  /** The name of the answer: `root-password`, `rootpw`, `AdministratorPassword`. */
  readonly name: string;
  /** The password or its hash, decoded; it may contain references and `UNRESOLVED`s. */
  readonly text: SourceText;
  /** The account that it is for, where that is certain. */
  readonly account?: string | undefined;
}

/** Commands that an installer runs. */
export interface InstallerScript {
  readonly text: SourceText;
  /** `build`: on the machine that is installed; `host`: in the installer's own system, of which nothing is kept. */
  readonly phase: 'build' | 'host';
  /** `undefined`: a Bourne-like shell, or what its first line says. */
  readonly dialect: ShellDialect | undefined;
}

/** The contents of one file for an installer. */
export interface Installation {
  readonly answers: readonly Answer[];
  readonly scripts: readonly InstallerScript[];
  /** The names of packages. */
  readonly packages: readonly SourceText[];
}

/** Longer texts are read up to here. In UTF-16 code units. */
export const LONGEST_TEXT = 200_000;
/** More answers add nothing. */
export const MOST_ANSWERS = 100;
/** More scripts are not read. */
export const MOST_SCRIPTS = 100;

/** A part of a text as an answer, without whitespace and quotes around it; `undefined` when nothing is left. */
export function answer(
  name: string,
  from: SourceText,
  start: number,
  end: number,
  account?: string,
): Answer | undefined {
  const isPadding = (at: number): boolean => /[\s"']/.test(from.text[at] ?? '');
  let first = start;
  let last = end;
  while (first < last && isPadding(first)) first++;
  while (last > first && isPadding(last - 1)) last--;
  return last > first ? { name, text: from.slice(first, last), account } : undefined;
}

/** A command that does what a setting of an installer says; each part of it is written where the setting is. */
export function equivalent(command: string, setting: SourceText): SourceText {
  const decoder = new Decoder(setting, 'read-only');
  for (const character of command) decoder.as(character, 0, setting.text.length);
  return decoder.done();
}
