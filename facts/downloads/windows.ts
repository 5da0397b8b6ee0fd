/** What commands of Windows fetch: cmdlets, methods of .NET, certutil and bitsadmin. */
import type { Word } from '../../core/shell-tree.ts';
import type { Invocation } from '../../shell/invocations.ts';
import { type Arguments, readArguments } from '../../shell/programs/index.ts';
import { windowsPath, windowsPathOf } from '../../shell/windows-files.ts';
import type { Destination, Fetch } from './tools.ts';

/** The programs that {@link windowsFetches} reads. */
export const WINDOWS_FETCHERS: readonly string[] = [
  'Invoke-WebRequest',
  'Invoke-RestMethod',
  'Start-BitsTransfer',
  '.downloadfile',
  '.downloadfileasync',
  '.downloadstring',
  '.downloaddata',
  'certutil',
  'bitsadmin',
];

export function windowsFetches(invocation: Invocation): readonly Fetch[] {
  const given = readArguments(invocation);
  switch (invocation.program) {
    case 'Invoke-WebRequest':
    case 'Invoke-RestMethod':
      return byWebCmdlet(given);
    case 'Start-BitsTransfer':
      return one(given.value('-source')?.word ?? given.operands[0], destinationOf(given, '-destination', 1));
    case '.downloadfile':
    case '.downloadfileasync':
      return one(invocation.args[0], pathOf(invocation.args[1]));
    case '.downloadstring':
    case '.downloaddata':
      return one(invocation.args[0], 'output');
    case 'certutil':
      return invocation.args.some(({ literal }) => /^[-/](?:urlcache|url)$/i.test(literal ?? ''))
        ? named(invocation)
        : [];
    case 'bitsadmin':
      return invocation.args.some(({ literal }) => /^\/transfer$/i.test(literal ?? '')) ? named(invocation) : [];
    default:
      return [];
  }
}

/** https://learn.microsoft.com/powershell/module/microsoft.powershell.utility/invoke-webrequest */
function byWebCmdlet(given: Arguments): readonly Fetch[] {
  const method = given.value('-method')?.literal;
  if ((method !== undefined && !/^get$/i.test(method)) || given.has('-body', '-infile', '-form', '-custommethod'))
    return [];
  const insecure = given.has('-skipcertificatecheck') ? given.find('-skipcertificatecheck')!.words[0] : undefined;
  const to = destinationOf(given, '-outfile', undefined) ?? 'output';
  return one(given.value('-uri')?.word ?? given.operands[0], to, insecure);
}

/** `-OutFile PATH`, or an operand where the parameter is positional. */
function destinationOf(given: Arguments, option: string, position: number | undefined): Destination {
  const value = given.value(option);
  if (value) return { path: windowsPathOf(value) };
  return position === undefined ? undefined : pathOf(given.operands[position]);
}

function pathOf(word: Word | undefined): Destination {
  return word && { path: windowsPath(word) };
}

function one(word: Word | undefined, to: Destination, insecure?: Word): readonly Fetch[] {
  // `'https://a', 'https://b'`
  if (!word || /,/.test(word.raw)) return [];
  return [{ url: word.value, urlWord: word, to, insecure, revision: undefined }];
}

/** `certutil -urlcache -split -f URL FILE`, `bitsadmin /transfer NAME URL FILE`. */
function named({ args }: Invocation): readonly Fetch[] {
  const at = args.findIndex(({ value }) => /^(?:https?|ftp):\/\//i.test(value.text));
  return at < 0 ? [] : one(args[at], pathOf(args[at + 1]));
}
