/** Passwords that a template gives to an installer or types into it: the first logins of the machine. */
import type { CredentialStep, Mention, Value } from '../../../core/build.ts';
import { HOLE, type SourceText } from '../../../core/text.ts';
import { classifyName, namesPassword } from '../../../facts/secrets/names.ts';
import { type Answer, answersIn, typedAnswers, typedText } from '../answers.ts';
import type {
  Evaluated,
  PackerBuildSource,
  PackerModule,
  PackerProvisioner,
  PackerSource,
  ScriptUse,
} from '../tree.ts';

/** Documents by name that the installer is given: over http, on a CD, on a floppy disk. */
const CONTENTS = ['http_content', 'cd_content', 'floppy_content'];
const FILES = ['cd_files', 'floppy_files'];
/** How many files are looked into; more are a folder of something else. */
const MOST_FILES = 30;

/** The answers that sources give to the installers of their machines; each source is read once, however many builds use it. */
export class AnswersOfSources {
  private readonly known = new Map<PackerSource, readonly CredentialStep[]>();
  private readonly named: Mention[] = [];

  constructor(private readonly module: PackerModule) {}

  /** What the installer of a source is told. */
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
      const behind = module.fileBehind(value);
      if (behind) uses.push(behind);
      else if (value.kind === 'string') steps.push(...answersIn(value.asContent()).map(asStep));
    }
  for (const name of FILES) for (const item of given(name)?.items ?? []) uses.push(module.fileAt(item));
  const folder = source.attribute('http_directory')?.value;
  // https://developer.hashicorp.com/packer/docs/community-tools#http-directory-configuration
  if (folder) for (const name of servedNames(typed.text)) uses.push(module.fileAt(folder, name));
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

/** The paths behind the address of Packer's own server: `http://{{ .HTTPIP }}:{{ .HTTPPort }}/ks.cfg`. */
function servedNames(typed: string): readonly string[] {
  const names = [...typed.matchAll(/\uE000\/([\w.-]{1,80}(?:\/[\w.-]{1,80}){0,6})/g)].map(([, name]) => name!);
  return [...new Set(names)].slice(0, MOST_FILES);
}

function typedSteps(typed: SourceText): CredentialStep[] {
  return typedAnswers(typed).flatMap(({ parameter, ...answer }) => {
    if (parameter === undefined || parameter === 'rootpw' || namesPassword(parameter)) return [asStep(answer)];
    return classifyName(parameter) === 'strong' ? [secretStep(answer)] : [];
  });
}

/** `echo PASSWORD | sudo -S`. */
function sudoSteps(command: Evaluated, name: string): CredentialStep[] {
  const { source } = command.asValue();
  return [...source.text.slice(0, 4_000).matchAll(SUDO)].map(({ indices }) => {
    const [start, end] = indices![1]!;
    return secretStep({ name, text: source.slice(start, end) });
  });
}
const SUDO =
  /\becho[ \t]{1,8}["']?([^\s"'|\\]{1,200})["']?[ \t]{0,8}\|[ \t]{0,8}(?:[^\s|;&]{1,60}[ \t]{1,8}){0,3}sudo[ \t]{1,8}(?:-[A-Za-z]{1,8}[ \t]{1,8}){0,4}-[A-Za-z]{0,8}S/dg;

function asStep({ name, text }: Answer): CredentialStep {
  return { kind: 'credential', use: 'account', name, value: asValue(text), span: text.span };
}
/** What is no password of a login by its name: only a value that looks drawn by chance says something. */
function secretStep({ name, text }: Answer): CredentialStep {
  return { kind: 'credential', use: 'build', name, value: asValue(text), span: text.span };
}

function asValue(source: SourceText): Value {
  const { text } = source;
  const literal = text.includes(HOLE) ? undefined : text;
  return { source, parts: [text], literal, byDefault: literal, span: source.span };
}
