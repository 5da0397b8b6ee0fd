/** Holds what we say of Jinja templates against what cloud-init's own Jinja does with generated ones. */
import { only } from '../../core/config/resolve.ts';
import { NO_FILES } from '../../core/language.ts';
import { lint } from '../../core/linter.ts';
import { INSTANCE_KEYS } from '../../languages/cloud-init/jinja/names.ts';
import { readJinja } from '../../languages/cloud-init/jinja/reader.ts';
import { rules } from '../../rules/index.ts';
import { engineOf } from '../engine.ts';
import { type Ask, askCloudInit } from './ask.ts';
import { type Pick, pickFrom } from './pick.ts';

/** Instance data as clouds give it. */
const V1 = {
  ...Object.fromEntries(INSTANCE_KEYS.map(key => [key, `the-${key}`])),
  public_ssh_keys: ['ssh-ed25519 AAAA a'],
};
const DATA = { v1: V1, ds: { meta_data: { tags: { role: 'web' }, 'local-hostname': 'web' } }, base64_encoded_keys: [] };

const MARKER = '## template: jinja\n#!/bin/sh\n';

type Fate = 'rendered' | 'rendered with a gap' | 'rejected' | 'dropped for a name' | 'dropped for a value';

/** Prints what differs; the number of templates of which we say something else. */
export function compareJinja(count: number, seed: number): number {
  const templates = Array.from({ length: count }, (_, i) => {
    const pick = pickFrom(seed * 1_000_003 + i);
    const template = new Template(pick).make();
    return `${MARKER}${i % 2 === 0 ? template : spoilt(template, pick)}\n`;
  });
  const answers = askCloudInit(templates.map((text): Ask => ({ ask: 'rendered', text, data: DATA })));
  const figures = new Map<string, number>();
  let differing = 0;
  for (const [i, text] of templates.entries()) {
    const fate = fateOf(answers[i]);
    const said = saidOf(text);
    const name = `${fate}, we say ${said}`;
    figures.set(name, (figures.get(name) ?? 0) + 1);
    if (agree(fate, said, text, answers[i])) continue;
    differing++;
    const times = figures.get(`shown ${name}`) ?? 0;
    figures.set(`shown ${name}`, times + 1);
    if (times < 8)
      process.stdout.write(
        `${name}:\n${text.slice(MARKER.length).trim().replace(/^/gm, '    ')}\n    => ${JSON.stringify(answers[i])}\n`,
      );
  }
  for (const [name, times] of [...figures].toSorted())
    if (!name.startsWith('shown')) process.stdout.write(`${times} ${name}\n`);
  process.stdout.write(`Jinja: ${count} templates compared, ${differing} differ\n`);
  return differing;
}

function fateOf(answer: unknown): Fate {
  if (typeof answer === 'string')
    return /CI_MISSING_JINJA_VAR|\bundefined\b/i.test(answer) ? 'rendered with a gap' : 'rendered';
  const { raised } = answer as { readonly raised: string };
  if (raised.startsWith('JinjaSyntaxParsingException')) return 'rejected';
  return /^UndefinedError: '\w+' is undefined/.test(raised) ? 'dropped for a name' : 'dropped for a value';
}

/** `perhaps`: where Jinja gets to it. */
type Said = 'nothing' | 'rejected' | 'dropped' | 'a gap' | 'perhaps';

const NAMES = rules.filter(({ id }) => id === 'unknown-jinja-name');

function saidOf(text: string): Said {
  if (readJinja(text, text.indexOf('\n') + 1).problem) return 'rejected';
  const input = { engine: engineOf(NAMES), settings: only(NAMES), files: NO_FILES, today: undefined };
  const found = lint({ path: 'user-data', text, language: 'cloud-init' }, input)?.diagnostics ?? [];
  const words = found.filter(({ message }) => /^Jinja has no (?:filter|test)/.test(message));
  if (words.some(({ severity }) => severity === 'error')) return 'rejected';
  const fatal = found.filter(({ message }) => /ignores? (?:it|this template)$/.test(message));
  if (fatal.some(({ severity }) => severity === 'error')) return 'dropped';
  return words.length + fatal.length > 0 ? 'perhaps' : found.length > 0 ? 'a gap' : 'nothing';
}

/**
 * What types of values do, what a platform has below `ds`, and which branch is taken, is not known before. A name that the
 * template asks for somewhere, or has another value for, is not reported anywhere: it is known to its author.
 */
function agree(fate: Fate, said: Said, text: string, answer: unknown): boolean {
  switch (fate) {
    case 'rejected':
      // Either way nothing of it is used.
      return said === 'rejected' || said === 'dropped' || said === 'perhaps';
    case 'rendered':
      return said !== 'rejected' && said !== 'dropped';
    case 'rendered with a gap':
      return (
        said === 'a gap' ||
        said === 'perhaps' ||
        (said === 'nothing' && /\bds\b|\bset\b|\bloop\./.test(text)) ||
        // What a macro is given is not followed.
        (said === 'nothing' && (isOperand(text) || /\bm\(\)/.test(text)))
      );
    case 'dropped for a name':
      return said !== 'nothing' || asksFor(text, answer);
    default:
      return true;
  }
}

/** Whether a key that is not there is one of several values: `{{ v1.role if a else b }}`, `{{ [v1.role] or b }}`. */
function isOperand(text: string): boolean {
  return [...text.matchAll(/\{\{(.*?)\}\}/gs)].some(([, inside]) =>
    // The names that are there, with a letter too few or too many.
    /\brole\b|\bv1\.\w/.test(inside!) ? / (?:if|or|and) /.test(inside!) : false,
  );
}

