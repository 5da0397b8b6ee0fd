import { quoted } from '../../../core/quoted.ts';
import { parseImageReference } from '../../../facts/image-reference.ts';
import { packageInstalls } from '../../../facts/package-installs.ts';
import { MANAGER_PROGRAMS } from '../../../facts/packages/managers.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { finalStages, rootOf } from '../../../languages/dockerfile/stages.ts';
import { startCommands, startOf } from '../../../languages/dockerfile/start.ts';
import type { DockerStage } from '../../../languages/dockerfile/tree.ts';

/** What runs an application: its packages in distributions, the programs that they bring, and an image that has it alone. */
interface Runtime {
  readonly name: string;
  readonly image: string;
  readonly packages: RegExp;
  readonly programs: RegExp;
}

const RUNTIMES: readonly Runtime[] = [
  {
    name: 'Python',
    image: 'python',
    packages: /^python(?:3(?:\.\d{1,2}|\d{2})?)?(?:-pip|-minimal)?$/,
    programs: /^(?:python(?:3(?:\.\d{1,2})?)?|gunicorn|uvicorn|flask|celery)$/,
  },
  {
    name: 'Node.js',
    image: 'node',
    packages: /^(?:nodejs(?:\d{2})?|npm)$/,
    programs: /^(?:node|nodejs|npm|npx|yarn|pnpm)$/,
  },
  {
    name: 'Java',
    image: 'eclipse-temurin',
    packages:
      /^(?:openjdk-\d{1,2}-(?:jdk|jre)|default-(?:jdk|jre)|java-[\d.]{1,8}-(?:openjdk|amazon-corretto))(?:-headless|-devel)?$/,
    programs: /^java$/,
  },
  {
    name: 'PHP',
    image: 'php',
    packages: /^php(?:\d(?:\.\d)?)?(?:-fpm|-cli)?$/,
    programs: /^php(?:-fpm)?(?:\d(?:\.\d)?)?$/,
  },
  {
    name: 'Ruby',
    image: 'ruby',
    packages: /^ruby(?:\d(?:\.\d)?)?(?:-full)?$/,
    programs: /^(?:ruby|bundle|rackup|rails|puma)$/,
  },
  { name: 'nginx', image: 'nginx', packages: /^nginx(?:-light|-full|-core)?$/, programs: /^nginx$/ },
  {
    name: 'Apache',
    image: 'httpd',
    packages: /^(?:apache2|httpd)$/,
    programs: /^(?:apache2ctl|apachectl|apache2|httpd)$/,
  },
];

/** Distributions whose images have all that a system has; not those that are made for containers, such as Alpine. */
const WHOLE =
  /^(?:docker\.io|public\.ecr\.aws\/docker)\/library\/(?:ubuntu|debian|centos|fedora|rockylinux|almalinux|oraclelinux|amazonlinux)$|^quay\.io\/(?:centos\/centos|fedora\/fedora)$|^docker\.io\/(?:opensuse\/leap|rockylinux\/rockylinux)$|^public\.ecr\.aws\/amazonlinux\/amazonlinux$/;
/** Images with all of Windows; `servercore` and `nanoserver` are made for containers. */
const WHOLE_WINDOWS = /^mcr\.microsoft\.com\/windows(?:\/server)?$/;
/** Packages that stand for all tools of a distribution for tests of security. */
const TOOLBOXES =
  /^(?:kali-linux-(?:large|everything|default|full|all|labs|arm)|kali-tools-[a-z0-9-]{1,30}|parrot-tools-full|blackarch)$/;
/** With one of these alone, people use the tools by hand. */
const SHELLS = /^(?:ba|z|da|fi)?sh$|^tmux$/;
const SMALL = /slim|minimal|micro/;

/** With more packages, the application needs the distribution. */
const MOST_PACKAGES = 12;

export default defineDockerfileRule({
  id: 'distribution-as-app-base',
  summary: 'An application image starts from a full distribution instead of an image of its runtime',
  policies: ['G5', 'G14'],
  category: 'size',
  severity: 'info',
  preset: 'strict',
  needs: { programs: MANAGER_PROGRAMS, instructions: ['FROM'] },
  since: '2026.11',
  *check(file, { project }, build) {
    if (project.kind === 'ci-runner' || file.devContainer) return;
    for (const stage of finalStages(file, project.targets)) {
      const base = rootOf(stage)?.stage.base;
      if (base?.kind !== 'image') continue;
      const reference = parseImageReference(base.image.byDefault ?? '');
      if (reference && WHOLE_WINDOWS.test(reference.name) && isStartedAtAll(stage))
        yield {
          message: `Application on the full Windows image ${quoted(base.image.byDefault!)}`,
          help: 'Start from `servercore` or `nanoserver` if it needs no graphics or print APIs',
          span: base.image.span,
        };
      const toolbox = toolboxIn(stage);
      if (toolbox)
        yield {
          message: `${quoted(toolbox.name!)} installs a whole toolbox for one application`,
          help: 'Install the tools that it uses by name',
          span: toolbox.span,
        };
      if (!reference || !WHOLE.test(reference.name) || SMALL.test(reference.tag ?? '')) continue;
      const stages = chainOf(stage).map(({ index }) => build.stages[index]);
      const installs = packageInstalls(build).filter(one => isSystem(one.manager) && stages.includes(one.stage));
      const packages = installs.flatMap(one => one.packages);
      if (packages.length > MOST_PACKAGES || installs.some(({ complete }) => !complete)) continue;
      const found = RUNTIMES.flatMap(runtime => {
        const one = packages.find(({ name }) => name !== undefined && runtime.packages.test(name));
        return one ? [{ runtime, span: one.span }] : [];
      });
      const [only, ...others] = found;
      if (!only || others.length > 0 || !isStarted(stage, only.runtime)) continue;
      const { name, image } = only.runtime;
      yield {
        message: `Application on ${quoted(base.image.byDefault!)}, with ${name} from its packages`,
        help: `Start from ${quoted(image)}, in a version and a small variant`,
        span: base.image.span,
        related: [{ message: `${name} is installed here`, span: only.span }],
      };
    }

    function isStartedAtAll(stage: DockerStage): boolean {
      const { entrypoint, command } = startOf(stage);
      return entrypoint !== undefined || command !== undefined;
    }

    function toolboxIn(stage: DockerStage) {
      const { entrypoint, command } = startOf(stage);
      if (startCommands(build, stage).every(({ program }) => SHELLS.test(program)) || (!entrypoint && !command))
        return undefined;
      const stages = chainOf(stage).map(({ index }) => build.stages[index]);
      return packageInstalls(build)
        .filter(one => stages.includes(one.stage))
        .flatMap(({ packages }) => packages)
        .find(({ name }) => name !== undefined && TOOLBOXES.test(name));
    }

    function isStarted(stage: DockerStage, { programs }: Runtime): boolean {
      const { entrypoint, command } = startOf(stage);
      if (!entrypoint && !command) return false;
      return startCommands(build, stage).some(({ program }) => programs.test(program));
    }
  },
});

function chainOf(stage: DockerStage): readonly DockerStage[] {
  const chain: DockerStage[] = [];
  for (let at: DockerStage | undefined = stage; at; at = at.base.kind === 'stage' ? at.base.stage : undefined)
    chain.push(at);
  return chain;
}

const SYSTEM: ReadonlySet<string> = new Set(['apt', 'yum', 'dnf', 'microdnf', 'zypper', 'amazon-linux-extras']);
const isSystem = (manager: string): boolean => SYSTEM.has(manager);
