import type { Severity } from '../../core/finding.ts';
import { docsUrl } from '../../core/linter.ts';
import { type Rule, severityIn } from '../../core/rule.ts';
import type { Range } from '../../node/lines.ts';
import { PIPELINE_RULES, PIPELINE_URL } from '../../workspace/findings.ts';
import { type Fingerprint, fingerprintsOf } from '../fingerprint.ts';
import type { FileReport, Problem, Report } from '../report.ts';
import { bySeverity, type Formatter, messageWithHelp } from './format.ts';

/**
 * What GitHub takes of one upload: so many results, of which it shows the first fifth, and so many locations and tags
 * of each. https://docs.github.com/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
 */
const MOST_RESULTS = 25_000;
const MOST_LOCATIONS = 100;
const MOST_TAGS = 10;

/**
 * For code scanning: SARIF 2.1.0, https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html, the most severe
 * results first. No part of the source is in it but what fixes insert, and those only where they repeat no secret.
 */
export const formatSarif: Formatter = (report, { rules, version, pageOf }) => {
  const descriptors = descriptorsFor(report, rules, pageOf);
  const index = new Map(descriptors.map(({ id }, i) => [id, i]));
  const fingerprints = new Map(report.files.map(file => [file, fingerprintsOf(file)]));
  const all = bySeverity(report);
  const shown = all.slice(0, MOST_RESULTS);
  const notes = [
    ...report.errors.map(text => ({ level: 'error', message: { text } })),
    ...(all.length > shown.length
      ? [{ level: 'warning', message: { text: `${all.length - shown.length} less severe results are left out` } }]
      : []),
  ];
  const log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Bakelint',
            version,
            semanticVersion: version,
            informationUri: 'https://github.com/bakelint/bakelint',
            rules: descriptors,
          },
        },
        // Viewers keep the results of tools apart by it.
        automationDetails: { id: 'bakelint/' },
        columnKind: 'utf16CodeUnits',
        invocations: [{ executionSuccessful: report.errors.length === 0, toolExecutionNotifications: notes }],
        results: shown.map(({ file, problem }) =>
          resultOf(file, problem, index, fingerprints.get(file)!.get(problem)!),
        ),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
};

const LEVELS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note', hint: 'note' };

/** Of a security rule, on the scale of CVSS: GitHub calls it high from 7.0, medium from 4.0, and low below. */
const SCORES: Readonly<Record<Severity, string>> = { error: '8.0', warning: '6.0', info: '3.0', hint: '1.0' };

interface Descriptor {
  readonly id: string;
  readonly shortDescription: { readonly text: string };
  readonly help?: { readonly text: string; readonly markdown: string };
  readonly helpUri: string;
  readonly defaultConfiguration: { readonly level: string };
  readonly properties?: { readonly tags: readonly string[]; readonly 'security-severity'?: string };
}

/** All rules, so that a viewer can show what was checked, and those of the pipeline that were used. */
function descriptorsFor(
  report: Report,
  rules: readonly Rule[],
  pageOf: (rule: string) => string | undefined,
): Descriptor[] {
  const used = new Set(report.files.flatMap(file => file.problems.map(problem => problem.rule)));
  const own = rules.map(({ id, summary, policies, category, languages, ...rule }) => ({
    id,
    shortDescription: { text: summary },
    ...(used.has(id) ? helpOf(id, summary, pageOf(id)) : {}),
    helpUri: docsUrl(id),
    defaultConfiguration: { level: LEVELS[severityIn(rule)] },
    properties: {
      tags: [category, ...policies, ...languages].slice(0, MOST_TAGS),
      ...(category === 'security' ? { 'security-severity': SCORES[severityIn(rule)] } : {}),
    },
  }));
  const pipeline = Object.entries(PIPELINE_RULES)
    .filter(([id]) => used.has(id))
    .map(([id, { summary, severity }]) => ({
      id,
      shortDescription: { text: summary },
      helpUri: PIPELINE_URL,
      defaultConfiguration: { level: LEVELS[severity] },
    }));
  return [...own, ...pipeline];
}

/** The prose of a rule's page, for the rules that have results: reasons, when it is fine, how to fix it, sources. */
function helpOf(id: string, summary: string, page: string | undefined): Pick<Descriptor, 'help'> {
  const lines = (page ?? '').split(/^## Examples$/m)[0]!.split('\n');
  // The heading and the table above the prose are in other fields.
  const table = lines.findIndex(line => line.startsWith('| --- '));
  const prose =
    table < 0
      ? ''
      : lines
          .slice(table + 2)
          .join('\n')
          .trim();
  return prose ? { help: { text: `${summary}. See ${docsUrl(id)}`, markdown: prose } } : {};
}

function resultOf(
  file: FileReport,
  problem: Problem,
  index: ReadonlyMap<string, number>,
  fingerprint: Fingerprint,
): object {
  const { rule, severity, range, related } = problem;
  const fixes = fixesOf(file.path, problem);
  return {
    ruleId: rule,
    ruleIndex: index.get(rule) ?? -1,
    level: LEVELS[severity],
    message: { text: messageWithHelp(problem) },
    locations: [{ physicalLocation: { artifactLocation: locationOf(file.path), region: regionOf(range) } }],
    ...(related.length > 0
      ? {
          relatedLocations: related.slice(0, MOST_LOCATIONS).map(({ message, path, range }, id) => ({
            id: id + 1,
            message: { text: message },
            physicalLocation: { artifactLocation: locationOf(path), ...(range ? { region: regionOf(range) } : {}) },
          })),
        }
      : {}),
    partialFingerprints: { 'bakelint/v1': fingerprint.finding, primaryLocationLineHash: fingerprint.line },
    ...(fixes.length > 0 ? { fixes } : {}),
  };
}

function fixesOf(path: string, { fixes }: Problem): object[] {
  return fixes.flatMap(({ edits = [], title }) => {
    const changed = new Set(edits.map(edit => edit.path ?? path));
    if (changed.size === 0) return [];
    const artifactChanges = [...changed].map(of => ({
      artifactLocation: locationOf(of),
      replacements: edits
        .filter(edit => (edit.path ?? path) === of)
        .map(({ range, newText }) => ({ deletedRegion: regionOf(range), insertedContent: { text: newText } })),
    }));
    return [{ description: { text: title }, artifactChanges }];
  });
}

function regionOf({ start, end }: Range): object {
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}

/** A path as a URI, relative to where the command ran. Each segment is encoded, so `a b#c` stays one name. */
function locationOf(path: string): { uri: string; uriBaseId?: string } {
  const uri = path
    .split('/')
    .map(segment => encodeURIComponent(segment))
    .join('/');
  return path.startsWith('/') || /^[A-Za-z]:\//.test(path)
    ? { uri: `file://${path.startsWith('/') ? '' : '/'}${uri.replace('%3A', ':')}` }
    : { uri, uriBaseId: '%SRCROOT%' };
}
