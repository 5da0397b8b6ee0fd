import { POLICIES, POLICY_IDS, policyAnchor } from '../core/policies.ts';
import { type Policy, PRESETS, type Rule, severityIn } from '../core/rule.ts';
import { fixable, rules } from '../rules/index.ts';
import { engineOf, lintExample, type RuleDirectory } from './engine.ts';
import { fakeSecrets } from './fake-secrets.ts';
import { asPrinted } from './printed-report.ts';
import { type Example, parseRulePage, publishedPart } from './rule-page.ts';

const LANGUAGES = { dockerfile: 'Dockerfile', packer: 'Packer', 'cloud-init': 'cloud-init' };

const HEADINGS: Readonly<Record<string, string>> = {
  bad: 'Reported',
  good: 'Not reported',
  fixed: 'After the fix',
};

function policyLink(policy: Policy): string {
  return `[${policy} ${POLICIES[policy]}](../policies.md#${policyAnchor(policy)})`;
}

/** `warning`, or `info, warning in strict`. */
function severities(rule: Rule): string {
  return PRESETS.slice(PRESETS.indexOf(rule.preset))
    .map(preset => ({ preset, severity: severityIn(rule, preset) }))
    .filter(({ severity }, i, all) => severity !== all[i - 1]?.severity)
    .map(({ preset, severity }, i) => (i === 0 ? severity : `${severity} in \`${preset}\``))
    .join(', ');
}

const engine = engineOf(rules);

/** The options that apply the fixes which its examples show, or `no`. */
function fixesOf(rule: Rule, examples: readonly Example[]): string {
  if (!fixable.has(rule.id)) return 'no';
  const found = new Set(
    examples
      .filter(({ kind }) => kind === 'bad')
      .flatMap(example => lintExample(engine, rule, example).diagnostics)
      .flatMap(({ fixes }) => fixes.map(({ safety }) => safety)),
  );
  const options = [...(found.has('safe') ? ['`--fix`'] : []), ...(found.has('suggested') ? ['`--fix-suggested`'] : [])];
  return options.join(', ') || 'no';
}

/** The published page of a rule. */
export function rulePage(rule: Rule, { directory, page }: RuleDirectory): string {
  const presets = PRESETS.slice(PRESETS.indexOf(rule.preset))
    .map(name => `\`${name}\``)
    .join(', ');
  const facts = [
    ['Policy', rule.policies.map(policyLink).join(', ') || 'none'],
    ['Severity', severities(rule)],
    ['Presets', presets + (rule.preview ? ' (with `preview: true`)' : '')],
    ['Languages', rule.languages.map(id => LANGUAGES[id]).join(', ')],
    ['Fix', fixesOf(rule, parseRulePage(page).examples)],
    ['Since', rule.since],
  ];
  const options = Object.entries(rule.options).map(
    ([name, { schema, default: fallback }]) =>
      `| \`${name}\` | ${String(schema.description)} | \`${JSON.stringify(fallback)}\` |`,
  );
  const aliases = (rule.aliases ?? []).map(alias => `\`${alias}\``);
  return [
    `<!-- Generated from ${directory}/ by \`npm run dev -- generate\`; edit rule.md and rule.ts there. -->`,
    `# ${rule.id}`,
    `${rule.summary}.`,
    `| ${facts.map(([name]) => name).join(' | ')} |\n|${' --- |'.repeat(facts.length)}\n| ${facts.map(([, text]) => text).join(' | ')} |`,
    published(page, rule),
    ...(options.length > 0
      ? [`## Options\n\n| Option | Meaning | Default |\n| --- | --- | --- |\n${options.join('\n')}`]
      : []),
    ...(aliases.length > 0
      ? [
          aliases.length === 1
            ? `## Other linters\n\nRelated check: ${aliases[0]}. Ignore comments for it also suppress this rule.`
            : `## Other linters\n\nRelated checks: ${aliases.join(', ')}. Ignore comments for these checks also suppress this rule.`,
        ]
      : []),
    '',
  ]
    .join('\n\n')
    .replace(/\n+$/, '\n');
}

/** The examples, each with a label and a fence that any viewer highlights, and reports as the command line prints them. */
function published(page: string, rule: Rule): string {
  const { examples } = parseRulePage(page);
  let example = -1;
  return withRuleLinks(publishedPart(page), rule.id).replace(
    /^(`{3,})([a-z-]+)(?: (bad|good|fixed))?([^\n`]*)\n([\s\S]*?)^\1$/gm,
    (block, ticks: string, language: string, kind: string | undefined, rest: string, text: string) => {
      if (kind === 'bad' || kind === 'good') example++;
      if (language === 'diagnostics')
        return `Output:\n\n${ticks}text\n${printedReport(rule, examples[example]!, text)}${ticks}`;
      if (kind)
        return `${headingOf(kind, rest, examples[example]!)}\n\n${ticks}${highlighted(language, text)}\n${text}${ticks}`;
      const file = /file=(\S+)/.exec(rest)?.[1];
      return file ? `With \`${file}\`:\n\n${ticks}${languageOfFile(file)}\n${text}${ticks}` : block;
    },
  );
}

