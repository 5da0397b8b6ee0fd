import type { Step, Value } from '../../../core/build.ts';
import { quoted } from '../../../core/quoted.ts';
import { stageOf, stepsOf } from '../../../languages/packer/nodes.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import type { PackerTree } from '../../../languages/packer/tree.ts';

export default definePackerRule({
  id: 'host-path-upload',
  summary: "A step reads a file from a user's home directory",
  policies: ['G9', 'G13'],
  category: 'reproducibility',
  severity: 'warning',
  preset: 'recommended',
  needs: { steps: ['copy'], attributes: ['script', 'scripts'] },
  since: '2026.11',
  *check(file, _context, build) {
    for (const packerBuild of file.module.builds) {
      const stage = stageOf(build, packerBuild);
      if (!stage) continue;
      for (const provisioner of packerBuild.provisioners) {
        const uploads = stepsOf(stage, provisioner).flatMap(sourcesOf);
        const scripts = provisioner.scripts.map(({ value }) => value);
        for (const value of [...uploads, ...scripts]) {
          const path = value.literal ?? value.byDefault;
          if (path === undefined || !isHomePath(path)) continue;
          const definitions = value.literal === undefined ? definitionsOf(value) : [];
          yield {
            message: `${value.literal === undefined ? 'Default ' : ''}${quoted(path)} is in a user's home directory`,
            help: helpFor(path, file),
            span: value.span,
            related: definitions.map(span => ({ message: 'Default is set here', origin: true, span })),
          };
        }
      }
    }
  },
});

/** A key that is kept in the repository would be worse than one in a home directory. */
function helpFor(path: string, { kind }: PackerTree): string {
  if (
    /[\\/]\.ssh[\\/](?!config$|known_hosts$|authorized_keys$)[^\\/]*$/.test(path.slice(-300)) &&
    !path.endsWith('.pub')
  )
    return 'Upload no private key: let the machine make its own, or fetch one at boot';
  return `Keep the file in the repository, and refer to it by \`${kind === 'legacy-json' ? '{{template_dir}}' : '${path.root}'}/…\``;
}

function sourcesOf(step: Step): readonly Value[] {
  return step.kind === 'copy' && step.origin === 'context' ? step.sources : [];
}

function definitionsOf({ parts }: Value) {
  return parts.flatMap(part => (typeof part === 'string' ? [] : (part.definition ?? [])));
}

const HOME = /^(?:\/Users\/([^/]+)|\/home\/([^/]+)|[A-Za-z]:[\\/]+Users[\\/]+([^\\/]+)|~)(?:[\\/]|$)/;
/** Users of build servers and development machines. */
const SHARED =
  /^(?:runner|runneradmin|jenkins|vagrant|circleci|gitlab-runner|buildkite-agent|travis|ubuntu|build|builder|ci|vsts|azureuser|public|shared|linuxbrew)$/i;

function isHomePath(path: string): boolean {
  const [whole, ...users] = HOME.exec(path) ?? [];
  if (whole === undefined) return false;
  const user = users.find(name => name !== undefined);
  return user === undefined || !SHARED.test(user);
}
