/** Scripts that install one program, and the commands that install it with a check, as its documentation has them. */
import type { ImageBuild, Stage } from '../../core/build.ts';
import { type Fix, fix } from '../../core/finding.ts';
import type { Download } from '../downloads.ts';
import { tagReading } from '../end-of-life/images.ts';
import { parseImageReference } from '../image-reference.ts';
import { ARCHIVES } from './archives.ts';
import { givenVariable } from './environment.ts';
import { fetcherLike, generatedNote, isPlain, joined, laidOut } from './replaced.ts';
import { type Installer, isForOtherMachines, libcOf } from './situation.ts';

const INSTALLERS: readonly Installer[] = [
  {
    // https://rust-lang.github.io/rustup/installation/other.html
    title: () => 'Download `rustup-init`, and check its published SHA-256',
    url: /^https:\/\/sh\.rustup\.rs\/?$/,
    commands({ asked, before, build, given, program, stage }) {
      // The script chooses the release of the program by these.
      if (['RUSTUP_VERSION', 'RUSTUP_UPDATE_ROOT'].some(name => before.includes(`${name}=`) || given(name)))
        return undefined;
      const libc = libcOf(build, stage);
      if (libc === undefined || !asked.includes('-y') || isForOtherMachines(build)) return undefined;
      const file = '/tmp/rustup-init';
      const url = `https://static.rust-lang.org/rustup/dist/$(uname -m)-unknown-linux-${libc}/rustup-init`;
      const { print, save } = fetcherLike(program);
      return [
        save(`"${url}"`, file),
        `echo "$(${print} "${url}.sha256" | cut -d' ' -f1)  ${file}" | sha256sum -c -`,
        `chmod +x ${file}`,
        `${before}${file} ${asked.join(' ')}`,
        `rm ${file}`,
      ];
    },
  },
  {
    // https://python-poetry.org/docs/#installing-manually
    title: () => 'Install Poetry from PyPI into its own environment',
    url: /^https:\/\/install\.python-poetry\.org\/?$/,
    commands({ asked, before, build, given, runner, stage }) {
      if (build.language !== 'dockerfile' || !isOnPython(stage, build)) return undefined;
      const own = /^(?:POETRY_(HOME|VERSION)=(\S{1,100}) ){0,2}$/.test(before);
      const version = asked[0] === '--version' && asked.length === 2 ? `==${asked[1]}` : undefined;
      if (!own || (asked.length > 0 && version === undefined)) return undefined;
      const variables = new Map(
        [...before.matchAll(/(POETRY_[A-Z]{1,10})=(\S{1,100}) /g)].map(([, name, value]) => [name, value]),
      );
      // What may be unset has no place in the commands.
      if (['POETRY_HOME', 'POETRY_VERSION'].some(name => !variables.has(name) && given(name) === 'open'))
        return undefined;
      const home = variables.get('POETRY_HOME') ?? (given('POETRY_HOME') ? '"$POETRY_HOME"' : undefined);
      const place = home ?? '~/.local/share/pypoetry';
      const programs = home === undefined ? '~/.local/bin' : `${home}/bin`;
      const release =
        version ??
        (variables.has('POETRY_VERSION') ? `==${variables.get('POETRY_VERSION')}` : undefined) ??
        (given('POETRY_VERSION') ? '==$POETRY_VERSION' : undefined);
      // A package without a version is another finding.
      if (release === undefined) return undefined;
      return [
        `${runner} -m venv ${place}/venv`,
        `${place}/venv/bin/pip install "poetry${release.replaceAll('"', '')}"`,
        `mkdir -p ${programs}`,
        `ln -s ${place}/venv/bin/poetry ${programs}/poetry`,
      ];
    },
  },
  ...ARCHIVES,
  {
    // https://docs.k3s.io/installation/configuration, which serves the script of the repository
    title: () => "Check K3s' script with the checksum in its repository",
    url: /^https:\/\/get\.k3s\.io\/?$/,
    commands({ asked, before, program, runner }) {
      const file = '/tmp/k3s-install.sh';
      const { print, save } = fetcherLike(program);
      const sums = 'https://raw.githubusercontent.com/k3s-io/k3s/master/install.sh.sha256sum';
      return [
        save('https://get.k3s.io', file),
        `echo "$(${print} ${sums} | cut -d' ' -f1)  ${file}" | sha256sum -c -`,
        `${before}${runner} ${[file, ...asked].join(' ')}`,
        `rm ${file}`,
      ];
    },
  },
];

/** Whether a stage starts from an image of Python, which has `venv`. */
function isOnPython({ bases }: Stage, build: ImageBuild, depth = 0): boolean {
  return bases.some(base => {
    if (base.kind === 'stage') {
      const other = build.stages.find(({ name }) => name?.literal?.toLowerCase() === base.name.toLowerCase());
      return other !== undefined && depth < 10 && isOnPython(other, build, depth + 1);
    }
    const text = base.kind === 'registry' ? (base.reference.literal ?? base.reference.byDefault) : undefined;
    const repository = text === undefined ? undefined : parseImageReference(text)?.repository;
    return repository !== undefined && tagReading(repository)?.version === 'Python';
  });
}

/** Replaces `curl … | sh -s -- …` by commands that do the same with a check. */
export function installerFix(
  { invocation, literal, runner, stage, step }: Download,
  build: ImageBuild,
): Fix | undefined {
  const installer = INSTALLERS.find(({ url }) => url.test(literal ?? ''));
  if (!installer || !invocation || runner?.how !== 'pipe' || runner.invocation.script !== invocation.script)
    return undefined;
  const { command, program, script } = invocation;
  const { args, command: ran, programWord } = runner.invocation;
  const [first, second, ...more] = command.pipeline;
  if (first !== command || second !== ran || more.length > 0) return undefined;
  if (!isPlain(invocation) || ran.redirects.length > 0) return undefined;
  if (ran.within.some(one => one !== 'condition')) return undefined;
  const { text } = script.text;
  const words = args.map(({ raw }) => raw);
  const asked =
    words[0] === '-s' && /^--?$/.test(words[1] ?? '') ? words.slice(2) : words[0] === '-' ? words.slice(1) : words;
  if (asked.some(word => word.includes('\n')) || (asked === words && words.length > 0)) return undefined;
  const before = text.slice(ran.start, programWord.start).replaceAll(/\s{1,20}/g, ' ');
  const found = installer.url.exec(literal!)!;
  const commands = installer.commands({
    ...{ asked, before, build, found, program, stage },
    runner: programWord.raw,
    given: variable => givenVariable(variable, { invocation, stage, step }, build),
  });
  return (
    commands &&
    fix(
      'suggested',
      installer.title(found) + generatedNote(build),
      laidOut(script.text.replace(command.start, ran.end, joined(commands, invocation, build)), build),
    )
  );
}
