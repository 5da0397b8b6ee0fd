/** How much a text looks like it was drawn by chance. */

/** The most characters that are counted. */
const WINDOW = 4096;

/** Shannon entropy in bits per character over the first 4,096 characters; 0 for an empty text. */
export function shannonEntropy(text: string): number {
  const length = Math.min(text.length, WINDOW);
  const counts = new Map<number, number>();
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i);
    counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  let bits = 0;
  for (const count of counts.values()) bits -= (count / length) * Math.log2(count / length);
  return bits;
}

/** How many of lower case, upper case, digits and everything else occur. */
export function characterClasses(text: string): number {
  return [/[a-z]/, /[A-Z]/, /[0-9]/, /[^A-Za-z0-9]/].filter(kind => kind.test(text)).length;
}

const VOWEL = /[aeiouy]/i;
const CLUSTER = /[bcdfghjklmnpqrstvwxz]{5}/i;
/** Short words without a vowel that are in ordinary names. */
const ABBREVIATION =
  /^(?:my|db|sql|ssl|tls|http|https|ssh|pwd|src|tmp|dev|prd|prod|stg|tst|cfg|js|ts|md|gcp|aws|k8s|ns|svc|rpc|ftp|ldap|dns|npm|jwt|html|css|xml|pg|psql|mysql|rds|ec|gb|mb|kb|cmd|ctx|str|fn|tk|vm|vpc|id|ui|api|url|uri|io|v|x|s|k|n|t)$/i;

/**
 * Whether a text reads as words strung together (`my-service-account-token`, `com.example.FooBar`) rather than as
 * random characters: split at punctuation and case changes, every piece of letters can be spoken, and there are few digits.
 */
export function readsAsWords(text: string): boolean {
  const window = text.slice(0, WINDOW);
  // Names are joined by these; a `!` or `%` among letters is what a password rule asked for.
  if (/[^A-Za-z0-9_.:/ -]/.test(window)) return false;
  const pieces = window
    .replace(/([a-z])(?=[A-Z])|([A-Z])(?=[A-Z][a-z])/g, '$1$2 ')
    .split(/[^A-Za-z0-9]+/)
    .flatMap(piece => piece.split(/(?<=[A-Za-z])(?=[0-9])|(?<=[0-9])(?=[A-Za-z])/))
    .filter(piece => piece !== '');
  let letters = 0;
  let words = 0;
  let digits = 0;
  for (const piece of pieces) {
    if (/^[0-9]/.test(piece)) {
      digits += piece.length;
      continue;
    }
    if (!ABBREVIATION.test(piece) && (piece.length > 16 || !VOWEL.test(piece) || CLUSTER.test(piece))) return false;
    letters += piece.length;
    words++;
  }
  return words > 0 && letters / words >= 3.4 && digits * 3 <= letters;
}
