/** What the installers of a build are told: files that its sources serve are steps of it, in front of the provisioners. */
import type { Mention, RunStep, Step } from '../../../core/build.ts';
import type { LowerContext } from '../../../core/language.ts';
import { dialectOfShebang } from '../../../core/script.ts';
import type { SourceText } from '../../../core/text.ts';
import { shebangOptions } from '../../../shell/shell-options.ts';
import { taggedScripts } from '../../../shell/tagged-scripts.ts';
import { servedPaths, typedText } from '../boot-command.ts';
import { installationIn } from '../installer/index.ts';
import { type InstallerScript, LONGEST_TEXT } from '../installer/installation.ts';
import { filledIn } from '../template-file.ts';
import type { Evaluated, PackerBuildSource, PackerModule, PackerSource, ScriptUse } from '../tree.ts';
import { answerStep, shutdownSteps, textValue, typedSteps } from './answers.ts';
import { isCloudInit } from './nested.ts';

/** Documents by name for the installer: over HTTP, on a CD, on a floppy disk. */
const CONTENTS = ['http_content', 'cd_content', 'floppy_content'];
const FILES = ['cd_files', 'floppy_files', 'floppy_dirs'];
/** Blocks of sources with media of their own, of Proxmox. */
const MEDIA = ['boot_iso', 'additional_iso_files'];
/** How many files are read; more are something else than installer answers. */
const MOST_FILES = 30;

/** What sources tell their installers; each source and each file is read once, however many builds use it. */
export class InstallersOfSources {
  private readonly known = new Map<PackerSource, readonly Step[]>();
  private readonly files = new Map<string, Served>();
  private readonly named: Mention[] = [];

  constructor(
    private readonly module: PackerModule,
    private readonly context: LowerContext,
  ) {}

  /** What the installer of a source sets and runs. */
  of(use: PackerBuildSource): readonly Step[] {
    const shared = use.overrides ? undefined : use.source;
    const known = shared && this.known.get(shared);
    if (known) return known;
    const steps = this.read(use);
    if (shared) this.known.set(shared, steps);
    return steps;
  }

  /** The files that steps were found in so far. */
  get mentions(): readonly Mention[] {
    return this.named;
  }

  private read(source: PackerBuildSource): readonly Step[] {
    const attribute = (name: string): Evaluated | undefined => {
      const value = source.attribute(name)?.value;
      return value && value.kind !== 'null' ? value.assumingDefaults : undefined;
    };
    const typed = typedText((attribute('boot_command')?.items ?? []).map(item => item.asValue().source));
    const steps: Step[] = [...typedSteps(typed), ...shutdownSteps(attribute('shutdown_command'))];
    const media = MEDIA.flatMap(type => source.blocks(type));
    const given = (name: string): readonly Evaluated[] =>
      [source, ...media].flatMap(one => {
        const value = one.attribute(name)?.value;
        return value ? this.module.choices(value.assumingDefaults) : [];
      });
    for (const name of CONTENTS)
      for (const { entries } of given(name)) for (const { value } of entries) steps.push(...this.content(value));
    for (const value of given('user_data')) steps.push(...this.content(value));
    const uses = FILES.flatMap(given).flatMap(({ items }) => items.flatMap(item => this.module.filesAt(item)));
    uses.push(...given('user_data_file').flatMap(item => this.module.filesAt(item)));
    const directory = source.attribute('http_directory')?.value;
    // https://developer.hashicorp.com/packer/docs/community-tools#http-directory-configuration
    if (directory) for (const name of servedPaths(typed.text)) uses.push(this.module.fileAt(directory, name));
    for (const use of uses.slice(0, MOST_FILES)) steps.push(...this.file(use, text => text));
    return steps;
  }

  /** A document of `http_content` and the like: written there, or in the file that it reads. */
  private content(value: Evaluated): readonly Step[] {
    const file = this.module.fileReadBy(value);
    const { expression } = value;
    const isTemplate = expression.kind === 'call' && expression.name.text === 'templatefile';
    if (file) return this.file(file, isTemplate ? filledIn : text => text);
    return value.kind === 'string' ? servedSteps(value.asContent(), this.context).steps : [];
  }

  private file({ path, span, text }: ScriptUse, decode: (text: SourceText) => SourceText): readonly Step[] {
    if (!text || path === undefined) return [];
    let served = this.files.get(path);
    if (!served) this.files.set(path, (served = servedSteps(decode(text.slice(0, LONGEST_TEXT)), this.context)));
    // What is found in user-data is found when that is linted.
    if (served.steps.length > 0 && !served.isCloudInit) this.named.push({ file: path, reference: span });
    return served.steps;
  }
}

interface Served {
  readonly steps: readonly Step[];
  readonly isCloudInit: boolean;
}

function servedSteps(text: SourceText, context: LowerContext): Served {
  if (isCloudInit(text)) return { steps: installedBy(text, context), isCloudInit: true };
  const { answers, scripts, packages } = installationIn(text);
  const steps: Step[] = answers.map(answerStep);
  const tagged = taggedScripts(text).map(script => ({ ...script, phase: 'build' as const }));
  for (const script of [...scripts, ...tagged]) steps.push(runStep(script, context));
  const [first] = packages;
  if (first) steps.push({ kind: 'packages', names: packages.map(textValue), span: first.span });
  return { steps, isCloudInit: false };
}

/** The commands of autoinstall that run on the new system. */
function installedBy(text: SourceText, context: LowerContext): readonly Step[] {
  if (!text.text.includes('late-commands')) return [];
  const steps = context.nested('cloud-init', text)?.stages.flatMap(stage => stage.steps) ?? [];
  return steps.filter(step => step.kind === 'run' && step.phase === 'build');
}

function runStep({ dialect, phase, text }: InstallerScript, context: LowerContext): RunStep {
  const script = context.script(text, {
    ...shebangOptions(text.text),
    dialect: dialect ?? dialectOfShebang(text.text) ?? 'posix',
  });
  return { kind: 'run', phase, span: text.span, script, argv: undefined };
}
