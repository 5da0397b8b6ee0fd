/** Scripts that download a program, and the commands that do it with the checksum that is published beside the program. */
import { RELEASES } from './releases.ts';
import { fetcherLike } from './replaced.ts';
import { type Installer, isForOtherMachines, libcOf, type Situation } from './situation.ts';

/** Where the program goes: what a variable says that the script reads, or its default. */
function placeOf(variable: string, byDefault: string, { before, given }: Situation): string | undefined {
  const own = before.match(/^([A-Z_]{1,40})=([\w./${}-]{1,100}) $/);
  if (before !== '' && own?.[1] !== variable) return undefined;
  if (own) return own[2];
  const known = given(variable);
  return known === 'open' ? undefined : known === 'set' ? `"$${variable}"` : byDefault;
}

/** A release without its `v`: as it is written, or a variable that the file gives one to. */
function releaseIn(written: string, { build, given }: Situation): string | undefined {
  const [, release, braced, bare] = /^(?:v?(\d+\.\d+\.\d+)|\$\{(\w+)\}|\$(\w+))$/.exec(written) ?? [];
  const variable = braced ?? bare;
  if (variable === undefined) return release;
  const values = build.source.text.slice(0, LONGEST_FILE).split(`${variable}=`).slice(1);
  const isRelease = values.length > 0 && values.every(value => /^["']?(?:\d+\.\d+\.\d+(?![\w.-])|\$)/.test(value));
  return isRelease && given(variable) === 'set' ? `\${${variable}}` : undefined;
}
const LONGEST_FILE = 200_000;

/** Directories that every system has. */
const SYSTEM_PROGRAMS = /^\/usr\/(?:local\/)?bin\/?$/;

/** The machine as releases call it: `$(uname -m)` with the names for those that they call in another way. */
const machine = (names: Readonly<Record<string, string>>): string =>
  `$(uname -m | sed '${Object.entries(names)
    .map(([from, to]) => `s/${from}/${to}/`)
    .join(';')}')`;

/** Saves and checks a file; the list of checksums has a name in it, or is of this file alone. */
function fetched(program: string, url: string, file: string, sums: string, name?: string): readonly string[] {
  const { print, save } = fetcherLike(program);
  const listed = name === undefined ? '' : ` | grep "${name}$"`;
  return [save(`"${url}"`, file), `echo "$(${print} "${sums}"${listed} | cut -d' ' -f1)  ${file}" | sha256sum -c -`];
}

/** Settings of the scripts that choose something else. */
const isGiven = ({ before, given }: Situation, ...names: readonly string[]): boolean =>
  names.some(name => before.includes(`${name}=`) || given(name) !== undefined);

export const ARCHIVES: readonly Installer[] = [
  {
    // https://docs.astral.sh/uv/getting-started/installation/#github-releases
    title: ([, version = RELEASES.uv]) => `Download uv ${version}, and check its published SHA-256`,
    url: /^https:\/\/astral\.sh\/uv\/(?:(\d{1,2}\.\d{1,3}\.\d{1,3})\/)?install\.sh$/,
    commands(situation) {
      const { asked, build, found, program, stage } = situation;
      const libc = libcOf(build, stage);
      const place = placeOf('UV_INSTALL_DIR', '"$HOME/.local/bin"', situation);
      if (libc === undefined || place === undefined || asked.length > 0 || isForOtherMachines(build)) return undefined;
      if (isGiven(situation, 'UV_UNMANAGED_INSTALL', 'UV_DOWNLOAD_URL', 'XDG_BIN_HOME', 'XDG_DATA_HOME'))
        return undefined;
      const releases = `https://github.com/astral-sh/uv/releases/download/${found[1] ?? RELEASES.uv}`;
      const url = `${releases}/uv-$(uname -m)-unknown-linux-${libc}.tar.gz`;
      const file = '/tmp/uv.tar.gz';
      return [
        ...fetched(program, url, file, `${url}.sha256`),
        `mkdir -p ${place}`,
        `tar -xzf ${file} -C ${place} --strip-components=1 --no-same-owner`,
        `rm ${file}`,
      ];
    },
  },
  {
    // https://github.com/denoland/deno/releases
    title: () => `Download Deno ${RELEASES.deno}, and check its published SHA-256`,
    url: /^https:\/\/deno\.land\/(?:x\/install\/)?install\.sh$/,
    commands(situation) {
      const { asked, build, program, stage } = situation;
      const home = placeOf('DENO_INSTALL', '"$HOME/.deno"', situation);
      if (home === undefined || asked.length > 0 || isForOtherMachines(build)) return undefined;
      if (libcOf(build, stage) === 'musl') return undefined;
      const releases = `https://github.com/denoland/deno/releases/download/v${RELEASES.deno}`;
      const url = `${releases}/deno-$(uname -m)-unknown-linux-gnu.zip`;
      const file = '/tmp/deno.zip';
      return [...fetched(program, url, file, `${url}.sha256sum`), `unzip -oq ${file} -d ${home}/bin`, `rm ${file}`];
    },
  },
  {
    // https://bun.com/docs/installation, https://github.com/oven-sh/bun/releases
    title: () => `Download Bun ${RELEASES.bun}, and check its published SHA-256`,
    url: /^https:\/\/bun\.(?:sh|com)\/install$/,
    commands(situation) {
      const { asked, build, program, stage } = situation;
      const home = placeOf('BUN_INSTALL', '"$HOME/.bun"', situation);
      if (home === undefined || asked.length > 0 || isForOtherMachines(build)) return undefined;
      if (libcOf(build, stage) === 'musl') return undefined;
      const releases = `https://github.com/oven-sh/bun/releases/download/bun-v${RELEASES.bun}`;
      // The other build for x86-64 needs AVX2.
      const name = `bun-linux-${machine({ x86_64: 'x64-baseline' })}.zip`;
      const file = '/tmp/bun.zip';
      return [
        ...fetched(program, `${releases}/${name}`, file, `${releases}/SHASUMS256.txt`, name),
        `mkdir -p ${home}/bin`,
        `unzip -ojq ${file} -d ${home}/bin`,
        `ln -sf bun ${home}/bin/bunx`,
        `rm ${file}`,
      ];
    },
  },
  {
    // https://docs.dagger.io/install, whose script compares with the same list
    title: () => 'Download Dagger, and check its published SHA-256',
    url: /^https:\/\/dl\.dagger\.io\/dagger\/install\.sh$/,
    commands(situation) {
      const { asked, before, build, program } = situation;
      const variables = new Map(
        [...before.matchAll(/([A-Z_]{1,20})=([\w./${}-]{1,100}) /g)].map(([, name, value]) => [name, value] as const),
      );
      const written = [...variables].map(([name, value]) => `${name}=${value} `).join('');
      const version = releaseIn(variables.get('DAGGER_VERSION') ?? '', situation);
      const place = variables.get('BIN_DIR');
      if (asked.length > 0 || written !== before || variables.size !== 2 || isForOtherMachines(build)) return undefined;
      if (version === undefined || place === undefined) return undefined;
      const releases = `https://dl.dagger.io/dagger/releases/${version}`;
      const name = `dagger_v${version}_linux_${machine({ x86_64: 'amd64', aarch64: 'arm64' })}.tar.gz`;
      const file = '/tmp/dagger.tar.gz';
      return [
        ...fetched(program, `${releases}/${name}`, file, `${releases}/checksums.txt`, name),
        ...(SYSTEM_PROGRAMS.test(place) ? [] : [`mkdir -p ${place}`]),
        `tar -xzf ${file} -C ${place} --no-same-owner dagger`,
        `rm ${file}`,
      ];
    },
  },
];
