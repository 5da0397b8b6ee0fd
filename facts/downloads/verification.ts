/** Checksums and signatures that are looked at. */
import { memo } from '../../core/memo.ts';
import { nameOf } from '../../core/path.ts';
import type { Command, Word } from '../../core/shell-tree.ts';
import { UNRESOLVED } from '../../core/text.ts';
import { programRunBy } from '../../shell/interpreters.ts';
import { type Invocation, invocationBy } from '../../shell/invocations.ts';
import { printedWords } from '../../shell/printed-words.ts';
import { type Arguments, type OptionValue, readArguments } from '../../shell/programs/index.ts';
import { isOnWindows, windowsPath } from '../../shell/windows-files.ts';

const SUMS = /^(?:(?:sha(?:1|224|256|384|512)|md5|b2|b3)sums?|shasum|rhash)$/;
const LONGEST_INPUT = 20_000;
/** Longer pipelines do not occur in practice; the cap keeps the cost linear. */
const LONGEST_PIPELINE = 50;

/** What a command verifies. */
export interface Verification {
  /** Names of the files that it looks at, as far as one sees. */
  readonly names: readonly string[];
  /** It may look at others too: a list of checksums in a file, unknown words. */
  readonly others: boolean;
  /**
   * Names that say what it is about, although it may look at others: the file of `app.tgz.sha256`, of `app.tgz.asc`, or
   * what is taken out of a list. Where one of them is a download, it is about no other.
   */
  readonly subjects: readonly string[];
  /** It only computes a checksum, which a later step may compare. */
  readonly onlyComputes: boolean;
}

/** What an invocation verifies; `undefined` when it verifies nothing. */
export const verificationOf: (invocation: Invocation) => Verification | undefined = memo(invocation => {
  const { program } = invocation;
  const given = readArguments(invocation);
  if (SUMS.test(program))
    return given.has('--check')
      ? checkedSums(invocation, given.operands)
      : { ...named(given.operands), onlyComputes: true };
  if (given.program === 'openssl' && /^(?:dgst|sha\d+|md5|cms|smime)$/.test(given.verb))
    return { ...named(given.operands), onlyComputes: !given.has('-verify') };
  if (isOnWindows(invocation)) return onWindows(invocation);
  const code = codeOf(invocation);
  if (code !== undefined && /hash|sha\d|md5|digest|openssl_verify|signature/i.test(code))
    return { names: namesIn(code), others: code.includes(UNRESOLVED), subjects: [], onlyComputes: false };
  if (checksNoFile(given)) return undefined;
  const checksFile = checksSignature(given);
  // A script of the project's own that says so.
  if (!checksFile && !/verif|checksum/i.test(program)) return undefined;
  // Several name the file by an option: `minisign -Vm FILE`.
  const values = given.options.flatMap(({ value }) => (value ? [value] : []));
  const { names } = named([...given.operands, ...values]);
  return { names, others: true, subjects: checksFile ? subjectsOf(names) : [], onlyComputes: false };
});

/** What an interpreter is given on its command line: `php -r "if (hash_file('sha384', 'setup.php') !== …"`. */
function codeOf(invocation: Invocation): string | undefined {
  const run = programRunBy(invocation);
  return run?.from === 'text' && !run.shell ? run.word?.value.text.slice(0, LONGEST_INPUT) : undefined;
}

/** What a sum is compared with is in the script around the command. */
function onWindows(invocation: Invocation): Verification | undefined {
  const { program, args } = invocation;
  const hash = program === 'certutil' && args.some(({ literal }) => /^[-/]hashfile$/i.test(literal ?? ''));
  if (!hash && !/hash|verif|checksum|signature/i.test(program)) return undefined;
  const names = args.map(word => nameOf(windowsPath(word)));
  const known = hash || program === 'Get-FileHash' || program === 'Get-AuthenticodeSignature';
  const others = !known || names.some(name => name.includes(UNRESOLVED));
  return { names, others, subjects: [], onlyComputes: known };
}

/** Checks of images and of commits: they say nothing of a file. */
function checksNoFile({ program, path, verb }: Arguments): boolean {
  if (program === 'git') return verb === 'verify-tag' || verb === 'verify-commit';
  return program === 'cosign' && /^verify(?:-attestation)?$/.test(path[0] ?? '');
}

/** Lists of checksums and signatures, named after the file that they are about. */
const ABOUT = /\.(?:asc|sig|sign|minisig|sha\d{1,3}(?:sums?)?|md5(?:sums?)?|sums?|checksums?)$/i;

/** The files that a check with these names is about. */
function subjectsOf(names: readonly string[]): string[] {
  return names.map(name => name.replace(ABOUT, ''));
}

