/**
 * What the Docker builder runs by itself: the command that starts its container, and the commands in `changes` that
 * builds on the image will run. https://developer.hashicorp.com/packer/integrations/hashicorp/docker/latest/components/builder/docker
 */
import type { RunStep } from '../../../core/build.ts';
import type { LowerContext } from '../../../core/language.ts';
import { valuesAt } from '../attributes.ts';
import { equivalent } from '../installer/installation.ts';
import type { PackerBuildSource } from '../tree.ts';
import { textValue } from './answers.ts';

const BUILDERS: ReadonlySet<string> = new Set(['docker', 'podman']);
const TRIGGER = /^[ \t]{0,20}ONBUILD[ \t]{1,20}RUN[ \t]{1,20}(?=[^[<\s])/i;

export function containerSteps(source: PackerBuildSource, context: LowerContext): readonly RunStep[] {
  return BUILDERS.has(source.type) ? [...startOf(source), ...triggersOf(source, context)] : [];
}

/** `docker run` with the words of `run_command`. */
function startOf(source: PackerBuildSource): readonly RunStep[] {
  return valuesAt(source, 'run_command').flatMap(({ value, span }) => {
    const words = value.items.map(item => item.asValue());
    const [first] = words;
    if (!first) return [];
    const before = [source.type, 'run'].map(word => textValue(equivalent(word, first.source)));
    return [{ kind: 'run', phase: 'host', span, script: undefined, argv: [...before, ...words] } as const];
  });
}

/** Where the image is committed: an export has no configuration. */
function triggersOf(source: PackerBuildSource, context: LowerContext): readonly RunStep[] {
  if (source.attribute('commit')?.value.assumingDefaults.asValue().literal !== 'true') return [];
  const lines = valuesAt(source, 'changes').flatMap(({ value }) => value.items.map(item => item.asValue().source));
  return lines.flatMap(line => {
    const start = TRIGGER.exec(line.text)?.[0].length;
    if (start === undefined) return [];
    const script = context.script(line.slice(start, line.text.length), {
      dialect: 'posix',
      errexit: false,
      pipefail: false,
    });
    return [{ kind: 'run', phase: 'build', trigger: true, span: line.span, script, argv: undefined } as const];
  });
}
