import type { Policy } from './rule.ts';

/** The names of the policies; docs/policies.md explains them. */
export const POLICIES: Readonly<Record<Policy, string>> = {
  G1: 'Secrets',
  G2: 'Pinned base',
  G3: 'Explicit tags',
  G4: 'Separate layers',
  G5: 'The right artifact',
  G6: 'Freshness',
  G7: 'Ownership',
  G8: 'Documentation',
  G9: 'Hidden state',
  G10: 'Access',
  G11: 'Separate data',
  G12: 'No sprawl',
  G13: 'Reproducibility',
  G14: 'Small and cacheable',
  G15: 'The host',
};

export const POLICY_IDS: readonly Policy[] = Object.keys(POLICIES) as Policy[];

/** The address of a policy's section. */
export function policyUrl(policy: Policy): string {
  return `https://github.com/bakelint/bakelint/blob/main/docs/policies.md#${policyAnchor(policy)}`;
}

/** The anchor of a policy's section on the page, as GitHub makes it of the heading: `g2-pinned-base`. */
export function policyAnchor(policy: Policy): string {
  return `${policy} ${POLICIES[policy]}`.toLowerCase().replaceAll(' ', '-');
}
