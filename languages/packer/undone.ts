/** Which passwords of a build open nothing any more when it is done? */
import type { CredentialStep, ImageBuild } from '../../core/build.ts';
import { memo } from '../../core/memo.ts';
import { overlaps, type Span } from '../../core/text.ts';
import { accountOf, closedAccounts } from './closed-accounts.ts';
import type { PackerTree } from './tree.ts';

/**
 * The passwords that the builder logs in with and that an installer sets, where a provisioner gives the account another one
 * or closes it.
 */
const undonePlaces: (build: ImageBuild) => readonly Span[] = memo(build => {
  const { names } = closedAccounts(build);
  if (names.size === 0) return [];
  const { module } = build.syntax as PackerTree;
  const isClosed = (step: CredentialStep): boolean => names.has(accountOf(step) ?? '');
  const logins = build.stages
    .flatMap(({ steps }) => steps)
    .filter(step => step.kind === 'credential')
    .filter(({ use }) => use !== 'service');
  const places: Span[] = [];
  const byVariable = new Map<string, CredentialStep[]>();
  for (const login of logins) {
    const variables = login.value.parts.flatMap(part => (typeof part === 'string' ? [] : part.name));
    if (variables.length === 0 && isClosed(login)) places.push(login.value.span);
    for (const name of variables) byVariable.set(name, [...(byVariable.get(name) ?? []), login]);
  }
  for (const [name, uses] of byVariable) {
    const variable = module.variable(name.replace(/^var\./, ''));
    if (!variable || !uses.every(isClosed)) continue;
    places.push(variable.span, ...module.assignments.filter(one => one.name === variable.name).map(({ span }) => span));
  }
  return places;
});

export function isUndone(place: Span, build: ImageBuild): boolean {
  return undonePlaces(build).some(span => overlaps(span, place));
}
