/** Values that come from elsewhere at build or run time: `$X`, `${X:-literal}`, `$(cmd)`, `{{ x }}`, `var.x`, `%X%`. */

/** A value with its references taken out. */
export interface Unreferenced {
  /** Whether there was any reference. */
  readonly any: boolean;
  /** What is beside the references. */
  readonly rest: string;
  /** Literals that stand in when a variable is unset (`${X:-literal}`), with their offsets in the value. */
  readonly defaults: readonly { readonly text: string; readonly start: number }[];
}

/** The most characters of a value that are looked at; a longer one is not a reference. */
const LIMIT = 16 * 1024;

/** A whole value that is one expression of HCL, a template engine or a Windows shell. */
const EXPRESSION =
  /^(?:(?:var|local|data|build|source|each|self|module|path|env|secrets|vars|github|inputs|params|parameters|steps|needs|matrix|outputs|process\.env|os\.environ|Values)\.[A-Za-z_][\w.[\]"'*-]{0,256}|!(?:Ref|Sub|GetAtt|vault|secret|ENV|include)\b.{0,512}|(?:arn|ssm|vault|op|secretsmanager|keyvault|gcp-secret|bws|doppler|sops|akv|env|file|secret):(?:\/\/|[A-Za-z0-9_-]{0,40}:).{0,512}|(?:vault|bao|openbao|ssm|aws-ssm|awssm|gcpsm|secretsmanager|keyvault|azkv|akv|gopass|keepass|doppler|infisical|conjur|credstash|lookup|secretKeyRef):\/?(?:[A-Za-z_-]{1,60}|[A-Za-z_][\w-]{0,80}(?:[/.#:][\w-]{1,80}){1,12})|env:[A-Z_][A-Z0-9_]{0,80}|vault(?:\.[a-z_]{1,40}){2,6}|[A-Za-z_][A-Za-z0-9_.]{1,80}\([^\n]{0,512}\)|\$\.[A-Za-z0-9_.[\]]{1,256}|%[A-Za-z_][A-Za-z0-9_.]{0,128}%|%env\([^()\s]{1,200}\)%|@[A-Za-z_][A-Za-z0-9_.-]{0,128}@|(?:@{2,3}|%{2,3})_?[A-Za-z]{2,40}\d{0,2}(?:[_.-][A-Za-z]{1,40}\d{0,2}){0,8}(?:@{2,3}|%{2,3})|(?:#{1,3}|~{2,3})_?[A-Z]{2,40}\d{0,2}(?:_[A-Z]{1,40}\d{0,2}){0,8}(?:#{1,3}|~{2,3})|__[A-Za-z][A-Za-z0-9_]{0,128}__|<%.{0,256}%>|#\{[^{}]{0,256}\}#?|\[\[[^[\]]{0,256}\]\]|secretKeyRef|valueFrom|(?:DEC|ENC|enc|PKCS7)[[(][^\n]{0,4096}[\])]|\{cipher\}[^\s]{0,4096}|%(?:\([A-Za-z_]\w{0,128}\))?[A-Za-z]|%{1,2}\{[^{}]{1,200}\}[a-z]?|@(?:~|\.{1,2})?\/[^\s]{1,256}|(?:file|exec|cmd|pass):\/[^\s]{1,256}|[\w.-]{1,80}(?:,(?:type|target|uid|gid|mode)=[\w./-]{1,100}){1,6}|[A-Za-z_]\w{0,60}(?:\[["':]?[\w.-]{1,60}["']?\]){1,6}|@\{[^{}\n]{1,256}\}|@Microsoft\.KeyVault\([^\n]{0,512}\)|Ag[A-D][A-Za-z0-9+/]{120,8000}={0,2})$/;

const NAME = /[A-Za-z_][A-Za-z0-9_]{0,256}|[0-9@*#?!$-]/y;
const PARAMETER = /!?([A-Za-z_][A-Za-z0-9_]{0,256})(:?[-=+?])?/y;
/** PowerShell's: https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_scopes */
const SCOPED = /(?:env|global|local|private|script|using|variable):[A-Za-z_][A-Za-z0-9_]{0,128}/iy;

/** The offset after the bracket that closes the one before `from`, or undefined. */
function closing(text: string, from: number, open: string, close: string): number | undefined {
  let depth = 1;
  for (let i = from; i < text.length; i++) {
    const character = text[i];
    if (character === open) depth++;
    else if (character === close && --depth === 0) return i + 1;
  }
  return undefined;
}

function reads(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** Takes the references of shells and templates out of a value. */
export function withoutReferences(value: string): Unreferenced {
  if (value.length > LIMIT) return { any: false, rest: value, defaults: [] };
  const defaults: { text: string; start: number }[] = [];
  let rest = '';
  let any = false;
  // What is not closed was cut off, or is nothing a shell could read: unknown to its end.
  const skipTo = (open: string, close: string, from: number) => closing(value, from, open, close) ?? value.length;
  for (let i = 0; i < value.length; ) {
    const character = value[i];
    let end: number | undefined;
    if (character === '$') {
      // `$${NAME}` of HCL is `${NAME}` to the reader of the file.
      if (value.startsWith('$${', i)) i++;
      const next = value[i + 1];
      if (next === '{') {
        end = skipTo('{', '}', i + 2);
        const parameter = reads(PARAMETER, value, i + 2);
        if (value[end - 1] === '}' && parameter?.[2] !== undefined && !parameter[2].endsWith('?')) {
          const start = i + 2 + parameter[0].length;
          defaults.push({ text: value.slice(start, end - 1), start });
        }
      } else if (next === '(') end = skipTo('(', ')', i + 2);
      else {
        const name = reads(SCOPED, value, i + 1) ?? reads(NAME, value, i + 1);
        if (name) end = i + 1 + name[0].length;
        // `$__file{/run/secrets/x}` of Grafana.
        if (name?.[0].startsWith('__') && value[end!] === '{') end = skipTo('{', '}', end! + 1);
      }
    } else if (character === '`') {
      const close = value.indexOf('`', i + 1);
      end = close < 0 ? value.length : close + 1;
    } else if (character === '{' && value[i + 1] === '{') end = skipTo('{', '}', i + 1);
    if (end === undefined) {
      rest += character;
      i++;
    } else {
      any = true;
      i = end;
    }
  }
  return { any, rest, defaults };
}

/**
 * Whether a value is nothing but a reference to something that is not here: no literal part, no default. An empty
 * value is not a reference.
 */
export function isReference(value: string): boolean {
  if (value.length > LIMIT) return false;
  if (EXPRESSION.test(value)) return true;
  // `NAME=$VALUE`, as an environment takes it.
  const assigned = /^[A-Za-z_]\w{0,80}=(?=[$%{])/.exec(value)?.[0].length ?? 0;
  const { any, rest, defaults } = withoutReferences(value.slice(assigned));
  return any && !/[A-Za-z0-9]/.test(rest) && defaults.every(({ text }) => text === '' || isReference(text));
}

/** Whether a value is a command of PowerShell that makes or gets it: `ConvertTo-SecureString`, `(Get-Content`. */
export function isCmdlet(value: string): boolean {
  return CMDLET.test(value);
}
/** https://learn.microsoft.com/powershell/scripting/developer/cmdlet/approved-verbs-for-windows-powershell-commands */
const CMDLET = /^\(?(?:ConvertFrom|ConvertTo|Get|Import|New|Read|Unprotect)-[A-Z][A-Za-z]{2,40}$/;
