import type { ImageBuild, Stage } from '../../../core/build.ts';
import { nameOf } from '../../../core/path.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import { type Download, downloads } from '../../../facts/downloads.ts';
import { isLocalUrl } from '../../../facts/local-url.ts';
import { modeChangeOf } from '../../../facts/mode-changes.ts';
import { managerCommand } from '../../../facts/packages/commands.ts';
import { isSetup, setupCommands } from '../../../facts/setup-commands.ts';
import { programRunBy } from '../../../shell/interpreters.ts';
import type { Invocation } from '../../../shell/invocations.ts';
import { readArguments } from '../../../shell/programs/index.ts';

/** Programs that unpack or install what they are given. */
const UNPACKING: ReadonlySet<string> = new Set(
  'tar bsdtar unzip gunzip gzip xz unxz bunzip2 7z 7za cpio jar dpkg rpm apt apt-get apk yum dnf microdnf zypper pip pip3 npm installer msiexec chmod install'.split(
    ' ',
  ),
);
const PIPED: ReadonlySet<string> = new Set(['tar', 'bsdtar', 'cpio', 'funzip', 'bsdcpio']);
/** A file in one of these is a program. */
const PROGRAMS = /^\/(?:usr\/(?:local\/)?)?s?bin\/|^\/opt\/.*\/bin\//;
/** Keys, lists and settings: what they are worth shows when they are used. */
const DATA =
  /\.(?:asc|gpg|key|pub|pem|crt|cer|sig|minisig|sigstore|sha\d+|sha\d+sums?|md5|list|sources|repo|conf|cnf|json|ya?ml|toml|txt|md|csv|sql|xml|ini)$/i;

export default defineBuildRule({
  id: 'unverified-download',
  summary: 'A program or archive is downloaded and used without a checksum',
  policies: ['G13'],
  category: 'security',
  severity: 'warning',
  preset: 'strict',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  since: '2026.11',
  *check(build) {
    const used = usedNames(build);
    for (const download of downloads(build)) {
      const what = useOf(download, used.get(download.stage), build);
      if (what === undefined) continue;
      yield {
        message: `What \`${download.by}\` gets here is ${what} unseen: without a checksum or a signature nobody notices when the server gives something else.`,
        span: download.span,
      };
    }
  },
});

/** What becomes of the content; `undefined` when it is checked, or that cannot be known, or it is data. */
function useOf(
  download: Download,
  used: ReadonlyMap<string, string> | undefined,
  build: ImageBuild,
): string | undefined {
  const { kind, verified, url, step, runner, path, into, by } = download;
  if (kind !== 'file' || by === 'ADD' || verified !== false || !isSetup(build, step) || isLocalUrl(url) === true)
    return undefined;
  // A pipe into a shell has a rule of its own.
  if (runner) return runner.how === 'file' ? 'run' : undefined;
  if (into.some(({ program }) => PIPED.has(program))) return 'unpacked';
  if (path === undefined || DATA.test(path)) return undefined;
  if (PROGRAMS.test(path)) return 'installed';
  return used?.get(nameOf(path));
}

/** For each stage the names of files that it unpacks, installs or makes executable, and which of these it does. */
function usedNames(build: ImageBuild): Map<Stage, Map<string, string>> {
  const found = new Map<Stage, Map<string, string>>();
  for (const { invocation, stage } of setupCommands(build)) {
    const known = found.get(stage) ?? new Map<string, string>();
    found.set(stage, known);
    const program = programRun(invocation);
    if (program !== undefined && !known.has(program)) known.set(program, 'run');
    const use = UNPACKING.has(invocation.program) ? verbOf(invocation) : undefined;
    if (use === undefined) continue;
    const { operands, options } = readArguments(invocation);
    for (const text of [
      ...operands.map(({ literal, value }) => literal ?? value.text),
      ...options.flatMap(({ value }) => value?.source.text ?? []),
    ]) {
      const name = nameOf(text);
      if (name !== '' && !known.has(name)) known.set(name, use);
    }
  }
  return found;
}

/** The name of the file that a command runs: `./setup.sh`, `bash setup.sh`. */
function programRun(invocation: Invocation): string | undefined {
  const path = invocation.programWord.literal ?? '';
  if (path.includes('/')) return nameOf(path);
  const run = programRunBy(invocation);
  const file = run?.from === 'file' ? run.word?.literal : undefined;
  return file && nameOf(file);
}

function verbOf(invocation: Invocation): string | undefined {
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
      return 'installed';
    default:
      return 'unpacked';
  }
}
