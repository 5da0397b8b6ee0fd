/**
 * Whether a build takes out of its image what must differ between machines: the machine id, SSH host keys, the state of
 * cloud-init, the SID and name of Windows.
 */
import type { ImageBuild, RunStep } from '../../core/build.ts';
import type { Needs } from '../../core/needs.ts';
import { programRunBy } from '../../shell/interpreters.ts';
import { invocationsOfStep } from '../../shell/invocations.ts';
import { osOf, stageOf } from './nodes.ts';
import type { PackerBlock, PackerBuild, PackerBuildSource, PackerProvisioner, PackerTree } from './tree.ts';

/** Sources of one build whose machines will all look the same. */
export interface Ungeneralised {
  readonly build: PackerBuild;
  /** At least one. */
  readonly sources: readonly PackerBuildSource[];
  /** The operating system that they share; `undefined` when it cannot be known or differs. */
  readonly os: 'linux' | 'windows' | undefined;
}

/** Longer texts are read up to here. In UTF-16 code units. */
const LONGEST = 200_000;

/** What steps that generalize a machine contain, on Linux and on Windows. */
const GENERALISES =
  /machine-id|ssh_host_|cloud-init clean|\/var\/lib\/cloud|sys-unconfig|systemd-firstboot|sysprep|deprovision|generali[sz]e|unattend|ec2launch|initializeinstance|cloudbase/i;
/** Names of scripts, playbooks, roles and uploads that say so. */
const NAMED_SO = /clean|seal|generali[sz]e|sysprep|deprovision|minimi[sz]e|template|final|harden|prep/i;
/** Work that is handed to files and tools whose content is not looked at. */
const HANDED_ON =
  /\.(?:sh|ps1|bat|cmd|py|rb|pl|yml|yaml)\b|ansible|puppet|chef|salt-call|\bmake\b|virt-|docker run|\$\{?\w{0,20}(?:script|setup)/i;
const TOOLS = new Set(
  'ansible ansible-playbook ansible-pull chef-client chef-solo cinc-client make pulumi puppet python python3 salt-call'.split(
    ' ',
  ),
);
/** Systems with other ways. */
const OTHER_SYSTEMS =
  /bsd|solaris|omnios|illumos|esxi|vyos|pfsense|opnsense|routeros|mikrotik|talos|flatcar|coreos|nixos|darwin|macos/i;

/** Provisioners that change nothing in the machine which matters here. */
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
 * The builds of the linted document, each with those sources in `wanted` for which no step generalises the machine. Steps that
 * cannot be read, and work that is handed to other tools, may do it: then there is no answer.
 */
export function* ungeneralised(
  tree: PackerTree,
  lowered: ImageBuild,
  wanted: (source: PackerBuildSource) => boolean,
): Iterable<Ungeneralised> {
  for (const build of tree.module.builds) {
    if (build.block.source !== tree.source || !build.sourcesKnown || isVagrant(build)) continue;
    const runs = runsOf(lowered, build);
    const steps = build.provisioners.map(provisioner => ({ provisioner, verdict: verdictOn(provisioner, runs) }));
    const sources = build.sources.filter(
      source => source.facts?.generalise === true && wanted(source) && isLeft(source),
    );
    if (sources.length === 0) continue;
    const systems = new Set(sources.map(source => osOf(source) ?? shellOf(build)));
    const [os] = systems;
    yield { build, sources, os: systems.size === 1 && os !== 'macos' ? os : undefined };

    function isLeft(source: PackerBuildSource): boolean {
      const running = steps.filter(({ provisioner }) => provisioner.runsFor(source) !== false);
      if (!running.some(({ provisioner }) => SHELLS.includes(provisioner.type ?? ''))) return false;
      if (running.some(({ verdict }) => verdict !== 'nothing')) return false;
      return source.source !== undefined && isPlain(source) && osOf(source) !== 'macos';
    }
  }

  /** `nothing`: it surely does not generalise; `unknown`: it may. */
  function verdictOn(provisioner: PackerProvisioner, runs: Runs): 'generalises' | 'unknown' | 'nothing' {
    const { block, scripts, type } = provisioner;
    if (type === undefined || provisioner.dynamic) return 'unknown';
    if (type === 'file') return NAMED_SO.test(textOf(block)) ? 'unknown' : 'nothing';
    if (HARMLESS.has(type)) return 'nothing';
    if (type === 'shell-local') return HANDED_ON.test(textOf(block)) ? 'unknown' : 'nothing';
    if (!SHELLS.includes(type)) return 'unknown';
    for (const { text, value } of scripts) {
      const name = value.source.text;
      if (!text && NAMED_SO.test(name)) return 'generalises';
      if (!text) return 'unknown';
      if (/seal|generali[sz]e|sysprep|deprovision/i.test(name)) return 'generalises';
    }
    for (const step of runs.within(block.span)) {
      if (!step.script) return 'unknown';
      const text = withoutComments(step.script.text.text);
      if (GENERALISES.test(text)) return 'generalises';
      if (step.script.readable ? handsOn(step) : HANDED_ON.test(text)) return 'unknown';
    }
    return 'nothing';
  }
}

interface Runs {
  /** Those that stand in a place of the linted document. */
  within(span: PackerBlock['span']): readonly RunStep[];
}

/** The commands of a build; each provisioner's are found without looking at all of them. */
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
function handsOn(step: RunStep): boolean {
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

/** Whether the source itself says nothing of it: `shutdown_command`, the answers for an installer, uploaded files. */
function isPlain(source: PackerBuildSource): boolean {
  const blocks = [source.source?.block, source.overrides].filter(block => block !== undefined);
  const text = blocks.map(textOf).join('\n');
  if (GENERALISES.test(text) || OTHER_SYSTEMS.test(`${source.type}.${source.name} ${text}`)) return false;
  for (const name of ['skip_create_image', 'skip_create_ami', 'skip_export', 'skip_snapshot'])
    if (source.attribute(name)) return false;
  // An installer's answers in another file may end with such steps.
  for (const name of ['http_content', 'cd_content', 'user_data', 'user_data_file', 'cd_files', 'floppy_files'])
    if (source.attribute(name) && /file\(|\.\w/.test(source.attribute(name)!.value.written.text)) return false;
  return !/specialized\s{0,20}=\s{0,20}true/.test(text) && !/vagrant/i.test(source.name);
}

/** Boxes for Vagrant are started by a tool that expects them as they are. */
function isVagrant({ block }: PackerBuild): boolean {
  return /vagrant/i.test(textOf(block));
}

/** What the kind of its shell says about a build. */
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
