import type { ImageBuild, RunStep, Step } from '../../../core/build.ts';
import { quoted } from '../../../core/quoted.ts';
import { type ContainerImage, containerImages } from '../../../facts/container-images.ts';
import { saysSpecialKind } from '../../../languages/packer/images.ts';
import { stageOf } from '../../../languages/packer/nodes.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import type { PackerBuild } from '../../../languages/packer/tree.ts';
import { invocationsOfStep } from '../../../shell/invocations.ts';
import { readArguments } from '../../../shell/programs/index.ts';

export default definePackerRule({
  id: 'app-image-prepulled',
  summary: 'A machine image contains the container images of applications',
  policies: ['G4'],
  category: 'separation',
  severity: 'info',
  preset: 'strict',
  needs: { programs: ['docker', 'docker-compose', 'podman', 'nerdctl', 'finch', 'crictl', 'ctr'] },
  since: '2026.11',
  *check(file, { project }, build) {
    if (project.kind === 'ci-runner' || project.kind === 'appliance' || project.kind === 'vagrant') return;
    const pulls = pullsByStep(build);
    for (const packerBuild of file.module.builds) {
      const stage = stageOf(build, packerBuild);
      if (!stage || !isMachine(packerBuild) || saysSpecialKind(file, packerBuild)) continue;
      for (const step of stage.steps) {
        for (const { reference, span } of pulls.get(step) ?? [])
          if (!isPartOfMachine(reference.repository))
            yield {
              message: `${quoted(reference.repository)} is pulled into the machine image`,
              help: HELP,
              span,
            };
        if (step.kind === 'run' && step.phase === 'build') yield* composePulls(step);
      }
    }
  },
});

const HELP = 'Pull at deploy time, by version or digest';

function pullsByStep(build: ImageBuild): ReadonlyMap<Step, readonly ContainerImage[]> {
  const pulls = new Map<Step, ContainerImage[]>();
  for (const image of containerImages(build)) {
    if (!image.step || image.use !== 'pull') continue;
    const list = pulls.get(image.step);
    if (list) list.push(image);
    else pulls.set(image.step, [image]);
  }
  return pulls;
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
