/**
 * Texts that are encrypted, or are elsewhere: nothing in them can be linted, and that is meant. git-crypt, Ansible Vault, SOPS,
 * age and OpenPGP, and the pointers of Git LFS. All of a text has to be so: a line in a comment or in a string does not hide
 * the rest of a file.
 */
export function isEncrypted(text: string): boolean {
  if (text.startsWith('\0GITCRYPT\0')) return true;
  if (text.startsWith(POINTER)) return text.length <= LONGEST_POINTER && everyLine(text, POINTER_LINE);
  if (text.startsWith('$ANSIBLE_VAULT;')) return everyLine(text, VAULT_LINE);
  if (ARMOR.test(text.slice(0, LONGEST_ARMOR_LINE))) return everyLine(text, ARMOR_LINE);
  return text.includes('ENC[AES256_GCM,') && (text.trimStart().startsWith('{') ? isSopsJson(text) : isSopsYaml(text));
}

/** https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md */
const POINTER = 'version https://git-lfs.github.com/spec/';
const POINTER_LINE = /^(?:[a-z0-9.-]{1,40} \S{1,400})?$/;
const LONGEST_POINTER = 1_024;

/** https://docs.ansible.com/projects/ansible/latest/vault_guide/vault_using_encrypted_content.html */
const VAULT_LINE = /^(?:\$ANSIBLE_VAULT;[\d.]{1,8};[A-Z0-9]{1,16}(?:;[^;]{1,200})?|[\da-f]*)$/i;

const ARMOR = /^-----BEGIN (?:AGE ENCRYPTED FILE|PGP MESSAGE)-----\s/;
/** https://www.rfc-editor.org/rfc/rfc9580#name-forming-ascii-armor */
const ARMOR_LINE =
  /^(?:-----(?:BEGIN|END) (?:AGE ENCRYPTED FILE|PGP MESSAGE)-----|(?:Version|Comment|Hash|Charset|MessageID): .{0,200}|[A-Za-z0-9+/=]*)$/;
const LONGEST_ARMOR_LINE = 60;

function everyLine(text: string, form: RegExp): boolean {
  return text.split('\n').every(line => form.test(line.trimEnd()));
}

/** What SOPS makes of a value: https://getsops.io/docs/ */
const SEALED = /^ENC\[AES256_GCM,[^\]\s]+\]$/;
/** What SOPS leaves as it is. */
const OPEN_SUFFIX = '_unencrypted';

/** Its metadata, and nothing beside it that can be read but keys. */
function isSopsJson(text: string): boolean {
  let whole: unknown;
  try {
    whole = JSON.parse(text);
  } catch {
    return false;
  }
  const { sops, ...rest } = whole as Record<string, unknown>;
  if (!isObject(sops) || typeof sops.mac !== 'string' || !SEALED.test(sops.mac)) return false;
  const left: unknown[] = [rest];
  for (let value = left.pop(); value !== undefined; value = left.pop()) {
    if (typeof value === 'string' ? value !== '' && !SEALED.test(value) : !isObject(value) && value !== null)
      return false;
    if (!isObject(value)) continue;
    for (const [key, inner] of Object.entries(value)) if (!key.endsWith(OPEN_SUFFIX)) left.push(inner);
  }
  return true;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/**
 * The same in the form that SOPS writes YAML in: a key or an item on each line, values in one line. Comments are left
 * aside, but for those that begin a document or instruct a linter.
 */
function isSopsYaml(text: string): boolean {
  let isSealed = false;
  /** Lines with more indentation belong to what is not looked at. */
  let asideUnder: number | undefined;
  let isMetadata = false;
  for (const line of text.split('\n')) {
    const indent = /^[ \t]*/.exec(line)![0].length;
    let rest = line.slice(indent).trimEnd();
    if (rest === '') continue;
    if (asideUnder !== undefined) {
      if (indent > asideUnder || (rest.startsWith('- ') && indent === asideUnder)) {
        if (isMetadata && rest.startsWith('mac:') && SEALED.test(rest.slice(4).trim())) isSealed = true;
        continue;
      }
      asideUnder = undefined;
      isMetadata = false;
    }
    if (rest.startsWith('#')) {
      if (/^#(?!ENC\[)[a-z!]/i.test(rest)) return false;
      continue;
    }
    if (/^(?:---|\.\.\.)$/.test(rest)) continue;
    const items = /^(?:-(?: +|$))*/.exec(rest)![0].length;
    rest = rest.slice(items);
    const key = KEY.exec(rest)?.[0];
    const value = key === undefined ? rest : rest.slice(key.length).trim();
    const name = key?.slice(0, -1).replace(/^["']|["']$/g, '');
    const column = indent + items;
    if (name === 'sops' && column === 0 && value === '') [asideUnder, isMetadata] = [0, true];
    else if (name?.endsWith(OPEN_SUFFIX)) asideUnder = column;
    else if (value !== '' && !EMPTY.test(value) && !SEALED.test(value)) return false;
  }
  return isSealed;
}

const KEY = /^(?:"[^"\n]{0,400}"|'[^'\n]{0,400}'|[^\s"'#{}[\],&*!|>%@`-][^\s:]{0,400}):(?=\s|$)/;
/** What has no text to encrypt. */
const EMPTY = /^(?:\[\]|\{\}|""|''|null|~)$/;
