/**
 * Reads `.bakelint.yaml` (or `.bakelint.json`: JSON is YAML). The file is data and nothing else: no code, no other
 * files, no aliases, no tags. What is wrong is reported where it is and left out; the rest holds.
 */
import { isScalar, parseDocument } from 'yaml';
import type { Finding, Severity } from '../finding.ts';
import type { ProjectFacts } from '../project.ts';
import type { Preset, Rule } from '../rule.ts';
import type { Span } from '../text.ts';
import { tooDeep } from './nesting.ts';
import { type Config, NO_CONFIG, type Override, type RuleSetting, type RuleSettings } from './resolve.ts';
import { configSchema, optionKey } from './schema.ts';
import { type ConfigValue, type ReportProblem, spanOf, validated } from './validate.ts';

/** What a configuration file is called, in the order of preference. */
export const CONFIG_NAMES: readonly string[] = ['.bakelint.yaml', '.bakelint.yml', '.bakelint.json'];

/** Longer files are not read: composing them takes longer than linting the project. In UTF-16 code units. */
export const LONGEST_CONFIG = 100_000;
const DEEPEST = 32;
/** For a file that is not read at all. */
export const IGNORED_HELP = 'Correct the file; until then the defaults apply';
const MOST_PROBLEMS = 100;

/** A configuration as far as it could be read, and what could not. */
export interface ReadConfig {
  readonly config: Config;
  /** What is wrong, in the order of the file; spans are spans of the file. At most 100. */
  readonly problems: readonly Finding[];
}

/** The configuration that a file's text says, checked against the rules there are. Never throws. */
export function readConfig(text: string, rules: readonly Rule[]): ReadConfig {
  const start = { start: 0, end: 0 };
  if (text.length > LONGEST_CONFIG)
    return nothing({
      span: start,
      message: `Configuration is ignored: longer than ${LONGEST_CONFIG} characters`,
      help: IGNORED_HELP,
    });
  const deep = tooDeep(text, DEEPEST);
  if (deep !== undefined)
    return nothing({
      span: { start: deep, end: deep + 1 },
      message: `Configuration is ignored: nested deeper than ${DEEPEST} levels`,
      help: IGNORED_HELP,
    });
  const problems: Finding[] = [];
  const report: ReportProblem = problem => {
    if (problems.length >= MOST_PROBLEMS) return;
    problems.push(atItsBeginning(typeof problem === 'function' ? problem() : problem, whole));
  };
  // Keys are checked for duplicates in `validated`: the library's own check compares each with each.
  const document = parseDocument(text, { uniqueKeys: false, prettyErrors: false, logLevel: 'silent' });
  const { contents } = document;
  const whole = spanOf(contents);
  for (const { code, message, pos } of [...document.errors, ...document.warnings])
    report({ span: { start: pos[0], end: Math.max(pos[0], pos[1]) }, ...syntaxProblem(code, message) });
  const empty = contents === null || (isScalar(contents) && contents.value === null);
  const keys = empty ? undefined : validated(contents, configSchema(rules), '', report);
  problems.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  return { config: keys instanceof Map ? configOf(keys, rules) : NO_CONFIG, problems };
}

/** What a syntax error of the library means for the author of a configuration. */
function syntaxProblem(code: string, original: string): Omit<Finding, 'span'> {
  if (code === 'TAB_AS_INDENT') return { message: 'Tab in the indentation', help: 'Indent with spaces' };
  if (code === 'MULTILINE_IMPLICIT_KEY' || /^Implicit map key/.test(original))
    return { message: 'Key without a colon', help: 'Write `key: value`' };
  const closing = /^Flow (map|sequence) .*\bend with/.exec(original)?.[1];
  if (closing !== undefined) {
    const [open, close] = closing === 'map' ? ['{', '}'] : ['[', ']'];
    return { message: `Unclosed \`${open}\``, help: `Add \`${close}\`` };
  }
  if (code === 'BAD_INDENT')
    return { message: 'Indentation differs from the lines above', help: 'Align keys of the same level' };
  if (/^Missing closing .*quote/.test(original)) return { message: 'Unclosed quote', help: 'Add the closing quote' };
  return { message: original.split('\n', 1)[0]!.replace(/[.!:]$/, ''), help: 'Correct the YAML or JSON syntax' };
}

const nothing = (problem: Finding): ReadConfig => ({ config: NO_CONFIG, problems: [problem] });

/** A problem of a whole long file points at its beginning, not at all of it. */
function atItsBeginning(problem: Finding, { start, end }: Span): Finding {
  const { span } = problem;
  return span.start === start && span.end === end && end - start > 200
    ? { ...problem, span: { start, end: start + 1 } }
    : problem;
}

type Keys = ReadonlyMap<string, ConfigValue>;

function configOf(keys: Keys, rules: readonly Rule[]): Config {
  const presets = keys.get('extends');
  return {
    presets: (presets === undefined ? [] : Array.isArray(presets) ? presets : [presets]) as Preset[],
    ruleset: keys.get('ruleset') as string | undefined,
    preview: keys.get('preview') === true,
    rules: rulesOf(keys.get('rules'), rules),
    images: imagesOf(keys.get('images')),
    overrides: list<Keys>(keys.get('overrides')).map(
      (override): Override => ({
        files: list<string>(override.get('files')),
        rules: rulesOf(override.get('rules'), rules),
        images: imagesOf(override.get('images')),
      }),
    ),
    ignore: list<string>(keys.get('ignore')),
  };
}

const list = <T>(value: ConfigValue | undefined): readonly T[] => (Array.isArray(value) ? (value as T[]) : []);

function rulesOf(value: ConfigValue | undefined, rules: readonly Rule[]): RuleSettings {
  const settings = new Map<string, RuleSetting>();
  if (!(value instanceof Map)) return settings;
  for (const rule of rules) {
    const said = (value as Keys).get(rule.id);
    if (typeof said === 'string') settings.set(rule.id, { severity: said as Severity | 'off', options: {} });
    else if (said instanceof Map) {
      const keys = said as Keys;
      const options = Object.keys(rule.options).flatMap(name => {
        const value = keys.get(optionKey(name));
        return value === undefined ? [] : [[name, value] as const];
      });
      settings.set(rule.id, {
        severity: keys.get('severity') as Severity | 'off' | undefined,
        options: Object.fromEntries(options),
      });
    }
  }
  return settings;
}

function imagesOf(value: ConfigValue | undefined): Partial<ProjectFacts> {
  if (!(value instanceof Map)) return {};
  const keys = value as Keys;
  const said: [keyof ProjectFacts, unknown][] = [
    ['kind', keys.get('kind')],
    ['ownerKeys', (keys.get('owner-keys') as readonly string[] | undefined)?.map(key => key.toLowerCase())],
    ['trustedRegistries', keys.get('trusted-registries')],
    ['targets', keys.get('targets')],
    ['cloudInitVersion', keys.get('cloud-init-version')],
    ['owner', filled(keys.get('owner'))],
    ['purpose', filled(keys.get('purpose'))],
    ['refresh', keys.get('refresh')],
    ['retirement', keys.get('retirement')],
  ];
  return Object.fromEntries(said.filter(([, value]) => value !== undefined));
}

/** An empty text declares nothing. */
const filled = (value: ConfigValue | undefined): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
