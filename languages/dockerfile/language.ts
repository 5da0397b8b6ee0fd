import type { Language } from '../../core/language.ts';
import { nameOf, parentDirectory } from '../../core/path.ts';
import { isForDevelopers } from '../../facts/environments.ts';
import { withoutPlaceholders, withoutRanges } from '../../facts/placeholders.ts';
import { everyInstruction } from './all-instructions.ts';
import { isBuiltByBuildah } from './builder.ts';
import { detectDockerfile, mayNameFilesAsDockerfile, recognizeDockerfile } from './detect.ts';
import { contextFile, contextOf, ignoreFileBeside, isBeside } from './docker-ignore.ts';
import { otherEnvironment } from './environments.ts';
import { filledIn } from './filled-in.ts';
import { isGivenHost } from './host-access.ts';
import { isIncluded } from './included.ts';
import { inventoryOf } from './inventory.ts';
import { lowerDockerfile } from './lower.ts';
import { parseDockerfile } from './parse.ts';
import { type Purpose, purposeOf } from './purpose.ts';
import { targetsAround } from './targets.ts';
import type { DockerfileTree, Instruction } from './tree.ts';

/** The name under which a file is built as it is. */
const PLAIN = /^(?:docker|container)file$/i;
/** Names of parts that a script puts behind the beginning of a Dockerfile. */
const PART = /\.(?:body|common|frag(?:ment)?|inc|in|part(?:ial)?|proto|snippet|tail|te?mpl(?:ate)?)$/i;

/** Whether the first instruction needs a `FROM` that is not there. */
const startsInside = ({ preamble }: DockerfileTree): boolean =>
  preamble.some(({ kind }) => kind !== 'arg' && kind !== 'unknown');

/** An editor in the browser, or the decoration of a shell: someone works in the container. */
const WORKPLACE = /\b(?:code-server|openvscode-server|oh-?my-?zsh|oh-my-posh)\b/i;
/** The accounts of those who do. */
const WORKERS = /^(?:gitpod|vscode|codespace|coder)$/;
const WORKPLACE_HINT = /code-server|vscode|my-?zsh|my-posh|gitpod|codespace|coder/i;

/** Whether an instruction makes a place to work in; comments between its lines are not part of it. */
function isOfWorkplace(instruction: Instruction): boolean {
  if (instruction.kind === 'user') return WORKERS.test(instruction.user?.literal?.split(':')[0] ?? '');
  const { heredocs, kind, rest } = instruction;
  if (kind === 'label' || kind === 'maintainer') return false;
  return (
    WORKPLACE.test(rest.text) ||
    heredocs.some(
      ({ body }) => WORKPLACE.test(body.text) && WORKPLACE.test(body.text.replace(/^[ \t]{0,80}#.*$/gm, '')),
    )
  );
}

/** Dockerfiles and Containerfiles as BuildKit reads them (https://docs.docker.com/reference/dockerfile/). */
export const dockerfile: Language<DockerfileTree> = {
  id: 'dockerfile',
  name: 'Dockerfile',
  detect: detectDockerfile,
  recognition: recognizeDockerfile,
  mayNameFiles: mayNameFilesAsDockerfile,
  namesInImage: true,
  parse: (source, context) => {
    const { files, path } = context;
    const filled = withoutRanges(source, filledIn(source.text, path, files));
    const readable = withoutPlaceholders(filled, path, files);
    const tree = parseDockerfile(readable, () => ignoreFileBeside(context));
    const own = parentDirectory(path ?? '.');
    const from = contextOf(own, tree);
    const forDevelopers =
      (path !== undefined && isForDevelopers(path)) ||
      (WORKPLACE_HINT.test(source.text) && everyInstruction(tree).some(isOfWorkplace));
    let purpose: { readonly is: Purpose | undefined } | undefined;
    const isFragment =
      path !== undefined &&
      ((tree.stages.length === 0 && !PLAIN.test(nameOf(path))) ||
        (startsInside(tree) && PART.test(path)) ||
        isIncluded(tree, context));
    return {
      ...tree,
      isFragment,
      // What is around it in the file that it becomes part of is not known.
      problems: isFragment ? [] : tree.problems,
      ignore: from === own || tree.ignore === 'unknown' ? tree.ignore : ignoreFileBeside(context, from),
      devContainer: /(?:^|\/)(?:\.devcontainer\/|\.gitpod\.dockerfile$)/i.test(path ?? ''),
      forDevelopers,
      get purpose() {
        return (purpose ??= { is: forDevelopers ? 'workplace' : purposeOf(tree, context) }).is;
      },
      contextFile: name => (path === undefined ? undefined : contextFile(name, from, own, files)),
      isBeside: name => (path === undefined ? undefined : isBeside(name, path, files)),
      get builtByBuildah() {
        return path !== undefined && isBuiltByBuildah(path, files);
      },
      get givenHost() {
        return path !== undefined && isGivenHost(path, files);
      },
      get builtTargets() {
        return path === undefined ? tree.builtTargets : targetsAround(path, files);
      },
      get otherEnvironment() {
        return path === undefined ? undefined : otherEnvironment(path, files);
      },
    };
  },
  lower: lowerDockerfile,
  inventory: inventoryOf,
};
