/** The command that ends the machine of a build: the last one that runs on what becomes the image. */
import type { RunStep } from '../../../core/build.ts';
import type { LowerContext } from '../../../core/language.ts';
import { osOf } from '../nodes.ts';
import type { PackerBuild } from '../tree.ts';

/** https://developer.hashicorp.com/packer/integrations/hashicorp/qemu/latest/components/builder/qemu#shutdown-configuration */
const ATTRIBUTE = 'shutdown_command';

/** One step for each command that the sources of a build are shut down with. */
export function shutdownRuns({ provisioners, sources }: PackerBuild, context: LowerContext): readonly RunStep[] {
  const usesWindowsShells = provisioners.some(({ type }) => type === 'powershell' || type?.startsWith('windows-'));
  const steps = new Map<string, RunStep>();
  for (const source of sources) {
    const value = source.attribute(ATTRIBUTE)?.value;
    if (value?.kind !== 'string') continue;
    const { source: text, span } = value.assumingDefaults.asValue();
    const isWindows = osOf(source) === 'windows' || (osOf(source) === undefined && usesWindowsShells);
    const script = context.script(text, { dialect: isWindows ? 'cmd' : 'posix', errexit: false, pipefail: false });
    steps.set(`${span.file ?? ''}:${span.start}`, { kind: 'run', phase: 'build', span, script, argv: undefined });
  }
  return [...steps.values()];
}
