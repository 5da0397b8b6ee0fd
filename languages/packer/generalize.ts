/**
 * Does a build remove from its image what must differ between machines: the machine ID, SSH host keys, the state of
 * cloud-init, the SID and name of Windows?
 */
import type { ImageBuild, RunStep } from '../../core/build.ts';
import type { Needs } from '../../core/needs.ts';
import { isBourne } from '../../core/script.ts';
import { removedPaths, takesAway } from '../../facts/removals.ts';
import { programRunBy } from '../../shell/interpreters.ts';
import { invocationsOfStep } from '../../shell/invocations.ts';
import { runsRescue } from './images.ts';
import { osOf, stageOf } from './nodes.ts';
import type { PackerBlock, PackerBuild, PackerBuildSource, PackerProvisioner, PackerTree } from './tree.ts';
import { isVagrant } from './vagrant.ts';

/** What identifies a machine. */
export type Identity = 'machine ID' | 'SSH host keys';

/** Sources of one build whose machines share one identity. */
export interface Ungeneralized {
  readonly build: PackerBuild;
  /** At least one. */
  readonly sources: readonly PackerBuildSource[];
  /** What their images keep, at least one; on Windows it stands for the identity of Windows. */
  readonly kept: readonly Identity[];
  /** Their operating system; `undefined` when it is unknown or differs. */
  readonly os: 'linux' | 'windows' | undefined;
}

/** Longer strings are read up to here. In UTF-16 code units. */
const LONGEST = 200_000;

/** What steps that reset the whole identity of a machine contain, on Linux and on Windows. */
const GENERALIZES =
  /cloud-init clean|\/var\/lib\/cloud|sys-unconfig|systemd-firstboot|sysprep|deprovision|generali[sz]e|unattend|ec2launch|initializeinstance|cloudbase/i;
/** The same for one part of it. cloud-init creates new host keys for every machine. */
const RESETS: readonly (readonly [Identity, RegExp])[] = [
  ['machine ID', /machine-id/],
  [
    'SSH host keys',
    // `cloud_init` adds the drive that the cloud-init of the image reads.
    /ssh_host_|\bcloud_init"?\s{0,20}[=:]\s{0,20}true|ssh-keygen -A|dpkg-reconfigure openssh-server|cloud-init|\/etc\/cloud\/|cloud-?img|generic-?cloud/i,
  ],
];
const ALL: readonly Identity[] = ['machine ID', 'SSH host keys'];
const NOTHING: readonly Identity[] = [];
/** Linux without systemd has no machine ID. */
const WITHOUT_MACHINE_ID = /alpine/i;
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
  /bsd|solaris|omnios|illumos|esxi|vyos|pfsense|opnsense|routeros|mikrotik|talos|flatcar|coreos|nixos|darwin|macos|haiku|plan ?9|minix|reactos|rancheros/i;

/** Builds that write another system's image to the disk, or configure one with Ignition: it gets its identity at its first boot. */
const OTHER_IMAGE =
  /(?<!(?:quay\.io|ghcr\.io|github\.com|githubusercontent\.com)\/)coreos|flatcar|\.ign\b|\bdd (?![^\n]{0,200}if=\/dev\/(?:zero|u?random))[^\n]{0,200}of=\/dev\/(?:[svhx]|xv)d[a-z]|\bdd [^\n]{0,200}of=\/dev\/nvme/i;

