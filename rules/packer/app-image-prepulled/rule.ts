import type { ImageBuild, RunStep, Step } from '../../../core/build.ts';
import type { Finding } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import type { Span } from '../../../core/text.ts';
import { type ContainerImage, containerImages } from '../../../facts/container-images.ts';
import { parseImageReference } from '../../../facts/image-reference.ts';
import { makesMachine, saysSpecialKind } from '../../../languages/packer/images.ts';
import { stageOf } from '../../../languages/packer/nodes.ts';
import {
  isAddOn,
  isArchiveOfMachine,
  isImageOfMachine,
  loadedArchives,
} from '../../../languages/packer/part-of-machine.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import { type Invocation, invocationsIn, invocationsOfStep } from '../../../shell/invocations.ts';
import { readArguments } from '../../../shell/programs/index.ts';

const CLUSTER_PROGRAMS = ['kubectl', 'oc', 'minikube'];

export default definePackerRule({
  id: 'app-image-prepulled',
  summary: 'A machine image contains a container image of an application',
  policies: ['G4', 'G5'],
  category: 'separation',
  severity: 'info',
  preset: 'strict',
  needs: {
    programs: [
      'docker',
      'docker-compose',
      'podman',
      'podman-compose',
      'nerdctl',
      'finch',
      'crictl',
      'ctr',
      ...CLUSTER_PROGRAMS,
    ],
    steps: ['write-file'],
  },
  since: '2026.11',
  *check(file, { project }, build) {
    if (project.kind === 'ci-runner' || project.kind === 'appliance' || project.kind === 'vagrant') return;
    const uses = usesByStep(build);
    for (const packerBuild of file.module.builds) {
      const stage = stageOf(build, packerBuild);
      if (!stage || !packerBuild.sources.some(makesMachine) || saysSpecialKind(file, packerBuild)) continue;
      yield* byImage(stage.steps.flatMap(step => uses.get(step) ?? []));
      for (const step of stage.steps)
        if (step.kind === 'run' && step.phase === 'build') {
          yield* composeUses(step);
          yield* loads(step);
          yield* deployments(step);
        }
    }
  },
});

const HELP = 'Pull at deploy time, by version or digest';

interface Use {
  readonly repository: string;
  readonly how: 'pulled into' | 'started in' | 'started at boot by';
  readonly span: Span;
}

/** One finding for each image, at the first place that names it. */
function* byImage(uses: readonly Use[]): Iterable<Finding> {
  const byRepository = new Map<string, Use[]>();
  for (const use of uses) {
    if (isImageOfMachine(use.repository)) continue;
    const list = byRepository.get(use.repository);
    if (list) list.push(use);
    else byRepository.set(use.repository, [use]);
  }
  for (const [repository, [first, ...others]] of byRepository)
    yield {
      message: `${quoted(repository)} is ${first!.how} the machine image`,
      help: HELP,
      span: first!.span,
      related: others.map(({ how, span }) => ({
        message: `${how.startsWith('started') ? 'Started' : 'Pulled'} here`,
        span,
      })),
    };
}

function usesByStep(build: ImageBuild): ReadonlyMap<Step, readonly Use[]> {
  const found = new Map<Step, Use[]>();
  const add = (step: Step, use: Use): void => {
    const list = found.get(step);
    if (list) list.push(use);
    else found.set(step, [use]);
  };
  const note = (image: ContainerImage, how: Use['how']): void => {
    if (image.step) add(image.step, { repository: image.reference.repository, how, span: image.span });
  };
  for (const image of containerImages(build)) {
    if (image.use === 'pull') note(image, 'pulled into');
    else if (image.use === 'service') note(image, 'started at boot by');
    else if (image.use === 'run' && image.step?.kind !== 'run') note(image, 'started at boot by');
  }
  for (const { invocation, step } of invocationsIn(build, { written: false })) {
    if (step.kind !== 'run' || step.phase !== 'build') continue;
    const use = startedBy(invocation) ?? pulledBy(invocation);
    if (use) add(step, use);
  }
  return found;
}

