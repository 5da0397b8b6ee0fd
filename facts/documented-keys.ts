/** Do the READMEs say that keys and certificates of the repository are for everyone? */
import { memo } from '../core/memo.ts';
import { plain } from './readmes.ts';

const KEYS = String.raw`(?:(?:ssh|tls|ssl|rsa|private|host|vagrant|client|server) ){0,2}(?:keys?|key ?pairs?|certs?|certificates?)\b`;
/** "to have fixed ssh keys", "comes with pre-generated certificates" */
const KIND = new RegExp(
  String.raw`\b(?:fixed|static|hard-?coded|pre-?generated|bundled|demo|example|sample|test|testing|dummy|insecure|well-known) ${KEYS}`,
  'i',
);
/** "make sure to change the keys" */
const ADVICE = new RegExp(
  String.raw`\b(?:change|replace|regenerate|re-generate|swap) (?:the|these|those) (?:\w{1,20} ){0,2}${KEYS}`,
  'i',
);
const LONGEST_LINE = 1_000;
const MOST_LINES = 2_000;

/** Whether one of the READMEs says that the keys beside it are fixed ones, which those who use it are to replace. */
export const statesKeys: (readmes: readonly string[]) => boolean = memo(readmes =>
  readmes.some(text =>
    text.split('\n', MOST_LINES).some(line => {
      const said = plain(line.slice(0, LONGEST_LINE));
      return KIND.test(said) || ADVICE.test(said);
    }),
  ),
);
