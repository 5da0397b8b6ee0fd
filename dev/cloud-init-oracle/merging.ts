/** Holds what we say of merging against what cloud-init's own mergers make of generated parts. */
import { SourceText } from '../../core/text.ts';
import { cloudInit } from '../../languages/cloud-init/language.ts';
import { type Loss, lossesOfParts, lossesOfVendorData, mergedParts } from '../../languages/cloud-init/merging.ts';
import { deref } from '../../languages/cloud-init/nodes.ts';
import type { CloudInitTree, YamlNode } from '../../languages/cloud-init/tree.ts';
import { type Ask, askCloudInit } from './ask.ts';
import { type Pick, pickFrom } from './pick.ts';

type Parts = readonly string[];

/** Prints what differs; the number of cases in which something does. */
export function compareMerging(count: number, seed: number): number {
  const messages = Array.from({ length: count }, (_, i) => makeParts(pickFrom(seed * 1_000_003 + i), 2, true));
  const besides = Array.from({ length: count }, (_, i) => makeParts(pickFrom(seed * 2_000_003 + i), 0, false));
  const questions: Ask[] = [
    ...messages.map((parts): Ask => ({ ask: 'merged', parts })),
    ...besides.map((parts): Ask => ({ ask: 'with vendor data', parts })),
  ];
  const answers = askCloudInit(questions);
  let differing = 0;
  for (const [i, parts] of [...messages, ...besides].entries()) {
    const kept = new Set(leavesIn(answers[i]));
    const said = i < count ? lostOfMessage(parts) : lostBeside(parts);
    // Lists that several parts merge item by item are not followed to the end.
    const numbered = parts.filter(part => /recurse_(?:list|array)/.test(part));
    if (said === undefined || numbered.length > 1) continue;
    const really = new Set(marks(parts.join('\n')).filter(mark => !kept.has(mark)));
    const missed = [...really].filter(mark => !said.has(mark));
    const wrong = [...said].filter(mark => !really.has(mark));
    if (missed.length === 0 && wrong.length === 0) continue;
    differing++;
    if (differing <= 12)
      process.stdout.write(
        `${i < count ? 'parts' : 'vendor-data'}: lost and not said: ${missed.join(' ') || '-'}; said and not lost: ${wrong.join(' ') || '-'}\n${parts.join('---\n').replace(/^/gm, '    ')}\n    => ${JSON.stringify(answers[i])}\n`,
      );
  }
  process.stdout.write(`merging: ${2 * count} cases compared, ${differing} differ\n`);
  return differing;
}

/** Items of lists and values in mappings are marked `m1`, `m2` …, so that each can be told. Scalars at the top are not. */
function makeParts(pick: Pick, more: number, says: boolean): Parts {
  let marks = 0;
  const list = () => `[${Array.from({ length: 1 + pick(2) }, () => `m${++marks}`).join(', ')}]`;
  const map = () =>
    `{${['enabled', 'servers', 'config']
      .filter(() => pick(1) === 0)
      .map(inner)
      .join(', ')}}`;
  const inner = (name: string) =>
    name === 'enabled' ? 'enabled: true' : name === 'servers' ? `servers: ${list()}` : `config: {packages: ${list()}}`;
  const keys: readonly (() => string)[] = [
    () => `runcmd: ${list()}`,
    () => `packages: ${list()}`,
    () => `ntp: ${map()}`,
    () => `hostname: web${pick(3)}`,
    () => `write_files: [{path: /m${++marks}}]`,
    () => `apt: {sources: {${pick(1) ? 'one' : 'two'}: {source: ${list()}}}}`,
  ];
  return Array.from({ length: 2 + pick(more) }, () => {
    const how = says && pick(2) > 0 ? `${pick(3) === 0 ? 'merge_type' : 'merge_how'}: ${mergers(pick)}\n` : '';
    const some = keys.filter(() => pick(1) === 0).map(key => `${key()}\n`);
    return `#cloud-config\n${how}${some.join('') || 'timezone: UTC\n'}`;
  });
}

const OPTIONS = {
  list: ['append', 'prepend', 'replace', 'no_replace', 'recurse_dict', 'recurse_list', 'recurse_str', 'Append'],
  dict: ['replace', 'no_replace', 'recurse_list', 'recurse_array', 'recurse_dict', 'recurse_str', 'allow_delete'],
  str: ['append'],
};

function mergers(pick: Pick): string {
  const names = (['list', 'dict', 'str'] as const).filter(() => pick(5) > 0);
  const given = names.map(name => ({ name, options: OPTIONS[name].filter(() => pick(3) === 0) }));
  if (pick(3) > 0) return `'${given.map(({ name, options }) => `${name}(${options.join(',')})`).join('+')}'`;
  return `[${given.map(({ name, options }) => `{name: ${name}, settings: [${options.join(', ')}]}`).join(', ')}]`;
}

function marks(text: string): string[] {
  return text.match(/m\d+/g) ?? [];
}

function leavesIn(value: unknown): string[] {
  return marks(JSON.stringify(value));
}

function parse(text: string, path: string): CloudInitTree {
  return cloudInit.parse(SourceText.document(text), {
    path,
    files: { read: () => null, list: () => null },
    depth: 0,
    script: () => {
      throw new Error('no scripts here');
    },
    nested: () => undefined,
  });
}

/** The marks that a message loses by what we say; `undefined` where we say that nothing is known. */
function lostOfMessage(parts: Parts): ReadonlySet<string> | undefined {
  const items = parts.map(part => `- type: text/cloud-config\n  content: |\n${part.replace(/^(?=.)/gm, '    ')}`);
  const documents = mergedParts(parse(`#cloud-config-archive\n${items.join('')}`, 'user-data'));
  if (!documents) return undefined;
  // `invalid-merge-type` says of these that cloud-init ignores the part.
  const ignored = documents.filter(({ mergers }) => mergers && !mergers.some(({ name }) => name === 'dict'));
  return new Set([...marksIn(lossesOfParts(documents)), ...ignored.flatMap(({ root }) => marks(root.written.text))]);
}

function lostBeside(parts: Parts): ReadonlySet<string> {
  const [user, vendor] = parts.map(part => parse(part, 'user-data').root);
  return marksIn(lossesOfVendorData(user!, vendor!));
}

function marksIn(losses: readonly Loss[]): ReadonlySet<string> {
  const nodes = losses.flatMap(({ entry, items }): readonly YamlNode[] => items ?? [entry.value]);
  return new Set(nodes.flatMap(node => marks(deref(node)?.written.text ?? '')));
}
