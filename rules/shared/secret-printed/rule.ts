import type { ImageBuild } from '../../../core/build.ts';
import { fix } from '../../../core/finding.ts';
import { memo } from '../../../core/memo.ts';
import { nameOf } from '../../../core/path.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import type { Script } from '../../../core/script.ts';
import type { Command, Expansion, Word } from '../../../core/shell-tree.ts';
import type { Edit, Span } from '../../../core/text.ts';
import { asksForSecret, placeOf } from '../../../facts/secrets/exposures/exposure.ts';
import { credentialFile } from '../../../facts/secrets/exposures/files.ts';
import { mountsOf } from '../../../facts/secrets/exposures/mounts.ts';
import { keyIdsIn } from '../../../facts/secrets/key-ids.ts';
import { isSwitch } from '../../../facts/secrets/values.ts';
import { setupCommands } from '../../../facts/setup-commands.ts';
import { type Invocation, invocationsOf } from '../../../shell/invocations.ts';
import { readArguments } from '../../../shell/programs/index.ts';

export default defineBuildRule({
  id: 'secret-printed',
  summary: 'A secret is printed to the build or boot log',
  policies: ['G1'],
  category: 'security',
  severity: 'warning',
  preset: 'recommended',
  languages: ['dockerfile', 'packer', 'cloud-init'],
  needs: { programs: ['echo', 'printf', 'cat', 'printenv', 'set', 'Write-Host'] },
  since: '2026.11',
  *check(build) {
    const log = build.language === 'cloud-init' ? 'the boot log' : 'the build log';
    const scripts = new Set<Script>();
    const isSecret = (name: string): boolean =>
      asksForSecret(name, {}) &&
      !keyIdsIn(build).has(name) &&
      !turnsOn(name, build) &&
      !(name === 'pwd' && isMistyped(build)) &&
      !/^vagrant_/i.test(name);
    for (const { invocation, step } of setupCommands(build)) {
      if (step.kind !== 'run') continue;
      const { script } = invocation;
      if (!scripts.has(script)) {
        scripts.add(script);
        const traced = firstTraced(script, isSecret);
        if (traced)
          yield {
            message: `\`set -x\` prints ${traced.what} to ${log}`,
            help: 'Turn tracing off with `set +x` before the secret is used',
            span: traced.span,
            related: [{ message: 'Tracing is turned on here', span: traced.from }],
            fixes: [traced.off && fix('suggested', 'Turn tracing off', traced.off)],
          };
      }
      const { names } = mountsOf(step, build);
      for (const { what, span } of printed(
        invocation,
        names.size > 0 ? name => names.has(name) || isSecret(name) : isSecret,
      ))
        yield {
          message: `${what} is printed to ${log}`,
          help: 'Remove the command, or print only whether it is set',
          span,
        };
    }
  },
});

/** A parameter that turns something on. */
const turnsOn = (name: string, { parameters }: ImageBuild): boolean =>
  parameters.some(one => one.name === name && isSwitch(one.default?.byDefault ?? ''));

/** `$pwd` for `$PWD`, where nothing is called so. */
const isMistyped = memo(
  ({ parameters, source }: ImageBuild): boolean =>
    parameters.every(({ name }) => name !== 'pwd') &&
    !/\bpwd[ \t]{0,9}=|\bread\b[^\n]{0,100}[ \t]pwd\b/.test(source.text),
);

/** Whether a variable of this name holds a secret. Ids of public keys are none, and the login of Vagrant boxes is public. */
type IsSecret = (name: string) => boolean;

interface Printed {
  /** How messages call it: "`NPM_TOKEN`", "`credentials`". */
  readonly what: string;
  readonly span: Span;
}

/** The secrets that a command prints to where the log takes it up. */
function* printed(invocation: Invocation, isSecret: IsSecret): Generator<Printed> {
  const { program, args, command, script } = invocation;
  if (!reachesLog(command) || isRedirected(script)) return;
  if (program === 'echo' || program === 'printf' || program === 'Write-Host') {
    const word = args.find(one => secretIn(one, script, isSecret) !== undefined);
    if (word) yield { what: placeOf('', secretIn(word, script, isSecret)!, 'a secret'), span: script.spanOf(word) };
  } else if (program === 'printenv') {
    const word = args.find(({ literal }) => literal !== undefined && isSecret(literal));
    if (word) yield { what: placeOf('', word.literal!, 'a secret'), span: script.spanOf(word) };
  } else if (program === 'cat') {
    const word = readArguments(invocation).operands.find(
      ({ literal }) => literal !== undefined && isSecretFile(literal),
    );
    if (word) yield { what: placeOf('', nameOf(word.literal!), 'a credential'), span: script.spanOf(word) };
  }
}

