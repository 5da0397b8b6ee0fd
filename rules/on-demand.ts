/** The rules for a host that starts often: what they say of themselves is there, their code comes with their language. */
import type { LanguageId } from '../core/build.ts';
import type { Rule } from '../core/rule.ts';
import catalog from './catalog.json';

const LOAD: Readonly<Record<LanguageId | 'shared', () => Promise<{ readonly default: readonly Rule[] }>>> = {
  dockerfile: () => import('./dockerfile/index.ts'),
  packer: () => import('./packer/index.ts'),
  'cloud-init': () => import('./cloud-init/index.ts'),
  shared: () => import('./shared/index.ts'),
};

const loaded = new Map<string, Rule>();

/** Every rule, by id; none can check before {@link loadRules}. */
export const rules: readonly Rule[] = catalog.rules.map(meta => {
  let rule: Rule | undefined;
  return {
    ...meta,
    check(build, context) {
      rule ??= loaded.get(meta.id);
      if (!rule) throw new Error(`The code of ${meta.id} is not loaded`);
      return rule.check(build, context);
    },
  };
});

/** The rules whose page shows a fix. */
export const fixable: ReadonlySet<string> = new Set(catalog.fixable);

/** Loads the rules of languages, and those that are for several. */
export async function loadRules(wanted: Iterable<LanguageId>): Promise<void> {
  const groups = await Promise.all([...wanted, 'shared' as const].map(group => LOAD[group]()));
  for (const group of groups) for (const rule of group.default) loaded.set(rule.id, rule);
}
