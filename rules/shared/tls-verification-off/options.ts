/** Options and settings of programs that keep them from verifying certificates. Programs that download are in `facts/downloads`. */
import type { Finding } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { talksToItself } from '../../../facts/addresses-around.ts';
import type { Invocation } from '../../../shell/invocations.ts';
import { HELP, JVM_INSECURE } from './variables.ts';

/** Long options that mean it in every program that has them. */
const OPTION =
  /^--?(?:insecure-skip-(?:tls-)?verify|tls-skip-(?:tls-)?verify|skip-(?:tls|ssl)-verify|no-(?:verify-ssl|ssl-verify|tls-verify|verify-tls|verify-certificate|check-certificates?)|disable-(?:ssl|tls)-verif(?:y|ication)|(?:ssl|tls)-no-verify|trust-server-cert|trust-server-cert-failures(?:=.{1,80})?|ignore-(?:ssl-)?certs|skip-ssl-validation|accept-insecure-certs)(?:=true)?$/;
/** What has these options in another meaning, or is read elsewhere. */
const NOT: ReadonlySet<string> = new Set(['wget', 'wget2', 'aria2c', 'echo', 'printf', 'grep', 'sed']);
/** `--insecure` of clients of registries and servers. */
const INSECURE: ReadonlySet<string> = new Set(['argocd', 'oras', 'crane', 'mc', 'mcli', 'grpcurl', 'govc']);
/** https://docs.influxdata.com/influxdb/v2/reference/cli/influx/; elsewhere `--skip-verify` skips other checks. */
const SKIPS_VERIFY: ReadonlySet<string> = new Set(['influx']);
const JVM_PROGRAMS: ReadonlySet<string> = new Set(['mvn', 'mvnw', 'java', 'gradle', 'gradlew', 'sbt', 'ant']);

/** Settings that a program is told to keep: the words after the program, as a pattern. */
const KEPT: Readonly<Record<string, RegExp>> = {
  // https://bundler.io/man/bundle-config.1.html
  bundle: /^config (?:set )?(?:--?\w+ )*ssl_verify_mode (?:0|none)\b/,
  // https://docs.conda.io/projects/conda/en/stable/commands/config.html
  conda: /^config .*--set ssl_verify (?:false|no|0)\b/i,
  mamba: /^config .*--set ssl_verify (?:false|no|0)\b/i,
  // https://getcomposer.org/doc/06-config.md#disable-tls
  composer: /^(?:global )?config (?:--?\w[\w-]{0,30} ){0,4}disable-tls (?:--?\w[\w-]{0,30} ){0,4}(?:true|1)\b/,
  mix: /^hex\.config unsafe_https true\b/,
  // https://docs.helm.sh, https://lftp.yar.ru/lftp-man.html
  lftp: /ssl:verify-certificate (?:no|false|off|0)\b/,
};

/** What a command line turns off for itself, or for the programs after it. */
export function* inOptions(invocation: Invocation, program: string): Iterable<Finding> {
  if (NOT.has(program) || talksToItself(invocation)) return;
  const { args, command, program: name, script } = invocation;
  for (const word of args) {
    const { literal } = word;
    if (literal === undefined || !literal.startsWith('-')) continue;
    const isOff =
      OPTION.test(literal) ||
      (INSECURE.has(program) && /^--?insecure(?:=true)?$/.test(literal)) ||
      (SKIPS_VERIFY.has(program) && /^--skip-verify(?:=true)?$/.test(literal)) ||
      (JVM_PROGRAMS.has(name) && JVM_INSECURE.test(literal));
    if (!isOff) continue;
    yield {
      message: `${quoted(`${name} ${literal}`, 60)} does not verify the server certificate`,
      help:
        `Remove \`${literal}\`; for a private CA, install its certificate`.length > 90
          ? HELP
          : `Remove ${quoted(literal)}; for a private CA, install its certificate`,
      span: script.spanOf(word),
    };
  }
  const pattern = Object.hasOwn(KEPT, program) ? KEPT[program] : undefined;
  if (
    !pattern?.test(
      args
        .map(({ literal, text }) => literal ?? text)
        .join(' ')
        .slice(0, 2000),
    )
  )
    return;
  yield {
    message: `\`${name}\` no longer verifies server certificates`,
    help: HELP,
    span: script.spanOf(command),
  };
}
