import type { ImageBuild } from '../../../core/build.ts';
import { type Finding, fix } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import { isOnCommentLine } from '../../../facts/comment-lines.ts';
import { FILE_WRITE_NEEDS, fileWrites } from '../../../facts/file-writes.ts';
import { setupCommands } from '../../../facts/setup-commands.ts';
import type { Invocation } from '../../../shell/invocations.ts';
import { type Option, readArguments } from '../../../shell/programs/index.ts';
import { removeOption } from '../../../shell/word-edits.ts';

/** Options of `curl` without a value, and what they allow: https://curl.se/docs/manpage.html. `--tlsv1.0` means "this or later". */
const CURL: Readonly<Record<string, string>> = {
  '--sslv2': 'SSL 2',
  '--sslv3': 'SSL 3',
  '--tlsv1': 'TLS 1.0 and 1.1',
  '--tlsv1.0': 'TLS 1.0 and 1.1',
  '--tlsv1.1': 'TLS 1.1',
};
/** https://www.gnu.org/software/wget/manual/wget.html#index-SSL-protocol_002c-choose */
const WGET: Readonly<Record<string, string>> = {
  sslv2: 'SSL 2',
  sslv3: 'SSL 3',
  tlsv1: 'TLS 1.0',
  tlsv1_1: 'TLS 1.1',
};

export default defineBuildRule({
  id: 'outdated-tls',
  summary: 'A command or configuration file allows a TLS version older than 1.2, or obsolete SSH algorithms',
  policies: ['G13', 'G10'],
  category: 'security',
  severity: 'warning',
  preset: 'strict',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  needs: {
    steps: FILE_WRITE_NEEDS.steps!,
    programs: [...FILE_WRITE_NEEDS.programs!, 'curl', 'wget', 'update-crypto-policies'],
  },
  since: '2026.11',
  aliases: ['sonar:S4423'],
  *check(build) {
    yield* inFiles(build);
    for (const { invocation } of setupCommands(build)) {
      if (invocation.program === 'update-crypto-policies') yield* ofPolicy(invocation);
      const found = outdated(invocation);
      if (!found) continue;
      const { allowed, option } = found;
      const word = option.words[0]!;
      const shown = option.value?.word === word ? word.raw : option.name;
      yield {
        message: `\`${invocation.program} ${shown}\` ${allowed}`,
        help:
          invocation.program === 'curl'
            ? `Remove ${quoted(shown)}${cluster(word.raw, shown)}, or use \`--tlsv1.2\``
            : `Remove ${quoted(shown)}; \`wget\` then uses the newest version it can`,
        span: invocation.script.spanOf(word),
        fixes: [fix('suggested', `Remove \`${shown}\``, removeOption(invocation.script, option))],
      };
    }
  },
});

function outdated(invocation: Invocation): { readonly option: Option; readonly allowed: string } | undefined {
  const given = readArguments(invocation);
  if (given.program === 'curl') {
    const option = given.find(...Object.keys(CURL));
    const what = CURL[option?.canonical ?? ''] ?? 'obsolete TLS versions';
    // https://curl.se/docs/manpage.html#--sslv3
    return option && { option, allowed: what.startsWith('SSL') ? 'is ignored since curl 7.77.0' : `allows ${what}` };
  }
  const option = given.program === 'wget' ? given.find('--secure-protocol') : undefined;
  const protocol = option?.value?.literal?.toLowerCase();
  return option && protocol !== undefined && Object.hasOwn(WGET, protocol)
    ? { option, allowed: `uses ${WGET[protocol]}` }
    : undefined;
}

/** The word that a short option is in with others: ` from `-1sLf``. */
function cluster(word: string, shown: string): string {
  return /^-\w$/.test(shown) && /^-\w{2,20}$/.test(word) ? ` from ${quoted(word)}` : '';
}

