/** Settings in files that a build writes which turn the check of certificates off, by the names that programs give them. */
import type { ImageBuild } from '../core/build.ts';
import { memo } from '../core/memo.ts';
import type { Span } from '../core/text.ts';
import { isAboutItself } from './addresses-around.ts';
import { fileWrites } from './file-writes.ts';

/** A setting and the value that it has. */
export interface UnverifiedTls {
  /** `insecure_skip_verify: true`, as written. */
  readonly written: string;
  readonly span: Span;
}

/**
 * Names that mean this in every program that has them: Prometheus, Grafana and Telegraf, Traefik, kubectl, Vault, Datadog, rclone,
 * Cloud Foundry; on is off.
 */
const SKIPS =
  'insecure[_-]?skip[_-]?(?:tls[_-]?)?verify|tls[_-](?:insecure[_-])?skip[_-]verify|skip[_-]?(?:tls|ssl)[_-]?(?:verify|verification|validation)|no_check_certificate|accept[_-]?invalid[_-]?certs|trust[_-]all[_-]cert(?:ificate)?s|ssl[_-]insecure|tls[_-]insecure';
/** Vector, Fluent Bit and Fluentd, Logstash, Salt, Ansible, s3cmd, conda, msmtp, Airflow; off is off. */
const VERIFIES =
  'verify[_-](?:certificates?|hostname|ssl|tls)|(?:tls|ssl)[._-]verify(?:[_-](?:peer|hostname|certificates?))?|ssl_certificate_verification|check_ssl_certificate|validate[_-]cert(?:ificate)?s|tls_certcheck|ssl_check_cert';
/** Elastic's programs name the mode. https://www.elastic.co/docs/reference/beats/filebeat/configuration-ssl */
const MODES = '(?:[a-z]{1,20}\\.){0,4}(?:ssl\\.)?verification_?mode|(?:ssl|tls)_verification_mode';

const SETTING = new RegExp(
  `^[ \\t]{0,64}(?:-[ \\t]{1,8})?["']?(?:\\$?(?:ActionSend)?StreamDriverAuthMode[ \\t=]{1,8}["']?anon|tls_insecure_skip_verify(?=[ \\t]{0,8}$)|(?:${SKIPS})["']?[ \\t]{0,16}(?:=>|[:=]|[ \\t])[ \\t]{0,16}["']?(?:true|yes|on|1)|(?:${VERIFIES})["']?[ \\t]{0,16}(?:=>|[:=]|[ \\t])[ \\t]{0,16}["']?(?:false|no|off|0)|(?:${MODES})["']?[ \\t]{0,16}(?:=>|[:=])[ \\t]{0,16}["']?none)["']?(?=[\\s,;}]|$)`,
  'gim',
);
/** A name that only says in its place what is verified: in files of Elastic's programs, and under `ssl:`. */
const isBareMode = (written: string): boolean => /^["']?verification_?mode/i.test(written);
const ELASTIC = /elastic|beat|kibana|logstash|fleet|apm-server/i;

/** Whether the key that a setting is under names TLS. */
function isInTls(text: string, at: number): boolean {
  const lines = text.slice(Math.max(0, at - 4000), at).split('\n');
  const indent = (line: string): number => line.search(/\S|$/);
  const own = lines.pop()!.length;
  const parent = lines.findLast(line => line.trim() !== '' && indent(line) < own);
  return /(?:ssl|tls)["']?[ \t]{0,8}:[ \t]{0,8}\r?$/i.test((parent ?? '').slice(0, 200));
}

/** What every such setting has. */
const HINT = /verif|insecure|skip|certs?\b|check|AuthMode/i;
const LONGEST = 200_000;
/** More settings of one file are not read. */
const MOST = 200;

/** Files whose settings are read as what they are elsewhere, and scripts, which other questions read. */
const ELSEWHERE =
  /\.(?:sh|bash|py|rb|pl|js|ts|go|php|ps1|md|txt|html?)$|certs\.d\/|containerd\/|containers\/registries|rancher\/(?:k3s|rke2)\/registries|gitlab-runner\/|\/(?:s?bin|scripts)\//i;

/** Every such setting, file by file. */
export const unverifiedTls: (build: ImageBuild) => readonly UnverifiedTls[] = memo(build => {
  const found: UnverifiedTls[] = [];
  for (const { path, text, step } of fileWrites(build)) {
    if (text.text.length > LONGEST || !HINT.test(text.text) || ELSEWHERE.test(path) || /^#!/.test(text.text)) continue;
    if (step.kind === 'write-file' && step.script) continue;
    let settings = 0;
    for (const match of text.text.matchAll(SETTING)) {
      if (++settings > MOST) break;
      const written = match[0].trim().replace(/^-[ \t]+/, '');
      const end = match.index + match[0].length;
      const start = end - written.length;
      if (isBareMode(written) && !ELASTIC.test(path) && !isInTls(text.text, start)) continue;
      if (isAboutItself(text.text, start)) continue;
      found.push({ written: written.replace(/["']/g, ''), span: text.spanOf(start, end) });
    }
  }
  return found;
});
