/** Steps of a build. https://developer.hashicorp.com/packer/docs/provisioners */
import type { CopyStep, EnvStep, RunStep, Step, Value } from '../../../core/build.ts';
import type { LowerContext } from '../../../core/language.ts';
import { joinPath, parentDirectory } from '../../../core/path.ts';
import { dialectOfShebang, type Script, type ScriptSettings } from '../../../core/script.ts';
import { Decoder, SourceText, UNRESOLVED } from '../../../core/text.ts';
import { includedFiles } from '../../../facts/secrets/exposures/included-files.ts';
import { shebangOptions } from '../../../shell/shell-options.ts';
import { dialectOfName, shellOfCommand } from '../script-shell.ts';
import type { Evaluated, PackerModule, PackerPostProcessor, PackerProvisioner } from '../tree.ts';
import { uploadedFiles } from './uploads.ts';

/** Where each shell provisioner runs its script, and as what. */
const SHELLS: Readonly<
  Record<string, { readonly phase: RunStep['phase']; readonly dialect: ScriptSettings['dialect'] }>
> = {
  shell: { phase: 'build', dialect: 'posix' },
  'shell-local': { phase: 'host', dialect: 'posix' },
  powershell: { phase: 'build', dialect: 'powershell' },
  'windows-shell': { phase: 'build', dialect: 'cmd' },
};

/**
 * The steps of a provisioner; none for those that run another tool (Ansible, Chef, …). What runs on a surrogate is in the
 * image only where it goes through a mounted volume: files are not copied into it, and of scripts only those that
 * change into it count.
 */
export function lowerProvisioner(
  provisioner: PackerProvisioner,
  module: PackerModule,
  context: LowerContext,
  onSurrogate = false,
): readonly Step[] {
  const { type } = provisioner;
  if (type === 'file')
    return onSurrogate ? [] : [...fileSteps(provisioner, module, context), ...uploadedFiles(provisioner, module)];
  const shell = type !== undefined && Object.hasOwn(SHELLS, type) ? SHELLS[type] : undefined;
  if (!shell) return [];
  const variables = environment(provisioner);
  const steps = runSteps(provisioner, shell, context).map(step => ({ ...step, environment: valuesIn(variables) }));
  return [...variables, ...(onSurrogate ? steps.map(offImage) : steps)];
}

/** What a post-processor runs on the builder's own machine. */
export function postProcessorRuns(step: PackerPostProcessor, context: LowerContext): readonly Step[] {
  const { block, span, type } = step;
  if (type !== 'shell-local') return [];
  return [...environment(step), ...runSteps({ block, scripts: [], span }, SHELLS['shell-local']!, context)];
}

/** Programs that run others in the system on a mounted volume. */
const ENTERS = /\b(?:chroot|arch-chroot|systemd-nspawn|nsenter)\b/;

function offImage(step: RunStep): RunStep {
  return step.script && !ENTERS.test(step.script.text.text) ? { ...step, phase: 'host' } : step;
}

function runSteps(
  { block, scripts, span }: Pick<PackerProvisioner, 'block' | 'scripts' | 'span'>,
  { dialect, phase }: { phase: RunStep['phase']; dialect: ScriptSettings['dialect'] },
  context: LowerContext,
): RunStep[] {
  const isPwsh = dialect === 'powershell' && block.attribute('use_pwsh')?.value.bool === true;
  const called = dialect === 'posix' ? shellOfCommand(block.attribute('execute_command')?.value) : undefined;
  const settings = (text: string, path = ''): ScriptSettings => ({
    ...(called ?? shebangOptions(text)),
    dialect:
      dialect === 'posix'
        ? (called?.dialect ?? dialectOfShebang(text) ?? dialectOfName(path))
        : isPwsh
          ? 'pwsh'
          : dialect,
  });
  const steps: RunStep[] = [];
  const inline = block.attribute('inline') ?? block.attribute('command');
  if (inline && inline.value.kind !== 'null') {
    const text = joined(inline.value);
    // https://developer.hashicorp.com/packer/docs/provisioners/shell#inline_shebang
    const shebang = `#!${block.attribute('inline_shebang')?.value.byDefault ?? '/bin/sh -e'}`;
    const script = text && context.script(text, settings(shebang));
    steps.push({ kind: 'run', phase, span, script, argv: undefined });
  }
  for (const use of scripts) {
    const script = use.text && context.script(use.text, settings(use.text.text, use.path));
    steps.push({ kind: 'run', phase, span: use.span, script, argv: undefined });
  }
  const unread = block.attribute('scripts');
  if (unread && !unread.value.complete)
    steps.push({ kind: 'run', phase, span: unread.span, script: undefined, argv: undefined });
  return steps;
}

