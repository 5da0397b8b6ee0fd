/** Passwords of the first accounts of the machine, as steps: answers for an installer, typed ones, and those for `sudo`. */
import type { CredentialStep, Value } from '../../../core/build.ts';
import { type SourceText, UNRESOLVED } from '../../../core/text.ts';
import { classifyName, namesPassword } from '../../../facts/secrets/names.ts';
import { typedAnswers } from '../boot-command.ts';
import { sudoPasswords } from '../installer/commands.ts';
import { installationIn } from '../installer/index.ts';
import type { Answer } from '../installer/installation.ts';
import type { Evaluated, PackerProvisioner } from '../tree.ts';

/** The answers in what a provisioner uploads, and the password in how it calls its scripts. */
export function provisionerAnswers({ block, type }: PackerProvisioner): readonly CredentialStep[] {
  const content = type === 'file' ? block.attribute('content')?.value : undefined;
  const command = block.attribute('execute_command')?.value.assumingDefaults;
  return [
    ...(content?.kind === 'string' ? installationIn(content.asContent()).answers.map(answerStep) : []),
    ...(command ? sudoSteps(command, 'execute_command') : []),
  ];
}

/** The passwords that a boot command types. */
export function typedSteps(typed: SourceText): CredentialStep[] {
  return typedAnswers(typed).flatMap(({ parameter, ...answer }) => {
    if (parameter === undefined || parameter === 'rootpw' || namesPassword(parameter)) return [answerStep(answer)];
    return classifyName(parameter) === 'strong' ? [secretStep(answer)] : [];
  });
}

/** The password in the command that shuts the machine down. */
export function shutdownSteps(command: Evaluated | undefined): readonly CredentialStep[] {
  return command ? sudoSteps(command, 'shutdown_command') : [];
}

function sudoSteps(command: Evaluated, name: string): CredentialStep[] {
  return sudoPasswords(command.asValue().source, name).map(secretStep);
}

/** The password of an account; what it was made of is the answer. */
export function answerStep(answer: Answer): CredentialStep {
  const { name, text } = answer;
  return { kind: 'credential', use: 'account', name, value: textValue(text), span: text.span, syntax: answer };
}
/** A value that is not an account's password by its name: only one that looks random is reported. */
function secretStep({ name, text }: Answer): CredentialStep {
  return { kind: 'credential', use: 'build', name, value: textValue(text), span: text.span };
}

/** A text as a value that names no variables. */
export function textValue(source: SourceText): Value {
  const { text } = source;
  const literal = text.includes(UNRESOLVED) ? undefined : text;
  return { source, parts: [text], literal, byDefault: literal, span: source.span };
}
