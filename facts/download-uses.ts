/** What becomes of a file that is downloaded without a checksum. */
import type { ImageBuild, Stage } from '../core/build.ts';
import { memo } from '../core/memo.ts';
import { nameOf } from '../core/path.ts';
import type { Script } from '../core/script.ts';
import { UNRESOLVED } from '../core/text.ts';
import { programRunBy } from '../shell/interpreters.ts';
import type { Invocation } from '../shell/invocations.ts';
import { readArguments } from '../shell/programs/index.ts';
import { isOnWindows, pathsInList, startedProcess } from '../shell/windows-files.ts';
import { copyOf } from './copies.ts';
import { fileRunOnWindows } from './downloads/running.ts';
import type { Download } from './downloads.ts';
import { modeChangeOf } from './mode-changes.ts';
import { managerCommand } from './packages/commands.ts';
import { removedPaths, takesAway } from './removals.ts';
import { setupCommands } from './setup-commands.ts';

/** `kept`: it stays where it was saved or moved to, as data. */
export type DownloadUse = 'run' | 'unpacked' | 'installed' | 'made executable' | 'kept';

/** Programs that unpack or install what they are given. */
const UNPACKING: ReadonlySet<string> = new Set(
  'tar bsdtar unzip gunzip gzip xz unxz bunzip2 7z 7za cpio jar dpkg rpm apt apt-get apk yum dnf microdnf zypper pip pip3 npm installer msiexec chmod install Expand-Archive wusa .extracttodirectory [io.compression.zipfile]::extracttodirectory'.split(
    ' ',
  ),
);
const PIPED: ReadonlySet<string> = new Set(['tar', 'bsdtar', 'cpio', 'funzip', 'bsdcpio']);
/** A file in one of these is a program. */
const PROGRAMS = /^\/(?:usr\/(?:local\/)?)?s?bin\/|^\/opt\/.*\/bin\//;
/** Keys, lists and settings: what they are worth shows when they are used. */
const DATA =
  /\.(?:asc|gpg|key|pub|pem|crt|cer|sig|minisig|sigstore|sha\d+|sha\d+sums?|md5|list|sources|repo|conf|cnf|json|ya?ml|toml|txt|md|csv|sql|xml|ini)$/i;

/** What becomes of the content of a file; `undefined` when that cannot be known, when it is data, or piped into a shell. */
export function useOfDownload(
  build: ImageBuild,
  { runner, path, into, stage, invocation }: Download,
): DownloadUse | undefined {
  // A pipe into a shell has a rule of its own.
  if (runner) return runner.how === 'file' ? 'run' : undefined;
  if (into.some(({ program }) => PIPED.has(program))) return 'unpacked';
  if (path === undefined || DATA.test(path)) return undefined;
  const name = keyOf(nameOf(path), invocation?.script);
  const use = name === '' ? undefined : usedNames(build).get(stage)?.get(name);
  if (use !== 'run' && PROGRAMS.test(path)) return 'installed';
  return use ?? (isKept(build, stage, path) ? 'kept' : undefined);
}

/** Directories whose files are not meant to stay. */
const TEMPORARY = /^(?:\/var)?\/tmp(?:\/|$)|^\/dev\//;

/** Whether nothing deletes a file that is saved outside of temporary directories, or moved out of one. */
function isKept(build: ImageBuild, stage: Stage, path: string): boolean {
  if (!path.startsWith('/') || path.includes(UNRESOLVED)) return false;
  const { moved, removed } = changesIn(build).get(stage) ?? NO_CHANGES;
  if (removed.some(one => one === path || takesAway(one, path) || nameOf(one) === nameOf(path))) return false;
  return !TEMPORARY.test(path) || moved.has(path);
}

interface Changes {
  /** Full paths of files that are copied or moved to other than temporary directories. */
  readonly moved: ReadonlySet<string>;
  readonly removed: readonly string[];
}
const NO_CHANGES: Changes = { moved: new Set(), removed: [] };

