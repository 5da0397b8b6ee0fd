/** Where a value is a secret by its place in a line, with no name before it: as data, for hiding and not for reporting. */

export interface Place {
  /** What every line has that the pattern finds something in: most lines have it not. */
  readonly hint: RegExp;
  /** The group `value` is the secret. */
  readonly pattern: RegExp;
  /** Only a value with letters and digits is hidden: other words are usual there. */
  readonly looksDrawn: boolean;
}

/** `//:password@`, without a user. */
export const LONE_PASSWORD: Place = {
  hint: /\/\/:/,
  pattern: /(?<=\/\/):(?<value>[^\s"'`@]{4,400})@/g,
  looksDrawn: false,
};

export const PLACES: readonly Place[] = [
  // Arguments, which may be elements of a list
  {
    hint: /login|<<<|send|[\s"']-(?:encrypt|[kAwPpax])[\\"',\s]/i,
    pattern: /(?:\blogin|<<<|(?<=[\s"'])-(?:encrypt|[kAwPpax])|\bsend)[\\"',\s]{1,6}(?<value>[^\s"'`,;|&)\\]{6,400})/gi,
    looksDrawn: true,
  },
  {
    hint: /http-basic|htpasswd/i,
    pattern:
      /(?:\bhttp-basic[.\w-]{0,100}["',\s]{1,6}[^\s"',]{1,200}|\bhtpasswd["',\s]{1,6}-\w{1,8}["',\s]{1,6}[^\s"',]{1,200}["',\s]{1,6}[^\s"',]{1,200})[\\"',\s]{1,6}(?<value>[^\s"'`,;|&)\\]{6,400})/gi,
    looksDrawn: true,
  },
  {
    hint: /identified|crypt|hash::make|rootpw|md5/i,
    pattern:
      /(?:\bidentified(?: with \w{1,40})? by|\b(?:crypt|hash::make)\(|\brootpw(?: --?\w{1,20}){1,3}|\smd5)[\\"',\s]{1,6}(?<value>[^\s"'`,;|&)\\]{6,400})/gi,
    looksDrawn: true,
  },
  {
    hint: /com2sec|trap2?sink|community|qlogintarget/i,
    pattern:
      /\b(?:com2sec6?["',\s]{1,6}[^\s"',]{1,200}|trap2?sink|r[ow]community6?|qlogintarget["',\s]{1,6}[^\s"',]{1,200})["',\s]{1,6}[^\s"',]{1,200}[\\"',\s]{1,6}(?<value>[^\s"'`,;|&)\\]{6,400})/gi,
    looksDrawn: true,
  },
  {
    hint: /auth["',\s]{1,6}test/i,
    pattern: /\bauth["',\s]{1,6}test["',\s]{1,6}[^\s"',]{1,200}[\\"',\s]{1,6}(?<value>[^\s"'`,;|&)\\]{6,400})/gi,
    looksDrawn: true,
  },
  {
    hint: /radtest/,
    pattern:
      /\bradtest["',\s]{1,6}[^\s"',]{1,200}["',\s]{1,6}[^\s"',]{1,200}["',\s]{1,6}[^\s"',]{1,200}["',\s]{1,6}[^\s"',]{1,200}[\\"',\s]{1,6}(?<value>[^\s"'`,;|&)\\]{6,400})/g,
    looksDrawn: true,
  },
  // https://nginx.org/en/docs/http/ngx_http_secure_link_module.html: an expression of which the last word is the secret
  {
    hint: /secure_link_md5/,
    pattern: /\bsecure_link_md5 ["'][^"'\n]{0,200}[\s$}](?<value>[^\s"']{4,200})["']/g,
    looksDrawn: false,
  },
  // snmpd.conf(5): two passphrases
  {
    hint: /createuser/i,
    pattern:
      /(?<=\bcreateuser\s[^#\n]{1,200}\s(?:md5|sha[\w-]{0,8}|aes[\w-]{0,8}|des)\s{1,8}\\?["']?)(?<value>[^\s"'\\]{6,200})/gi,
    looksDrawn: false,
  },
  // radtest(1) has the password first and the shared secret last.
  {
    hint: /\bradtest/,
    pattern: /\bradtest\s{1,4}[^\s]{1,100}\s{1,4}["']?(?<value>[^\s"']{4,200})/g,
    looksDrawn: true,
  },
  // `printf 'user:%s\n' VALUE`
  {
    hint: /%[sbq]/,
    pattern: /[=:]\s?\\?["']?%[sbq][^"']{0,80}["'](?:\\n["'])?[\\"',\s]{1,6}(?<value>[^\s"'`,;|&)\\]{6,400})/g,
    looksDrawn: true,
  },
  {
    hint: /printf/,
    pattern: /\bprintf\s{1,4}["']?[^"'\s]{0,100}%[sbq](?:\\n)?["']?\s{1,4}["']?(?<value>[^\s"'`,;|&)\\]{6,400})/g,
    looksDrawn: true,
  },
  { hint: /pin=%s/i, pattern: /pin=%s[^"']{0,40}["']\s{1,4}["']?(?<value>\d{4,40})/gi, looksDrawn: false },
  // What is printed into a program: a password if it looks like one. What edits and stores texts takes other words too.
  {
    hint: /\|/,
    pattern:
      /\becho\s{1,4}(?:-[ne]{1,2}\s{1,4})?\\?["']?(?:[\w.@-]{1,64}:)?(?<value>[^\s"'`|\\:]{8,200})\\?["']?\s{0,4}\|(?!\s{0,4}(?:sudo\s(?:-\w{1,4}\s)?)?(?:tee|grep|sed|cut|awk|tr|sort|bc|xargs|debconf\S{0,30}|sh|bash|sha\d{1,3}sum|md5sum|python\S{0,4}|jq)\b)/g,
    looksDrawn: true,
  },
  // A password that is asked for twice.
  {
    hint: /echo -e/,
    pattern: /\becho -e ["'][^"'\\\s]{4,100}\\n(?<value>[^"'\\\s]{4,100})(?:\\n)?["']\s{0,4}\|/g,
    looksDrawn: false,
  },
  {
    hint: /ext-?pass/i,
    pattern: /-ext-?pass[=\s]["']?echo\s(?<value>[^\s"']{4,200})/gi,
    looksDrawn: false,
  },
  // A login: `-u user:password`, `--auth user:password`, `-U user%password`, `-u user,password`, as an operand too
  {
    hint: /[A-Za-z0-9_.@\\-][:%,][^\s"']{6}/,
    pattern:
      /(?<=[\s"'](?:-[uU]|--?(?:user|auth|login|proxy-user|creds?|credentials|basic|account))[=\s"',]{1,6})[\w.@\\-]{1,64}[:%,](?<value>[^\s"'`]{6,200})/g,
    looksDrawn: true,
  },
  {
    hint: /\w%\w/,
    pattern: /(?<=^|[\s"'])[A-Za-z][\w.-]{1,63}%(?![0-9A-F]{2})(?<value>[^\s"'`/%]{8,200})(?=$|[\s"'])/g,
    looksDrawn: true,
  },
  // `SetCredential=NAME: VALUE`, `client_send = : user : VALUE`
  { hint: /setcredential=/i, pattern: /SetCredential=[\w.@-]{1,100}:\s{0,8}(?<value>\S{4,400})/g, looksDrawn: false },
  {
    hint: /client_send/,
    pattern: /client_send\s{0,8}=\s{0,8}[^:\n]{0,80}:[^:\n]{0,80}:\s{0,8}(?<value>[^\s:]{4,200})/g,
    looksDrawn: false,
  },
  // `{"type": "password", "value": "VALUE"}`
  {
    hint: /value/i,
    pattern:
      /(?:password|secret|token)\\?["'],?\s{0,8}\\?["']?value\\?["']?\s{0,4}[:=]\s{0,8}\\?["']?(?<value>[^\s"'\\]{4,400})/gi,
    looksDrawn: false,
  },
  // redis: `ACL SETUSER name on >VALUE`
  { hint: /[\s"']>[^\s>]/, pattern: /\bsetuser\s[^>]{0,200}[\s"']>(?<value>[^\s"'&]{4,200})/gi, looksDrawn: false },
  // 7z and rar join the option and its value.
  {
    hint: /\s-h?p\S{6}/,
    pattern: /\b(?:rar|7z[ar]?)\s[^|;&]{0,200}?\s-h?p(?<value>[^\s"']{6,200})/g,
    looksDrawn: false,
  },
  // Typed at a prompt by Packer.
  {
    hint: /<(?:enter|return|wait)/i,
    pattern: /<(?:enter|return|wait\d{0,4}[smh]?)>(?<value>[^\s<>"']{8,64})<(?:enter|return)>/gi,
    looksDrawn: true,
  },
  { hint: /webhooks\//, pattern: /webhooks\/(?<value>\d{16,20})\//g, looksDrawn: false },
  { hint: /setx/i, pattern: /\bsetx(?:\s\/m)?\s\w{1,80}\s["']?(?<value>[^\s"'\\/]{8,200})/gi, looksDrawn: true },
  // `s/CHANGE_PASSWORD/secret/`
  {
    hint: /s[/|#]/i,
    pattern:
      /s(?<mark>[/|#])(?<pattern>[^/|#\s]{0,60}(?:pass|secret|token|key)[^/|#\s]{0,40})\k<mark>(?<value>[^\s"'`]{4,400})/gi,
    looksDrawn: false,
  },
];
