/** Checksums that vendors publish beside their downloads, by address. */
import type { ImageBuild } from '../../core/build.ts';
import { type Fix, fix } from '../../core/finding.ts';
import { quoted } from '../../core/quoted.ts';
import type { Word } from '../../core/shell-tree.ts';
import { UNRESOLVED } from '../../core/text.ts';
import type { Invocation } from '../../shell/invocations.ts';
import { readArguments } from '../../shell/programs/index.ts';
import type { Download } from '../downloads.ts';
import { fetcherLike, generatedNote, isPlain, joined, jointFor, laidOut, stopsAtFailure } from './replaced.ts';

/** The address of a file, that of its checksum or of a list of those of a release, and the name in the list. */
type Published = readonly [file: RegExp, sums: string, name?: string];

/** Addresses without query, in which variables are words. */
const PUBLISHED: readonly Published[] = [
  // https://github.com/nodejs/node#verifying-binaries
  [
    /^(https:\/\/nodejs\.org\/(?:dist|download\/release)\/v[\w.]{1,60}\/)(node-[\w.+-]{1,80})$/,
    '$1SHASUMS256.txt',
    '$2',
  ],
  // https://developer.hashicorp.com/well-architected-framework/operational-excellence/verify-hashicorp-binary
  [
    /^(https:\/\/releases\.hashicorp\.com\/([a-z-]{2,30})\/([\w.+-]{1,60})\/)([\w.+-]{1,120}\.zip)$/,
    '$1$2_$3_SHA256SUMS',
    '$4',
  ],
  // https://helm.sh/docs/intro/install/
  [/^(https:\/\/get\.helm\.sh\/helm-[\w.-]{1,80}\.(?:tar\.gz|zip))$/, '$1.sha256sum'],
  // https://kubernetes.io/docs/tasks/tools/install-kubectl-linux/
  [/^(https:\/\/dl\.k8s\.io\/(?:release\/)?[\w.]{1,40}\/bin\/\w{1,20}\/\w{1,20}\/kube(?:ctl|adm|let))$/, '$1.sha256'],
  // https://go.dev/dl/
  [
    /^https:\/\/(?:go\.dev\/dl|golang\.org\/dl|dl\.google\.com\/go|storage\.googleapis\.com\/golang)\/([\w.-]{1,80}\.tar\.gz)$/,
    'https://dl.google.com/go/$1.sha256',
  ],
  // https://rust-lang.github.io/rustup/installation/other.html
  [
    /^(https:\/\/static\.rust-lang\.org\/rustup\/(?:dist|archive\/[\w.]{1,40})\/[\w.-]{1,60}\/rustup-init)$/,
    '$1.sha256',
  ],
  // https://gradle.org/release-checksums/
  [/^(https:\/\/services\.gradle\.org\/distributions\/gradle-[\w.-]{1,60}\.zip)$/, '$1.sha256'],
  // https://maven.apache.org/download.cgi
  [
    /^https:\/\/(?:archive\.apache\.org\/dist|downloads\.apache\.org|dlcdn\.apache\.org)\/(maven\/[\w./-]{1,120}\/apache-maven-[\w.-]{1,60}\.(?:tar\.gz|zip))$/,
    'https://archive.apache.org/dist/$1.sha512',
  ],
  // https://kind.sigs.k8s.io/docs/user/quick-start/#installing-from-release-binaries
  [/^(https:\/\/kind\.sigs\.k8s\.io\/dl\/[\w.-]{1,40}\/kind-[\w-]{1,40})$/, '$1.sha256sum'],
  // https://minikube.sigs.k8s.io/docs/start/
  [/^(https:\/\/storage\.googleapis\.com\/minikube\/releases\/[\w.-]{1,40}\/minikube-linux-\w{1,40})$/, '$1.sha256'],
  // https://github.com/conda-forge/miniforge/releases
  [
    /^(https:\/\/github\.com\/conda-forge\/miniforge\/releases\/(?:latest\/download|download\/[\w.-]{1,60})\/M[\w.-]{1,100}\.sh)$/,
    '$1.sha256',
  ],
  // https://github.com/docker/compose/releases
  [
    /^(https:\/\/github\.com\/docker\/compose\/releases\/download\/v2[\w.-]{1,40}\/docker-compose-linux-\w{1,40})$/,
    '$1.sha256',
  ],
  // https://cmake.org/download/
  [
    /^(https:\/\/github\.com\/Kitware\/CMake\/releases\/download\/v([\w.-]{1,60})\/)(cmake-[\w.-]{1,100})$/,
    '$1cmake-$2-SHA-256.txt',
    '$3',
  ],
  // https://github.com/krallin/tini#signed-binaries
  [/^(https:\/\/github\.com\/krallin\/tini\/releases\/download\/[\w.-]{1,60}\/tini[\w.-]{0,60})$/, '$1.sha256sum'],
  // https://github.com/hadolint/hadolint/releases
  [
    /^(https:\/\/github\.com\/hadolint\/hadolint\/releases\/download\/[\w.-]{1,60}\/hadolint-[\w.-]{1,60})$/,
    '$1.sha256',
  ],
  // https://github.com/tianon/gosu/releases
  [
    /^(https:\/\/github\.com\/tianon\/gosu\/releases\/download\/[\w.-]{1,60}\/)(gosu-[\w.-]{1,60})$/,
    '$1SHA256SUMS',
    '$2',
  ],
  // https://github.com/getsops/sops/releases, which have one since 3.8
  [
    /^(https:\/\/github\.com\/getsops\/sops\/releases\/download\/v((?:(?:3\.(?:[89]|\d\d)|[4-9])\.|__x)[\w.-]{1,60})\/)(sops-[\w.-]{1,60})$/,
    '$1sops-v$2.checksums.txt',
    '$3',
  ],
  // https://trivy.dev/docs/latest/getting-started/signature-verification/
  [
    /^(https:\/\/github\.com\/aquasecurity\/trivy\/releases\/download\/v([\w.-]{1,60})\/)(trivy_[\w.-]{1,80})$/,
    '$1trivy_$2_checksums.txt',
    '$3',
  ],
  // https://github.com/sigstore/cosign/releases
  [
    /^(https:\/\/github\.com\/sigstore\/cosign\/releases\/download\/[\w.-]{1,60}\/)(cosign-[\w.-]{1,60})$/,
    '$1cosign_checksums.txt',
    '$2',
  ],
  // https://github.com/astral-sh/uv/releases
  [
    /^(https:\/\/github\.com\/astral-sh\/(?:uv|ruff)\/releases\/(?:latest\/download|download\/[\w.-]{1,60})\/(?:uv|ruff)-[\w.-]{1,80}\.tar\.gz)$/,
    '$1.sha256',
  ],
];