/** Nothing else takes the output: no pipe, no file, no substitution, and no function or group, whose own output is not followed. */
function reachesLog({ mayRun, pipeline, redirects, within }: Command): boolean {
  return (
    mayRun &&
    pipeline.length <= 1 &&
    within.every(one => one === 'condition' || one === 'case') &&
    redirects.every(({ operator, descriptor, target }) => {
      if (operator.startsWith('<') || descriptor === 2) return true;
      return operator === '>&' && (target?.literal === '1' || target?.literal === '2');
    })
  );
}

/** `exec > FILE`: the output of the rest of the script goes elsewhere. */
function isRedirected(script: Script): boolean {
  return script.commands.some(({ redirects, words }) => words[0]?.literal === 'exec' && redirects.length > 0);
}

/** The contents of a mounted secret, or of a file that is a credential as a whole. */
function isSecretFile(path: string): boolean {
  if (path.startsWith('/run/secrets/')) return true;
  const file = credentialFile(path);
  return file !== undefined && !file.mixed && file.what !== 'an environment file';
}

/** The variable with the name of a secret whose value a word contains. */
function secretIn(word: Word, script: Script, isSecret: IsSecret): string | undefined {
  for (const expansion of word.expansions) {
    const name = expansion.name?.replace(/^env:/i, '');
    if (name !== undefined && isWhole(expansion, script) && isSecret(name) && !isLiteral(name, script)) return name;
  }
  return undefined;
}

/** `$X` and `${X}`, with a message: not `${#X}`, `${X:+set}` or a part of it, nor `${X:-default}`, which may be the default. */
function isWhole({ start, end }: Expansion, script: Script): boolean {
  return /^\$(?:env:)?(?:\w+|\{(?:env:)?\w+(?::?(?:\?[^}]*|-))?\})$/i.test(
    script.text.text.slice(start, Math.min(end, start + 300)),
  );
}

/** Assigned a text of the script, which is in the file anyway: a path, most of the time. */
function isLiteral(name: string, script: Script): boolean {
  return script.commands.some(({ assignments }) =>
    assignments.some(
      ({ name: own, value }) => own === name && (value === undefined || value.literal !== undefined || isPath(value)),
    ),
  );
}

/** `"${ssh_dir}/authorized_keys"`: made of variables and of names. */
function isPath({ expansions, raw }: Word): boolean {
  return /^"?(?:\$\{?\w{1,100}\}?)?\/[\w./-]{1,200}"?$/.test(raw) && expansions.every(({ name }) => name !== undefined);
}

/** The first use of a secret that the shell prints because of `set -x`. */
function firstTraced(
  script: Script,
  isSecret: IsSecret,
): (Printed & { readonly from: Span; readonly off: Edit | undefined }) | undefined {
  let from: Span | undefined;
  let off: Edit | undefined;
  for (const { args, command, program } of invocationsOf(script)) {
    if (program === 'set') {
      const options = args.map(({ literal }) => literal ?? '');
      if (options.some(option => /^\+[a-z]*x/.test(option))) from = undefined;
      else if (command.within.length === 0 && options.some(option => /^-[a-z]*x/.test(option))) {
        from = script.spanOf(command);
        off = withoutTracing(args, script);
      }
      continue;
    }
    if (!from || !command.mayRun || isRedirected(script)) continue;
    for (const word of [...args, ...command.assignments.flatMap(({ value }) => value ?? [])]) {
      const name = secretIn(word, script, isSecret);
      if (name !== undefined) return { what: placeOf('', name, 'a secret'), span: script.spanOf(word), from, off };
    }
  }
  return undefined;
}

/** `set +x` for `set -x`, and `set -eu` for `set -eux`. */
function withoutTracing(args: readonly Word[], script: Script): Edit | undefined {
  const word = args.find(({ literal, raw }) => literal === raw && /^-[a-z]*x/.test(raw));
  if (!word) return undefined;
  const at = word.start + word.raw.indexOf('x');
  return word.raw === '-x' ? script.text.replace(word.start, word.start + 1, '+') : script.text.replace(at, at + 1, '');
}