/** Whether a condition names what is not there. */
function asksFor(text: string, answer: unknown): boolean {
  const [, name] = /^UndefinedError: '(\w+)' is undefined/.exec((answer as { readonly raised: string }).raised) ?? [];
  return name !== undefined && new RegExp(`\\b(?:if|elif|and|or|not) [(\\[]*${name}\\b(?!\\.)`).test(text);
}

/** Templates with everything that the grammar has, and names that are there or not. */
class Template {
  private depth = 0;

  constructor(private readonly pick: Pick) {}

  make(): string {
    return Array.from({ length: 1 + this.pick(2) }, () => this.statement()).join(this.one(['', ' ', '\n']));
  }

  private one<T>(values: readonly T[]): T {
    return values[this.pick(values.length - 1)]!;
  }

  private inner(): string {
    this.depth++;
    const text = this.depth > 3 ? 'echo' : this.make();
    this.depth--;
    return text;
  }

  private statement(): string {
    const open = this.one(['{%', '{%', '{%-', '{%+']);
    const close = this.one(['%}', '%}', '-%}']);
    const tag = (words: string) => `${open} ${words} ${close}`;
    switch (this.pick(13)) {
      case 0:
        return tag(`if ${this.expression()}`) + this.inner() + tag('endif');
      case 1:
        return `${tag(`if ${this.expression()}`)}${this.inner()}${tag(`elif ${this.expression()}`)}${this.inner()}${tag('else')}${this.inner()}${tag('endif')}`;
      case 2:
        return (
          tag(`for x in ${this.one(['[1, 2]', 'v1.public_ssh_keys', 'range(2)', '(1, 2)'])}`) +
          this.one(['{{ x }}', '{{ loop.index }}']) +
          this.inner() +
          tag('endfor')
        );
      case 3:
        return `${tag(`set y = ${this.expression()}`)}{{ y }}`;
      case 4:
        return `${tag('raw')}{{ ${this.one(['a b', '.x', '%}'])} }}${tag('endraw')}`;
      case 5:
        return `${tag('macro m(a, b=1)')}{{ a }}${tag('endmacro')}{{ m(1) }}`;
      case 6:
        return tag(`filter ${this.one(['upper', 'trim', 'indent(2)'])}`) + this.inner() + tag('endfilter');
      case 7:
        return `{# ${this.one(['a', '{{ x', '%}'])} #}`;
      case 8:
        return `${tag('with z = 1')}{{ z }}${tag('endwith')}`;
      default:
        return this.one([`echo {{ ${this.expression()} }}`, `{{- ${this.expression()} -}}`, 'echo { } % #']);
    }
  }

  private expression(): string {
    this.depth++;
    const deep = this.depth > 4;
    const text = deep ? this.atom() : this.compound();
    this.depth--;
    return text;
  }

  private compound(): string {
    const inner = () => this.expression();
    switch (this.pick(14)) {
      case 0:
        return `${inner()} ${this.one(['and', 'or', '==', '!=', '~', 'in', 'not in'])} ${inner()}`;
      case 1:
        return `not ${inner()}`;
      case 2:
        return `${inner()} if ${inner()} else ${inner()}`;
      case 3:
        return `(${inner()})`;
      case 4:
        return `[${inner()}, ${inner()}]`;
      case 5:
        return `${this.atom()} | ${this.one(['upper', 'lower', "default('a')", 'default("a", true)', 'string', 'trim', 'length', 'tojson'])}`;
      case 6:
        return `${this.atom()} is ${this.one(['defined', 'not defined', 'string', 'none', 'undefined', 'in [1]', 'mapping'])}`;
      case 7:
        return `{'a': ${inner()}}`;
      default:
        return this.atom();
    }
  }

  private atom(): string {
    return this.one([
      ...[
        'v1.local_hostname',
        'local_hostname',
        'v1.region',
        "v1['instance_id']",
        'v1.public_ssh_keys[0]',
        'ds.meta_data',
      ],
      ...[
        'ds.meta_data.tags.role',
        "ds['meta_data']['local-hostname']",
        'ds.meta_data.local_hostname',
        'v1.distro.upper()',
      ],
      ...["'text'", '"it"', '1', '2.5', 'true', 'none', '[]', 'v1.machine', 'cloud_name', 'v1.availability_zone'],
      ...this.one([
        [],
        [],
        [],
        ['role', 'role.name', 'v1.role', 'v1.role.name', 'v1.local-hostname', 'local-hostname'],
      ]),
    ]);
  }
}

const PIECES = [
  '{{',
  '}}',
  '{%',
  '%}',
  '{#',
  '#}',
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  '|',
  '.',
  ',',
  '=',
  '"',
  "'",
  '-',
  '$',
  '?',
  '&&',
  ' if ',
  ' end',
  ' x ',
  ' is ',
  ' | nope',
  '!',
];

/** A template with a piece taken out, put in or doubled. */
function spoilt(text: string, pick: Pick): string {
  const at = pick(text.length);
  const end = Math.min(text.length, at + 1 + pick(3));
  switch (pick(2)) {
    case 0:
      return text.slice(0, at) + text.slice(end);
    case 1:
      return text.slice(0, at) + PIECES[pick(PIECES.length - 1)] + text.slice(at);
    default:
      return text.slice(0, end) + text.slice(at);
  }
}
