import type { ImageBuild } from '../../core/build.ts';
import { installOf } from '../../core/facts/package-installs.ts';
import { type ManagerCommand, managerCommand, setting } from '../../core/facts/packages/commands.ts';
import { setupCommands } from '../../core/facts/setup-commands.ts';
import { writtenTexts } from '../../core/facts/written-texts.ts';
import { type Finding, fix } from '../../core/finding.ts';
import { defineBuildRule } from '../../core/rule.ts';
import { argumentsOf, type Option, removeWord } from '../../core/shell/arguments.ts';
import type { Invocation } from '../../core/shell/invocations.ts';
import type { SourceText, Span } from '../../core/text.ts';
import { asMap, asScalar, booleanOf, entriesOf, get, walk } from '../../languages/cloud-init/nodes.ts';
import type { CloudInitTree } from '../../languages/cloud-init/tree.ts';

/** Options that switch the check off, by manager. */
const OPTIONS: Readonly<Record<string, readonly string[]>> = {
  apt: ['--allow-unauthenticated', '--force-yes', '--allow-insecure-repositories'],
  apk: ['--allow-untrusted'],
  yum: ['--nogpgcheck', '--no-gpgchecks'],
  dnf: ['--nogpgcheck', '--no-gpgchecks'],
  microdnf: ['--nogpgcheck'],
  tdnf: ['--nogpgcheck'],
  zypper: ['--no-gpg-checks', '--allow-unsigned-rpm', '--no-gpgcheck', '-G', '--gpgcheck-allow-unsigned-package'],
};
const APT_SETTINGS = ['APT::Get::AllowUnauthenticated', 'Acquire::AllowInsecureRepositories', 'APT::Get::force-yes'];

/** A source line of apt with options: `deb [trusted=yes] https://…`. */
const TRUSTED =
  /\bdeb(?:-src)?[ \t]{1,20}\[[^\]\n]{0,200}\btrusted=(?:yes|true)\b[^\]\n]{0,200}\][ \t]{1,20}(\S{0,200})/g;
