import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { docsUrl } from '../core/linter.ts';
import { nearest } from '../core/nearest.ts';
import { POLICIES } from '../core/policies.ts';
import { PRESETS, type Rule, ruleByAlias, severityIn } from '../core/rule.ts';
import { paintFor } from './format/terminal.ts';
import { CommandError, type EngineSource, type Host } from './host.ts';

/** The rule of that name, or of that name in another linter (`DL3015`, `hadolint:DL3015`). */
export function ruleNamed(name: string, rules: readonly Rule[]): Rule {
  const found = rules.find(rule => rule.id === name) ?? ruleByAlias(name, rules);
  if (found) return found;
  const meant = nearest(
    name,
    rules.map(rule => rule.id),
  );
  throw new CommandError(
    `unknown rule \`${name}\`${meant ? `; did you mean \`${meant}\`?` : ' (see `bakelint rules`)'}`,
  );
}

/** The published page of a rule; `undefined` when the package does not have it. */
export function pageOf(rule: string, home: string): string | undefined {
  try {
    return readFileSync(join(home, 'docs', 'rules', `${rule}.md`), 'utf8');
  } catch {
    return undefined;
  }
}

/** The page of a rule: its document in the package, or what its code says where that is not there. */
export function explain(name: string, { rules }: EngineSource, home: string): string {
  const rule = ruleNamed(name, rules);
  const page = pageOf(rule.id, home);
  if (page !== undefined) {
    // Links to neighboring pages do not work in a terminal.
    return page.replace(/^<!--[^\n]*-->\n+/, '').replace(/\[([^\]\n]{1,200})\]\((?!https?:)[^)\s]{1,200}\)/g, '$1');
  }
  const policies = rule.policies.map(id => `${id} ${POLICIES[id]}`).join(', ') || 'none';
  return `# ${rule.id}\n\n${rule.summary}.\n\nPolicy: ${policies}. Severity: ${severityIn(rule)}. Preset: \`${rule.preset}\`.\n\n${docsUrl(rule.id)}\n`;
}

/** Every rule, for programs. */
export function rulesJson({ rules, fixable }: EngineSource): string {
  const rows = rules.map(({ id, summary, policies, category, severity, preset, languages, aliases }) => ({
    id,
    summary,
    policies,
    category,
    severity: severityIn({ severity, preset }),
    presets: PRESETS.slice(PRESETS.indexOf(preset)),
    languages,
    aliases: aliases ?? [],
    fixable: fixable.has(id),
    url: docsUrl(id),
  }));
  return `${JSON.stringify(rows, null, 2)}\n`;
}

/** Every rule, a line each; cut to the width of a terminal. */
export function rulesText({ rules, fixable }: EngineSource, { stdout, env }: Host): string {
  const paint = paintFor(stdout.isTTY === true, env);
  const width = Math.max(0, ...rules.map(rule => rule.id.length));
  const lines = rules.map(({ id, severity, preset, policies, summary }) => {
    const line = `${id.padEnd(width)}  ${severityIn({ severity, preset }).padEnd(7)}  ${policies.join(' ').padEnd(7)}  ${preset.padEnd(11)}  ${fixable.has(id) ? 'fix' : '   '}  ${summary}`;
    const shown =
      stdout.isTTY && stdout.columns && line.length > stdout.columns ? `${line.slice(0, stdout.columns - 1)}…` : line;
    return `${paint('bold', shown.slice(0, width))}${shown.slice(width)}\n`;
  });
  return `${lines.join('')}\n${rules.length} rules. Run \`bakelint explain RULE\` for details.\n`;
}
