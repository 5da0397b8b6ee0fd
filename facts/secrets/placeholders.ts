/** Values in the place of a real secret: examples from manuals, masks, invitations to fill in. */

import { decodeBase64 } from '../../core/base64.ts';
import { isPublished } from './published.ts';

const WORDS = new Set(
  (
    'changeme changethis changeit changemeplease replaceme replace replacethis todo tbd fixme fillme fillmein insert ' +
    'placeholder redacted removed hidden masked dummy fake sample example yourpassword yoursecret yourtoken yourkey ' +
    'apikey accesstoken token key value string password1234567890 notset unset notused unused notarealkey notreal ' +
    'notasecret none null nil undefined na empty blank invalid secrethere tokenhere keyhere passwordhere foobar'
  ).split(' '),
);

/** Parts that no issued token contains, save by an accident too rare to count. */
const INSIDE =
  /example|placeholder|change[ _-]?(?:me|this|it)|replace[ _-]?(?:me|this|with)|your[ _.-]?(?:own|api|access|auth|secret|token|pass|key|client|account|app|user|private|personal|domain|org|project|bot)|dummy|redacted|xxxx|\*\*\*|\.\.\.|insert[ _-]|put[ _-]your|not[ _-]?a?[ _-]?(?:real|secret)|fake[ _-]?|goes[ _-]?(?:in[ _-]?)?here|-here\b|_here\b|lorem|deadbeef|foobarbaz|abcdefgh|12345678|0123456|98765432|to[ _-]?be[ _-]?(?:set|filled|replaced)|\bsample\b|\btodo\b|\bfixme\b/i;

/** Begins like an invitation: `your-token`, `my_api_key_here`, `enter password`, `**Random**`. */
const OPENING =
  /^(?:<[^<>]{0,200}>|\*{1,2}[a-z][a-z _-]{2,39}\*{1,2}$|\[[^[\]]{0,200}\]|\{[^{}]{0,200}\}|your|enter[ _-]|#?replace[ _-][a-z _-]{2,60}$|put[ _-]|add[ _-]|set[ _-]|some[ _-]|insert|example|test[ _-]?(?:only|value)$)/i;

/** How many different characters the text has, counted over its first 512. */
function distinct(text: string): number {
  return new Set(text.slice(0, 512)).size;
}

/**
 * Whether a value is an example or mask and not a credential. Judged by its looks: documented example tokens
 * (`…EXAMPLE`), masks (`xxxx`, `***`), runs of the keyboard or the alphabet, one character over and over, `<token>`.
 */
export function isPlaceholder(value: string): boolean {
  const text = value.length > 1024 ? value.slice(0, 1024) : value;
  if (WORDS.has(text.replace(/[^A-Za-z0-9]/g, '').toLowerCase())) return true;
  if (text.length >= 3 && distinct(text) === 1) return true;
  if (isPublished(text)) return true;
  // `ghp_[A-Za-z0-9]{36}`: what a scanner looks for.
  if (/\[\^?(?:A-Z|a-z|0-9)[^\]]{0,60}\][{+*]/.test(text)) return true;
  // `_` and `-` stand for "not set" in start scripts.
  if (/^[^A-Za-z0-9]{1,3}$/.test(text)) return true;
  if (OPENING.test(text) || INSIDE.test(text) || INVITATION.test(asLetters(text))) return true;
  const decoded = fromBase64(text);
  return decoded !== undefined && INSIDE.test(decoded);
}

/** What a key in base64 is made of, where that is text: `Zm9vYmFyYmF6…` is `foobarbaz…`. */
function fromBase64(text: string): string | undefined {
  if (text.length < 16 || text.length % 4 !== 0 || !/^[A-Za-z0-9+/]{14,}={0,2}$/.test(text)) return undefined;
  const decoded = decodeBase64(text);
  return decoded !== undefined && /^[\x20-\x7e]{10,}$/.test(decoded) ? decoded : undefined;
}

/** What tells the reader to change it, also in figures that look like letters: `Ch@ng3Th1s`. */
const INVITATION =
  /change(?:me|this|it|the)|to(?:be)?(?:change|replace)|replace(?:me|this)|(?:your|new|this)password|donotuse/;
const LETTERS: Readonly<Record<string, string>> = { 0: 'o', 1: 'i', 3: 'e', 4: 'a', 5: 's', 7: 't', '@': 'a', $: 's' };

/** The text in lower case, figures and signs as the letters that they look like, and nothing else. */
export function asLetters(text: string): string {
  return text
    .toLowerCase()
    .replace(/[013457@$]/g, sign => LETTERS[sign]!)
    .replace(/[^a-z]/g, '');
}

/** Like `isPlaceholder`, for the body of a token whose prefix is known: any body of very few characters is made up too. */
export function isMadeUp(token: string): boolean {
  if (isPublished(token)) return true;
  if (token.length > 400) return false; // long keys hold every short string by chance
  const body = token.slice(Math.min(8, token.length >> 1));
  return INSIDE.test(token) || (body.length >= 12 && distinct(body) <= 4);
}

/**
 * Whether the password of an account is a mark for what an installer fills in: `CHANGE_ME`, `_PASSWORD_HASH_`, `hashed-password`.
 * In lower case `changeme` is a password that people do use.
 */
export function isMarker(value: string): boolean {
  const text = value.replace(/^[_@%#]{1,3}|[_@%#]{1,3}$/g, '');
  if (
    /^(?:[a-z]{0,20}[_ -]?hash(?:ed)?[_ -]?(?:password|passwd)|[a-z]{0,20}[_ -]?(?:password|passwd)[_ -]?hash)$/i.test(
      text,
    )
  )
    return true;
  if (/^(?:LOCKED|DISABLED)$/.test(text)) return true;
  return /^[A-Z][A-Z0-9_-]{2,80}$/.test(text) && isPlaceholder(text);
}

/** Whether it is the name of a variable that a script replaces: `LUKS_PASSPHRASE`, `SOPS_DECRYPTED_DISK_PASSWORD`. */
export function isVariableName(value: string): boolean {
  return /^[A-Z][A-Z0-9]{0,30}(?:_[A-Z0-9]{1,30}){0,6}_(?:PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|HASH)$/.test(value);
}