/** The commands of `inline` as Packer joins them; unknown elements of the list are one `UNRESOLVED`. */
function joined(value: Evaluated): SourceText | undefined {
  if (value.kind === 'string') return value.asValue().source;
  const parts = value.items.map(item => item.asValue().source);
  if (!value.complete) {
    if (parts.length === 0) return undefined;
    const { end, start } = value.expression;
    parts.push(new Decoder(value.source, 'read-only', start).as(UNRESOLVED, start, end).done());
  }
  return SourceText.join(parts, '\n');
}

/** `environment_vars = ["K=V"]` and `env = { K = V }`. */
function environment({ block }: PackerPostProcessor): EnvStep[] {
  const steps: EnvStep[] = [];
  for (const item of block.attribute('environment_vars')?.value.items ?? []) {
    const value = item.asValue();
    const { source } = value;
    const equals = source.text.indexOf('=');
    const name = source.text.slice(0, equals);
    if (equals <= 0 || name.includes(UNRESOLVED)) continue;
    steps.push({
      kind: 'env',
      scope: 'build',
      name,
      nameSpan: source.spanOf(0, equals),
      value: withoutStart(value, equals + 1),
      span: item.span,
    });
  }
  for (const { key, keySpan, span, value } of block.attribute('env')?.value.entries ?? [])
    steps.push({ kind: 'env', scope: 'build', name: key, nameSpan: keySpan, value: value.asValue(), span });
  return steps;
}

/** By the defaults of the template's variables. */
const valuesIn = (variables: readonly EnvStep[]) => (name: string) => {
  const value = variables.findLast(one => one.name === name)?.value;
  return value?.literal ?? value?.byDefault;
};

/** The value without its first `from` characters, which are literal. */
function withoutStart({ byDefault, literal, parts, source }: Value, from: number): Value {
  const rest = source.slice(from, source.text.length);
  const [first, ...others] = parts;
  const kept = typeof first === 'string' && first.length >= from ? [first.slice(from), ...others] : [rest.text];
  return {
    source: rest,
    parts: kept.filter(part => part !== ''),
    literal: literal?.slice(from),
    byDefault: byDefault?.slice(from),
    span: rest.span,
  };
}

/** https://developer.hashicorp.com/packer/docs/provisioners/file */
function fileSteps({ block, span }: PackerProvisioner, module: PackerModule, context: LowerContext): Step[] {
  const direction = block.attribute('direction')?.value;
  if (direction && direction.kind !== 'null' && direction.text !== 'upload') return [];
  const to = block.attribute('destination')?.value.asValue();
  const steps: Step[] = [];
  const content = block.attribute('content')?.value;
  if (content && content.kind !== 'null') {
    // Read where it lies, so that what is in it is found there.
    const file = isVerbatim(content) ? module.fileReadBy(content)?.text : undefined;
    const text = file ?? content.asContent();
    steps.push({
      kind: 'write-file',
      path: to,
      content: text,
      mode: undefined,
      script: scriptIn(text, to, context),
      span,
    });
  }
  const sources = [block.attribute('source')?.value, ...(block.attribute('sources')?.value.items ?? [])];
  const copied = sources.flatMap(value => (value && value.kind !== 'null' ? module.asPath(value) : []));
  const unread = block.attribute('sources');
  if (copied.length > 0 || (unread && !unread.value.complete)) {
    const { path } = context;
    const includes =
      path === undefined || span.file !== undefined
        ? []
        : includedFiles(copied, parentDirectory(path), context, () => false);
    const textOf = (name: string): string | undefined =>
      path === undefined || name.startsWith('/')
        ? undefined
        : (context.files.read(joinPath(parentDirectory(path), name)) ?? undefined);
    const copy: CopyStep = {
      kind: 'copy',
      origin: 'context',
      sources: copied,
      to,
      mode: undefined,
      includes,
      textOf,
      span,
    };
    steps.push(copy);
  }
  return steps;
}

/** A call of `file`, which passes on what it reads. */
const isVerbatim = ({ expression }: Evaluated): boolean =>
  expression.kind === 'call' && expression.name.text === 'file';

/** Content as a script, when its first line or its name shows that it is one. */
function scriptIn(text: SourceText, path: Value | undefined, context: LowerContext): Script | undefined {
  const named = path?.literal?.endsWith('.sh') ? 'posix' : path?.literal?.endsWith('.ps1') ? 'powershell' : undefined;
  const dialect = dialectOfShebang(text.text) ?? named;
  if (dialect === undefined) return undefined;
  return context.script(text, { dialect, ...shebangOptions(text.text) });
}
