/** What a Compose file, a Bake file, a workflow, a unit, a Makefile or a script says of images: which it builds, and which it starts. */
import { nameOf } from '../../core/path.ts';
import { SourceText } from '../../core/text.ts';
import { namesBuiltIn } from '../../facts/built-images/names.ts';
import { kindOfPath } from '../../facts/config-files/kinds.ts';
import { readSections } from '../../facts/config-files/sections.ts';
import { asBecomes, isOfRole } from './ansible.ts';
import { BakeFiles, bakedBy, bakedInWorkflow, exportedIn, isBakePath } from './bake/calls.ts';
import { ofBake } from './bake/targets.ts';
import { CalledWorkflows, rootOf } from './called.ts';
import { type Commands, commandsIn } from './commands.ts';
import { isGitlab, isOfNoJob, withoutVariables } from './gitlab.ts';
import { variablesOfHcl } from './hcl-variables.ts';
import { startsOfHelm } from './helm/of-helm.ts';
import { IN_WORKFLOWS, type Included, isMakefile } from './includes.ts';
import { Make } from './make/make.ts';
import { madeBy } from './make/runs.ts';
import type { BuildCall, FileFacts, NamedImage, Retag } from './model.ts';
import { type Naming, namingOf } from './naming.ts';
import { isAnalysis, ofAnalysis } from './of-analyses.ts';
import { ofCompose } from './of-compose.ts';
import { ofDevcontainer } from './of-devcontainer.ts';
import { isDistrobox, ofDistrobox } from './of-distrobox.ts';
import { isDobi, ofDobi } from './of-dobi.ts';
import { ofGitlab } from './of-gitlab.ts';
import { ofJenkinsfile } from './of-jenkinsfile.ts';
import { bootsOfCommands, bootsOfTerraform, bootsOfVagrant, isVagrantfile } from './of-machines.ts';
import {
  hasManifests,
  isHelmValues,
  isKustomization,
  isManifest,
  ofHelmValues,
  ofKustomization,
  ofManifest,
} from './of-manifest.ts';
import { isNomad, isOfContainers, ofNomad } from './of-nomad.ts';
import { keysOfPipeline, ofPipeline } from './of-pipeline.ts';
import { startsOfScript } from './of-script.ts';
import { hasTask, ofContainers, ofTasks } from './of-tasks.ts';
import { ofTiltfile } from './of-tiltfile.ts';
import { ofWorkflow, runsOfJobs } from './of-workflow.ts';
import { asShellText, isProgram } from './programs-as-shell.ts';
import { envOf, hasScopes, scopesIn } from './scopes.ts';
import { isSkaffoldPath, ofSkaffoldFile } from './skaffold/artifacts.ts';
import { builtBySkaffold } from './skaffold/calls.ts';
import { asYaml, chartOf, isTemplate, isTemplatePath, withoutEnding } from './templates.ts';
import { knownIn, MOST, movedTo, nameIn, settingsOf } from './values.ts';
import { type Variants, variantsIn } from './variants.ts';
import { valuesOf } from './workflow-values.ts';

/** Characters of a file that are read. */
const LONGEST = 200_000;

