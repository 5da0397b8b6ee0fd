import type { ImageBuild } from '../../../core/build.ts';
import { placeCause } from '../../../core/causes.ts';
import type { Finding } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import { UNRESOLVED } from '../../../core/text.ts';
import { branchIn, type Moving, movingRevision, movingUrl } from '../../../facts/downloads/moving.ts';
import { DOWNLOAD_NEEDS, downloads } from '../../../facts/downloads.ts';
import {
  type InstalledPackage,
  type PackageInstall,
  type PackageManager,
  packageInstalls,
} from '../../../facts/package-installs.ts';
import { programsOf } from '../../../facts/packages/managers.ts';
import { revisionOf } from '../../../facts/packages/revisions.ts';
import { isSetup, setupCommands } from '../../../facts/setup-commands.ts';
import type { Invocation } from '../../../shell/invocations.ts';
import { readArguments } from '../../../shell/programs/index.ts';

/** Package managers that install from repositories. */
const MANAGERS = [
  'pip',
  'pipx',
  'uv',
  'poetry',
  'npm',
  'yarn',
  'pnpm',
  'bun',
  'cargo',
  'yum',
  'dnf',
  'microdnf',
  'tdnf',
  'zypper',
] as const;

export default defineBuildRule({
  id: 'moving-reference',
  summary: 'A download follows a branch or the latest release',
  policies: ['G13'],
  category: 'reproducibility',
  severity: 'warning',
  preset: 'strict',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  needs: {
    ...DOWNLOAD_NEEDS,
    programs: [...(DOWNLOAD_NEEDS.programs ?? []), ...programsOf(MANAGERS), 'kubectl', 'oc', 'ansible-pull'],
  },
  since: '2026.11',
  *check(build) {
    for (const { moving, kind, by, invocation, span, step, url, verified } of downloads(build)) {
      if (!moving || (step.kind !== 'fetch' && !isSetup(build, step))) continue;
      // With a checksum the build stops when the content changes.
      if (kind === 'file' && (verified === true || CHECKSUMS.test(url))) continue;
      yield {
        ...(kind === 'repository' ? ofRepository(by, invocation) : ofUrl(url, moving)),
        span,
        causes: [placeCause('download', span)],
      };
    }
    yield* inPackages(build);
    yield* inManifests(build);
    yield* inPlaybooks(build);
  },
});

/** What is compared with a file, and is in nothing that is built. */
const CHECKSUMS = /(?:\.sha\d{3}(?:sums?)?|\/SHA(?:SUMS)?\d{3}(?:SUMS)?(?:\.txt)?|checksums?\.txt)$/i;

function ofRepository(by: string, invocation: Invocation | undefined): Pick<Finding, 'help' | 'message'> {
  const module = invocation?.script.standsFor;
  return {
    message:
      by === 'git'
        ? `\`${module ?? 'git clone'}\` checks out the tip of ${invocation && readArguments(invocation).lacks('--branch') ? 'the default' : 'a'} branch`
        : `\`${by}\` copies the newest commit of a branch`,
    help:
      module !== undefined
        ? 'Set `version` to a tag or a commit'
        : by === 'git'
          ? 'Clone a tag with `--branch`, or check out a commit'
          : 'Add a tag or a commit: `#v1.2.3`',
  };
}

/** Which release is the newest, for commands that then download it. */
const LOOKUP = /^https:\/\/api\.github\.com\/repos\/[^/]+\/[^/]+\/releases\/latest\b/;

function ofUrl(url: string, moving: Moving): Pick<Finding, 'help' | 'message'> {
  if (LOOKUP.test(url))
    return { message: 'The latest release is looked up in each build', help: 'Set a version instead of the lookup' };
  const branch = moving === 'branch' ? branchIn(url) : undefined;
  const named = branch ? `branch ${quoted(branch)}` : 'a branch';
  return {
    message: `URL points at ${moving === 'branch' ? named : 'the latest release'}, so its content can change`,
    help:
      moving === 'branch'
        ? `Replace ${branch ? quoted(branch) : 'the branch'} with a tag or a commit`
        : 'Use the URL of a version',
  };
}