/** Whether the image is another system's than that of the machine that is provisioned. */
export function writesOtherImage(build: PackerBuild): boolean {
  return build.sources.some(runsRescue) || OTHER_IMAGE.test(textOf(build.block));
}

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
    if (writesOtherImage(build)) continue;
    const runs = runsOf(lowered, build);
    const steps = build.provisioners.map(provisioner => ({ provisioner, resets: resetBy(provisioner, runs) }));
    const judged = build.sources
      .filter(source => source.facts?.generalize === true && wanted(source))
      .map(source => ({ source, kept: keptOf(source) }))
      .filter(({ kept }) => kept.length > 0);
    if (judged.length === 0) continue;
    const sources = judged.map(({ source }) => source);
    const kept = ALL.filter(part => judged.some(one => one.kept.includes(part)));
    const systems = new Set(sources.map(source => osOf(source) ?? shellOf(build)));
    const [os] = systems;
    yield { build, kept, sources, os: systems.size === 1 && os !== 'macos' ? os : undefined };

    function keptOf(source: PackerBuildSource): readonly Identity[] {
      const running = steps.filter(({ provisioner }) => provisioner.runsFor(source) !== false);
      if (!running.some(({ provisioner }) => SHELLS.includes(provisioner.type ?? ''))) return NOTHING;
      if (running.some(({ resets }) => resets === 'unknown')) return NOTHING;
      const isWindows = (osOf(source) ?? shellOf(build)) === 'windows';
      if (source.source === undefined || osOf(source) === 'macos') return NOTHING;
      const own = resetBySource(source, isWindows);
      if (own === 'unknown') return NOTHING;
      const isAlpine = WITHOUT_MACHINE_ID.test(`${source.name} ${blocksOf(source).map(textOf).join('\n')}`);
      const reset = new Set([own, ...running.map(({ resets }) => resets)].flat());
      return ALL.filter(part => !reset.has(part) && !(isAlpine && part === 'machine ID'));
    }
  }

  /** What a step resets; `unknown` when it may be anything. */
  function resetBy(provisioner: PackerProvisioner, runs: Runs): readonly Identity[] | 'unknown' {
    const { block, scripts, type } = provisioner;
    if (type === undefined || provisioner.dynamic) return 'unknown';
    if (type === 'file') return NAMED_SO.test(textOf(block)) ? 'unknown' : NOTHING;
    if (HARMLESS.has(type)) return NOTHING;
    if (type === 'shell-local') return DELEGATES.test(textOf(block)) ? 'unknown' : NOTHING;
    if (!SHELLS.includes(type)) return 'unknown';
    for (const { text, value } of scripts) {
      const name = value.source.text;
      if (!text) return NAMED_SO.test(name) ? ALL : 'unknown';
      if (/seal|generali[sz]e|sysprep|deprovision/i.test(name)) return ALL;
    }
    const found: Identity[] = [];
    for (const step of runs.within(block.span)) {
      if (!step.script) return 'unknown';
      const text = withoutComments(step.script.text.text);
      // A build to look into makes no image.
      if (/\bsleep inf/.test(text)) return 'unknown';
      const resets = resetIn(text, type !== 'shell');
      if (resets === ALL) return ALL;
      found.push(...resets);
      if (removesHostKeys(step)) found.push('SSH host keys');
      if (step.script.readable && isBourne(step.script.dialect) ? delegates(step) : DELEGATES.test(text))
        return 'unknown';
    }
    return found;
  }
}

/** What a text that is run resets, as far as its words show. */
function resetIn(text: string, isWindows = false): readonly Identity[] {
  if ((isWindows ? GENERALIZES_WINDOWS : GENERALIZES).test(text)) return ALL;
  return RESETS.filter(([, pattern]) => pattern.test(text)).map(([part]) => part);
}

/** `shred -u /etc/ssh/*_key`, `find /etc/ssh -name '*_key*' -delete` */
function removesHostKeys(step: RunStep): boolean {
  return invocationsOfStep(step).some(invocation =>
    removedPaths(invocation)?.some(path => takesAway(path, '/etc/ssh') || /^\/etc\/ssh\/.*key/.test(path)),
  );
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

const blocksOf = (source: PackerBuildSource): readonly PackerBlock[] =>
  [source.source?.block, source.overrides].filter(block => block !== undefined);

/** What the source itself resets, in its `shutdown_command`, installer answers and uploaded files; `unknown` when it may be anything. */
function resetBySource(source: PackerBuildSource, isWindows: boolean): readonly Identity[] | 'unknown' {
  const text = blocksOf(source).map(textOf).join('\n');
  if (OTHER_SYSTEMS.test(`${source.type}.${source.name} ${text}`)) return 'unknown';
  for (const name of ['skip_create_image', 'skip_create_ami', 'skip_export', 'skip_snapshot'])
    if (source.attribute(name)) return 'unknown';
  // Installer answers in another file may end with such steps, except on Windows, where they run first.
  for (const name of ['http_content', 'cd_content', 'user_data', 'user_data_file', 'cd_files', 'floppy_files'])
    if (!isWindows && source.attribute(name) && /file\(|\.\w/.test(source.attribute(name)!.value.written.text))
      return 'unknown';
  // A script that was uploaded may do it, as the last step of all.
  if (isWindows && /\bshutdown_command"?\s{0,40}[:=]\s{0,20}"[^"\n]{0,300}\.(?:cmd|bat|ps1)\b/i.test(text))
    return 'unknown';
  if (/specialized\s{0,20}=\s{0,20}true/.test(text) || /vagrant/i.test(source.name)) return 'unknown';
  return resetIn(isWindows ? blocksOf(source).map(withoutAnswers).join('\n') : text, isWindows);
}

/** What an installer of Windows is given: it has settings for Sysprep, and does not run it. */
const ANSWERS = /^(?:cd|floppy|http)_(?:content|dirs|directory|files)$/;

function withoutAnswers(block: PackerBlock): string {
  const own = block.attributes.filter(({ name }) => !ANSWERS.test(name));
  const texts = own.map(({ source, span }) => withoutComments(source.text.slice(span.start, span.end)));
  return [...texts, ...block.blocks().map(withoutAnswers)].join('\n');
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
