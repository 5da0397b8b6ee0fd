/** Configuration files that a build writes, read as data. */
import type { ImageBuild, Stage, Step } from '../core/build.ts';
import { memo } from '../core/memo.ts';
import { Script } from '../core/script.ts';
import { SourceText } from '../core/text.ts';
import { type Invocation, invocationsOf } from '../shell/invocations.ts';
import { shellParser } from '../shell/parser.ts';
import { readAptConf } from './config-files/apt-conf.ts';
import { type ConfigKind, kindOfPath } from './config-files/kinds.ts';
import { readSections } from './config-files/sections.ts';
import { keyOf, type Setting } from './config-files/setting.ts';
import { readYaml } from './config-files/yaml.ts';
import { commandLinesIn } from './file-commands.ts';
import { fileWrites } from './file-writes.ts';

export type { ConfigKind } from './config-files/kinds.ts';
export { isOff, isOn, keyOf, type Setting } from './config-files/setting.ts';

/** One file of a known kind. What several commands write into it one after the other is one file. */
export interface ConfigFile {
  readonly path: string;
  readonly kind: ConfigKind;
  /** All that is written into it, in order, the pieces on lines of their own. */
  readonly text: SourceText;
  /** In the order of the file; `undefined` when it cannot be read. */
  readonly settings: readonly Setting[] | undefined;
  readonly stage: Stage;
  /** The step that writes the first piece of it. */
  readonly step: Step;
  /** Every step that writes to it. */
  readonly steps: readonly Step[];
}

/** Longer files are not read, in UTF-16 code units. */
const LONGEST = 100_000;
/** More files of one build are not read. */
const MOST_FILES = 500;

/** The files of known kinds, stage by stage, in the order in which they are first written. */
export const configFiles: (build: ImageBuild) => readonly ConfigFile[] = memo(build => {
  const pieces = new Map<Stage, Map<string, { kind: ConfigKind; steps: Step[]; texts: SourceText[] }>>();
  let files = 0;
  for (const { path, text, step, stage } of fileWrites(build)) {
    const kind = kindOfPath(path, text.text);
    if (!kind) continue;
    const ofStage = pieces.get(stage) ?? new Map();
    pieces.set(stage, ofStage);
    const known = ofStage.get(path);
    if (known) {
      // What writes a whole file replaces what was there.
      if (kind === 'docker-daemon' && /^\s{0,100}\{/.test(text.text)) known.texts.length = 0;
      known.texts.push(text);
      known.steps.push(step);
    } else if (files++ < MOST_FILES) ofStage.set(path, { kind, steps: [step], texts: [text] });
  }
  const found: ConfigFile[] = [];
  for (const [stage, ofStage] of pieces)
    for (const [path, { kind, steps, texts }] of ofStage) {
      const text = texts.length === 1 ? texts[0]! : SourceText.join(texts, '\n');
      const settings = text.text.length > LONGEST ? undefined : settingsOf(kind, text);
      found.push({ path, kind, text, settings, stage, step: steps[0]!, steps });
    }
  return found;
});

/** A command line in a unit or a table of cron. */
export interface FileCommand {
  readonly invocation: Invocation;
  readonly file: ConfigFile;
}

/** The commands that units and tables of cron run, file by file in order. */
export const fileCommands: (build: ImageBuild) => readonly FileCommand[] = memo(build =>
  configFiles(build).flatMap(file =>
    scriptsIn(file).flatMap(script => invocationsOf(script).map(invocation => ({ invocation, file }))),
  ),
);

function scriptsIn({ kind, path, settings, text }: ConfigFile): readonly Script[] {
  if (kind === 'cron') return commandLinesIn(text, path);
  if (kind !== 'unit') return [];
  return (settings ?? []).flatMap(one => (/^Exec(?:Start|Stop|Reload|Condition)/.test(keyOf(one)) ? lineOf(one) : []));
}

/** What precedes the program in a unit says how it is run. */
function lineOf({ value }: Setting): Script {
  const special = /^[-@:+!|]{0,4}/.exec(value.text)![0].length;
  return new Script(value.slice(special, value.text.length), SETTINGS, shellParser);
}
const SETTINGS = { dialect: 'posix', errexit: false, pipefail: false } as const;

function settingsOf(kind: ConfigKind, text: SourceText): readonly Setting[] | undefined {
  switch (kind) {
    case 'docker-daemon':
    case 'lxd':
    case 'kubernetes-registries':
    case 'compose':
    case 'pod':
      return readYaml(text);
    case 'apt-conf':
      return readAptConf(text);
    default:
      return readSections(text);
  }
}
