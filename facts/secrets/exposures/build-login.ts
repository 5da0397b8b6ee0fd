/** Is a password that of the account which an installation makes for the builder, and that nothing else knows? */
import type { CredentialStep, ImageBuild } from '../../../core/build.ts';
import { memo } from '../../../core/memo.ts';
import { overlaps } from '../../../core/text.ts';
import type { Exposure } from './exposure.ts';

/** What the builder logs in to the new machine with. A bastion and a proxy have others. */
const LOGIN = /^(?:ssh|winrm|elevated)_password$/;

interface Logins {
  readonly steps: readonly CredentialStep[];
  readonly values: ReadonlySet<string>;
  /** The variables that they are made of, by their bare names. */
  readonly variables: ReadonlySet<string>;
  /** Whether all machines are installed from a medium: another machine image has its accounts already. */
  readonly areNew: boolean;
}

const loginsOf = memo(({ stages }: ImageBuild): Logins => {
  const steps = stages
    .flatMap(stage => stage.steps)
    .filter(step => step.kind === 'credential')
    .filter(({ name, use }) => use === 'build' && LOGIN.test(name));
  const parts = steps.flatMap(({ value }) => value.parts);
  return {
    steps,
    values: new Set(steps.flatMap(({ value }) => value.byDefault ?? [])),
    variables: new Set(parts.flatMap(part => (typeof part === 'string' ? [] : part.name.replace(/^var\./, '')))),
    areNew: stages.every(({ bases }) => bases.every(({ kind }) => kind === 'iso')),
  };
});

/** It is as good as public where it is written, and the account may be gone when the build ends. */
export function isBuildLogin({ name, site, span }: Exposure, build: ImageBuild): boolean {
  if (build.language !== 'packer' || site.kind !== 'login') return false;
  const { areNew, steps, values, variables } = loginsOf(build);
  if (!areNew) return false;
  if (site.stage === undefined) return name !== undefined && variables.has(name);
  if (steps.some(({ value }) => overlaps(value.span, span))) return true;
  const accounts = site.stage.steps
    .filter(step => step.kind === 'credential')
    .filter(({ use, value }) => use === 'account' && overlaps(value.span, span));
  return accounts.some(({ value }) => value.literal !== undefined && values.has(value.literal));
}
