/** Holds our findings on generated documents against the errors of cloud-init's own schemas. */
import { stringify } from 'yaml';
import { only } from '../../core/config/resolve.ts';
import { NO_FILES } from '../../core/language.ts';
import { lint } from '../../core/linter.ts';
import { isOlder } from '../../languages/cloud-init/modules/versions.ts';
import { rules } from '../../rules/index.ts';
import { engineOf } from '../engine.ts';
import { askCloudInit, type Kind, type SchemaError } from './ask.ts';
import { MEANT } from './meant.ts';
import { pickFrom } from './pick.ts';
import { type Json, makeDocument, mutated, type Schema } from './schema-documents.ts';

/** The rules that say that a document is not valid. What is deprecated is. */
const VALIDITY = rules.filter(
  ({ id, aliases }) =>
    (aliases?.includes('cloud-init:schema') && !id.startsWith('deprecated-')) ||
    ['syntax-error', 'invalid-storage', 'invalid-merge-type'].includes(id),
);

interface Case {
  readonly kind: Kind;
  readonly text: string;
  /** What was changed where; `undefined`: nothing. */
  readonly change: string | undefined;
}

interface Row {
  agree: number;
  /** Differences that are meant. */
  meant: number;
  silent: number;
  'too much': number;
}

/** Prints what differs, by kind; the number of differences that are not meant. */
export function compareGenerated(count: number, seed: number): number {
  const [version, schemas] = askCloudInit([{ ask: 'version' }, { ask: 'schemas' }]) as [
    string,
    Partial<Record<Kind, Schema>>,
  ];
  const kinds = Object.entries(schemas) as [Kind, Schema][];
  const cases = kinds.flatMap(([kind, schema]) => makeCases(kind, schema, count, seed));
  const answers = askCloudInit(cases.map(({ kind, text }) => ({ ask: 'valid', kind, text }))) as SchemaError[][];
  const classes = new Map<string, { count: number; readonly example: string }>();
  const reasons = new Map<string, number>();
  const table = new Map<string, Row>();
  for (const [i, one] of cases.entries()) {
    const errors = answers[i]!;
    const ours = findings(one, version);
    const title = `${one.kind}, ${one.change === undefined ? 'as made' : 'changed'}`;
    const row = table.get(title) ?? { agree: 0, meant: 0, silent: 0, 'too much': 0 };
    table.set(title, row);
    if (errors.length > 0 === ours.length > 0) {
      row.agree++;
      continue;
    }
    const which = errors.length > 0 ? 'silent' : 'too much';
    const said = errors.length > 0 ? errors.map(({ path, message }) => `${path}: ${message}`) : ours;
    const name = `${which} | ${one.kind} | ${one.change ?? ''} | ${errors.length > 0 ? classOf(errors[0]!) : ours[0]}`;
    const reason = MEANT.find(
      ({ like, text, before }) =>
        like.test(name) && (!text || text.test(one.text)) && (!before || isOlder(version, before)),
    )?.because;
    if (reason !== undefined) {
      row.meant++;
      reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
      continue;
    }
    row[which]++;
    const known = classes.get(name);
    if (known) known.count++;
    else classes.set(name, { count: 1, example: `${one.text.trim()}\n    => ${said.join('\n       ')}` });
  }
  for (const [name, { count: times, example }] of [...classes].toSorted(([a], [b]) => (a < b ? -1 : 1)))
    process.stdout.write(`${times} × ${name}\n${example.replace(/^/gm, '    ')}\n\n`);
  for (const [reason, times] of [...reasons].toSorted()) process.stdout.write(`${times} meant: ${reason}\n`);
  process.stdout.write(`${line('', 'agree', 'meant', 'silent', 'too much')}\n`);
  for (const [name, row] of table)
    process.stdout.write(`${line(name, row.agree, row.meant, row.silent, row['too much'])}\n`);
  return [...classes.values()].reduce((sum, one) => sum + one.count, 0);
}

function line(name: string, ...cells: readonly (number | string)[]): string {
  return name.padEnd(24) + cells.map(cell => String(cell).padStart(10)).join('');
}

function classOf({ path, message }: SchemaError): string {
  return `${path.replace(/\.\d+/g, '.*')} ${message.replace(/^.*?(?= (?:is|does|was|has|should) )/, '…').slice(0, 120)}`;
}

function makeCases(kind: Kind, schema: Schema, count: number, seed: number): Case[] {
  return Array.from({ length: count }, (_, i) => {
    const pick = pickFrom(seed * 1_000_003 + i);
    const document = makeDocument(schema, pick);
    if (i % 4 === 0) return { kind, text: written(kind, document), change: undefined };
    const { value, change, path } = mutated(document, pick);
    return {
      kind,
      text: written(kind, value),
      change: `${change} at ${path.map(step => (typeof step === 'number' ? '*' : step)).join('.')}`,
    };
  });
}

function written(kind: Kind, document: Json): string {
  const whole = kind === 'autoinstall' ? { autoinstall: document } : document;
  const yaml = stringify(whole, { version: '1.1', aliasDuplicateObjects: false });
  return kind.startsWith('network') ? yaml : `#cloud-config\n${yaml}`;
}

/** What the rules say for the version that is asked; keys that are too new for it are not valid either. */
function findings({ kind, text }: Case, version: string): string[] {
  const given = only(VALIDITY);
  const settings = { ...given, project: { ...given.project, cloudInitVersion: version } };
  const input = { engine: engineOf(VALIDITY), settings, files: NO_FILES, today: undefined };
  const path = kind.startsWith('network') ? 'network-config' : 'user-data';
  const result = lint({ path, text, language: 'cloud-init' }, input);
  if (result?.failures[0]) throw result.failures[0].error;
  return result?.diagnostics.map(({ rule, message }) => `${rule}: ${message}`) ?? [];
}