/** After the download, compares the file with the checksum that its vendor publishes. */
export function checksumFix({ invocation, path, runner, source }: Download, build: ImageBuild): Fix | undefined {
  if (!invocation || runner?.how === 'pipe' || runner?.how === 'substitution' || path === undefined) return undefined;
  const { command, program, script } = invocation;
  if (!/^(?:curl|wget)$/.test(program) || !isPlain(invocation, true) || command.pipeline.length > 1) return undefined;
  // A check that stops nothing is none: then the program that runs the file waits for it.
  const guarded = stopsAtFailure(invocation, build) ? undefined : guardedBy(invocation, runner?.invocation);
  if (guarded === undefined && !stopsAtFailure(invocation, build)) return undefined;
  const url = [...invocation.args].find(({ value }) => value === source);
  const file = url && savedAs(invocation, url, path);
  const sums = url && file !== undefined ? sumsOf(url) : undefined;
  if (sums === undefined || file === undefined) return undefined;
  const { print } = fetcherLike(program);
  // The names in the lists of CMake have capitals in older releases.
  const listed = sums.name === undefined ? '' : ` | grep ${/^cmake-/.test(sums.name) ? '-i ' : ''}" ${sums.name}$"`;
  const tool = sums.address.endsWith('.sha512') ? 'sha512sum' : 'sha256sum';
  const check = `echo "$(${print} "${sums.address}"${listed} | cut -d' ' -f1)  ${file}" | ${tool} -c -`;
  return fix(
    'suggested',
    `Check it with the checksum from ${quoted(hostOf(sums.address))}${generatedNote(build)}`,
    guarded === undefined
      ? laidOut(script.text.insert(command.end, `${jointFor(invocation)}${check}`), build)
      : script.text.insert(guarded, joined([check, ''], runner!.invocation, build)),
  );
}

