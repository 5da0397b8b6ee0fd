import { createHash } from 'node:crypto';
import type { Severity } from '../../core/finding.ts';
import { docsUrl } from '../../core/linter.ts';
import { type Rule, severityIn } from '../../core/rule.ts';
import type { Range } from '../../node/lines.ts';
import { PIPELINE_RULES, PIPELINE_URL } from '../../workspace/findings.ts';
import type { FileReport, Problem, Report } from '../report.ts';

/**
 * For code scanning: SARIF 2.1.0, https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html. No part of the
 * source is in it but what fixes insert, and those only where they repeat no secret.
 */
export function formatSarif(
  report: Report,
  rules: readonly Rule[],
  version: string,
  pageOf: (rule: string) => string | undefined = () => undefined,
): string {
  const descriptors = descriptorsFor(report, rules, pageOf);
  const index = new Map(descriptors.map(({ id }, i) => [id, i]));
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
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: report.errors.length === 0,
            toolExecutionNotifications: report.errors.map(text => ({ level: 'error', message: { text } })),
          },
        ],
        results: report.files.flatMap(file => resultsOf(file, index)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

const LEVELS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note', hint: 'note' };

interface Descriptor {
  readonly id: string;
  readonly shortDescription: { readonly text: string };
  readonly help?: { readonly text: string; readonly markdown: string };
  readonly helpUri: string;
  readonly defaultConfiguration: { readonly level: string };
  readonly properties?: { readonly tags: readonly string[] };
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
    properties: { tags: [...policies, category, ...languages] },
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

function resultsOf(file: FileReport, index: ReadonlyMap<string, number>): object[] {
  const met = new Map<string, number>();
  return file.problems.map(problem => {
    const { rule, severity, message, help, range, related } = problem;
    const nth = met.get(rule) ?? 0;
    met.set(rule, nth + 1);
    const fixes = fixesOf(file.path, problem);
    return {
      ruleId: rule,
      ruleIndex: index.get(rule) ?? -1,
      level: LEVELS[severity],
      message: { text: help === undefined ? message : `${message}. ${help}.` },
      locations: [{ physicalLocation: { artifactLocation: locationOf(file.path), region: regionOf(range) } }],
      ...(related.length > 0
        ? {
            relatedLocations: related.map(({ message, path, range }, id) => ({
              id: id + 1,
              message: { text: message },
              physicalLocation: { artifactLocation: locationOf(path), ...(range ? { region: regionOf(range) } : {}) },
            })),
          }
        : {}),
      // The same finding in the next run, wherever its line has gone: never made from what the file says.
      partialFingerprints: { 'bakelint/v1': hash(`${rule}\n${file.path}\n${nth}`) },
      ...(fixes.length > 0 ? { fixes } : {}),
    };
  });
}

function fixesOf(path: string, { fixes }: Problem): object[] {
  return fixes.flatMap(fix => {
    const edits = fix.edits();
    return edits && edits.length > 0
      ? [
          {
            description: { text: fix.title },
            artifactChanges: [
              {
                artifactLocation: locationOf(path),
                replacements: edits.map(({ range, newText }) => ({
                  deletedRegion: regionOf(range),
                  insertedContent: { text: newText },
                })),
              },
            ],
          },
        ]
      : [];
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

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