function checksSignature(given: Arguments): boolean {
  const [verb = ''] = given.path;
  switch (given.program) {
    case 'gpg':
      // What it decrypts is signed as well, or it has no signature to save.
      return given.has('--verify', '--verify-files', '--decrypt');
    case 'gpgv':
      return true;
    case 'minisign':
    case 'signify':
      return given.has('-V') || (given.program === 'signify' && given.has('-C'));
    case 'rpm':
    case 'rpmkeys':
      return given.has('--checksig');
    case 'cosign':
    case 'slsa-verifier':
      return verb.startsWith('verify');
    case 'gh':
      return verb === 'attestation';
    default:
      return false;
  }
}

/** `sha256sum -c` reads names from a list: here one sees it only when it is written in the script. */
function checkedSums(invocation: Invocation, lists: readonly Word[]): Verification {
  const stdin = lists.every(({ literal }) => literal === '-' || literal === '/dev/stdin');
  const input = stdin ? inputOf(invocation) : undefined;
  if (input !== undefined) {
    const names = namesIn(input);
    return { names, others: input.includes(UNRESOLVED), subjects: names, onlyComputes: false };
  }
  const listed = lists.map(({ literal, value }) => nameOf(literal ?? value.text));
  const about = stdin ? selectedLines(invocation) : listed.filter(name => ABOUT.test(name));
  // Nothing matches a list that is not one, so that it is checked too.
  const names = [...namesIn(pipelineText(invocation.command)), ...listed];
  return { names, others: true, subjects: subjectsOf(about), onlyComputes: false };
}

/** What is taken out of a list: `grep FILE SHA256SUMS | sha256sum -c`. */
function selectedLines({ command, script }: Invocation): readonly string[] {
  return command.pipeline.length > LONGEST_PIPELINE
    ? []
    : command.pipeline.flatMap(member => {
        const selecting = invocationBy(member, script);
        const pattern = selecting?.program === 'grep' ? readArguments(selecting).operands[0] : undefined;
        return pattern ? namesIn(pattern.value.text.replace(/\\([.$])|\$$/g, '$1')) : [];
      });
}

/** What a command reads, when that is written in the script. */
function inputOf({ command, script }: Invocation): string | undefined {
  const { redirects, pipeline } = command;
  for (const { heredoc, operator, target } of redirects) {
    if (heredoc) return heredoc.body.text;
    if (operator === '<<<') return target?.value.text;
  }
  const producer = pipeline[0] && invocationBy(pipeline[0], script);
  if (producer?.program === 'cat') return producer.command.redirects.find(({ heredoc }) => heredoc)?.heredoc?.body.text;
  const printed = producer ? printedWords(producer) : [];
  return printed.length > 0 ? printed.map(({ value }) => value.text).join(' ') : undefined;
}

function pipelineText({ pipeline }: Pick<Command, 'pipeline'>): string {
  if (pipeline.length > LONGEST_PIPELINE) return UNRESOLVED;
  return pipeline
    .flatMap(({ words }) => words.slice(1))
    .map(({ value }) => value.text)
    .join(' ');
}

function named(words: readonly (Word | OptionValue)[]): Omit<Verification, 'onlyComputes'> {
  const names = words.map(word => nameOf(word.literal ?? ('value' in word ? word.value : word.source).text));
  return { names, others: names.some(name => name.includes(UNRESOLVED)), subjects: [] };
}

function namesIn(text: string): string[] {
  return text
    .slice(0, LONGEST_INPUT)
    .split(/[\s"'*]+|\\n/)
    .filter(token => token !== '')
    .map(nameOf);
}

/** The verifications of a stage in order, for questions about what precedes them. */
export class Verifications {
  private readonly byName = new Map<string, number>();
  private anyCheck = -1;
  private anyAtAll = -1;
  private readonly computed = new Map<string, number>();
  /** The names of the files that the stage has downloaded so far. */
  private readonly downloaded = new Set<string>();

  /** A file is downloaded. */
  addDownload(name: string): void {
    this.downloaded.add(name);
  }

  /** `at` counts up. */
  add(at: number, { names, others, subjects, onlyComputes }: Verification): void {
    for (const name of names) (onlyComputes ? this.computed : this.byName).set(name, at);
    const about = subjects.filter(name => this.downloaded.has(name));
    for (const name of about) this.byName.set(name, at);
    if (about.length > 0) return;
    if (others && !onlyComputes) this.anyCheck = at;
    this.anyAtAll = at;
  }

  /** Whether a file fetched at `at` is verified from there on; `undefined` when it may be. */
  verified(at: number, name: string | undefined): boolean | undefined {
    if (name === undefined || name === '' || name.includes(UNRESOLVED)) {
      if (name !== undefined && (this.byName.get(name) ?? -1) >= at) return true;
      return this.anyAtAll >= at ? undefined : false;
    }
    if ((this.byName.get(name) ?? -1) >= at) return true;
    return this.anyCheck >= at || (this.computed.get(name) ?? -1) >= at ? undefined : false;
  }
}
