/** The checks that `data/secret-formats.json` names: false for a token that was never issued. */

import { decodeBase64, decodePrintable } from '../../core/base64.ts';
import type { CheckName } from '../../data/secret-formats.json';
import { base62CrcAfterPrefix, bech32Valid } from './checksums.ts';
import { readsAsWords } from './entropy.ts';
import { isPlaceholder } from './placeholders.ts';
import { isReference } from './references.ts';

export const CHECKS: Readonly<Record<CheckName, (secret: string) => boolean>> = {
  'armoured-private-key': encodesPrivateKey,
  'base62-crc': base62CrcAfterPrefix,
  bech32: bech32Valid,
  'digits-and-letters': secret => /[0-9]/.test(secret) && /[a-z]/.test(secret),
  'names-algorithm': namesAlgorithm,
  'not-placeholder': secret => !isPlaceholder(secret),
  'not-reference': password => !isReference(password) && !isPlaceholder(password),
  'not-words': user => /[0-9]/.test(user) && /[A-Za-z]/.test(user) && !readsAsWords(user),
  'tunnel-secret': secret => /"t":"[^"]{8,80}","s":"/.test(decodePrintable(secret) ?? ''),
  'user-and-password': hasUserAndPassword,
};

/** Whether base64 of a whole PEM file is that of a private key. */
function encodesPrivateKey(text: string): boolean {
  return /-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY/.test(decodeBase64(text.slice(0, 120 - (120 % 4))) ?? '');
}

/**
 * Whether the header of a JSON Web Token decodes to JSON that names its algorithm, and not to "none". One for the role of those who
 * have not logged in is published with every page, and so are those of a demonstration: https://supabase.com/docs/guides/api/api-keys
 */
function namesAlgorithm(token: string): boolean {
  const header = decodePrintable(token.slice(0, token.indexOf('.')));
  if (header === undefined || !header.startsWith('{')) return false;
  const algorithm = /"alg"[ \t]{0,4}:[ \t]{0,4}"([A-Za-z0-9-]{1,40})"/.exec(header)?.[1];
  if (algorithm === undefined || algorithm.toLowerCase() === 'none') return false;
  const claims = decodePrintable(token.split('.', 2)[1]?.slice(0, 1_200) ?? '') ?? '';
  return !/"role"[ \t]{0,4}:[ \t]{0,4}"anon"|"iss"[ \t]{0,4}:[ \t]{0,4}"supabase-demo"/.test(claims);
}

/** Whether HTTP basic credentials decode to a user and a password that is written out. */
function hasUserAndPassword(credentials: string): boolean {
  const [user, password] = decodePrintable(credentials)?.split(':', 2) ?? [];
  return !!user && !!password && !isReference(password) && !isPlaceholder(password);
}
