/** Which rule a secret is the matter of, and the words that rules have for it. */
import type { ImageBuild, LanguageId } from '../../../core/build.ts';
import { shippedStages } from '../../shipped-stages.ts';
import type { NameLists } from '../names.ts';
import type { Exposure } from './exposure.ts';
import { exposures } from './find.ts';

/**
 * Each exposure is the concern of one rule, so that a secret is reported once.
 * - `baked`: a credential. `plain-password`: the password of a login in user-data, whatever it is worth.
 * - `weak`: a password that is a word. `login`: such a password that the builder connects with. `hash`: a password's hash.
 */
export type Concern = 'baked' | 'plain-password' | 'weak' | 'login' | 'hash';

/** The exposures of one concern, in the order of the document. */
export function exposuresOf(build: ImageBuild, concern: Concern, lists?: NameLists): readonly Exposure[] {
  return exposures(build, lists).filter(exposure => concernOf(exposure, build.language) === concern);
}

/** `undefined` for examples and for what is only possible. */
function concernOf({ judgement, sink }: Exposure, language: LanguageId): Concern | undefined {
  const { kind, certainty } = judgement;
  if (kind === 'password-hash') return 'hash';
  if (kind === 'placeholder') return undefined;
  if (sink.kind === 'account' && language === 'cloud-init') return 'plain-password';
  if (kind === 'weak-credential') return sink.kind === 'login' ? 'login' : 'weak';
  return certainty === 'possible' ? undefined : 'baked';
}

/** Who gets to see what stands there: the second half of a sentence. `targets` are the stages that are shipped besides the last. */
export function readersOf({ sink }: Exposure, build: ImageBuild, targets: readonly string[]): string {
  if (sink.kind === 'comment') return 'everybody who gets this file can read it';
  switch (build.language) {
    case 'dockerfile':
      return readersOfImage(sink, build, targets);
    case 'packer':
      return 'everybody who gets the template can read it, and version control keeps it';
    case 'cloud-init':
      return 'the cloud keeps user-data in clear, where every process of the machine can ask for it';
  }
}

function readersOfImage({ kind, stage }: Exposure['sink'], build: ImageBuild, targets: readonly string[]): string {
  if (stage && !shippedStages(build, targets).has(stage))
    return 'it stays in this file, and in the build cache although the stage is not shipped';
  switch (kind) {
    case 'image-env':
    case 'label':
      return 'everybody who can pull the image can read it';
    case 'file':
      return 'everybody who can pull the image gets the file';
    case 'text':
      return 'everybody who gets this file can read it';
    default:
      return "the image's history keeps it for everybody who can pull the image";
  }
}

/** One sentence: what stands where, and who gets to see it; `targets` as in {@link readersOf}. */
export function sentence(exposure: Exposure, build: ImageBuild, targets: readonly string[]): string {
  const { judgement, sink } = exposure;
  const what = judgement.what.charAt(0).toUpperCase() + judgement.what.slice(1);
  const stand = /\bcredentials\b/i.test(what) ? 'stand' : 'stands';
  return `${what} ${stand} in ${sink.place}, and ${readersOf(exposure, build, targets)}.`;
}