/** Where a check has to be so that the program which runs the file depends on it: before that command. */
function guardedBy({ command, script }: Invocation, runner: Invocation | undefined): number | undefined {
  if (!runner || runner.script !== script || runner.command.start <= command.end) return undefined;
  const { background, operator, pipeline, start, tested, within } = runner.command;
  if (tested || script.text.text.slice(0, start).trimEnd().endsWith('!')) return undefined;
  const isAlone = pipeline.length <= 1 && operator !== '||' && operator !== '&' && !background;
  const isBeside = within.length === command.within.length && within.every(one => one === 'condition');
  return isAlone && isBeside ? start : undefined;
}

const hostOf = (address: string): string => /^https:\/\/([^/]{1,60})/.exec(address)?.[1] ?? '';

/** How the file is written in the script: after `-o`, `-O` and `>`, or the last part of the address. */
function savedAs(invocation: NonNullable<Download['invocation']>, url: Word, path: string): string | undefined {
  const given = readArguments(invocation);
  if (given.has('--output-dir', '--directory-prefix', '--remote-header-name')) return undefined;
  const option = invocation.program === 'wget' ? '--output-document' : '--output';
  const named = given.values(option);
  const word = named[0]?.word ?? invocation.command.redirects.find(({ operator }) => operator === '>')?.target;
  if (named.length > 1) return undefined;
  const raw = word ? rawOf(word) : undefined;
  if (word)
    return raw !== undefined && named.length === 1 && word.value.text !== named[0]!.source.text ? undefined : raw;
  const text = rawOf(url);
  return path.includes('/') || text === undefined ? undefined : text.slice(text.lastIndexOf('/') + 1);
}

/** A word as it may be written between double quotes. */
function rawOf({ raw }: Word): string | undefined {
  const inner = /^"([^"`\\]{1,300})"$/.exec(raw)?.[1] ?? (/["'`\\*?~]/.test(raw) ? undefined : raw);
  return inner !== undefined && !/\$\(.{0,100}"/.test(inner) && inner.length <= LONGEST_URL ? inner : undefined;
}
const LONGEST_URL = 300;

/** The address of the checksums of a file, with the variables of its own. */
function sumsOf(url: Word): { readonly address: string; readonly name: string | undefined } | undefined {
  const raw = rawOf(url);
  if (raw === undefined || /__x\d/.test(raw)) return undefined;
  // Each variable is a word of its own, by its place.
  const { expansions, value } = url;
  const written = expansions.map(({ start, end }) => url.raw.slice(start - url.start, end - url.start));
  let at = 0;
  const text = value.text.replaceAll(UNRESOLVED, () => `__x${at++}__`);
  if (at !== written.length) return undefined;
  const whole = (part: string): string =>
    part.replaceAll(/__x(\d{1,3})__/g, (_, i: string) => written[Number(i)] ?? '');
  for (const [file, sums, name] of PUBLISHED)
    if (file.test(text))
      return { address: whole(text.replace(file, sums)), name: name && whole(text.replace(file, name)) };
  return undefined;
}
