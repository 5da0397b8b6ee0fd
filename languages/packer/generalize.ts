/**
 * Does a build remove from its image what must differ between machines: the machine ID, SSH host keys, the state of
 * cloud-init, the SID and name of Windows?
 */
import type { ImageBuild, RunStep } from '../../core/build.ts';
import type { Needs } from '../../core/needs.ts';
import { isBourne } from '../../core/script.ts';
import { programRunBy } from '../../shell/interpreters.ts';
import { invocationsOfStep } from '../../shell/invocations.ts';
import { osOf, stageOf } from './nodes.ts';
import type { PackerBlock, PackerBuild, PackerBuildSource, PackerProvisioner, PackerTree } from './tree.ts';

/** Sources of one build whose machines share one identity. */
export interface Ungeneralized {
  readonly build: PackerBuild;
  /** At least one. */
  readonly sources: readonly PackerBuildSource[];
  /** Their operating system; `undefined` when it is unknown or differs. */
  readonly os: 'linux' | 'windows' | undefined;
}

/** Longer strings are read up to here. In UTF-16 code units. */
const LONGEST = 200_000;

/** What steps that generalize a machine contain, on Linux and on Windows. */
const GENERALIZES =
  /machine-id|ssh_host_|cloud-init clean|\/var\/lib\/cloud|sys-unconfig|systemd-firstboot|sysprep|deprovision|generali[sz]e|unattend|ec2launch|initializeinstance|cloudbase/i;