/** `clean` masks secrets in a text. `all` are the files whose variables it takes over, and those of Bake that it runs. */
export function factsOfBuildFile(
  path: string,
  text: string,
  clean: (text: string) => string,
  all: readonly Included[] = [],
): FileFacts {
  // Bake and Skaffold have variables of their own.
  const bakeFiles = all.filter(one => isBakePath(one.path));
  const ofSkaffold = all.filter(one => isSkaffoldPath(one.path));
  const included = all.filter(one => !isBakePath(one.path) && !isSkaffoldPath(one.path));
  const baked = new BakeFiles(bakeFiles);
  const beginning = text.slice(0, LONGEST);
  // What a template becomes is of the kind that its path says.
  const plain = isTemplatePath(path) || mayBeCompose(path) ? withoutEnding(path) : path;
  const isYaml = /\.ya?ml$/i.test(plain) && isTemplate(beginning);
  const file = { path, name: nameOf(plain), text: isYaml ? asYaml(beginning) : asShell(path, beginning) };
  // What a workflow calls has variables of its own.
  const taken = IN_WORKFLOWS.test(path) ? [] : included.filter(one => isMakefile(path) || !isMakefile(one.path));
  const variables = taken.map(({ text }) => text).join('\n');
  const naming = namingOf(variables === '' ? file : { ...file, text: `${file.text}\n${variables}` }, clean);
  const makes = namesBuiltIn(file).map(clean);
  const facts: FileFacts = { path, stages: [], builds: [], retags: [], starts: [], files: [], makes };
  // Keys of YAML are no variables: Compose has those of `.env`, a manifest has none.
  const namingBy = (text: string): Naming => namingOf({ ...file, text }, clean);
  if (isHelmValues(path)) return { ...facts, starts: ofHelmValues(settingsOf(file.text), namingBy('')).slice(0, MOST) };
  if (kindOfPath(plain, file.text) === 'compose') {
    const given = taken.map(one => (nameOf(one.path) === '.env' ? one.text : withoutPlaceholders(one.text)));
    const said = ofCompose(path, file.text, namingBy(lastOfEach(given.join('\n'))));
    return { ...facts, ...(plain === path ? said : elsewhere(said)) };
  }
  if (isKustomization(path)) return { ...facts, ...ofKustomization(settingsOf(file.text), namingBy('')) };
  if (isDobi(path)) return { ...facts, ...ofDobi(settingsOf(file.text), namingBy('')) };
  if (isSkaffoldPath(file.name)) return { ...facts, ...ofSkaffoldFile(settingsOf(file.text), namingBy('')) };
  const chart = isYaml ? chartOf(path) : undefined;
  if (isManifest(plain, file.text) || chart !== undefined) {
    const settings = chart === undefined || file.text.includes('kaniko') ? settingsOf(file.text) : [];
    const builds = file.text.includes('kaniko') ? ofContainers(settings, namingBy('')) : [];
    const starts =
      chart === undefined ? ofManifest(settings, namingBy('')) : startsOfHelm(beginning, chart, included, namingBy(''));
    return { ...facts, builds, starts: starts.slice(0, MOST) };
  }
  if (isAnalysis(path)) {
    const taken = included.map(({ text }) => text).join('\n');
    return { ...facts, makes: [], starts: ofAnalysis(path, beginning, taken, namingBy).slice(0, MOST) };
  }
  if (isDistrobox(path)) return { ...facts, makes: [], starts: ofDistrobox(file.text, namingBy('')) };
  const ofHcl = () => namingBy(variablesOfHcl([...included, { path, text: file.text }]));
  if (isNomad(path)) return { ...facts, starts: ofNomad(file.text, ofHcl()) };
  // A pipeline applies it with other values.
  if (isOfContainers(path)) {
    const starts = ofNomad(file.text, ofHcl()).map(one => ({ ...one, certain: false }));
    return { ...facts, makes: [], starts, boots: cleanNames(bootsOfTerraform(file.text, ofHcl()), clean) };
  }
  if (isVagrantfile(path))
    return { ...facts, makes: [], boots: cleanNames(bootsOfVagrant(file.text, namingBy('')), clean) };
  if (isQuadlet(withoutEnding(path))) return { ...facts, ...ofQuadlet(path, file.text, naming) };
  if (/bake[^/]{0,100}\.json$/i.test(file.name))
    return { ...facts, builds: ofBake(path, file.text, naming, bakeFiles) };
  if (/\.hcl$/i.test(file.name)) return { ...facts, builds: ofBake(path, file.text, namingBy(''), bakeFiles) };
  if (/devcontainer[^/]{0,60}\.json$/i.test(file.name)) return { ...facts, ...ofDevcontainer(file.text, namingBy('')) };
  if (/\.json$/i.test(path) && file.name !== 'package.json') return facts;
  if (/^tiltfile$/i.test(file.name)) return { ...facts, builds: ofTiltfile(file.text, naming) };
  const keys = keysOfPipeline(path, file.text);
  const isPipeline = /\.ya?ml$/i.test(path);
  const isWorkflow = isPipeline && /\buses:/.test(file.text) && /docker|buildah/i.test(file.text);
  const isVaried =
    isPipeline &&
    (/matrix\.|needs\.|inputs\.|working-directory:/.test(file.text) ||
      (COMMANDS.test(file.text) && hasScopes(file.text)));
  const isOfTasks = isPipeline && (hasTask(file.text) || (isOfRole(path) && COMMANDS.test(file.text)));
  const isOfGitlab = isPipeline && [file, ...included].some(usesImages) && isGitlab(path, file.text);
  const settings =
    (IN_WORKFLOWS.test(path) && included.length > 0) ||
    (isPipeline && ofSkaffold.length > 0) ||
    isWorkflow ||
    keys ||
    isVaried ||
    isOfTasks ||
    isOfGitlab
      ? settingsOf(file.text)
      : [];
  const scopes = scopesIn(settings);
  const base = valuesOf(settings);
  const { builds, retags, starts } = isMakefile(path)
    ? commandsOfMake(file.text, included, naming, namingBy, baked)
    : isOfGitlab
      ? ofGitlab(file.text, settings, included, namingBy, baked)
      : commandsIn(
          plainText(file),
          naming,
          false,
          isVaried ? runsOfJobs(settings, file.text, scopes, base) : variantsIn(plainText(file), variables),
        );
  const steps = isWorkflow ? ofWorkflow(settings, naming, scopes, base, baked) : { builds: [], retags: [] };
  const called = IN_WORKFLOWS.test(path)
    ? new CalledWorkflows(rootOf(path), included, namingBy, baked).of(settings, naming, base)
    : { builds: [], retags: [] };
  const made =
    IN_WORKFLOWS.test(path) && included.some(one => isMakefile(one.path))
      ? madeBy(
          file.text,
          runsOfJobs(settings, file.text, scopes, base),
          namingBy(envOf(settings)),
          included,
          namingBy,
          baked,
        )
      : [];
  const ran =
    baked.isEmpty || isMakefile(path) || isOfGitlab
      ? []
      : isPipeline
        ? bakedInWorkflow(file.text, baked, runsOfJobs(settings, file.text, scopes, base), naming)
        : bakedBy(plainText(file), baked, variantsIn(plainText(file), variables), naming, exportedIn(file.text));
  const runs = (): Variants =>
    isMakefile(path)
      ? new Make([file.text, ...included.map(({ text }) => text)], naming.shown).variantsOf(file.text)
      : isPipeline
        ? runsOfJobs(settings, file.text, scopes, base)
        : variantsIn(plainText(file), variables);
  const bySkaffold =
    ofSkaffold.length === 0 ? [] : builtBySkaffold(path, file.text, ofSkaffold, runs(), naming, namingBy);
  // Those of jobs of GitLab have the variables of their jobs.
  const containers = !keys
    ? []
    : isOfGitlab
      ? ofPipeline(settings.filter(isOfNoJob), keys, namingBy(withoutVariables(file.text, settings)))
      : ofPipeline(settings, keys, naming);
  const inside = hasManifests(plain, file.text)
    ? ofManifest(settingsOf(file.text), namingBy('')).map(one => ({ ...one, certain: false }))
    : [];
  const others = isOfTasks ? ofTasks(path, settings, naming, namingBy, variables) : jenkins(file, naming);
  return {
    ...facts,
    builds: [
      ...builds.slice(0, MOST),
      ...steps.builds,
      ...called.builds,
      ...made,
      ...ran,
      ...bySkaffold,
      ...others.builds.slice(0, MOST),
    ],
    retags: [...retags.slice(0, MOST), ...steps.retags, ...called.retags, ...others.retags.slice(0, MOST)],
    starts: [...starts, ...startsOfScript(file.text, naming), ...containers, ...inside, ...others.starts].slice(
      0,
      2 * MOST,
    ),
    boots: cleanNames(bootsOfCommands(file.text, naming), clean),
  };
}