const TRUSTED_STANZA = /^Trusted:[ \t]{0,20}yes\b/gim;
/** Not `repo_gpgcheck`, which is about the list of packages. `printf` gets its line breaks as `\\n`. */
const UNCHECKED = /(^|\\n|[^\w#])(gpgcheck[ \t]{0,20}=[ \t]{0,20}(?:0|false|no)\b)/gim;
const UNAUTHENTICATED = /\bAllowUnauthenticated[ "']{0,4}(?:true|1|yes)\b/gi;

export default defineBuildRule({
  id: 'unsigned-packages',
  summary: 'Packages are installed without a check of their signature',
  policy: 'G13',
  category: 'security',
  severity: 'warning',
  preset: 'recommended',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  since: '2026.11',
  aliases: [
    ...['checkov:CKV2_DOCKER_7', 'checkov:CKV2_DOCKER_8', 'checkov:CKV2_DOCKER_9', 'checkov:CKV2_DOCKER_10'],
    ...['checkov:CKV2_DOCKER_11', 'checkov:CKV2_DOCKER_15'],
  ],
  *check(build) {
    for (const { invocation } of setupCommands(build)) yield* inCommand(invocation);
    const seen = new Set<string>();
    for (const text of writtenTexts(build))
      for (const finding of inText(text)) {
        const key = `${finding.span.file ?? ''}:${finding.span.start}`;
        if (!seen.has(key)) yield finding;
        seen.add(key);
      }
    if (build.language === 'cloud-init') yield* inCloudConfig(build);
  },
});

function* inCommand(invocation: Invocation): Iterable<Finding> {
  const { program, script } = invocation;
  const command = managerCommand(invocation);
  const used = command ? switchedOff(command) : program === 'rpm' ? nosignature(invocation) : undefined;
  if (!used || onlyOwnFiles(invocation)) return;
  yield {
    message: `\`${used.name}\` makes \`${program}\` install whatever the server or anybody on the way hands it: no signature is checked.`,
    span: script.spanOf(used.word),
    fixes: [
      used.value === undefined && used.word.literal === used.name
        ? fix('suggested', `Remove \`${used.name}\``, removeWord(script, used.word))
        : undefined,
    ],
  };
}

function switchedOff(command: ManagerCommand): Option | undefined {
  const { options } = command.arguments;
  const found = options.find(({ name }) => OPTIONS[command.manager]?.includes(name));
  if (found || command.manager !== 'apt') return found;
  if (!APT_SETTINGS.some(name => /^(?:true|1|yes)$/i.test(setting(command, name) ?? ''))) return undefined;
  const option = options.find(
    ({ value }) => value?.literal !== undefined && APT_SETTINGS.some(name => value.literal!.startsWith(`${name}=`)),
  );
  return option && { ...option, name: option.value!.literal! };
}

/** `rpm -i --nosignature`; with other modes it only reads. */
function nosignature(invocation: Invocation): Option | undefined {
  const { options } = argumentsOf(invocation);
  if (!options.some(({ name }) => /^(?:-[iUF]|--(?:install|upgrade|freshen|reinstall))$/.test(name))) return undefined;
  return options.find(({ name }) => name === '--nosignature');
}

/** Packages that were built here have no signature to check; those that the same script downloads should have. */
function onlyOwnFiles(invocation: Invocation): boolean {
  const { program, script } = invocation;
  const texts =
    program === 'rpm'
      ? argumentsOf(invocation).operands.map(word => word.literal ?? '')
      : installOf(invocation)?.packages.map(({ kind, name }) =>
          kind === 'file' || kind === 'local' ? (name ?? '') : 'x',
        );
  if (!texts || texts.length === 0 || texts.some(text => text === 'x' || text.includes('://'))) return false;
  return !script.commands.some(({ words }) => /(?:^|\/)(?:curl|wget|aria2c)$/.test(words[0]?.literal ?? ''));
}

function* inText(text: SourceText): Iterable<Finding> {
  for (const found of text.text.matchAll(TRUSTED)) {
    if (/^(?:file|copy|cdrom):|^https?:\/\/(?:localhost|127\.)/.test(found[1]!)) continue;
    yield {
      message:
        '`trusted=yes` makes apt install whatever this source or anybody on the way hands it: no signature is checked.',
      span: optionSpan(text, found, 'trusted='),
    };
  }
  for (const found of text.text.matchAll(TRUSTED_STANZA)) {
    if (/^URIs:[ \t]{0,20}(?:file|copy):/im.test(around(text.text, found.index))) continue;
    yield {
      message:
        '`Trusted: yes` makes apt install whatever this source or anybody on the way hands it: no signature is checked.',
      span: text.spanOf(found.index, found.index + found[0].length),
    };
  }
  for (const found of text.text.matchAll(UNCHECKED)) {
    const start = found.index + found[1]!.length;
    // What `sed` looks for is what it takes away.
    if (/(?:^|[^\w])s[/|,#]$/.test(text.text.slice(Math.max(0, start - 3), start))) continue;
    if (/baseurl[ \t]{0,20}=[ \t]{0,20}file:/i.test(around(text.text, start))) continue;
    yield {
      message: `\`${found[2]}\` makes the package manager install whatever the repository or anybody on the way hands it: no signature is checked.`,
      span: text.spanOf(start, start + found[2]!.length),
    };
  }
  for (const found of text.text.matchAll(UNAUTHENTICATED))
    yield {
      message:
        '`AllowUnauthenticated` makes apt install whatever a server or anybody on the way hands it: no signature is checked.',
      span: text.spanOf(found.index, found.index + found[0].length),
    };
}

function optionSpan(text: SourceText, found: RegExpMatchArray, option: string): Span {
  const start = found.index! + found[0].indexOf(option);
  return text.spanOf(start, start + option.length + 3);
}

/** The lines of the same entry. */
function around(text: string, at: number): string {
  return text.slice(Math.max(0, at - 400), at + 400);
}

/** `apt: sources:`, `yum_repos:` and `zypper: repos:`. */
function* inCloudConfig(build: ImageBuild): Iterable<Finding> {
  const { root } = build.syntax as CloudInitTree;
  for (const node of walk(get(root, 'apt'))) {
    const scalar = asScalar(node);
    if (scalar) yield* inText(scalar.text);
  }
  const repositories = [
    ...entriesOf(get(root, 'yum_repos')).map(({ value }) => value),
    ...(get(get(root, 'zypper'), 'repos')?.kind === 'seq' ? [...walk(get(get(root, 'zypper'), 'repos'))] : []),
  ];
  for (const repository of repositories) {
    const map = asMap(repository);
    const entry = map?.entries.find(({ name }) => name === 'gpgcheck');
    const off = entry && (booleanOf(entry.value) === false || asScalar(entry.value)?.text.text === '0');
    if (!entry || !off || /^file:/.test(asScalar(get(map, 'baseurl'))?.text.text ?? '')) continue;
    yield {
      message:
        '`gpgcheck` is off, so the package manager installs whatever the repository or anybody on the way hands it: no signature is checked.',
      span: entry.span,
    };
  }
}