const changesIn = memo((build: ImageBuild): ReadonlyMap<Stage, Changes> => {
  const found = new Map<Stage, { moved: Set<string>; removed: string[] }>();
  for (const { invocation, stage } of setupCommands(build)) {
    const known = found.get(stage) ?? { moved: new Set<string>(), removed: [] };
    found.set(stage, known);
    known.removed.push(...(removedPaths(invocation) ?? []));
    const copy = copyOf(invocation);
    const target = copy?.target?.literal;
    if (target?.startsWith('/') && !TEMPORARY.test(target))
      for (const { literal } of copy!.sources) if (literal !== undefined) known.moved.add(literal);
  }
  return found;
});

/** For each stage the names of files that it unpacks, installs or makes executable, and which of these it does. */
const usedNames = memo((build: ImageBuild): ReadonlyMap<Stage, ReadonlyMap<string, DownloadUse>> => {
  const found = new Map<Stage, Map<string, DownloadUse>>();
  for (const { invocation, stage } of setupCommands(build)) {
    const known = found.get(stage) ?? new Map<string, DownloadUse>();
    found.set(stage, known);
    const program = programRun(invocation);
    // To be run says more than to be made executable for it.
    if (program !== undefined) known.set(program, 'run');
    const started = startedProcess(invocation);
    if (started && /(?:^|\/)(?:msiexec|wusa)(?:\.exe)?$/.test(started.file)) noteAll(known, started.args, 'installed');
    const use = UNPACKING.has(invocation.program) ? verbOf(invocation) : undefined;
    if (use === undefined) continue;
    const { operands, options } = readArguments(invocation);
    if (isOnWindows(invocation)) {
      for (const word of invocation.args) noteAll(known, pathsInList(word), use);
      continue;
    }
    for (const text of [
      ...operands.map(({ literal, value }) => literal ?? value.text),
      ...options.flatMap(({ value }) => value?.source.text ?? []),
    ]) {
      const name = keyOf(nameOf(text), invocation.script);
      if (name !== '' && !known.has(name)) known.set(name, use);
    }
  }
  return found;
});

/**
 * A name that a variable is part of means the same file in the same script file only: others have variables of their own.
 * Of a name that is nothing else nothing is known.
 */
function keyOf(name: string, script: Script | undefined): string {
  if (name === UNRESOLVED) return '';
  const file = name.includes(UNRESOLVED) ? script?.text.span.file : undefined;
  return file === undefined ? name : `${name}\n${file}`;
}

function noteAll(known: Map<string, DownloadUse>, paths: readonly string[], use: DownloadUse): void {
  for (const path of paths) {
    const name = nameOf(path);
    if (name !== '' && !name.includes(UNRESOLVED) && !known.has(name)) known.set(name, use);
  }
}

/** The name of the file that a command runs: `./setup.sh`, `bash setup.sh`. */
function programRun(invocation: Invocation): string | undefined {
  if (isOnWindows(invocation)) return fileRunOnWindows(invocation);
  const path = invocation.programWord.literal ?? '';
  if (path.includes('/')) return nameOf(path);
  const run = programRunBy(invocation);
  const file = run?.from === 'file' ? run.word?.literal : undefined;
  return file && nameOf(file);
}

function verbOf(invocation: Invocation): DownloadUse | undefined {
  const mode = modeChangeOf(invocation)?.mode.literal;
  const command = managerCommand(invocation);
  if (command) return /^(?:install|localinstall|add)$/.test(command.action) ? 'installed' : undefined;
  switch (invocation.program) {
    case 'chmod':
      return mode !== undefined && /[+=][rwXst]*x|^[0-7]*[1357][0-7]{0,2}$/.test(mode) ? 'made executable' : undefined;
    case 'dpkg':
    case 'rpm':
    case 'install':
    case 'installer':
    case 'msiexec':
    case 'wusa':
      return 'installed';
    default:
      return 'unpacked';
  }
}