/** The page with links where its prose names other rules in backticks. */
function withRuleLinks(page: string, own: string): string {
  const ids = new Set(rules.map(({ id }) => id).filter(id => id !== own));
  return page.replace(/^(`{3,})[\s\S]*?^\1$|`([a-z]+(?:-[a-z0-9]+)+)`/gm, (block, _, code: string | undefined) =>
    code !== undefined && ids.has(code) ? `[${code}](${code}.md)` : block,
  );
}

/** `Reported:`, with what the finding depends on: the path, the day, and the settings that the configuration has. */
function headingOf(kind: string, rest: string, { path, today, options, images }: Example): string {
  const settings = [
    ...Object.entries(options).map(([name, value]) => `${name}: ${settingValue(value)}`),
    ...Object.entries(images).map(
      ([name, value]) => `images.${name.replace(/[A-Z]/g, big => `-${big.toLowerCase()}`)}: ${settingValue(value)}`,
    ),
  ].map(setting => `\`${setting}\``);
  const parts = [
    HEADINGS[kind],
    ...(/(?:^| )path=/.test(rest) ? [`in \`${path}\``] : []),
    ...(kind === 'fixed' || today === undefined ? [] : [`on ${today}`]),
    ...(kind === 'fixed' || settings.length === 0 ? [] : [`with ${settings.join(' and ')}`]),
  ];
  return `${parts.join(' ')}:`;
}

/** A setting as a configuration writes it: strings in quotes where YAML would read something other than a string. */
function settingValue(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(settingValue).join(', ')}]`;
  return typeof value === 'string' && !/^[a-z][\w./-]*$/i.test(value) ? `'${value}'` : String(value);
}

/** An example's `diagnostics` block as the command line prints it. */
export function printedReport(rule: Rule, example: Example, report: string): string {
  const { diagnostics, inOtherFiles } = lintExample(engine, rule, example);
  const found = [...diagnostics, ...[...inOtherFiles.values()].flat()];
  return fakeSecrets.hide(asPrinted(report, example.path, rule.id, found));
}

/** The language that a viewer knows for a document of ours. User-data is also a script, a MIME message or a list of URLs. */
function highlighted(language: string, text: string): string {
  if (language === 'packer') return text.trimStart().startsWith('{') ? 'json' : 'hcl';
  if (language !== 'cloud-init') return language;
  if (/^#include|^(?:content-type|mime-version):/i.test(text)) return 'text';
  if (/^\s*#!.*\bpython/.test(text)) return 'python';
  return /^(?:\s*#!|#cloud-boothook\b)/.test(text) ? 'sh' : 'yaml';
}

const LANGUAGES_OF_FILES: readonly (readonly [RegExp, string])[] = [
  [/(?:^|\/|\.)(?:Dockerfile|Containerfile)(?:\.|$)/, 'dockerfile'],
  [/\.(?:hcl|tf|tfvars)$/, 'hcl'],
  [/\.ya?ml$/, 'yaml'],
  [/\.json$/, 'json'],
  [/\.sh$/, 'sh'],
  [/\.ps1$/, 'powershell'],
  [/\.py$/, 'python'],
  [/(?:^|\/)(?:GNUm|M|m)akefile$|\.mk$/, 'makefile'],
];

function languageOfFile(path: string): string {
  return LANGUAGES_OF_FILES.find(([name]) => name.test(path))?.[1] ?? 'text';
}

/** The index of all rules, by policy. */
export function rulesTable(rules: readonly Rule[]): string {
  const table = (chosen: readonly Rule[]): string => {
    const rows = chosen.map(rule => {
      const languages = rule.languages.map(id => LANGUAGES[id]).join(', ');
      return `| [${rule.id}](${rule.id}.md) | ${rule.summary} | ${languages} | ${severities(rule)} | ${rule.preset} | ${fixable.has(rule.id) ? 'yes' : ''} |`;
    });
    return rows.length > 0
      ? `| Rule | Problem | Languages | Severity | Preset | Fix |\n| --- | --- | --- | --- | --- | --- |\n${rows.join('\n')}`
      : 'No rules.';
  };
  const sections = POLICY_IDS.map(
    policy => `## ${policy} ${POLICIES[policy]}\n\n${table(rules.filter(rule => rule.policies.includes(policy)))}`,
  );
  const others = rules.filter(rule => rule.policies.length === 0);
  if (others.length > 0)
    sections.push(`## Correctness\n\nRules for mistakes in a file, apart from any policy.\n\n${table(others)}`);
  return `<!-- Generated by \`npm run dev -- generate\`. -->\n\n# Rules\n\n${rules.length} rules, grouped by [policy](../policies.md).\n\n${sections.join('\n\n')}\n`;
}

/** docs/policies.md with a line below each policy's text that lists its rules; the text is written by hand. */
export function policiesPage(page: string, rules: readonly Rule[]): string {
  return POLICY_IDS.reduce((text, policy) => {
    const links = rules.filter(rule => rule.policies.includes(policy)).map(({ id }) => `[${id}](rules/${id}.md)`);
    const section = new RegExp(
      `(^## ${policy} [^\\n]*\\n(?:(?!## |Rules: )[^\\n]*\\n)*?)(?:Rules: [^\\n]*\\n\\n)?(?=## )`,
      'm',
    );
    return text.replace(section, (_, prose: string) => `${prose}Rules: ${links.join(', ') || 'none'}.\n\n`);
  }, page);
}