/** update-crypto-policies(8): `LEGACY` allows SHA-1 and short keys for all programs. */
function* ofPolicy({ args, script, command }: Invocation): Iterable<Finding> {
  if (args.some(({ literal }) => /^LEGACY(?::|$)/.test(literal ?? '')))
    yield {
      message: '`LEGACY` allows SHA-1 and other obsolete algorithms in all programs',
      help: 'Use `DEFAULT`, or a subpolicy for the one that is needed: `DEFAULT:SHA1`',
      span: script.spanOf(command),
    };
}

interface Outdated {
  readonly path: RegExp;
  /** From the first character of a line; the group is what to show. */
  readonly line: RegExp;
  readonly allows: string;
}

const FILES: readonly Outdated[] = [
  {
    // krb5.conf(5)
    path: /(?:^|\/)krb5\.conf(?:\.d\/[^/]{1,80})?$/,
    line: /^[ \t]{0,20}(allow_weak_crypto[ \t]{0,8}=[ \t]{0,8}(?:true|yes|1))\b/gm,
    allows: 'obsolete encryption of Kerberos',
  },
  {
    // https://nginx.org/en/docs/http/ngx_http_ssl_module.html#ssl_protocols
    path: /(?:^|\/)nginx\/[\w./-]{1,80}$/,
    line: /^[ \t]{0,40}(ssl_protocols[^;\n#]{0,60}[ \t](?:SSLv[23]|TLSv1(?:\.1)?)(?=[ \t;])[^;\n]{0,60})/gm,
    allows: 'TLS 1.1 or older',
  },
  {
    // https://httpd.apache.org/docs/2.4/mod/mod_ssl.html#sslprotocol
    path: /(?:^|\/)(?:apache2|httpd)\/[\w./-]{1,80}$/,
    line: /^[ \t]{0,40}(SSLProtocol[^\n#]{0,60}[ \t]\+?(?:SSLv[23]|TLSv1(?:\.1)?)(?=[ \t]|$)[^\n]{0,60})/gm,
    allows: 'TLS 1.1 or older',
  },
  {
    path: /(?:^|\/)haproxy[\w./-]{0,60}$/,
    line: /\b(ssl-min-ver[ \t]{1,8}(?:SSLv3|TLSv1\.[01]))\b/gm,
    allows: 'TLS 1.1 or older',
  },
  {
    // config(5ssl)
    path: /(?:^|\/)openssl[\w./-]{0,20}\.cnf$/,
    line: /^[ \t]{0,20}(MinProtocol[ \t]{0,8}=[ \t]{0,8}(?:SSLv3|TLSv1(?:\.[01])?))[ \t]{0,8}$/gm,
    allows: 'TLS 1.1 or older',
  },
  {
    // sshd_config(5): https://www.openssh.com/legacy.html
    path: /(?:^|\/)sshd?_config(?:\.d\/[^/]{1,80})?$/,
    line: /^[ \t]{0,20}((?:Ciphers|MACs|KexAlgorithms|HostKeyAlgorithms|PubkeyAccepted(?:Algorithms|KeyTypes))[ \t=]{1,8}[^\n#]{0,300}?(?:-cbc|arcfour|hmac-md5|group1-sha1|group-exchange-sha1|group14-sha1|ssh-dss|\bssh-rsa\b(?!-)))/gm,
    allows: 'obsolete SSH algorithms',
  },
];

function* inFiles(build: ImageBuild): Iterable<Finding> {
  for (const { path, text } of fileWrites(build)) {
    const plain = path.replace(/^["']|["']$/g, '');
    for (const { path: file, line, allows } of FILES) {
      if (!file.test(plain)) continue;
      for (const match of text.text.matchAll(line)) {
        // A list that begins with `-` takes algorithms away.
        const written = match[1]!;
        const start = match.index + match[0].lastIndexOf(written);
        if (/^\w{1,30}[ \t=]{1,8}-/.test(written) || isOnCommentLine(text.text, start)) continue;
        yield {
          message: `${quoted(/^[\w-]{1,40}/.exec(written)![0])} allows ${allows}`,
          help: 'Remove what is obsolete, and update the clients that need it',
          span: text.spanOf(start, start + written.length),
        };
      }
    }
  }
}