/** `kubectl apply -f https://…/main/all.yaml`, `kubectl apply -k 'https://github.com/…?ref=main'` */
function* inManifests(build: ImageBuild): Iterable<Finding> {
  for (const { invocation } of setupCommands(build)) {
    const given = readArguments(invocation);
    if (!CLUSTER_CLIENTS.has(given.program) || !/^(?:apply|create|replace)$/.test(given.verb)) continue;
    for (const { literal, source, word } of given.values('--filename', '--kustomize')) {
      const url = literal ?? source.text;
      const branch = /[?&]ref=([\w./-]{1,60})/.exec(url)?.[1];
      const moving = branch === undefined ? movingUrl(url) : movingRevision(branch) ? 'branch' : undefined;
      if (!moving || !/^https?:|^github\.com\//.test(url)) continue;
      const span = invocation.script.spanOf(word);
      yield { ...ofUrl(url, moving), span, causes: [placeCause('download', span)] };
    }
  }
}
const CLUSTER_CLIENTS: ReadonlySet<string> = new Set(['kubectl', 'oc']);

/** Options of ansible-pull(1) whose value is a repository, and the revision of it. */
const URL_OPTION = /^(?:-U|--url)$/;
const CHECKOUT_OPTION = /^(?:-C|--checkout)$/;

/** `ansible-pull --url https://git.example.com/site.git`, and what `ansible.pull` of cloud-init runs. */
function* inPlaybooks(build: ImageBuild): Iterable<Finding> {
  for (const { invocation } of setupCommands(build)) {
    const { program, args, script } = invocation;
    if (program !== 'ansible-pull') continue;
    const words = args.map(({ literal }) => literal);
    // A word that is unknown may hold the option.
    if (words.includes(undefined) && !words.some(word => CHECKOUT_OPTION.test(word ?? ''))) continue;
    const revision = givenFor(words, CHECKOUT_OPTION);
    const url = words.findIndex((word, i) => URL_OPTION.test(words[i - 1] ?? '') || /^(?:-U.|--url=)/.test(word ?? ''));
    if (url < 0 || (revision !== undefined && movingRevision(revision) !== true)) continue;
    const span = script.spanOf(args[url]!);
    yield {
      message: `Playbooks are pulled from ${revision === undefined ? 'the default branch' : `branch ${quoted(revision, 30)}`}`,
      help: 'Check out a tag or a commit: `checkout`, or the option `--checkout`',
      span,
      causes: [placeCause('download', span)],
    };
  }
}

/** The value of an option, as the next word or after `=`; empty where it is unknown. */
function givenFor(words: readonly (string | undefined)[], option: RegExp): string | undefined {
  const at = words.findIndex(word => option.test((word ?? '').split('=', 1)[0]!) || /^-C./.test(word ?? ''));
  if (at < 0) return undefined;
  const word = words[at] ?? '';
  return option.test(word) ? (words[at + 1] ?? '') : word.replace(/^(?:--checkout=|-C)/, '');
}

/** `pip install git+https://git.example.com/tool@main` */
function* inPackages(build: ImageBuild): Iterable<Finding> {
  for (const install of packageInstalls(build)) {
    if (install.step.kind === 'packages' || !isSetup(build, install.step)) continue;
    for (const found of install.packages) {
      const said = ofPackage(found, install);
      if (!said) continue;
      yield {
        ...said,
        span: found.span,
        causes: [placeCause('download', found.span)],
      };
    }
  }
}

function ofPackage(found: InstalledPackage, install: PackageInstall): Pick<Finding, 'help' | 'message'> | undefined {
  const revision = revisionOf(found, install);
  if (revision === undefined) {
    // The package that sets up a repository is named after the release: `epel-release-latest-9.noarch.rpm`.
    const moving =
      found.kind === 'url' && found.name !== undefined && !/-(?:release|repo)-latest[-_.]/.test(found.name)
        ? movingUrl(found.name)
        : undefined;
    return moving && ofUrl(found.name!, moving);
  }
  if (revision.includes(UNRESOLVED) || (revision !== '' && movingRevision(revision) !== true)) return undefined;
  return {
    message: `\`${install.manager}\` installs the newest commit of ${revision === '' ? 'a branch' : `branch ${quoted(revision)}`}`,
    help: HELP[install.manager] ?? 'Add a tag or a commit: `#v1.2.3`',
  };
}

const HELP: Readonly<Partial<Record<PackageManager, string>>> = {
  pip: 'Add a tag or a commit: `@v1.2.3`',
  pipx: 'Add a tag or a commit: `@v1.2.3`',
  uv: 'Add a tag or a commit: `@v1.2.3`',
  poetry: 'Add a tag or a commit: `@v1.2.3`',
  cargo: 'Add `--tag` or `--rev`',
};