/** The image that is pulled in a version from a variable: its repository is written. */
function pulledBy(invocation: Invocation): Use | undefined {
  const given = readArguments(invocation);
  const isPull = /^(?:docker|podman|nerdctl) (?:image )?pull$/.test(`${given.program} ${given.verb}`);
  const [word] = given.operands;
  if (!isPull || !word || word.literal !== undefined) return undefined;
  const written = /^((?:[\w.-]{1,100}(?::\d{1,5})?\/)?[a-z0-9][a-z0-9._/-]{0,200})[:@](?!\d{1,5}\/)/.exec(
    word.value.text,
  )?.[1];
  const reference = written === undefined ? undefined : parseImageReference(written);
  return reference && { repository: reference.repository, how: 'pulled into', span: invocation.script.spanOf(word) };
}

/** The image of a container that goes on running: `docker run -d`. */
function startedBy(invocation: Invocation): Use | undefined {
  const given = readArguments(invocation);
  const isStart = /^(?:docker|podman|nerdctl) (?:container )?(?:run|create)$/.test(`${given.program} ${given.verb}`);
  if (!isStart || !given.has('--detach', '--restart')) return undefined;
  const [word] = given.operands;
  const reference = word?.literal === undefined ? undefined : parseImageReference(word.literal);
  if (!word || !reference) return undefined;
  return { repository: reference.repository, how: 'started in', span: invocation.script.spanOf(word) };
}

const COMPOSE = /^(?:docker-compose|(?:docker|podman|nerdctl) compose|podman-compose) (pull|up|create|start)$/;

/** One finding for the project of Compose files that a step pulls or starts. */
function* composeUses(step: RunStep): Iterable<Finding> {
  const found = invocationsOfStep(step).flatMap(invocation => {
    const { program, verb } = readArguments(invocation);
    const how = COMPOSE.exec(`${program} ${verb}`)?.[1];
    return how === undefined ? [] : [{ how, span: invocation.script.spanOf(invocation.command) }];
  });
  const pulls = found.filter(({ how }) => how === 'pull');
  const starts = found.filter(({ how }) => how !== 'pull');
  for (const { span } of pulls)
    yield { message: 'Compose pulls application images into the machine image', help: HELP, span };
  const [first, ...others] = starts;
  if (first)
    yield {
      message: 'Compose starts an application in the machine image',
      help: 'Start it when the machine boots, from a pinned image',
      span: first.span,
      related: others.map(({ span }) => ({ message: 'Started here', span })),
    };
}

/** Images from an archive: `docker load --input images.tar`. */
function* loads(step: RunStep): Iterable<Finding> {
  for (const invocation of invocationsOfStep(step)) {
    const archives = loadedArchives(invocation);
    if (!archives || archives.some(isArchiveOfMachine)) continue;
    yield {
      message: `\`${invocation.program}\` loads container images into the machine image`,
      help: HELP,
      span: invocation.script.spanOf(invocation.command),
    };
  }
}

/** The host says nothing: `storage.googleapis.com`. */
function pathOf(url: string): string {
  return url.slice(url.indexOf('/', url.indexOf('//') + 2));
}

/** Manifests from the network that a step applies to a cluster in the image. */
function* deployments(step: RunStep): Iterable<Finding> {
  for (const invocation of invocationsOfStep(step)) {
    if (!CLUSTER_PROGRAMS.includes(invocation.program)) continue;
    const words = invocation.args.map(({ literal }) => literal ?? '');
    const verb = words.find(word => word === 'apply' || word === 'create');
    const url = words.find(word => /^(?:-f=?|--filename=)?https?:\/\//.test(word));
    if (verb === undefined || url === undefined || isAddOn(pathOf(url))) continue;
    yield {
      message: `\`${invocation.program === 'oc' ? 'oc' : 'kubectl'} ${verb}\` deploys an application into the machine image`,
      help: 'Deploy it when the machine joins, from a pinned manifest',
      span: invocation.script.spanOf(invocation.command),
    };
  }
}
