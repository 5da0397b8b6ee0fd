import type { EnvStep, ImageBuild, Stage } from '../../../core/build.ts';
import { type Finding, fix } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import { isPowerShell } from '../../../core/script.ts';
import type { Word } from '../../../core/shell-tree.ts';
import type { Edit } from '../../../core/text.ts';
import { namesOnlyItself, talksToItself } from '../../../facts/addresses-around.ts';
import {
  type ConfigKind,
  configFiles,
  fileCommands,
  isOff,
  isOn,
  keyOf,
  type Setting,
} from '../../../facts/config-files.ts';
import { fetchesOf } from '../../../facts/downloads/tools.ts';
import { type Download, downloads } from '../../../facts/downloads.ts';
import { isLocalUrl, isOwnUrl } from '../../../facts/local-url.ts';
import { isSetup, setupCommands } from '../../../facts/setup-commands.ts';
import { setupTexts } from '../../../facts/setup-texts.ts';
import { unverifiedTls } from '../../../facts/unverified-tls.ts';
import type { Invocation } from '../../../shell/invocations.ts';
import { readArguments } from '../../../shell/programs/index.ts';
import { removeOption } from '../../../shell/word-edits.ts';
import { inOptions } from './options.ts';
import { inProxies } from './proxies.ts';
import { addressVariable, described, HELP, switchesOff } from './variables.ts';

const WINDOWS_HELP = 'Import the certificate of your CA with `Import-Certificate`';

export default defineBuildRule({
  id: 'tls-verification-off',
  summary: 'A command or variable turns off certificate verification',
  policies: ['G10', 'G13'],
  category: 'security',
  severity: 'warning',
  preset: 'recommended',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  needs: { steps: ['run', 'write-file', 'env', 'fetch'], instructions: ['ARG'] },
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
      const { program } = readArguments(invocation);
      if (program === 'git') yield* inGitConfig(invocation);
      if (program === 'kubeadm') yield* inKubeadm(invocation);
      yield* inOptions(invocation, program);
      if (invocation.command.assignments.length > 0 || ASSIGNING.has(program)) yield* inAssignments(invocation);
      if (program === 'apt' || RPM_MANAGERS.has(program)) yield* inPackageManager(invocation);
    }
    yield* inAssignedCallbacks(build);
    yield* inRepositories(build);
    yield* inFiles(build);
    yield* inProxies(build);
    yield* inSchedules(build);
    for (const { name, default: value, span } of build.language === 'dockerfile' ? build.parameters : [])
      if (switchesOff(name, value?.literal)) yield { ...described(name), span };
    for (const stage of build.stages)
      for (const step of stage.steps) if (step.kind === 'env') yield* inEnvironment(step, stage);
  },
});

function* inDownloads(build: ImageBuild): Iterable<Finding> {
  const seen = new Set<Word>();
  for (const download of downloads(build)) {
    const { insecure, invocation, url, by, verified, step } = download;
    if (!insecure || !invocation || seen.has(insecure) || !isSetup(build, step)) continue;
    // A known checksum replaces the certificate, and services on the machine itself often have none.
    if (verified === true || isOwnUrl(url) || onlyAsks(download)) continue;
    seen.add(insecure);
    const { raw } = insecure;
    const isCluster = /^-[a-zA-Z]{1,20}k[a-zA-Z]{0,20}$|^-k[a-zA-Z]{1,20}$/.test(raw);
    const shown = isCluster ? '-k' : /^--?[\w-]+$/.test(raw) ? raw : undefined;
    // Only a server that is redirected to has a certificate.
    const isPlain = shown !== undefined && /^http:\/\//i.test(url);
    yield {
      message: isPlain
        ? `\`${shown}\` accepts any certificate if this URL redirects to HTTPS`
        : `\`${shown ? `${by} ${shown}` : by}\` does not verify the server certificate`,
      help: isPlain
        ? `Use \`https://\`, and remove \`${shown}\``
        : isPowerShell(invocation.command.dialect)
          ? WINDOWS_HELP
          : isCertificate(download)
            ? CERTIFICATE_HELP[build.language]
            : shown
              ? `Remove \`${shown}\`${isCluster ? ` from ${quoted(raw)}` : ''}; for a private CA, install its certificate`
              : HELP,
      span: invocation.script.spanOf(insecure),
      ...(isPlain || isLocalUrl(url) === true ? { preset: 'strict' } : {}),
      // The server of a certificate is often signed by it.
      fixes: isCertificate(download)
        ? []
        : [fix('suggested', `Remove ${quoted(shown ?? raw)}`, withoutSwitch(invocation, insecure))],
    };
  }
}

