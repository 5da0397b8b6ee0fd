/** Scripts of vendors that set up their package repository, and the commands that do the same with its signing key. */
import type { ImageBuild, Stage } from '../../core/build.ts';
import { type Fix, fix } from '../../core/finding.ts';
import { nameOf } from '../../core/path.ts';
import type { Edit } from '../../core/text.ts';
import type { Invocation } from '../../shell/invocations.ts';
import type { Download } from '../downloads.ts';
import { tagReading } from '../end-of-life/images.ts';
import { parseImageReference } from '../image-reference.ts';
import { tagParts } from '../image-tags/parts.ts';
import { packageInstalls } from '../package-installs.ts';

/** What a script does, in two parts: the repository, and what it installs from it. */
interface Vendor {
  readonly title: string;
  readonly url: RegExp;
  /** Where the address says no system: other package managers of the stage then speak against it. */
  readonly anySystem: boolean;
  setUp(found: RegExpExecArray, shell: Shell): readonly string[];
  install(shell: Shell): string;
}

/** The commands for what is written as root. */
interface Shell {
  readonly sudo: '' | 'sudo ';
  save(url: string, file: string): string;
  write(text: string, file: string): string;
}

const KEYS = '/etc/apt/keyrings';
const SOURCES = '/etc/apt/sources.list.d';
/** The script asks the system by itself. */
const ASKED = (name: string): string => `$(. /etc/os-release && echo "$${name}")`;

const VENDORS: readonly Vendor[] = [
  {
    // https://github.com/nodesource/distributions/wiki/Repository-Manual-Installation
    title: "Set up NodeSource's repository with its signing key",
    // Earlier releases are in repositories by the distribution's name.
    url: /^https:\/\/deb\.nodesource\.com\/setup_(1[89]|[2-9]\d)\.x$/,
    anySystem: false,
    setUp: ([, major = ''], { save, sudo, write }) => [
      `${sudo}mkdir -p ${KEYS}`,
      save('https://deb.nodesource.com/gpgkey/nodesource-repo.gpg.key', `${KEYS}/nodesource.asc`),
      write(
        `"deb [signed-by=${KEYS}/nodesource.asc] https://deb.nodesource.com/node_${major}.x nodistro main"`,
        `${SOURCES}/nodesource.list`,
      ),
      write(
        String.raw`'Package: nodejs\nPin: origin deb.nodesource.com\nPin-Priority: 600\n'`,
        '/etc/apt/preferences.d/nodejs',
      ),
    ],
    install: ({ sudo }) => `${sudo}apt-get update`,
  },
  {
    // https://docs.docker.com/engine/install/ubuntu/#install-using-the-repository
    title: "Install from Docker's repository with its signing key",
    url: /^https:\/\/get\.docker\.com\/?$/,
    anySystem: true,
    setUp: (_, { save, sudo, write }) => [
      `${sudo}mkdir -p ${KEYS}`,
      save(`"https://download.docker.com/linux/${ASKED('ID')}/gpg"`, `${KEYS}/docker.asc`),
      write(
        `"deb [signed-by=${KEYS}/docker.asc] https://download.docker.com/linux/${ASKED('ID').replaceAll('"', '')} ${ASKED('VERSION_CODENAME').replaceAll('"', '')} stable"`,
        `${SOURCES}/docker.list`,
      ),
    ],
    install: ({ sudo }) =>
      `${sudo}apt-get update && ${sudo}apt-get install -y docker-ce docker-ce-cli containerd.io docker-buildx-plugin docker-compose-plugin docker-ce-rootless-extras`,
  },
];

/** Replaces a script of a vendor that is downloaded and run, where it is known what it does and nothing is asked of it. */
export function repositoryFix(download: Download, build: ImageBuild): Fix | undefined {
  const { invocation, literal, path, runner, stage } = download;
  const vendor = VENDORS.find(({ url }) => url.test(literal ?? ''));
  if (!vendor || !invocation || !runner || runner.invocation.script !== invocation.script) return undefined;
  if (isTooOld(stage)) return undefined;
  const systems = packageInstalls(build).flatMap(one => (one.stage === stage ? one.manager : []));
  if (vendor.anySystem && !systems.includes('apt')) return undefined;
  if (systems.some(manager => OTHER_SYSTEMS.has(manager)) || !isPlain(invocation) || !isPlain(runner.invocation))
    return undefined;
  const shell = shellFor(invocation.program, runner.invocation.via.includes('sudo'));
  const setUp = vendor.setUp(vendor.url.exec(literal!)!, shell);
  const { text } = invocation.script;
  const { command: fetched } = invocation;
  const { command: ran } = runner.invocation;
  if (runner.how === 'pipe') {
    const [first, second, ...more] = fetched.pipeline;
    if (first !== fetched || second !== ran || more.length > 0 || !isAskedNothing(runner.invocation, '-'))
      return undefined;
    return fix(
      'suggested',
      vendor.title,
      laidOut(text.replace(fetched.start, ran.end, joined([...setUp, vendor.install(shell)])), build),
    );
  }
  if (runner.how !== 'file' || path === undefined || fetched.pipeline.length > 1 || ran.pipeline.length > 1)
    return undefined;
  if (!isAskedNothing(runner.invocation, nameOf(path)) || isUsedElsewhere(text.text, nameOf(path))) return undefined;
  return fix(
    'suggested',
    vendor.title,
    laidOut(text.replace(fetched.start, fetched.end, joined(setUp)), build),
    laidOut(text.replace(ran.start, ran.end, vendor.install(shell)), build),
  );
}

