/** A secret that is in a build file, and where it ends up: what every rule about secrets starts from. */

import type { Stage, Value } from '../../../core/build.ts';
import { memoOfText } from '../../../core/memo.ts';
import { nameOf } from '../../../core/path.ts';
import { overlaps, type SourceText, type Span, UNRESOLVED } from '../../../core/text.ts';
import { statesPassword } from '../../documented-passwords.ts';
import { type Judgement, judge, type SecretContext } from '../judge.ts';
import { classifyName, type NameLists, namesPassword } from '../names.ts';
import { asLetters } from '../placeholders.ts';

/**
 * Where a secret is written.
 * - `image-env`, `label`: the image's own configuration. `build-env`: the environment of a provisioner.
 * - `argument`: the default of an ARG. `variable`: a Packer variable's default, or the value that a file gives to it.
 * - `command`: on a command line. `file`: in the text of a file that is put into the image or onto the machine.
 * - `account`: the password of a login. `login`: what the builder connects to the machine with.
 * - `service`: a setting whose meaning is a credential. `download`: a URL that the tool itself fetches.
 * - `text`: anywhere else in the document; `comment`: in a comment.
 */
export type SiteKind =
  | 'image-env'
  | 'label'
  | 'build-env'
  | 'argument'
  | 'variable'
  | 'command'
  | 'file'
  | 'account'
  | 'login'
  | 'service'
  | 'download'
  | 'text'
  | 'comment';

export interface ExposureSite {
  readonly kind: SiteKind;
  /** A phrase for messages that holds nothing of the value: "`ENV DB_PASSWORD`", "the command line of `curl`". */
  readonly place: string;
  /** The instruction, attribute or command that the secret is in. */
  readonly span: Span;
  /** `undefined` for what is outside of stages. */
  readonly stage: Stage | undefined;
}

/** Whether it is the key of a wireless network, or another one that the network needs. */
export const isOfNetwork = ({ place }: ExposureSite): boolean => /^`?(?:network\.)?wifis\b/.test(place);

/** One secret at one place. It holds nothing of the value. */
export interface Exposure {
  readonly judgement: Judgement;
  /** The secret itself. */
  readonly span: Span;
  /** The setting's or option's name; `undefined` for a bare token. */
  readonly name: string | undefined;
  readonly site: ExposureSite;
  /** Whether one of these READMEs states the value. */
  readonly isStatedBy?: (readmes: readonly string[]) => boolean;
  /** Whether it is reported elsewhere; then other readings of the same characters are too. */
  readonly repeats?: boolean;
}

/** The value as one text when nothing in it is filled in from elsewhere; else `undefined`. */
export function writtenText({ parts, source }: Value): SourceText | undefined {
  return parts.every(part => typeof part === 'string') && !source.text.includes(UNRESOLVED) ? source : undefined;
}

/** What is said of a value under a name; `undefined` when it is elsewhere or nothing to speak of. */
export function expose(
  name: string | undefined,
  text: SourceText,
  context: SecretContext,
  site: ExposureSite,
  lists: NameLists,
): Exposure | undefined {
  if (text.text.includes(UNRESOLVED)) return undefined;
  const judgement = judge({ name, value: text.text, context, lists });
  if (!judgement || judgement.kind === 'declared') return undefined;
  const span = text.spanOf(judgement.start, judgement.end);
  const isStatedBy = (readmes: readonly string[]) =>
    statesPassword(readmes, text.text.slice(judgement.start, judgement.end));
  // The key of a network is that of the network: an example opens none.
  if (isOfNetwork(site) && judgement.kind !== 'secret' && isExample(text.text)) return undefined;
  const shipped = isShipped(judgement, name, text.text, context) ? weak(judgement) : judgement;
  return { judgement: shipped, span, name, site, isStatedBy };
}

/** Examples that people ship all the same, so that they become passwords. */
const SHIPPED = new Set(['changeme', 'changethis', 'changeit', 'replaceme', 'password', 'secret', 'default']);

function isShipped({ kind }: Judgement, name: string | undefined, value: string, context: SecretContext): boolean {
  if (kind !== 'placeholder' || name === undefined || !namesPassword(name)) return false;
  if (context === 'arg' || context === 'shell' || context === 'file' || context === 'label') return false;
  return isExample(value);
}

function isExample(value: string): boolean {
  const plain = value.replace(/[-_]|[0-9!]{1,8}$/g, '').toLowerCase();
  return value.length < 40 && (SHIPPED.has(plain) || (/^[\w@$!]+$/.test(plain) && SHIPPED.has(asLetters(plain))));
}

function weak(judgement: Judgement): Judgement {
  return { ...judgement, kind: 'weak-credential', certainty: 'likely' };
}

// Made once: patterns with Unicode classes are built when they are met, in bundles for older engines.
const IDENTIFIER = /^[\p{L}_.@$-][\p{L}\p{N}_.@$[\]:-]*$/u;

/** Letters alone, and too few of them for any token: most names, which need no judgement. */
const PLAIN_NAME = /^[A-Za-z][A-Za-z_-]{0,14}$/;

/** Whether a name is one that a message can repeat: an ordinary identifier that is not a token itself. */
const isShowableName = memoOfText(
  1_000,
  name =>
    name.length <= 60 && IDENTIFIER.test(name) && judge({ name: undefined, value: name, context: 'env' }) === undefined,
);

/** "`ENV DB_PASSWORD`", or "an `ENV`" when the name is not to be repeated. */
export function placeOf(keyword: string, name: string, otherwise: string): string {
  return PLAIN_NAME.test(name) || isShowableName(name) ? `\`${keyword}${name}\`` : otherwise;
}