/** A certificate cannot vouch for its own download. */
const CERTIFICATE_HELP: Readonly<Record<ImageBuild['language'], string>> = {
  dockerfile: '`COPY` the certificate from the build context, or verify its SHA-256',
  packer: 'Copy the certificate with a `file` provisioner, or verify its SHA-256',
  'cloud-init': 'Write the certificate in `ca_certs`, or verify its SHA-256',
};

function isCertificate({ path, url }: Download): boolean {
  return [path, url].some(
    text =>
      text !== undefined && /\.(?:crt|cer|der|pem)$|\/(?:ca-certificates|ca-trust|anchors)\//i.test(text.slice(-300)),
  );
}

/** Whether a command looks for an answer and keeps nothing of it: `curl -k https://…/readyz | grep -q ok`. */
function onlyAsks(download: Download): boolean {
  const { path, into, invocation, runner } = download;
  if (invocation === undefined || !sendsNothing(invocation)) return false;
  if (invocation.program === 'wget' && readArguments(invocation).has('--spider')) return true;
  if (runner || (path !== undefined && path !== '/dev/null')) return false;
  if (path === '/dev/null' || (into.length > 0 && into.every(isQuietGrep))) return true;
  return into.length === 0 && isAnswerTested(invocation);
}

/** Whether nothing is sent that others should not see: neither by an option, nor in the address. */
function sendsNothing(invocation: Invocation): boolean {
  const { options, operands } = readArguments(invocation);
  const given = options.filter(({ canonical }) => canonical !== '--url');
  const addresses = [
    ...operands,
    ...options.flatMap(({ canonical, value }) => (canonical === '--url' && value?.word ? [value.word] : [])),
  ];
  return (
    given.every(({ canonical }) => PLAIN_OPTIONS.has(canonical)) && addresses.every(({ raw }) => PLAIN_URL.test(raw))
  );
}
/** A variable may be the host. */
const PLAIN_URL = /^["']?(?:https?:\/\/)?[^\s/?#@]{1,300}(?:\/[^\s?#@$`]{0,500})?["']?$/i;
const PLAIN_OPTIONS: ReadonlySet<string> = new Set(
  (
    '--insecure --silent --show-error --fail --fail-early --fail-with-body --location --head --include --output --verbose ' +
    '--max-time --connect-timeout --max-redirs --retry --retry-all-errors --retry-connrefused --retry-delay ' +
    '--retry-max-time --write-out --progress-bar --no-progress-meter --ipv4 --ipv6 --http1.1 --http2 --compressed ' +
    '--tlsv1 --tlsv1.2 --tlsv1.3 --resolve --connect-to --noproxy --interface --globoff --no-buffer --no-keepalive ' +
    '--spider --quiet --no-verbose --no-check-certificate --timeout --dns-timeout --read-timeout --tries --wait ' +
    '--waitretry --output-document --output-file --server-response --max-redirect --inet4-only --inet6-only --no-proxy ' +
    '--no-hsts --no-cache --no-cookies --debug'
  ).split(' '),
);

/** `until curl -k https://…/healthz; do`: only whether there is an answer counts. */
function isAnswerTested({ command, script }: Invocation): boolean {
  return TESTED.test(script.text.text.slice(Math.max(0, command.start - 40), command.start));
}
const TESTED = /(?:^|[\s;&|("'])(?:until|while|if|elif)\s{1,10}(?:!\s{1,10})?$/;

/** What `grep` prints may be used; with `-q` it prints nothing. */
function isQuietGrep({ program, command }: Invocation): boolean {
  const quiet = command.words.some(({ literal }) =>
    /^(?:-[a-pr-zA-Z]*q[a-zA-Z]*|--quiet|--silent)$/.test(literal ?? ''),
  );
  return quiet && /^[ef]?grep$/.test(program);
}

/** Takes `-k`, `--insecure` or `-c http.sslVerify=false` out. */
function withoutSwitch(invocation: Invocation, word: Word): Edit | undefined {
  const option = readArguments(invocation).options.find(
    ({ words, canonical, value }) => words.includes(word) && (value?.word === word || SWITCHES.has(canonical)),
  );
  return option && removeOption(invocation.script, option);
}
const ASSIGNING: ReadonlySet<string> = new Set(['export', 'declare']);
const SWITCHES: ReadonlySet<string> = new Set(['--insecure', '--proxy-insecure', '--no-check-certificate']);

/** `git config --global http.sslVerify false` */
function* inGitConfig(invocation: Invocation): Iterable<Finding> {
  const { script, command } = invocation;
  const given = readArguments(invocation);
  if (given.path[0] !== 'config') return;
  const key = given.operands.findIndex(({ literal }) => /^http\.(?:\S*\.)?sslverify$/i.test(literal ?? ''));
  const value = given.operands[key + 1]?.literal;
  if (key < 0 || value === undefined || !/^(?:false|0|no|off)$/i.test(value)) return;
  yield {
    message: '`http.sslVerify` turns off certificate checks in Git',
    help: HELP,
    span: script.spanOf(command),
  };
}

/** `export NODE_TLS_REJECT_UNAUTHORIZED=0`, `PYTHONHTTPSVERIFY=0 python get.py`; Git's variable before a clone is found with the clone. */
function* inAssignments(invocation: Invocation): Iterable<Finding> {
  const { program, command, script } = invocation;
  const given = readArguments(invocation);
  const clone = given.program === 'git' && given.path[0] === 'clone';
  // A switch for all connections is not about one server.
  for (const { name, value, start, end } of command.assignments)
    if (
      !clone &&
      switchesOff(name, value?.literal) &&
      !(addressVariable(name) !== undefined && talksToItself(invocation))
    )
      yield { ...described(name), span: script.spanOf({ start, end }) };
  if (!ASSIGNING.has(program)) return;
  for (const word of given.operands) {
    const text = word.literal ?? '';
    const equals = text.indexOf('=');
    if (equals > 0 && switchesOff(text.slice(0, equals), text.slice(equals + 1)))
      yield { ...described(text.slice(0, equals)), span: script.spanOf(word) };
  }
}

const CALLBACK = /ServerCertificateValidationCallback$|^\[.{1,80}\]::CertificatePolicy$/i;

/** `[Net.ServicePointManager]::ServerCertificateValidationCallback = { $true }`, which holds for the whole session. */
function* inAssignedCallbacks(build: ImageBuild): Iterable<Finding> {
  for (const { steps } of build.stages)
    for (const step of steps) {
      if (!isSetup(build, step) || !step.script || !isPowerShell(step.script.dialect)) continue;
      const { script } = step;
      // Anything but `$null` is a check of the script's own, which accepts all certificates or certain ones.
      for (const { assignments, mayRun, start, end } of script.commands)
        for (const { name } of assignments)
          if (mayRun && CALLBACK.test(name) && acceptsAll(script.text.text.slice(start, end)))
            yield {
              message: 'Server certificates are not verified in this PowerShell session',
              help: WINDOWS_HELP,
              span: script.spanOf({ start, end }),
            };
    }
}

/** `{ $true }`, `{ return $true }`, `{ param(…) $true }`, a policy class that trusts all. */
function acceptsAll(assignment: string): boolean {
  return /\$true\s{0,20};?\s{0,20}\}|TrustAll/i.test(assignment.slice(0, 1000));
}

const RPM_MANAGERS: ReadonlySet<string> = new Set(['yum', 'dnf', 'microdnf', 'tdnf', 'yum-config-manager']);

/** `dnf --setopt=sslverify=false install …`, `yum-config-manager --save --setopt=base.sslverify=0`, `dnf config-manager setopt sslverify=0`. */
function* inPackageManager(invocation: Invocation): Iterable<Finding> {
  const given = readArguments(invocation);
  if (given.program === 'apt')
    for (const { word, literal } of given.values('--option'))
      if (/^Acquire::https::(?:[\w.-]{1,100}::)?Verify-(?:Peer|Host)=(?:false|0|no|off)$/i.test(literal ?? ''))
        yield { ...ofRepositories(invocation.program), span: invocation.script.spanOf(word) };
  if (given.program === 'apt') return;
  const settings = [...given.values('--setopt'), ...given.operands.map(word => ({ word, literal: word.literal }))];
  for (const { word, literal } of settings)
    if (/^(?:[\w*.-]{1,80}\.)?sslverify=(?:0|false|no)$/i.test(literal ?? ''))
      yield { ...ofRepositories(invocation.program), span: invocation.script.spanOf(word) };
}

const SSL_VERIFY = ['sslverify'];

/** `sslverify=0` in `/etc/yum.conf` or a repository's file; Git writes `sslVerify`. https://dnf.readthedocs.io/en/latest/conf_ref.html */
function* inRepositories(build: ImageBuild): Iterable<Finding> {
  const seen = new Set<string>();
  for (const text of setupTexts(build, SSL_VERIFY))
    for (const found of text.text.matchAll(/(^|\\n)(sslverify[ \t]{0,20}=[ \t]{0,20}(?:0|[Ff]alse|FALSE|[Nn]o))\b/gm)) {
      const start = found.index + found[1]!.length;
      const span = text.spanOf(start, start + found[2]!.length);
      const key = `${span.file ?? ''}:${span.start}`;
      if (!seen.has(key)) yield { ...ofRepositories('The package manager'), span };
      seen.add(key);
    }
}

/** Settings of programs in files that the build writes. */
function* inFiles(build: ImageBuild): Iterable<Finding> {
  for (const { written, span } of unverifiedTls(build))
    yield { message: `${quoted(written, 50)} turns certificate checks off`, help: HELP, span, preset: 'strict' };
  for (const { kind, settings = [] } of configFiles(build))
    for (const one of settings) {
      const whom = verifiesNothing(kind, one);
      if (whom !== undefined)
        yield whom === PLAIN
          ? {
              message: 'Job caches travel over plain HTTP',
              help: 'Remove `Insecure`, and serve S3 over HTTPS',
              span: one.span,
            }
          : { message: `${whom} does not verify the server certificate`, help: HELP, span: one.span };
      const [name, value] = kind === 'unit' ? environmentIn(one) : [one.path.at(-1)!, one.literal];
      if ((kind === 'environment' || kind === 'unit') && switchesOff(name, value))
        yield { ...described(name), span: one.span };
    }
}

/** `Environment=NAME=value` in a unit; the name is empty for other settings. */
function environmentIn({ path, literal = '' }: Setting): readonly [name: string, value: string | undefined] {
  const match = path[1] === 'Environment' ? /^(\w{1,60})=(.{0,60})$/.exec(literal) : null;
  return [match?.[1] ?? '', match?.[2]];
}

/** `curl -k` in a table of cron or a unit, which runs on every machine. */
function* inSchedules(build: ImageBuild): Iterable<Finding> {
  for (const { invocation } of fileCommands(build))
    for (const { insecure, url } of fetchesOf(invocation)) {
      if (!insecure || isOwnUrl(url.text)) continue;
      yield {
        message: `\`${invocation.program}\` does not verify the server certificate`,
        help: HELP,
        span: invocation.script.spanOf(insecure),
        ...(isLocalUrl(url.text) === true ? { preset: 'strict' } : {}),
      };
    }
}

/** https://kubernetes.io/docs/reference/setup-tools/kubeadm/kubeadm-join/ */
function* inKubeadm({ args, script }: Invocation): Iterable<Finding> {
  const unsafe = args.find(({ literal }) => literal === '--discovery-token-unsafe-skip-ca-verification');
  if (unsafe)
    yield {
      message: '`kubeadm join` does not verify the control plane',
      help: 'Use `--discovery-token-ca-cert-hash sha256:…`',
      span: script.spanOf(unsafe),
    };
}

/** With `never` and `allow` a connection goes on with any certificate. */
function isUnverified({ literal }: Setting): boolean {
  return /^(?:never|allow)$/i.test(literal ?? '');
}

/** The program that a setting keeps from verifying certificates. */
function verifiesNothing(kind: ConfigKind, one: Setting): string | undefined {
  const key = keyOf(one).toLowerCase();
  switch (kind) {
    case 'apt-conf':
      return one.path[0] === 'acquire' && /^verify-(?:peer|host)$/.test(key) && isOff(one) ? '`apt`' : undefined;
    case 'curl':
      return /^(?:insecure|--insecure|-k)$/.test(key) && (one.literal === '' || isOn(one)) ? '`curl`' : undefined;
    case 'wget':
      return /^check[-_]?certificate$/.test(key) && isOff(one) ? '`wget`' : undefined;
    case 'git':
      return /^http(?: |$)/.test(one.path[0] ?? '') && key === 'sslverify' && isOff(one) ? 'Git' : undefined;
    case 'ldap':
      return key === 'tls_reqcert' && isUnverified(one) ? 'The LDAP client' : undefined;
    case 'sssd':
      return key === 'ldap_tls_reqcert' && isUnverified(one) ? 'SSSD' : undefined;
    case 'gitlab-runner':
      return one.path[0] === 'runners.cache.s3' && key === 'insecure' && isOn(one) ? PLAIN : undefined;
    case 'chef':
      return key === 'ssl_verify_mode' && /^:?verify_none$/.test(one.literal ?? '') ? 'Chef' : undefined;
    default:
      return undefined;
  }
}

/** https://docs.gitlab.com/runner/configuration/advanced-configuration/#the-runnerscaches3-section */
const PLAIN = 'plain HTTP';

function ofRepositories(program: string): Pick<Finding, 'message' | 'help'> {
  const who = program.includes(' ') ? program : `\`${program}\``;
  return { message: `${who} does not verify the certificates of repositories`, help: HELP };
}

function* inEnvironment({ name, value, span, scope }: EnvStep, { steps }: Stage): Iterable<Finding> {
  if (!switchesOff(name, value.literal ?? value.byDefault)) return;
  const address = addressVariable(name);
  const server = steps.findLast((one): one is EnvStep => one.kind === 'env' && one.name === address);
  if (server && namesOnlyItself(server.value.literal ?? '')) return;
  const { message } = described(name);
  yield { message: scope === 'image' ? `${message}, also at run time` : message, help: HELP, span };
}
