/** The systemd unit that starts an application. */
import type { ImageBuild } from '../../../core/build.ts';
import { nameOf } from '../../../core/path.ts';
import { Script } from '../../../core/script.ts';
import { type SourceText, type Span, UNRESOLVED } from '../../../core/text.ts';
import { readSections } from '../../../facts/config-files/sections.ts';
import { configFiles, keyOf, type Setting } from '../../../facts/config-files.ts';
import { shellParser } from '../../../shell/parser.ts';
import type { PackerTree } from '../tree.ts';
import type { Carried } from './carried.ts';

export interface Unit {
  /** `shop` of `shop.service`; `undefined` when the file has no certain name. */
  readonly name: string | undefined;
  /** The words of `ExecStart`; `undefined` when it has specifiers, or expands what a container cannot. */
  readonly start: readonly string[] | undefined;
  readonly directory: string | undefined;
  readonly user: string | undefined;
  readonly environment: readonly { readonly name: string; readonly value: string | undefined }[];
  readonly environmentFiles: readonly string[];
  /** What writes or uploads it. */
  readonly span: Span;
}

const RUNS_AN_APP =
  /^ExecStart=(?:[-@:+!]*\/(?:opt|srv|app|home|var\/www)\/|\S*\b(?:java|node|npm|python3?|gunicorn|uvicorn|puma|unicorn|bundle)\s)/m;

/** The unit that a build writes or uploads for its application, one of its name first. */
export function unitOf(tree: PackerTree, build: ImageBuild, carried: Carried): Unit | undefined {
  const written = configFiles(build)
    .filter(({ kind, stage }) => kind === 'unit' && stage === carried.stage)
    .map(({ path, text, settings, step }) => ({ path, text, settings: settings ?? [], span: step.span }));
  const files = [...written, ...uploadedUnits(tree, carried)];
  const isNamed = (path: string): boolean => carried.names.has(nameOf(path).replace(/\.service$/, ''));
  const found =
    files.find(({ path, settings }) => isNamed(path) && startIn(settings)) ??
    files.find(({ text }) => RUNS_AN_APP.test(text.text));
  return found && read(found);
}

interface UnitFile {
  readonly path: string;
  readonly text: SourceText;
  readonly settings: readonly Setting[];
  readonly span: Span;
}

function uploadedUnits(tree: PackerTree, { packerBuild }: Carried): UnitFile[] {
  return packerBuild.provisioners.flatMap(({ type, block, span }) => {
    const source = type === 'file' ? block.attribute('source')?.value : undefined;
    const path = source?.asValue().byDefault;
    if (!source || path === undefined || !path.endsWith('.service')) return [];
    const { text } = tree.module.fileAt(source);
    return text ? [{ path, text, settings: readSections(text), span }] : [];
  });
}

const isService = ({ path }: Setting): boolean => path[0] === 'Service';

function startIn(settings: readonly Setting[]): Setting | undefined {
  return settings.find(one => isService(one) && keyOf(one) === 'ExecStart');
}

function read({ path, span, ...file }: UnitFile): Unit {
  const settings = file.settings.filter(isService);
  const last = (key: string): string | undefined => settings.filter(one => keyOf(one) === key).at(-1)?.literal;
  const every = (key: string): readonly Setting[] => settings.filter(one => keyOf(one) === key);
  const start = startIn(settings);
  const directory = last('WorkingDirectory');
  const name = /^([\w.-]{1,80})\.service$/.exec(nameOf(path))?.[1];
  return {
    name,
    start: start && wordsOf(start.value),
    directory: directory?.startsWith('/') && !directory.includes('%') ? directory : undefined,
    user: last('User'),
    environment: environmentIn(file.text.text),
    environmentFiles: every('EnvironmentFile').flatMap(({ literal }) => literal?.replace(/^-/, '') ?? []),
    span,
  };
}

/** The words of a command line of systemd.service(5). */
function wordsOf(line: SourceText): readonly string[] | undefined {
  const special = /^[-@:+!|]{0,4}/.exec(line.text)![0].length;
  const script = new Script(
    line.slice(special, line.text.length),
    { dialect: 'posix', errexit: false, pipefail: false },
    shellParser,
  );
  const words = script.commands[0]?.words.map(({ literal }) => literal);
  if (script.commands.length !== 1 || !words || words.length === 0) return undefined;
  return words.every(word => word !== undefined && !word.includes('%')) ? (words as string[]) : undefined;
}

/** `Environment=A=1 "B=two words"`, line by line. */
function environmentIn(unit: string): Unit['environment'] {
  const lines = unit.slice(0, LONGEST_UNIT).split('\n');
  return lines.flatMap(line =>
    line.startsWith('Environment=') ? assignmentsIn(line.slice('Environment='.length)) : [],
  );
}

/** In UTF-16 code units. */
const LONGEST_UNIT = 20_000;

function assignmentsIn(line: string): Unit['environment'] {
  return [...line.slice(0, 4000).matchAll(/"(\w{1,80})=([^"]{0,1000})"|(\w{1,80})=(\S{0,1000})/g)].map(
    ([, quotedName, quotedValue, bareName, bareValue]) => {
      const text = quotedValue ?? bareValue ?? '';
      const isCertain = !/[%$]/.test(text) && !text.includes(UNRESOLVED);
      return { name: (quotedName ?? bareName)!, value: isCertain ? text : undefined };
    },
  );
}
