/** Proxies that do not look at the certificates of the servers behind them. Settings of other programs are in `facts/unverified-tls`. */
import type { ImageBuild } from '../../../core/build.ts';
import type { Finding } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { isAboutItself, namesOnlyItself } from '../../../facts/addresses-around.ts';
import { fileWrites } from '../../../facts/file-writes.ts';

/** What a file without any of these does not set. */
const HINT = /_ssl_verify|sslproxy|verify[ \t]{1,8}none|ssl-server-verify/i;

/**
 * https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_ssl_verify,
 * https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslproxyverify, https://docs.haproxy.org/3.2/configuration.html#5.2-verify
 */
const OFF = [
  /^[ \t]{0,60}((?:proxy|grpc|uwsgi|memcached)_ssl_verify[ \t]{1,20}off|SSLProxyVerify[ \t]{1,20}none|SSLProxyCheckPeer(?:Name|CN)[ \t]{1,20}off|ssl-server-verify[ \t]{1,20}none)\b/dgim,
  /^[ \t]{0,20}(?:default-server|server(?:-template)?)[ \t][^\n#]{0,300}?[ \t]ssl[ \t][^\n#]{0,300}?\b(verify[ \t]{1,8}none)\b/dgim,
  /^[ \t]{0,20}(?:default-server|server(?:-template)?)[ \t][^\n#]{0,300}?\b(verify[ \t]{1,8}none)[ \t][^\n#]{0,300}?\bssl\b/dgim,
];

/** Longer files are not searched, in UTF-16 code units. */
const LONGEST = 100_000;

export function* inProxies(build: ImageBuild): Iterable<Finding> {
  const seen = new Set<string>();
  for (const { text } of fileWrites(build)) {
    if (text.text.length > LONGEST || !HINT.test(text.text)) continue;
    for (const pattern of OFF)
      for (const { indices } of text.text.matchAll(pattern)) {
        const [start, end] = indices![1]!;
        const span = text.spanOf(start, end);
        const line = lineAt(text.text, start);
        if (/verify[ \t]{1,8}none/.test(line) ? namesOnlyItself(line) : isAboutItself(text.text, start)) continue;
        const key = `${span.file ?? ''}:${span.start}`;
        if (seen.has(key)) continue;
        seen.add(key);
        yield {
          message: `${quoted(text.text.slice(start, end), 50)} accepts any certificate of the upstream`,
          help: 'Verify it against the certificate of your CA',
          span,
          preset: 'strict',
        };
      }
  }
}

function lineAt(text: string, at: number): string {
  const end = text.indexOf('\n', at);
  return text.slice(text.lastIndexOf('\n', at) + 1, end < 0 ? text.length : end);
}
