import type { ImageBuild, RunStep, Step } from '../../../core/build.ts';
import type { Finding } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import type { Span } from '../../../core/text.ts';
import { type ContainerImage, containerImages } from '../../../facts/container-images.ts';
import { parseImageReference } from '../../../facts/image-reference.ts';
import { saysSpecialKind } from '../../../languages/packer/images.ts';
import { stageOf } from '../../../languages/packer/nodes.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import type { PackerBuild } from '../../../languages/packer/tree.ts';
import { type Invocation, invocationsIn, invocationsOfStep } from '../../../shell/invocations.ts';
import { readArguments } from '../../../shell/programs/index.ts';

export default definePackerRule({
  id: 'app-image-prepulled',
  summary: 'A machine image contains a container image of an application',
  policies: ['G4'],
  category: 'separation',
  severity: 'info',
  preset: 'strict',
  needs: {
    programs: ['docker', 'docker-compose', 'podman', 'nerdctl', 'finch', 'crictl', 'ctr'],
    steps: ['write-file'],
  },
  since: '2026.11',
  *check(file, { project }, build) {
    if (project.kind === 'ci-runner' || project.kind === 'appliance' || project.kind === 'vagrant') return;
    const uses = usesByStep(build);
    for (const packerBuild of file.module.builds) {
      const stage = stageOf(build, packerBuild);
      if (!stage || !isMachine(packerBuild) || saysSpecialKind(file, packerBuild)) continue;
      yield* byImage(stage.steps.flatMap(step => uses.get(step) ?? []));
      for (const step of stage.steps) if (step.kind === 'run' && step.phase === 'build') yield* composePulls(step);
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
    if (isPartOfMachine(use.repository)) continue;
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
    const started = step.kind === 'run' && step.phase === 'build' ? startedBy(invocation) : undefined;
    if (started) add(step, started);
  }
  return found;
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

function* composePulls(step: RunStep) {
  for (const invocation of invocationsOfStep(step)) {
    const { command, script } = invocation;
    const { program, verb } = readArguments(invocation);
    if (`${program} ${verb}`.replace('docker compose ', 'docker-compose ') !== 'docker-compose pull') continue;
    yield {
      message: 'Compose pulls application images into the machine image',
      help: HELP,
      span: script.spanOf(command),
    };
  }
}

function isMachine({ sources }: PackerBuild): boolean {
  return sources.some(({ facts }) => facts?.produces === 'image' || facts?.produces === 'disk');
}

/** What belongs to the machine and its container engine rather than to an application. */
const OF_THE_MACHINE =
  /(?:^|\/)(?:kindest\/[a-z]+|buildkit|binfmt|qemu-user-static|pause|coredns|etcd|flannel[a-z-]*|calico[a-z/-]*|cilium[a-z-]*|kube-[a-z-]+|amazon-ecs-[a-z-]+|amazon-k8s-cni[a-z-]*|node-exporter|cadvisor|fluent-?bit|fluentd|vector|agent|datadog-agent|ssm-agent|[a-z-]*-agent|hello-world|registry|portainer[a-z-]*|watchtower)$|^(?:registry\.k8s\.io|k8s\.gcr\.io|mcr\.microsoft\.com\/oss\/kubernetes|moby|tonistiigi|rancher|amazon|datadog|prom)\//i;

function isPartOfMachine(repository: string): boolean {
  return repository.length > 300 || OF_THE_MACHINE.test(repository);
}