const cleanNames = (names: readonly NamedImage[], clean: (text: string) => string): readonly NamedImage[] =>
  names.map(one => ({ ...one, name: clean(one.name) }));

const mayBeCompose = (path: string): boolean => kindOfPath(withoutEnding(path), '') === 'compose';

/** A template is filled in somewhere: paths may count from any directory above. */
const elsewhere = ({ builds, starts }: Pick<FileFacts, 'builds' | 'starts'>): Pick<FileFacts, 'builds' | 'starts'> => ({
  builds: builds.map(one => ({ ...one, by: 'bake' })),
  starts,
});

/** A script of Windows with the paths, the variables and the ends of lines of a shell, in as many characters. */
function asShell(path: string, text: string): string {
  if (/\.(?:j2|jinja2?)$/.test(path)) return asBecomes(text);
  if (isProgram(path)) return asShellText(text);
  const isPowerShell = /\.ps1$/i.test(path);
  if (!isPowerShell && !/\.(?:bat|cmd)$/i.test(path)) return text;
  const plain = text.replace(/(?<=[\w.])\\(?=[\w.])/g, '/').replace(/[`^](?=[ \t]{0,9}\r?$)/gm, '\\');
  return isPowerShell ? plain.replace(/^([ \t]{0,80})\$(?=\w{1,60}[ \t]{0,9}=(?!=))/gm, '$1 ') : plain;
}

/** Programs of containers, or a variable that may be one. */
const COMMANDS =
  /docker|podman|nerdctl|finch|buildah|kaniko|depot|gcloud|crane|skopeo|regctl|\baz[ \t]{1,9}acr|CONTAINER/;

const usesImages = ({ text }: { readonly text: string }): boolean => COMMANDS.test(text) || text.includes('image:');

/** In JSON a string ends a command. */
const plainText = ({ name, text }: { readonly name: string; readonly text: string }): string =>
  name === 'package.json' ? text.replace(/(?<!\\)"/g, '\n') : text;

const jenkins = ({ name, text }: { readonly name: string; readonly text: string }, naming: Naming) =>
  /jenkinsfile|\.groovy$/i.test(name)
    ? { ...ofJenkinsfile(text, naming), retags: [] }
    : { builds: [], retags: [], starts: [] };

/**
 * The commands of a Makefile, and the builds of those that it includes, which are run in its directory and with its
 * variables. What an included file says alone is said there.
 */
function commandsOfMake(
  own: string,
  included: readonly Included[],
  naming: Naming,
  alone: (text: string) => Naming,
  baked: BakeFiles,
): Commands {
  const make = new Make([own, ...included.map(({ text }) => text)], naming.shown);
  const commands = commandsIn(own, naming, true, make.variantsOf(own));
  const exported = exportedIn([own, ...included.map(({ text }) => text)].join('\n'));
  const builds = [...commands.builds, ...bakedBy(own, baked, make.variantsOf(own), naming, exported, true)];
  const retags = [...commands.retags];
  const known = new Set([...builds, ...retags].map(one => JSON.stringify(one)));
  const isNew = (one: BuildCall | Retag): boolean => {
    const key = JSON.stringify(one);
    return !known.has(key) && known.add(key).size > 0;
  };
  // The caller may decide for other arms of conditions.
  for (const given of make.choices()) {
    const runs = make.with(given).variantsOf(own);
    const other = commandsIn(own, naming, true, runs);
    builds.push(...[...other.builds, ...bakedBy(own, baked, runs, naming, exported, true)].filter(isNew));
    retags.push(...other.retags.filter(isNew));
  }
  for (const { text, path, span } of included) {
    if (!isMakefile(path)) continue;
    const own = new Make([text], naming.shown);
    const said = new Set(
      commandsIn(text, alone(text), true, own.variantsOf(text)).builds.map(one => JSON.stringify(one)),
    );
    for (const call of commandsIn(text, naming, true, make.variantsOf(text)).builds)
      if (!said.has(JSON.stringify(call))) builds.push(movedTo(call, span));
  }
  return { ...commands, builds, retags };
}

/** podman-systemd.unit(5), wherever the repository keeps them. */
export const isQuadlet = (path: string): boolean => /\.(?:container|image|build)$/.test(path);

/** An example without what everybody has to replace. */
const withoutPlaceholders = (text: string): string =>
  text.replace(/^[^\n=]{0,100}=[^\n]{0,200}(?:<|your|example|change|replace|xxx|todo)[^\n]*$/gim, '');

/** Of the lines of a file of variables that set the same one, the last. */
function lastOfEach(variables: string): string {
  const lines = new Map<string, string>();
  for (const line of variables.slice(0, LONGEST).split('\n')) {
    const [before = '', name] = /^[ \t]*(?:export[ \t]+)?([A-Za-z_]\w{0,60})[ \t]*[=:]/.exec(line) ?? [];
    // Compose takes the default in place of an empty value.
    const isEmpty = /^(?:""|'')?$/.test(line.slice(before.length).trim());
    if (name !== undefined && !isEmpty) lines.set(name, line);
  }
  return [...lines.values()].join('\n');
}

function ofQuadlet(path: string, text: string, naming: Naming): Pick<FileFacts, 'builds' | 'starts'> {
  const settings = readSections(SourceText.document(text));
  const all = (section: string, key: string) =>
    settings.filter(({ path: [own, name] }) => own === section && name === key);
  const names = (section: string, key: string) => all(section, key).flatMap(one => nameIn(one, naming));
  if (!path.endsWith('.build')) {
    // A unit may name another unit: `web.build`.
    const images = [...names('Container', 'Image'), ...names('Image', 'Image')];
    return { builds: [], starts: images.filter(({ name }) => !/\.(?:image|build)$/.test(name)) };
  }
  const [tag] = all('Build', 'ImageTag');
  const file = knownIn(all('Build', 'File')[0], naming);
  const directory = knownIn(all('Build', 'SetWorkingDirectory')[0], naming);
  if (!tag) return { builds: [], starts: [] };
  return {
    starts: [],
    builds: [
      {
        names: names('Build', 'ImageTag'),
        by: 'compose',
        context: directory === undefined || /^(?:unit|file)$/.test(directory) ? '.' : directory,
        file,
        target: knownIn(all('Build', 'Target')[0], naming),
        span: tag.span,
      },
    ],
  };
}
