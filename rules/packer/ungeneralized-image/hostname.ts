/** Names of one machine that a build gives to all machines of its image. */
import type { ImageBuild } from '../../../core/build.ts';
import type { Finding } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import { fileWrites } from '../../../facts/file-writes.ts';
import { setupCommands } from '../../../facts/setup-commands.ts';
import { stageOf } from '../../../languages/packer/nodes.ts';
import type { PackerTree } from '../../../languages/packer/tree.ts';
import { isVagrant } from '../../../languages/packer/vagrant.ts';

/** `edge-0001` and `db1.example.com` are of one machine; `ubuntu` and `template` are not meant to be unique. */
const OF_ONE = /^[a-z][a-z0-9-]{1,40}-\d{1,6}$|^[a-z][a-z-]{0,40}\d{1,6}(?:\.[a-z0-9-]{1,40}){1,4}$/i;

/** The first in each build. */
export function* fixedHostnames({ module }: PackerTree, build: ImageBuild): Iterable<Finding> {
  for (const packerBuild of module.builds) {
    const stage = stageOf(build, packerBuild);
    if (!stage || isVagrant(packerBuild) || !packerBuild.sources.some(({ facts }) => facts?.generalize)) continue;
    const [first] = [
      ...setupCommands(build).flatMap(({ invocation: { args, command, program, script }, step }) => {
        if (program !== 'hostnamectl' || !stage.steps.includes(step)) return [];
        const words = args.map(({ literal }) => literal ?? '');
        const name = /^(?:set-)?hostname$/.test(words[0] ?? '') ? words[1] : undefined;
        return name !== undefined && OF_ONE.test(name) ? [{ name, span: script.spanOf(command) }] : [];
      }),
      ...fileWrites(build).flatMap(({ path, stage: of, text }) => {
        const name = text.text.slice(0, 100).trim();
        return of === stage && path === '/etc/hostname' && OF_ONE.test(name) ? [{ name, span: text.span }] : [];
      }),
    ];
    if (first)
      yield {
        message: `All machines of the image have the hostname ${quoted(first.name)}`,
        help: 'Set the name when a machine boots, with user-data or DHCP',
        span: first.span,
        severity: 'info',
        preset: 'strict',
      };
  }
}