/** The same for what is run on Windows before the provisioners: an answer file cannot generalize a machine at the end. */
const GENERALIZES_WINDOWS = /sysprep|deprovision|generali[sz]e|ec2launch|initializeinstance|cloudbase/i;
/** Names of scripts, playbooks, roles and uploads that suggest it. */
const NAMED_SO = /clean|seal|generali[sz]e|sysprep|deprovision|minimi[sz]e|template|final|harden|prep/i;
/** Calls of files and tools whose content is not read. */
const DELEGATES =
  /\.(?:sh|ps1|bat|cmd|py|rb|pl|yml|yaml)\b|ansible|puppet|chef|salt-call|\bmake\b|virt-|docker run|\$\{?\w{0,20}(?:script|setup)/i;
const TOOLS = new Set(
  'ansible ansible-playbook ansible-pull chef-client chef-solo cinc-client make pulumi puppet python python3 salt-call'.split(
    ' ',
  ),
);
/** Operating systems that are generalized in other ways. */
const OTHER_SYSTEMS =
  /bsd|solaris|omnios|illumos|esxi|vyos|pfsense|opnsense|routeros|mikrotik|talos|flatcar|coreos|nixos|darwin|macos/i;

/** Provisioners that do not generalize a machine. */
const HARMLESS = new Set([
  'file',
  'breakpoint',
  'sleep',
  'windows-restart',
  'windows-update',
  'inspec',
  'goss',
  'hcp-sbom',
]);
const SHELLS = ['shell', 'powershell', 'windows-shell'];
/** Only builds with a shell provisioner are judged. */
export const SHELL_NEEDS: Needs = { blocks: SHELLS.map(type => `provisioner.${type}`) };

/**
 * The builds of the linted document, each with those sources in `wanted` for which no step generalizes the machine. Steps that
 * cannot be read and other tools may do it: then nothing is returned.
 */
export function* ungeneralized(
  tree: PackerTree,
  lowered: ImageBuild,
  wanted: (source: PackerBuildSource) => boolean,
): Iterable<Ungeneralized> {
  for (const build of tree.module.builds) {
    if (build.block.source !== tree.source || !build.sourcesKnown || isVagrant(build)) continue;
    const runs = runsOf(lowered, build);
    const steps = build.provisioners.map(provisioner => ({ provisioner, verdict: verdictOn(provisioner, runs) }));
    const sources = build.sources.filter(
      source => source.facts?.generalize === true && wanted(source) && isLeft(source),
    );
    if (sources.length === 0) continue;
    const systems = new Set(sources.map(source => osOf(source) ?? shellOf(build)));
    const [os] = systems;
    yield { build, sources, os: systems.size === 1 && os !== 'macos' ? os : undefined };

    function isLeft(source: PackerBuildSource): boolean {
      const running = steps.filter(({ provisioner }) => provisioner.runsFor(source) !== false);
      if (!running.some(({ provisioner }) => SHELLS.includes(provisioner.type ?? ''))) return false;
      if (running.some(({ verdict }) => verdict !== 'nothing')) return false;
      const isWindows = (osOf(source) ?? shellOf(build)) === 'windows';
      return source.source !== undefined && isPlain(source, isWindows) && osOf(source) !== 'macos';
    }
  }

  /** `nothing`: it certainly does not generalize; `unknown`: it may. */
  function verdictOn(provisioner: PackerProvisioner, runs: Runs): 'generalizes' | 'unknown' | 'nothing' {
    const { block, scripts, type } = provisioner;
    if (type === undefined || provisioner.dynamic) return 'unknown';
    if (type === 'file') return NAMED_SO.test(textOf(block)) ? 'unknown' : 'nothing';
    if (HARMLESS.has(type)) return 'nothing';
    if (type === 'shell-local') return DELEGATES.test(textOf(block)) ? 'unknown' : 'nothing';
    if (!SHELLS.includes(type)) return 'unknown';
    for (const { text, value } of scripts) {
      const name = value.source.text;
      if (!text && NAMED_SO.test(name)) return 'generalizes';
      if (!text) return 'unknown';
      if (/seal|generali[sz]e|sysprep|deprovision/i.test(name)) return 'generalizes';
    }
    for (const step of runs.within(block.span)) {
      if (!step.script) return 'unknown';
      const text = withoutComments(step.script.text.text);
      if (GENERALIZES.test(text)) return 'generalizes';
      if (step.script.readable && isBourne(step.script.dialect) ? delegates(step) : DELEGATES.test(text))
        return 'unknown';
    }
    return 'nothing';
  }
}

interface Runs {
  /** Those within a span of the linted document. */
  within(span: PackerBlock['span']): readonly RunStep[];
}

/** The commands of a build, by binary search. */
function runsOf(lowered: ImageBuild, build: PackerBuild): Runs {
  const runs = (stageOf(lowered, build)?.steps ?? [])
    .filter((step): step is RunStep => step.kind === 'run' && step.span.file === undefined)
    .sort((a, b) => a.span.start - b.span.start);
  return {
    within({ end, start }) {
      let low = 0;
      for (let high = runs.length; low < high; ) {
        const middle = (low + high) >> 1;
        if (runs[middle]!.span.start < start) low = middle + 1;
        else high = middle;
      }
      let after = low;
      while (after < runs.length && runs[after]!.span.start < end) after++;
      return runs.slice(low, after);
    },
  };
}

/** Whether a script calls another one, or a tool, that may do anything. */
function delegates(step: RunStep): boolean {
  return invocationsOfStep(step).some(invocation => {
    const { program, programWord } = invocation;
    if (TOOLS.has(program)) return true;
    const path = programWord.literal ?? '';
    if (path.includes('/') && !/^\/(?:usr\/(?:local\/)?)?s?bin\//.test(path)) return true;
    const run = programRunBy(invocation);
    if (program === 'source' || program === '.') return NAMED_SO.test(run?.word?.value.text ?? '');
    return run?.shell === true && run.from === 'file';
  });
}

/** Whether the source itself does not generalize: `shutdown_command`, installer answers, uploaded files. */
function isPlain(source: PackerBuildSource, isWindows: boolean): boolean {
  const blocks = [source.source?.block, source.overrides].filter(block => block !== undefined);
  const text = blocks.map(textOf).join('\n');
  if (
    (isWindows ? GENERALIZES_WINDOWS : GENERALIZES).test(text) ||
    OTHER_SYSTEMS.test(`${source.type}.${source.name} ${text}`)
  )
    return false;
  for (const name of ['skip_create_image', 'skip_create_ami', 'skip_export', 'skip_snapshot'])
    if (source.attribute(name)) return false;
  // Installer answers in another file may end with such steps, except on Windows, where they run first.
  for (const name of ['http_content', 'cd_content', 'user_data', 'user_data_file', 'cd_files', 'floppy_files'])
    if (!isWindows && source.attribute(name) && /file\(|\.\w/.test(source.attribute(name)!.value.written.text))
      return false;
  return !/specialized\s{0,20}=\s{0,20}true/.test(text) && !/vagrant/i.test(source.name);
}

/** Vagrant boxes are not generalized, and keep their logins. */
export function isVagrant({ block }: PackerBuild): boolean {
  return /vagrant/i.test(textOf(block));
}

/** The operating system by the kind of the build's shells. */
function shellOf({ provisioners }: PackerBuild): 'linux' | 'windows' | undefined {
  const isWindows = provisioners.some(({ type }) => type === 'powershell' || type?.startsWith('windows-'));
  const isUnix = provisioners.some(({ type }) => type === 'shell');
  return isWindows === isUnix ? undefined : isWindows ? 'windows' : 'linux';
}

function textOf({ hcl, source }: PackerBlock): string {
  return hcl ? withoutComments(source.text.slice(hcl.start, Math.min(hcl.end, hcl.start + LONGEST))) : '';
}
function withoutComments(text: string): string {
  return text
    .slice(0, LONGEST)
    .split('\n')
    .filter(line => !/^\s*(?:#|\/\/|::|rem )/i.test(line))
    .join('\n');
}
