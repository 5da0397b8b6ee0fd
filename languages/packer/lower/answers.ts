/** Passwords that a template gives to an installer or types into it: the first accounts of the machine. */
import type { CredentialStep, Mention, Value } from '../../../core/build.ts';
import { type SourceText, UNRESOLVED } from '../../../core/text.ts';
import { classifyName, namesPassword } from '../../../facts/secrets/names.ts';
import { type Answer, answersIn, sudoPasswords } from '../answers.ts';
import { servedPaths, typedAnswers, typedText } from '../boot-command.ts';
import type {
  Evaluated,
  PackerBuildSource,
  PackerModule,
  PackerProvisioner,
  PackerSource,
  ScriptUse,
} from '../tree.ts';

/** Documents by name for the installer: over HTTP, on a CD, on a floppy disk. */
const CONTENTS = ['http_content', 'cd_content', 'floppy_content'];
const FILES = ['cd_files', 'floppy_files'];
/** How many files are read; more are something else than installer answers. */
const MOST_FILES = 30;

/** The answers that sources give to their installers; each source is read once, however many builds use it. */
export class AnswersOfSources {
  private readonly known = new Map<PackerSource, readonly CredentialStep[]>();
  private readonly named: Mention[] = [];

  constructor(private readonly module: PackerModule) {}

  /** The passwords that the installer of a source gets. */
  of(use: PackerBuildSource): readonly CredentialStep[] {
    const shared = use.overrides ? undefined : use.source;
    const known = shared && this.known.get(shared);
    if (known) return known;
    const { mentions, steps } = sourceAnswers(use, this.module);
    this.named.push(...mentions);
    if (shared) this.known.set(shared, steps);
    return steps;
  }

  /** The files that answers were found in so far. */
  get mentions(): readonly Mention[] {
    return this.named;
  }
}

interface Found {
  readonly steps: readonly CredentialStep[];
  readonly mentions: readonly Mention[];
}

function sourceAnswers(source: PackerBuildSource, module: PackerModule): Found {
  const given = (name: string): Evaluated | undefined => {
    const value = source.attribute(name)?.value;
    return value && value.kind !== 'null' ? value.assumingDefaults : undefined;
  };
  const typed = typedText((given('boot_command')?.items ?? []).map(item => item.asValue().source));
  const steps: CredentialStep[] = typedSteps(typed);
  const command = given('shutdown_command');
  if (command) steps.push(...sudoSteps(command, 'shutdown_command'));
  const uses: ScriptUse[] = [];
  for (const name of CONTENTS)
    for (const { value } of given(name)?.entries ?? []) {
      const file = module.fileReadBy(value);
      if (file) uses.push(file);
      else if (value.kind === 'string') steps.push(...answersIn(value.asContent()).map(asStep));
    }
  for (const name of FILES) for (const item of given(name)?.items ?? []) uses.push(module.fileAt(item));
  const directory = source.attribute('http_directory')?.value;
  // https://developer.hashicorp.com/packer/docs/community-tools#http-directory-configuration
  if (directory) for (const name of servedPaths(typed.text)) uses.push(module.fileAt(directory, name));
  const read = uses.slice(0, MOST_FILES).filter(({ text }) => text !== undefined);
  for (const { text } of read) steps.push(...answersIn(text!).map(asStep));
  const mentions = read.flatMap(({ path, span }) => (path === undefined ? [] : [{ file: path, reference: span }]));
  return { steps, mentions };
}

/** The answers in what a provisioner uploads, and the password in how it calls its scripts. */
export function provisionerAnswers({ block, type }: PackerProvisioner): readonly CredentialStep[] {
  const content = type === 'file' ? block.attribute('content')?.value : undefined;
  const command = block.attribute('execute_command')?.value.assumingDefaults;
  return [
    ...(content?.kind === 'string' ? answersIn(content.asContent()).map(asStep) : []),
    ...(command ? sudoSteps(command, 'execute_command') : []),
  ];
}

function typedSteps(typed: SourceText): CredentialStep[] {
  return typedAnswers(typed).flatMap(({ parameter, ...answer }) => {
    if (parameter === undefined || parameter === 'rootpw' || namesPassword(parameter)) return [asStep(answer)];
    return classifyName(parameter) === 'strong' ? [secretStep(answer)] : [];
  });
}

function sudoSteps(command: Evaluated, name: string): CredentialStep[] {
  return sudoPasswords(command.asValue().source, name).map(secretStep);
}

function asStep({ name, text }: Answer): CredentialStep {
  return { kind: 'credential', use: 'account', name, value: asValue(text), span: text.span };
}
/** A value that is not an account's password by its name: only one that looks random is reported. */
function secretStep({ name, text }: Answer): CredentialStep {
  return { kind: 'credential', use: 'build', name, value: asValue(text), span: text.span };
}

function asValue(source: SourceText): Value {
  const { text } = source;
  const literal = text.includes(UNRESOLVED) ? undefined : text;
  return { source, parts: [text], literal, byDefault: literal, span: source.span };
}
