import type { ImageBuild } from '../../../core/build.ts';
import { quoted } from '../../../core/quoted.ts';
import type { Span } from '../../../core/text.ts';
import { configFiles } from '../../../facts/config-files.ts';
import { fileWrites } from '../../../facts/file-writes.ts';
import { setupCommands } from '../../../facts/setup-commands.ts';
import type { Invocation } from '../../../shell/invocations.ts';

/** `latest` outside of the places that always name an image. */
export interface Latest {
  readonly span: Span;
  readonly message: string;
  /** The image, where all of it is known. */
  readonly image?: string;
  /** It is for a chart in the repository, which builds the image as a rule. */
  readonly isOwn?: boolean;
}

export function* latestElsewhere(build: ImageBuild): Iterable<Latest> {
  yield* inVariables(build);
  if (build.language === 'dockerfile') return;
  yield* inOtherFiles(build);
  for (const { invocation } of setupCommands(build)) {
    const found = CLIENTS[invocation.program]?.(invocation);
    if (found) yield found;
  }
}

/** `TAG=latest` in a unit or in a file of variables, for `image:${TAG}` in a unit or a Compose file. */
function* inVariables(build: ImageBuild): Iterable<Latest> {
  const files = configFiles(build);
  const uses = files.filter(({ kind }) => kind === 'unit' || kind === 'compose' || kind === 'quadlet');
  if (uses.length === 0) return;
  for (const { kind, settings = [] } of files) {
    if (kind !== 'unit' && kind !== 'environment') continue;
    for (const { path, value, span } of settings) {
      const given =
        kind === 'environment' ? `${path.at(-1)}=${value.text}` : path.at(-1) === 'Environment' ? value.text : '';
      const name = /^"?([A-Za-z_]\w{0,60})="?latest"?$/.exec(given)?.[1];
      const image = name === undefined ? undefined : uses.map(({ text }) => taggedBy(name, text.text)).find(Boolean);
      if (image !== undefined)
        yield { message: `\`${name}=latest\` makes the image tag a moving one`, span, image: `${image}latest` };
    }
  }
}

/** What precedes the variable where it is a tag, with the colon. */
function taggedBy(variable: string, text: string): string | undefined {
  const at = Math.max(text.indexOf(`:\${${variable}`), text.indexOf(`:$${variable}`));
  return at < 0 ? undefined : /[\w./:-]{1,200}$/.exec(text.slice(Math.max(0, at - 200), at + 1))?.[0];
}

/** Files of orchestrators and of configuration management, whose other keys say nothing here: `image = "app:latest"`. */
const NAMED_IMAGE =
  /^[ \t-]{0,60}["']?(?:image|docker_image)["']?[ \t]{0,8}[:=][ \t]{0,8}["']?((?:[\w.-]{1,80}(?::\d{1,5})?\/){0,4}[\w.-]{1,80}:latest)["']?[ \t]{0,8},?[ \t]{0,8}$/gm;
const IMAGE_VARIABLE =
  /^(?:export[ \t]{1,8})?\w{0,60}IMAGE=["']?((?:[\w.-]{1,80}(?::\d{1,5})?\/){0,4}[\w.-]{1,80}:latest)["']?[ \t]{0,8}$/gm;
/** Files for the tools of developers, which start nothing on the machine. */
const FOR_DEVELOPERS =
  /\/docs?\/|example|sample|(?:^|\/)(?:\.?renovate(?:rc)?(?:\.\w{1,5})?|(?:docker-)?bake(?:\.[\w.-]{1,40})?\.(?:hcl|json)|devcontainer\.json|package\.json)$/i;

function* inOtherFiles(build: ImageBuild): Iterable<Latest> {
  const known = new Set(configFiles(build).map(({ path }) => path));
  for (const { path, text } of fileWrites(build)) {
    if (FOR_DEVELOPERS.test(path)) continue;
    const isVariables = /\.env$|\/etc\/(?:default|sysconfig)\//.test(path);
    if (!isVariables && (known.has(path) || !/\.(?:ya?ml|json|hcl|nomad|toml)$/i.test(path))) continue;
    for (const match of text.text.matchAll(isVariables ? IMAGE_VARIABLE : NAMED_IMAGE)) {
      const at = match.index + match[0].lastIndexOf(match[1]!);
      yield ofImage(match[1]!, text.spanOf(at, at + match[1]!.length));
    }
  }
}

const ofImage = (image: string, span: Span): Latest => ({
  message: `${quoted(image, 60)} is a moving tag`,
  span,
  image,
});

/** `docker service update --image`, `kubectl set image x=IMAGE`, `helm … --set image.tag=latest`, `docker run app:${TAG:-latest}` */
const CLIENTS: Readonly<Record<string, (invocation: Invocation) => Latest | undefined>> = {
  docker: inEngine,
  podman: inEngine,
  nerdctl: inEngine,
  kubectl: inCluster,
  oc: inCluster,
  helm: inChart,
  helm3: inChart,
};

const MOVING = '`latest` is a moving tag';

function inEngine({ args, script }: Invocation): Latest | undefined {
  const [first, second] = args.map(({ literal }) => literal);
  if (first === 'service' && second === 'update') {
    const at = args.findIndex(({ text }) => /^--image(?:=|$)/.test(text));
    const image = args[at]?.text.startsWith('--image=') ? args[at]!.text.slice(8) : args[at + 1]?.literal;
    const word = args[at]?.text.startsWith('--image=') ? args[at] : args[at + 1];
    return at >= 0 && word && image?.endsWith(':latest') ? ofImage(image, script.spanOf(word)) : undefined;
  }
  if (first === 'plugin' && second === 'install') {
    const word = args.find(
      ({ literal }, i) => i > 1 && /^[\w.-]{1,80}(?:[/:][\w./-]{1,200})?:latest$/.test(literal ?? ''),
    );
    return word && ofImage(word.literal!, script.spanOf(word));
  }
  if (!/^(?:run|create|pull)$/.test(first ?? '')) return undefined;
  for (const word of args) {
    const image = /^["']?([\w./:-]{1,200}):\$\{\w{1,60}:?-latest\}["']?$/.exec(word.raw)?.[1];
    if (word.literal === undefined && image !== undefined)
      return { message: MOVING, span: script.spanOf(word), image: `${image}:latest` };
  }
  return undefined;
}

function inCluster({ args, script }: Invocation): Latest | undefined {
  if (args[0]?.literal !== 'set' || args[1]?.literal !== 'image') return undefined;
  for (const word of args) {
    const image = /^[\w*-]{1,80}=([\w./:-]{1,200}:latest)$/.exec(word.literal ?? '')?.[1];
    if (image !== undefined) return { message: MOVING, span: script.spanOf(word), image };
  }
  return undefined;
}

function inChart({ args, script }: Invocation): Latest | undefined {
  const words = args.map(({ literal, raw }) => literal ?? raw);
  const at = words.findIndex(
    (text, i) =>
      /(?:^|[.,=])tag=latest(?:,|$)/.test(text) && /^--set/.test(i > 0 && !text.startsWith('-') ? words[i - 1]! : text),
  );
  if (at < 0) return undefined;
  const isOwn = words.some(
    (text, i) => i !== at && /^(?:\.{1,2}\/|\.$)/.test(text) && !/^(?:-f|--values)$/.test(words[i - 1] ?? ''),
  );
  return { message: MOVING, span: script.spanOf(args[at]!), isOwn };
}
