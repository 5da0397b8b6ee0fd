import type { Stage } from '../../../core/build.ts';
import { UNRESOLVED } from '../../../core/text.ts';
import { type Invocation, invocationBy } from '../../../shell/invocations.ts';

/** Where a private key goes: one file, under each of the names that it may be deleted by. */
export type Place = readonly string[];

/** A command that makes private keys; each place is a key of its own. */
export interface Generated {
  readonly what: string;
  readonly places: readonly Place[];
}

/** What a row of the table is asked with. */
interface Use {
  readonly words: readonly string[];
  /** The value of the first of these options, as the next word or after `=`. */
  option(...names: string[]): string | undefined;
  /** The value of a variable, from the command, the script before it or the stage. */
  variable(name: string): string | undefined;
  /** The file that the standard output goes to. */
  readonly output: string | undefined;
}

interface Generator {
  readonly what: string;
  /** The command line without which it makes no key. */
  readonly makes?: RegExp;
  /** One that reads a key. */
  readonly reads?: RegExp;
  /** `undefined` entries are keys that go nowhere. */
  places(use: Use): readonly (string | Place | undefined)[];
}

/** Each program's own manual. */
const GENERATORS: ReadonlyMap<string, Generator> = new Map<string, Generator>([
  [
    'opendkim-genkey',
    {
      what: 'DKIM key',
      places: ({ option }) => [
        within(option('-D', '--directory'), `${option('-s', '--selector') ?? 'default'}.private`),
      ],
    },
  ],
  [
    'rndc-confgen',
    { what: 'Key of BIND', makes: /(?:^| )-a(?: |$)/, places: ({ option }) => [option('-c') ?? '/etc/bind/rndc.key'] },
  ],
  ['tsig-keygen', { what: 'Key of BIND', places: ({ output }) => [output] }],
  [
    'dnssec-keygen',
    { what: 'DNSSEC key', places: ({ option, words }) => [within(option('-K'), `K${words.at(-1)}.+*.private`)] },
  ],
  [
    'easyrsa',
    {
      what: 'Private key',
      makes: /(?:^| )(?:build-ca|build-\w{1,20}-full|gen-req)(?: |$)/,
      places: ({ option, variable, words }) => {
        const at = words.findIndex(word => /^(?:build-|gen-req$)/.test(word));
        const name = words[at] === 'build-ca' ? 'ca' : (words[at + 1] ?? '*');
        return [within(option('--pki-dir', '--pki') ?? variable('EASYRSA_PKI') ?? 'pki', `private/${name}.key`)];
      },
    },
  ],
  [
    'openvpn',
    {
      what: 'OpenVPN key',
      makes: /(?:^| )--genkey(?: |$)/,
      places: ({ option, output, words }) => {
        // `--genkey secret FILE`, and `--genkey --secret FILE` of earlier releases.
        const [, file] = words.slice(words.indexOf('--genkey') + 1);
        const named = option('--secret') ?? (file?.startsWith('--') ? undefined : file);
        return [named === undefined || isStandardOutput(named) ? output : named];
      },
    },
  ],
  [
    'mkcert',
    {
      what: 'Private key',
      makes: /(?:^| )(?!-version|-CAROOT|-help|-uninstall)\S/,
      // It makes an authority of its own, if there is none.
      places: ({ option, variable }) => [
        within(variable('CAROOT') ?? '~/.local/share/mkcert', 'rootCA-key.pem').concat(`${UNRESOLVED}/rootCA-key.pem`),
        option('-key-file') ?? option('-p12-file'),
      ],
    },
  ],
  [
    'age-keygen',
    {
      what: 'age key',
      reads: /(?:^| )-y(?: |$)/,
      places: ({ option, output }) => [option('-o', '--output') ?? output],
    },
  ],
  [
    'step',
    {
      what: 'Private key',
      makes: /^(?:ca init|certificate create)(?: |$)/,
      reads: /^certificate (?:.{0,1000} )?--key(?: |=)/,
      places: ({ option, variable, words }) =>
        words[0] === 'ca'
          ? [within(option('--steppath') ?? variable('STEPPATH') ?? '~/.step', 'secrets/root_ca_key')]
          : [words.slice(2, 5).some(word => word.startsWith('-')) ? words.findLast(isKeyFile) : words[4]],
    },
  ],
  [
    'puppetserver',
    {
      what: 'CA of Puppet',
      makes: /^ca (?:setup|generate)(?: |$)/,
      places: () => ['/etc/puppetlabs/puppet/ssl/ca/ca_key.pem'],
    },
  ],
]);

export const GENERATOR_PROGRAMS: readonly string[] = [...GENERATORS.keys()];

/** The keys that a command of one of these programs makes, and where it leaves them. */
export function generatedBy(invocation: Invocation, stage: Stage): Generated | undefined {
  const generator = GENERATORS.get(invocation.program);
  const words = invocation.args.map(({ text }) => text);
  const line = words.join(' ');
  if (!generator || line.length > LONGEST || /(?:^| )(?:-h|--?help|--version)(?: |$)/.test(line)) return undefined;
  if (generator.makes?.test(line) === false || generator.reads?.test(line)) return undefined;
  const places = generator
    .places({
      words,
      option: (...names) => optionOf(words, names),
      variable: name => variableOf(name, invocation, stage),
      output: redirectedTo(invocation),
    })
    .flatMap((place): Place[] => (place === undefined ? [] : [typeof place === 'string' ? [place] : place]));
  return { what: generator.what, places };
}
const LONGEST = 2_000;

const within = (directory: string | undefined, name: string): string[] => [
  directory === undefined ? name : `${directory.replace(/\/$/, '')}/${name}`,
];

const isKeyFile = (word: string): boolean => /\.(?:key|pem)$/.test(word);

export const isStandardOutput = (path: string): boolean => /^(?:-|\/dev\/(?:stdout|stderr|fd\/\d|tty))$/.test(path);

function optionOf(words: readonly string[], names: readonly string[]): string | undefined {
  for (const [i, word] of words.entries()) {
    const name = names.find(one => word === one || word.startsWith(`${one}=`));
    if (name !== undefined) return word === name ? words[i + 1] : word.slice(name.length + 1);
  }
  return undefined;
}

function variableOf(name: string, { command, script }: Invocation, { steps }: Stage): string | undefined {
  const inScript = script.commands.findLast(
    ({ assignments, start, words }) =>
      start <= command.start &&
      (assignments.some(one => one.name === name) || words.some(({ text }) => text.startsWith(`${name}=`))),
  );
  const step = steps.findLast(one => one.kind === 'env' && one.name === name);
  return (
    inScript?.assignments.find(one => one.name === name)?.value?.text ??
    inScript?.words.find(({ text }) => text.startsWith(`${name}=`))?.text.slice(name.length + 1) ??
    (step?.kind === 'env' ? step.value.source.text : undefined)
  );
}

/** Where the standard output goes; of a pipe, where `tee` puts it. */
export function redirectedTo({ command, script }: Invocation): string | undefined {
  const own = command.redirects.find(({ operator }) => operator === '>' || operator === '>|' || operator === '>>');
  if (own) return own.target?.value.text;
  const next = command.pipeline[command.pipeline.indexOf(command) + 1];
  const tee = next && invocationBy(next, script);
  return tee?.program === 'tee' ? tee.args.find(({ text }) => !text.startsWith('-'))?.text : undefined;
}
