import type { EnvStep, ImageBuild } from '../../../core/build.ts';
import { type Finding, fix } from '../../../core/finding.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import type { Word } from '../../../core/shell-tree.ts';
import type { Edit } from '../../../core/text.ts';
import { downloads } from '../../../facts/downloads.ts';
import { isLocalUrl } from '../../../facts/local-url.ts';
import { isSetup, setupCommands } from '../../../facts/setup-commands.ts';
import { setupTexts } from '../../../facts/setup-texts.ts';
import { removeWord } from '../../../shell/arguments.ts';
import type { Invocation } from '../../../shell/invocations.ts';

/** Variables that switch checks off, and the values that do it. */
const VARIABLES: Readonly<Record<string, { readonly off: RegExp; readonly whom: string }>> = {
  GIT_SSL_NO_VERIFY: { off: /^(?:1|true|yes|on)$/i, whom: 'Git' },
  NODE_TLS_REJECT_UNAUTHORIZED: { off: /^0$/, whom: 'Node.js' },
  PYTHONHTTPSVERIFY: { off: /^0$/, whom: 'Python' },
};

export default defineBuildRule({
  id: 'tls-verification-off',
  summary: 'A command does not check the certificate of the server that it downloads from',
  policies: ['G10'],
  category: 'security',
  severity: 'warning',
  preset: 'recommended',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  since: '2026.11',
  aliases: [
    'checkov:CKV2_DOCKER_2',
    'checkov:CKV2_DOCKER_3',
    'checkov:CKV2_DOCKER_5',
    'checkov:CKV2_DOCKER_6',
    'checkov:CKV2_DOCKER_14',
    'checkov:CKV2_DOCKER_15',
    'sonar:S4830',
  ],
  *check(build) {
    yield* inDownloads(build);
    for (const { invocation } of setupCommands(build)) {
      yield* inGitConfig(invocation);
      yield* inAssignments(invocation);
      yield* inPackageManager(invocation);
    }
    yield* inRepositories(build);
    for (const { name, default: value, span } of build.language === 'dockerfile' ? build.parameters : [])
      if (switchesOff(name, value?.literal)) yield { message: messageOf(name), span };
    for (const stage of build.stages)
      for (const step of stage.steps) if (step.kind === 'env') yield* inEnvironment(step);
  },
});

function* inDownloads(build: ImageBuild): Iterable<Finding> {
  const seen = new Set<Word>();
  for (const { insecure, invocation, url, by, verified, step } of downloads(build)) {
    if (!insecure || !invocation || seen.has(insecure) || !isSetup(build, step)) continue;
    // What is compared with a known checksum needs no certificate, and a machine's own services have none.
    if (verified === true || isLocalUrl(url) === true) continue;
    seen.add(insecure);
    yield {
      message: `\`${by}\` takes what anybody on the way hands it: the server's certificate is not checked.`,
      span: invocation.script.spanOf(insecure),
      fixes: [fix('suggested', 'Check the certificate', ...withoutSwitch(invocation, insecure))],
    };
  }
}

/** Takes `-k` out of `-k`, `-skL` or `--insecure`, and `-c http.sslVerify=false` as a whole. */
function withoutSwitch({ script, args, command }: Invocation, word: Word): (Edit | undefined)[] {
  if (command.assignments.some(({ value }) => value === word)) return [undefined];
  const before = args[args.indexOf(word) - 1];
  if (before && /^(?:-c|--config)$/.test(before.raw)) return [script.text.replace(before.start, word.end + 1, '')];
  if (/^-[A-Za-z#]{2,}$/.test(word.raw)) {
    const at = word.start + word.raw.indexOf('k');
    return at > word.start ? [script.text.replace(at, at + 1, '')] : [undefined];
  }
  return [removeWord(script, word)];
}

/** `git config --global http.sslVerify false` */
function* inGitConfig({ program, args, script, command }: Invocation): Iterable<Finding> {
  if (program !== 'git' || !args.some(({ literal }) => literal === 'config')) return;
  const key = args.findIndex(({ literal }) => literal !== undefined && /^http\.(?:\S*\.)?sslverify$/i.test(literal));
  const value = args[key + 1]?.literal;
  if (key < 0 || value === undefined || !/^(?:false|0|no|off)$/i.test(value)) return;
  yield {
    message:
      'Git takes what anybody on the way hands it: this setting switches the check of certificates off for all that follows.',
    span: script.spanOf(command),
  };
}

/** `export NODE_TLS_REJECT_UNAUTHORIZED=0`, `PYTHONHTTPSVERIFY=0 python get.py`; Git's variable before a clone is found with the clone. */
function* inAssignments({ program, args, command, script }: Invocation): Iterable<Finding> {
  const clone = program === 'git' && args.some(({ literal }) => literal === 'clone');
  for (const { name, value, start, end } of command.assignments)
    if (!clone && switchesOff(name, value?.literal))
      yield { message: messageOf(name), span: script.spanOf({ start, end }) };
  if (program !== 'export' && program !== 'declare') return;
  for (const word of args) {
    const text = word.literal ?? '';
    const equals = text.indexOf('=');
    if (equals > 0 && switchesOff(text.slice(0, equals), text.slice(equals + 1)))
      yield { message: messageOf(text.slice(0, equals)), span: script.spanOf(word) };
  }
}

const RPM_MANAGERS: ReadonlySet<string> = new Set(['yum', 'dnf', 'dnf5', 'microdnf', 'tdnf', 'yum-config-manager']);

/** `dnf --setopt=sslverify=false install …`, `yum-config-manager --save --setopt=base.sslverify=0`. */
function* inPackageManager({ program, args, script }: Invocation): Iterable<Finding> {
  if (!RPM_MANAGERS.has(program)) return;
  for (const word of args)
    if (/^(?:--setopt=)?(?:[\w*.-]{1,80}\.)?sslverify=(?:0|false|no)$/i.test(word.literal ?? ''))
      yield { message: repositoryMessage(program), span: script.spanOf(word) };
}

/** `sslverify=0` in `/etc/yum.conf` or a repository's file. https://dnf.readthedocs.io/en/latest/conf_ref.html */
function* inRepositories(build: ImageBuild): Iterable<Finding> {
  const seen = new Set<string>();
  for (const text of setupTexts(build))
    for (const found of text.text.matchAll(/(^|\\n)(sslverify[ \t]{0,20}=[ \t]{0,20}(?:0|false|no))\b/gim)) {
      const start = found.index + found[1]!.length;
      const span = text.spanOf(start, start + found[2]!.length);
      const key = `${span.file ?? ''}:${span.start}`;
      if (!seen.has(key)) yield { message: repositoryMessage('The package manager'), span };
      seen.add(key);
    }
}

function repositoryMessage(program: string): string {
  const who = program.includes(' ') ? program : `\`${program}\``;
  return `${who} takes what anybody on the way hands it: the certificates of repositories are not checked.`;
}

function* inEnvironment({ name, value, span, scope }: EnvStep): Iterable<Finding> {
  if (!switchesOff(name, value.literal ?? value.byDefault)) return;
  yield {
    message: scope === 'image' ? `${messageOf(name).slice(0, -1)}, in the running container too.` : messageOf(name),
    span,
  };
}

function switchesOff(name: string, value: string | undefined): boolean {
  return value !== undefined && Object.hasOwn(VARIABLES, name) && VARIABLES[name]!.off.test(value);
}

function messageOf(name: string): string {
  return `\`${name}\` makes ${VARIABLES[name]!.whom} take what anybody on the way hands it: no server's certificate is checked.`;
}
