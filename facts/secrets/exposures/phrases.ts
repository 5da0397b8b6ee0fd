/** Credentials in phrases that no name precedes: commands of Windows in any text, calls of HCL, blocks of Consul. */
import { type SourceText, UNRESOLVED } from '../../../core/text.ts';
import type { SecretContext } from '../judge.ts';
import type { NameLists } from '../names.ts';
import { type Exposure, type ExposureSite, expose } from './exposure.ts';

interface Phrase {
  /** What every text has that the pattern finds something in: most texts have it not. */
  readonly hint: RegExp;
  /** The first group is the name where `name` is missing; the last one is the value. */
  readonly pattern: RegExp;
  readonly name?: string;
  /** The name is not in the text, so that no message says it. */
  readonly unwritten?: true;
  readonly context: SecretContext;
  /** The password of a login on the machine that is made. */
  readonly account?: true;
  /** What is guessable is not a secret here. */
  readonly only?: 'secret';
}

const PHRASES: readonly Phrase[] = [
  // https://learn.microsoft.com/windows-server/administration/windows-commands/setx
  {
    hint: /setx/i,
    pattern:
      /\bsetx(?:\.exe)?[ \t]{1,8}(?:\/m[ \t]{1,8})?\\?["']?([A-Za-z_]\w{0,100})\\?["']?[ \t]{1,8}\\?["']?([^\s"'\\]{4,400})/dgi,
    context: 'env',
  },
  // https://learn.microsoft.com/dotnet/api/system.environment.setenvironmentvariable
  {
    hint: /environmentvariable/i,
    pattern:
      /SetEnvironmentVariable\([ \t]{0,8}\\?["']([A-Za-z_]\w{0,100})\\?["'],[ \t]{0,8}\\?["']([^\s"'\\]{4,400})/dgi,
    context: 'env',
  },
  // https://learn.microsoft.com/windows-server/administration/windows-commands/net-user
  {
    hint: /\bnet(?:\.exe)?[ \t]{1,8}user[ \t]/i,
    pattern:
      /\bnet(?:\.exe)?[ \t]{1,8}user[ \t]{1,8}\\?["']?[\w.-]{1,64}\\?["']?[ \t]{1,8}(?:\\?["']([^"'\\\n]{4,200})|(?![/*])([^\s"'\\]{4,200}))/dgi,
    name: 'password',
    context: 'account',
    account: true,
  },
  // https://learn.microsoft.com/powershell/module/microsoft.powershell.security/convertto-securestring
  {
    hint: /securestring/i,
    pattern:
      /ConvertTo-SecureString[ \t]{1,8}(?:-(?:AsPlainText|Force|String)[ \t]{1,8}){0,3}\\?["']([^"'\\\n]{4,200})/dgi,
    name: 'password',
    context: 'password',
  },
  // `cmdkey /pass:`, `schtasks /rp:`, `wusa /password:`
  {
    hint: /[ \t][-/](?:pass|rp)/i,
    pattern: /[ \t](?:\/(?:pass|password[do]?|rp)|-password):\\?["']?([^\s"'\\]{4,200})/dgi,
    name: 'password',
    context: 'password',
  },
  // https://www.php.net/manual/function.define.php, https://docs.python.org/3/library/os.html#os.putenv
  {
    hint: /define\(|putenv|setenv|setdefault/,
    pattern:
      /\b(?:define|putenv|setenv|setdefault)\([ \t]{0,8}["']([A-Za-z_]\w{0,100})["'][ \t]{0,8},[ \t]{0,40}["']([^\s"'\\]{4,400})/dgi,
    context: 'file',
    only: 'secret',
  },
  // https://docs.python.org/3.12/library/crypt.html#crypt.crypt, https://passlib.readthedocs.io/
  {
    hint: /crypt\(|\.(?:hash|encrypt)\(/,
    pattern: /\b(?:crypt\.crypt|sha512_crypt\.(?:hash|encrypt)|bcrypt\.hash)\([ \t]{0,8}b?\\?["']([^"'\\\n]{4,200})/dg,
    name: 'password',
    context: 'account',
    account: true,
  },
  // debconf-set-selections(1): package, question, type, value
  {
    hint: /[ \t]password[ \t]/,
    pattern: /[\w.+-]{1,80}[ \t]{1,8}[\w.+-]{1,60}\/[\w./+-]{1,60}[ \t]{1,8}password[ \t]{1,8}([^\s"'\\]{4,200})/dg,
    name: 'password',
    context: 'password',
  },
  // https://developer.hashicorp.com/packer/docs/templates/hcl_templates/functions/encoding/base64encode
  {
    hint: /base64encode/,
    pattern: /base64encode\([ \t]{0,8}"[^":\n]{1,64}:([^"\n]{4,200})"/dg,
    name: 'password',
    context: 'password',
    only: 'secret',
  },
  // https://learn.microsoft.com/windows-hardware/customize/desktop/unattend/microsoft-windows-shell-setup-autologon-password
  {
    hint: /password>\s{0,80}<value>/i,
    pattern: /<\w{0,40}Password>\s{0,80}<Value>([^<>\n]{1,200})<\/Value>\s{0,80}<PlainText>true/dg,
    name: 'password',
    context: 'password',
    only: 'secret',
  },
  // https://javadoc.jenkins.io/hudson/security/HudsonPrivateSecurityRealm.html#createAccount(java.lang.String,java.lang.String)
  {
    hint: /(?:create|add)_?(?:account|user|superuser)\(/i,
    pattern:
      /\b(?:createAccount|createUser|addUser|create_user|create_superuser)\([ \t]{0,8}["'][\w.@-]{1,64}["'],[ \t]{0,8}["']([^"'\\\n]{4,200})["']/dg,
    name: 'password',
    context: 'password',
    only: 'secret',
  },
  // https://www.puppet.com/docs/puppet/8/lang_data_sensitive, https://laravel.com/docs/hashing
  {
    hint: /sensitive\(|hash::make\(/i,
    pattern: /\b(?:Sensitive|Hash::make)\([ \t]{0,8}\\?["']([^"'\\\n]{4,200})/dgi,
    name: 'password',
    context: 'password',
    only: 'secret',
  },
  // https://www.puppet.com/modules/puppetlabs/postgresql: user, password; https://learn.microsoft.com/dotnet/api/system.net.networkcredential
  {
    hint: /postgresql_password\(|networkcredential\(/i,
    pattern:
      /(?:postgresql_password|NetworkCredential)\([ \t]{0,8}\\?["'][^"'\n]{1,100}["'],[ \t]{0,8}\\?["']([^"'\\\n]{4,200})/dgi,
    name: 'password',
    context: 'password',
    only: 'secret',
  },
  // Keys of routers: https://docs.frrouting.org/en/latest/ospfd.html, https://docs.vyos.io
  {
    hint: /key-string|message-digest-key|plaintext-password|[ \t](?:psk|peer)[ \t]/i,
    pattern:
      /(?:\bkey-string|message-digest-key[ \t]\d{1,3}[ \t]md5|plaintext-password|[ \t](?:psk|peer)[ \t]\S{1,80}[ \t](?:pre-shared-)?secret)[ \t]{1,8}(?![07][ \t])\\?["']?([^\s"'\\]{6,200})/dgi,
    name: 'password',
    context: 'password',
    only: 'secret',
  },
  // https://docs.ansible.com/ansible/latest/playbook_guide/playbooks_advanced_syntax.html#unsafe-or-raw-strings
  {
    hint: /!unsafe/,
    pattern: /([A-Za-z_]\w{1,80}):[ \t]{1,8}!unsafe[ \t]{1,8}["']([^"'\n]{4,400})["']/dg,
    context: 'file',
    only: 'secret',
  },
  { hint: /pwd=\{/i, pattern: /\bpwd=\{([^{}\n]{4,200})\}/dgi, name: 'password', context: 'password', only: 'secret' },
  // https://nginx.org/en/docs/http/ngx_http_secure_link_module.html
  {
    hint: /secure_link_md5/,
    pattern: /\bsecure_link_md5[ \t]{1,8}["'][^"'\n]{0,200}[ \t}]([^\s"'$]{8,200})["']/dg,
    name: 'secret',
    context: 'file',
    only: 'secret',
  },
  // Headers that a proxy adds: https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_set_header
  {
    hint: /_header|header_up/,
    pattern:
      /\b(?:proxy_set_header|header_up)[ \t]{1,8}[\w-]{0,40}(?:Key|Token|Secret|Verify)[ \t]{1,8}["']?([^\s"'{}$;]{12,200})/dgi,
    name: 'token',
    context: 'file',
    only: 'secret',
  },
  // A pair in two fields: variables of Kubernetes and ECS, parameters of CloudFormation.
  {
    hint: /\bvalue\\?["']?[ \t]{0,4}[:=]/i,
    pattern:
      /\b(?:name|key)\\?["']?[ \t]{0,4}[:=][ \t]{0,8}\\?["']?([A-Za-z_][\w.-]{1,80})\\?["']?[ \t]{0,4},?\s{1,40}\\?["']?\w{0,20}value\\?["']?[ \t]{0,4}[:=][ \t]{0,8}\\?["']?([^\s"'\\,;}]{4,400})/dgi,
    context: 'file',
    only: 'secret',
  },
  // https://docs.anaconda.com/anaconda-repository/user-guide/tasks/tokens/
  {
    hint: /\/t\//,
    pattern: /\/\/[\w.:-]{0,100}(?:conda|\/conda)[\w./-]{0,100}?\/t\/([A-Za-z0-9-]{16,100})(?=\/)/dg,
    name: 'token',
    context: 'file',
    only: 'secret',
  },
  // The same on a server of one's own: `conda config --add channels URL`, `.condarc`
  {
    hint: /\/t\//,
    pattern:
      /(?:\bchannels?|\bchannel_alias|[ \t]-c)["']?[:=]?[\s"'-]{1,20}https?:\/\/[\w.:-]{1,100}(?:\/[\w.-]{1,40}){0,2}\/t\/([A-Za-z0-9-]{16,100})(?=\/)/dg,
    name: 'token',
    context: 'file',
    only: 'secret',
  },
  // https://developer.hashicorp.com/packer/docs/templates/hcl_templates/functions/string/format
  {
    hint: /\bformat\(/,
    pattern:
      /\bformat\([ \t]{0,8}\\?"[a-z][\w+.-]{1,20}:\/\/[^"\n:@%\\]{1,100}:%s@[^"\n\\]{0,200}\\?"[ \t]{0,4},[ \t]{0,8}\\?"([^"\n$\\]{4,200})\\?"/dg,
    name: 'password',
    unwritten: true,
    context: 'password',
    only: 'secret',
  },
];

/** Only a text with one of these is searched. */
const HINT =
  /setx|environmentvariable|\bnet(?:\.exe)?[ \t]{1,8}user[ \t]|securestring|[ \t][-/](?:pass|rp)|base64encode|sensitive\(|hash::make\(|postgresql_password\(|networkcredential\(|key-string|message-digest-key|plaintext-password|[ \t](?:psk|peer)[ \t]|!unsafe|\bpwd=\{|secure_link_md5|_header|header_up|\btokens\b|define\(|putenv|setenv|setdefault|crypt\(|\.(?:hash|encrypt)\(|[ \t]password[ \t]|password>\s{0,80}<value>|(?:create|add)_?(?:account|user|superuser)\(|\/t\/|\bformat\(|\bvalue\\?["']?[ \t]{0,4}[:=]/i;

/** https://developer.hashicorp.com/consul/docs/reference/agent/configuration-file/acl#acl_tokens */
const TOKENS = /\btokens["']?[ \t]{0,8}[=:]?[ \t]{0,8}\{([^{}]{1,600})\}/dg;
const UUID = /"([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})"/dg;

/** A longer text is not searched. In UTF-16 code units. */
const LONGEST = 500_000;

/** After a `#` on its line, or in its element of a list of commands. */
function isInComment(text: string, at: number): boolean {
  const line = text.slice(Math.max(text.lastIndexOf('\n', at - 1) + 1, at - 1_000), at);
  return /(?:^|[\s"'])#/.test(line.slice(line.lastIndexOf('", "') + 1));
}

/** Keys of a boot command of Packer, which are typed after the text: `vagrant<enter><wait>`. */
const KEYS = /<(?:enter|return|tab|esc|wait\d{0,3}[smh]?)>/i;

/** The credentials in such phrases of a text. */
export function phraseExposures(text: SourceText, site: ExposureSite, lists: NameLists): Exposure[] {
  if (text.text.length > LONGEST || !HINT.test(text.text)) return [];
  const found: Exposure[] = [];
  const add = (
    name: string,
    start: number,
    end: number,
    context: SecretContext,
    { account, only, unwritten }: Partial<Phrase>,
  ) => {
    const typed = text.text.slice(start, end).search(KEYS);
    const value = text.slice(start, typed < 0 ? end : start + typed);
    if (value.text.includes(UNRESOLVED)) return;
    const exposure = expose(name, value, context, account ? { ...site, kind: 'account' } : site, lists);
    if (!exposure || (only !== undefined && exposure.judgement.kind !== only)) return;
    // A comment opens nothing, and still shows a secret.
    if (exposure.judgement.kind === 'secret' || !isInComment(text.text, start))
      found.push(unwritten ? { ...exposure, name: undefined } : exposure);
  };
  for (const phrase of PHRASES) {
    if (!phrase.hint.test(text.text)) continue;
    for (const match of text.text.matchAll(phrase.pattern)) {
      const [start, end] = match.indices!.slice(1).findLast(one => one !== undefined)!;
      add(phrase.name ?? match[1]!, start, end, phrase.context, phrase);
    }
  }
  for (const block of text.text.matchAll(TOKENS)) {
    const from = block.indices![1]![0];
    for (const { indices } of block[1]!.matchAll(UUID))
      add('token', from + indices![1]![0], from + indices![1]![1], 'file', {});
  }
  return found;
}