/** Before these, APT reads no key as it is downloaded, and Docker does not build all of the packages. */
const FIRST: Readonly<Record<string, number>> = { Debian: 11, Ubuntu: 20.04 };

function isTooOld({ bases }: Stage): boolean {
  return bases.some(base => {
    const text = base.kind === 'registry' ? (base.reference.literal ?? base.reference.byDefault) : undefined;
    const reference = text === undefined ? undefined : parseImageReference(text);
    if (reference?.tag === undefined) return false;
    const { cycle, system } = tagParts(reference.repository, reference.tag);
    const product = system?.product ?? tagReading(reference.repository)?.version ?? '';
    const release = system?.release ?? cycle;
    return release !== undefined && Number(release) < (FIRST[product] ?? 0);
  });
}

const OTHER_SYSTEMS: ReadonlySet<string> = new Set(['apk', 'yum', 'dnf', 'microdnf', 'tdnf', 'zypper', 'pacman']);
const joined = (commands: readonly string[]): string => commands.join(' && ');

function shellFor(program: string, asRoot: boolean): Shell {
  const sudo = asRoot ? 'sudo ' : '';
  return {
    sudo,
    save: (url, file) =>
      program === 'wget' ? `${sudo}wget -qO ${file} ${url}` : `${sudo}curl -fsSL ${url} -o ${file}`,
    write: (text, file) =>
      `${text.startsWith("'") ? 'printf' : 'echo'} ${text} ${asRoot ? `| sudo tee ${file} > /dev/null` : `> ${file}`}`,
  };
}

/** Alone or after `&&` or `;`, with no wrapper but `sudo` and nothing redirected. */
function isPlain({ command, program, script, via }: Invocation): boolean {
  const before = script.text.text.slice(0, command.start).trimEnd();
  return (
    PLAIN_PROGRAMS.has(program) &&
    command.within.length === 0 &&
    command.redirects.length === 0 &&
    via.every(one => one === 'sudo') &&
    command.operator !== '||' &&
    !before.endsWith('!')
  );
}
const PLAIN_PROGRAMS: ReadonlySet<string> = new Set(['curl', 'wget', 'sh', 'bash']);

/** Whether a shell gets the script and nothing else. */
const isAskedNothing = ({ args }: Invocation, script: string): boolean =>
  args.every(
    ({ literal }) =>
      literal !== undefined && (literal === script || nameOf(literal) === script || /^-[ex]{1,2}$/.test(literal)),
  );

/** Whether more is done with the file than to download, run and remove it. */
function isUsedElsewhere(text: string, name: string): boolean {
  return text.replaceAll(/\brm -r?f [^\n;&|]{0,100}/g, '').split(name).length > 3;
}

/** In a Dockerfile each command is on a line of its own, where lines are continued with a backslash. */
function laidOut(edit: Edit | undefined, { language, source }: ImageBuild): Edit | undefined {
  if (!edit || language !== 'dockerfile' || edit.span.file !== undefined) return edit;
  if (/^#[ \t]{0,20}escape[ \t]{0,20}=/im.test(source.text.slice(0, HEAD))) return edit;
  const { start, end } = edit.span;
  // As the file joins its commands: at the end of a line, or at the beginning of the next one.
  const atEnd = /&&[ \t]{0,8}\\\r?\n[ \t]{0,40}$/.test(source.text.slice(Math.max(0, start - 60), start));
  const isEndNext = /^[ \t]{0,8}&&[ \t]{0,8}\\/.test(source.text.slice(end, end + 20));
  const joint = atEnd || isEndNext ? ' && \\\n    ' : ' \\\n    && ';
  const lines = edit.newText.replaceAll(/ && (?!echo \$|echo "\$)/g, joint);
  return { ...edit, newText: lines };
}
const HEAD = 1_000;