/** Whether the name asks for a secret. */
export function asksForSecret(name: string, lists: NameLists): boolean {
  return classifyName(name, lists) === 'strong';
}

/**
 * The exposures without those that lie in an earlier one of the list, in the order of the document: the same characters
 * are found by name, by format and in the text around them, and are one secret.
 */
export function once(exposures: readonly Exposure[]): readonly Exposure[] {
  const byFile = new Map<string, { exposure: Exposure; rank: number }[]>();
  exposures.forEach((exposure, rank) => {
    const file = exposure.span.file ?? '';
    const list = byFile.get(file);
    if (list) list.push({ exposure, rank });
    else byFile.set(file, [{ exposure, rank }]);
  });
  return [...byFile.values()].flatMap(list => {
    list.sort((a, b) => a.exposure.span.start - b.exposure.span.start || a.rank - b.rank);
    const kept: typeof list = [];
    for (const item of list) {
      const last = kept.at(-1);
      if (last === undefined || !overlaps(last.exposure.span, item.exposure.span)) kept.push(item);
      else if (weight(item) < weight(last)) kept[kept.length - 1] = item;
    }
    return kept.map(({ exposure }) => exposure);
  });
}

/** Of two readings of the same characters the one that calls it a secret wins, the surer one, then the one found first. */
function weight({ exposure, rank }: { readonly exposure: Exposure; readonly rank: number }): number {
  const { certainty, kind } = exposure.judgement;
  return rank + (kind !== 'secret' ? 2e9 : certainty === 'possible' ? 1e9 : 0);
}

/** Whether a file is a sample, of which the values are to be replaced: `example.variables.pkr.hcl`, `user-data.sample`. */
export function isSampleFile(path: string): boolean {
  const name = nameOf(path);
  return /example|sample/i.test(name) && SAMPLE.test(name);
}
const ENDING =
  '(?:(?:[\\w-]{1,40}\\.){0,2}pkr(?:vars)?\\.)?(?:hcl|ya?ml|json|env|cfg|conf|ini|toml|txt|tfvars|properties|xml)';
/** At the end, or as a word before the ending: the name of a product has it elsewhere. */
const SAMPLE = new RegExp(`[._-](?:example|sample)s?(?:\\.${ENDING})?$|^(?:example|sample)s?\\.${ENDING}$`, 'i');
