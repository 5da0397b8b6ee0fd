/** Secrets in settings: variables, arguments, labels, attributes and keys. */
import type { CredentialStep, ImageBuild, Stage, Step, Value } from '../../../core/build.ts';
import type { SecretContext } from '../judge.ts';
import type { NameLists } from '../names.ts';
import { credentialVariables } from './credential-variables.ts';
import { type Exposure, type ExposureSite, expose, placeOf, writtenText } from './exposure.ts';

/** The exposures in parameters and in the steps that set something. */
export function settingExposures(build: ImageBuild, lists: NameLists): Exposure[] {
  const found: Exposure[] = [];
  const add = (exposure: Exposure | undefined) => {
    if (exposure) found.push(exposure);
  };
  const logins = loginVariables(build);
  const attributes = credentialAttributes(build);
  for (const { name, default: value, span } of build.parameters) {
    const text = value && writtenText(value);
    if (!text) continue;
    const dockerfile = build.language === 'dockerfile';
    const kind = dockerfile ? 'argument' : logins.has(name) || LOGIN_NAME.test(name) ? 'login' : 'variable';
    const place = dockerfile ? `the default of ${placeOf('ARG ', name, 'an `ARG`')}` : placeOf('', name, 'a variable');
    const context = dockerfile ? 'arg' : 'variable-default';
    const site: ExposureSite = { kind, place, span, stage: undefined };
    const own = expose(name, text, context, site, lists);
    const isTold = own && own.judgement.certainty !== 'possible';
    const used = isTold ? undefined : usedAsCredential();
    add(used?.judgement.kind === 'secret' ? { ...used, name } : own);

    // What a command or an attribute is given as a credential is one, whatever the variable is called.
    function usedAsCredential(): Exposure | undefined {
      if (dockerfile)
        return credentialVariables(build).has(name) ? expose('secret', text!, context, site, lists) : undefined;
      const step = attributes.get(name);
      return step && expose(nameOfCredential(step), text!, context, { ...site, kind: kindOf(step, build) }, lists);
    }
  }
  for (const stage of build.stages) for (const step of stage.steps) add(stepExposure(build, stage, step, lists));
  return found;
}

function stepExposure(build: ImageBuild, stage: Stage, step: Step, lists: NameLists): Exposure | undefined {
  const one = (
    name: string | undefined,
    value: Value,
    context: Parameters<typeof expose>[2],
    site: Omit<ExposureSite, 'span' | 'stage'>,
  ) => {
    const text = writtenText(value);
    return text && expose(name, text, context, { ...site, span: step.span, stage }, lists);
  };
  switch (step.kind) {
    case 'env': {
      const image = step.scope === 'image';
      const place = image
        ? placeOf('ENV ', step.name, 'an `ENV`')
        : `the variable ${placeOf('', step.name, 'of a provisioner')}`;
      return one(step.name, step.value, 'env', { kind: image ? 'image-env' : 'build-env', place });
    }
    case 'label':
      return one(step.key, step.value, 'label', {
        kind: 'label',
        place: `the label ${placeOf('', step.key, 'of the image')}`,
      });
    case 'fetch':
      return one(undefined, step.url, 'attribute', { kind: 'download', place: 'a download URL' });
    case 'credential': {
      const exposure = one(nameOfCredential(step), step.value, contextOf(step), {
        kind: kindOf(step, build),
        place: placeOf('', step.name, build.language === 'packer' ? 'an attribute' : 'a key'),
      });
      if (!exposure) return undefined;
      // The throw-away password of the builder's own login is common there, and reported where that is set.
      if (isCommand(step) && exposure.judgement.kind !== 'secret') return undefined;
      const named = exposure.site.kind === 'login' ? { ...exposure, name: step.name } : exposure;
      return step.use === 'account' && isToldAlready(named, step, stage) ? { ...named, repeats: true } : named;
    }
    default:
      return undefined;
  }
}

/** A field that is a password by definition, or any attribute. */
function contextOf(step: CredentialStep): SecretContext {
  if (step.use === 'account') return /(?:^|[._])passwd$/.test(step.name) ? 'crypt' : 'account';
  return isLogin(step) ? 'password' : 'attribute';
}

/** What the builder connects to the new machine with. https://developer.hashicorp.com/packer/docs/communicators */
const COMMUNICATOR = /^(?:ssh|winrm|vnc|ssh_bastion|ssh_proxy|elevated)_?password$/;
/** What people call the variable that they put there. */
const LOGIN_NAME =
  /^(?:(?:packer|vm|guest|build|builder|image|template|default|os)_)?(?:ssh|winrm|communicator|build|builder|vagrant|packer|vnc|guest)(?:_(?:user|username|admin|root))?_?(?:password|pass|passwd|pw)$/i;

/** Accounts that a template has made are what it logs in with, or as good as that: a later step may close them. */
function kindOf(step: CredentialStep, { language }: ImageBuild): ExposureSite['kind'] {
  if (step.use === 'account') return language === 'packer' ? 'login' : 'account';
  return isLogin(step) ? 'login' : 'service';
}

/** A password that an account is made with, when the builder logs in with it: it is reported there. */
function isToldAlready({ judgement }: Exposure, { value }: CredentialStep, stage: Stage): boolean {
  if (judgement.kind === 'placeholder' || value.literal === undefined) return false;
  return stage.steps.some(
    step => step.kind === 'credential' && isLogin(step) && step.value.byDefault === value.literal,
  );
}

/** The variables that are the whole of a credential, whatever they are called: `pass_phrase = var.key_phrase`. */
function credentialAttributes(build: ImageBuild): ReadonlyMap<string, CredentialStep> {
  const found = new Map<string, CredentialStep>();
  if (build.language !== 'packer') return found;
  for (const stage of build.stages)
    for (const step of stage.steps) {
      if (step.kind !== 'credential' || isCommand(step)) continue;
      const [part, ...others] = step.value.parts;
      const name =
        typeof part === 'object' && others.length === 0 ? /^var\.([\w-]{1,100})$/.exec(part.name)?.[1] : undefined;
      if (name !== undefined && !found.has(name)) found.set(name, step);
    }
  return found;
}

function isLogin({ name, use }: CredentialStep): boolean {
  return use === 'build' && COMMUNICATOR.test(name);
}

/**
 * A key that is a credential by its meaning may have a name that does not say so: `list[0]`, `registration_key`. A command
 * is one by its use in another program, whatever its own name.
 */
function nameOfCredential({ name, use }: CredentialStep): string {
  if (isCommand({ name, use })) return 'password';
  // `key`, `shared`
  if (name.startsWith('tunnels.')) return 'private_key';
  if (/\.storage\.config\[\d+\]\.key$/.test(name)) return 'passphrase';
  if (name.endsWith('.rawKey')) return 'encryption_key';
  return use === 'account' ? 'password' : (name.split('.').at(-1) ?? name).replace(/\[\d+\]$/, '');
}

/** `execute_command = "echo PASSWORD | sudo -S …"`. */
function isCommand({ name, use }: Pick<CredentialStep, 'name' | 'use'>): boolean {
  return use === 'build' && name.endsWith('_command');
}

/** The variables that the builder's own login takes its password from, by their bare names. */
function loginVariables(build: ImageBuild): ReadonlySet<string> {
  const names = new Set<string>();
  for (const stage of build.stages)
    for (const step of stage.steps) {
      if (step.kind !== 'credential' || !isLogin(step)) continue;
      for (const part of step.value.parts) if (typeof part !== 'string') names.add(part.name.replace(/^var\./, ''));
    }
  return names;
}
