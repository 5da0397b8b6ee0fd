/**
 * What a file says of images. The index needs names, bases and references only, so that no more of a file is read than
 * those are in: most user-data says nothing of images, and few scripts have a command that starts one.
 */
import type { ImageBuild } from '../../core/build.ts';
import type { Language } from '../../core/language.ts';
import { type LintInput, lower } from '../../core/linter.ts';
import { NO_FACTS, type ProjectFacts } from '../../core/project.ts';
import { isBuildPath } from '../../facts/build-files.ts';
import { kindOfPath } from '../../facts/config-files/kinds.ts';
import { Masks } from '../../facts/secrets/masking/masks.ts';
import type { PackerTree } from '../../languages/packer/tree.ts';
import { asBuildFile, isOfRole, mayBeRoleTemplate, movedBack, tasksOf, variablesOfRole } from './ansible.ts';
import { isBake } from './bake/targets.ts';
import { includedIn } from './includes.ts';
import { lastFew } from './last-few.ts';
import type { FileFacts } from './model.ts';
import { isAnalysis } from './of-analyses.ts';
import { factsOfBuildFile, isQuadlet } from './of-build-file.ts';
import { isDistrobox } from './of-distrobox.ts';
import { isDobi } from './of-dobi.ts';
import { factsOfDocument, MAY_START } from './of-document.ts';
import { isVagrantfile } from './of-machines.ts';
import { hasManifests, isHelmValues, isKustomization, isManifest } from './of-manifest.ts';
import { isNomad, isOfContainers } from './of-nomad.ts';
import { startsInPipeline } from './of-pipeline.ts';
import { isProgram } from './programs-as-shell.ts';
import { shapeOf } from './shape.ts';
import { chartOf, isTemplatePath, withoutEnding } from './templates.ts';

/** Whether a file that is no document may say something of images, by its path alone. */
export function mayBuild(path: string): boolean {
  if (isBuildPath(path) || isQuadlet(path) || isKustomization(path) || isHelmValues(path) || isDobi(path)) return true;
  if (
    isNomad(path) ||
    isOfContainers(path) ||
    isVagrantfile(path) ||
    isDistrobox(path) ||
    isAnalysis(path) ||
    isOfRole(path) ||
    PIPELINES.test(path) ||
    isProgram(path)
  )
    return true;
  if (/\.(?:(?:ba)?sh|container)\.(?:j2|jinja2?)$/.test(path)) return true;
  const kind = kindOfPath(withoutEnding(path), '');
  return kind === 'compose' || kind === 'unit';
}

/** Pipelines and scripts that are called otherwise than the build files of rules. */
const PIPELINES =
  /(?:^|\/)(?:\.travis|\.drone|\.woodpecker|\.?appveyor|bitbucket-pipelines|buildspec[\w.-]{0,40}|codefresh|action|\.?buildkite|pipeline|\.cirrus|screwdriver|\.?devfile)\.ya?ml$|(?:^|\/)\.(?:woodpecker|semaphore)\/[^/]+\.ya?ml$|\.(?:bat|cmd|fish|groovy)$/i;

/** A shell by the first line of a script. */
const SHELL = /^#![^\n]{0,60}\b(?:ba|da|k|z|a)?sh\b/;
/** Modules of Ansible. */
const ANSIBLE =
  /^[ \t-]{2,40}(?:community\.docker\.|containers\.podman\.)?(?:docker|podman)_(?:image|container)(?:_build)?:/m;

/**
 * Whether a file of another name shows by its beginning that it is a Compose file, a Bake file, a manifest, a playbook or a script.
 */
export function startsContainers(path: string, beginning: string | null | undefined): boolean {
  if (typeof beginning !== 'string') return false;
  const plain = withoutEnding(path);
  if (/\.hcl$/i.test(path)) return isBake(beginning);
  if (!/\.ya?ml$/i.test(plain)) return SHELL.test(beginning);
  if (chartOf(path) !== undefined && /\{\{-?[ \t]{1,9}(?:include|template)[ \t]/.test(beginning)) return true;
  return (
    kindOfPath(plain, beginning) === 'compose' ||
    isManifest(plain, beginning) ||
    hasManifests(plain, beginning) ||
    ANSIBLE.test(beginning) ||
    startsInPipeline(beginning)
  );
}

/** Whether {@link startsContainers} may say so of a file with this path. */
export const mayStartContainers = (path: string): boolean =>
  /\.ya?ml$|(?<!\.pkr)\.hcl$/i.test(path) ||
  isTemplatePath(path) ||
  /(?:^|\/)[^./]{1,60}$|\.(?:f|inc|functions?|bashrc|command|in)$/.test(path);

/** `language` is that of a document, `undefined` for other files. Nothing of the text is kept. */
export function readFacts(
  path: string,
  text: string,
  language: Language | undefined,
  input: Pick<LintInput, 'engine' | 'files'>,
  declared: ProjectFacts = NO_FACTS,
): FileFacts | undefined {
  if (!language) {
    const { files, asked } = includedIn(path, text, input.files);
    // A value of a variable is shown only as a part of a name.
    const masks = [new Masks(text, undefined), ...files.map(({ text }) => masksOf(text))];
    const clean = (one: string): string => cleanedBy(masks, one);
    const facts = factsOfBuildFile(path, text, clean, files);
    return apart(asked.length > 0 ? { ...facts, reads: asked } : facts);
  }
  // A template that a role puts on a host is a Dockerfile there, and no document here.
  const isTemplate = mayBeRoleTemplate(path) && !language.detect(path, text);
  const hasTasks = tasksOf(path).some(file => typeof input.files.read(file) === 'string');
  if (isTemplate && !(hasTasks && /^FROM[ \t]/im.test(text))) return undefined;
  const values = isTemplate ? variablesOfRole(path).flatMap(file => input.files.read(file) ?? []) : [];
  const { text: plain, before } = isTemplate ? asBuildFile(text, values) : { text, before: 0 };
  const shape = shapeOf(path, text);
  if (language.id === 'cloud-init' && shape === undefined && !MAY_START.test(text)) return undefined;
  const build = lower({ path, text: plain, language: language.id }, language, input);
  // Files of another program are none of ours.
  if (language.dialect?.(build) !== undefined) return undefined;
  const masks = [Masks.byLooks(plain, build), ...othersOfModule(build).map(masksOf)];
  const facts = factsOfDocument(path, build, declared, one => cleanedBy(masks, one), input.files);
  return movedBack(apart(shape === undefined ? facts : { ...facts, shape }), before);
}

const cleanedBy = (all: readonly Masks[], text: string): string => all.reduce((left, masks) => masks.clean(left), text);

/** The texts of the files beside a template that Packer reads with it. */
function othersOfModule({ language, syntax }: ImageBuild): readonly string[] {
  if (language !== 'packer') return [];
  return (syntax as PackerTree).module.files.filter(({ own }) => !own).map(({ source }) => source.text);
}

/** Templates of one chart, or of one module, are read one after the other with the same files. */
const masksOf = lastFew((text: string) => new Masks(text, undefined));

/** A part of a string keeps all of the string alive, and so does what holds a function; a copy does not. */
const apart = (facts: FileFacts): FileFacts => JSON.parse(JSON.stringify(facts)) as FileFacts;
