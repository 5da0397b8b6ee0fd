/** Does the README say that keys and certificates of the repository are for everyone? */
import { memo } from '../core/memo.ts';
import { plain } from './readmes.ts';

const PAIRS = String.raw`(?:key ?pairs?|certs?|certificates?)\b`;
const OF_KIND = String.raw`(?:ssh|tls|ssl|rsa|private|host|vagrant|client|server) `;
/** "to have fixed ssh keys", "comes with pre-generated certificates"; examples of other keys are many: "the example keys in values.yaml". */
const KIND = new RegExp(
  String.raw`\b(?:(?:fixed|hard-?coded|pre-?generated|bundled|insecure|well-known) (?:${OF_KIND}){0,2}(?:keys?\b|${PAIRS})|(?:static|demo|example|sample|test|testing|dummy) (?:(?:${OF_KIND}){1,2}keys?\b|(?:${OF_KIND}){0,2}${PAIRS}))`,
  'i',
);
/** "make sure to change the keys"; not "change the key bindings". */
const ADVICE =
  /\b(?:change|replace|regenerate|re-generate|swap) (?:the|these|those) (?:\w{1,20} ){0,2}(?:keys|key ?pairs|certs|certificates)(?=$|[.,;:!)]| (?:and|as|at|before|by|for|here|if|in|of|on|when|with|yourself)\b)/i;
/** Before it: "has no hard-coded keys", "`make certs` creates test certificates". */
const DENIED =
  /(?:\b(?:no|not|never|without|avoid|instead of|rather than|makes?(?! sure)|creates?|creating|generates?|generating|issues?|detects?|finds?|removes?)\b|n't\b)/i;
const LONGEST_LINE = 1_000;
const MOST_LINES = 2_000;

/** Whether the nearest README says that the keys beside it are fixed ones, which those who use it are to replace. */
export const statesKeys: (readmes: readonly string[]) => boolean = memo(([nearest = '']) =>
  nearest.split('\n', MOST_LINES).some(line => {
    const said = plain(line.slice(0, LONGEST_LINE));
    return [KIND, ADVICE].some(pattern => {
      const found = pattern.exec(said);
      return (
        found !== null &&
        !DENIED.test(
          said
            .slice(0, found.index)
            .split(/[.!?;]/)
            .at(-1)!,
        )
      );
    });
  }),
);
