/**
 * What the variables of a shell script are where a command stands: of what is set one after the other the last, and of
 * conditions each arm.
 */

/** Ways through the conditions of one script, and rounds in which variables lead to others. */
const MOST_WAYS = 8;
const MOST_COMMANDS = 600;
const ROUNDS = 4;
const LONGEST_VALUE = 400;

interface Assigned {
  readonly name: string;
  readonly value: string;
}
type Item = Assigned | Block;
interface Arm {
  readonly items: Item[];
  /** What it depends on, where that is one comparison; `case` has the word and the patterns. */
  condition: string | readonly [word: string, pattern: string] | undefined;
}
interface Block {
  readonly arms: Arm[];
  /** Whether one of the arms is run at all events. */
  isWhole: boolean;
  readonly closing: 'fi' | 'esac' | '';
}

type Way = ReadonlyMap<string, string>;

const REFERENCE = /\$\{?([A-Za-z_]\w{0,60})/g;
const namesIn = (text: string): readonly string[] => [...text.matchAll(REFERENCE)].map(([, name]) => name!);

/** The beginning of a script in a file of YAML. */
const STEP = /\n[ \t]{0,60}(?:-[ \t]{1,9})?(?:run|script|before_script|bash|inlineScript|uses|name):/g;

/**
 * The settings that hold at the end of a text, one text for each way that leads there; `wanted` has references to the
 * variables that count. One that is empty where none of them is set more than once. `given` fills in the variables of loops
 * and the arguments that decide about conditions. `always`: also where each is set once.
 */
export function waysTo(
  text: string,
  wanted: string,
  given: (written: string) => string = same,
  always = false,
): readonly string[] {
  const start = [...text.matchAll(STEP)].at(-1)?.index ?? 0;
  const assigned: Assigned[] = [];
  const items = itemsOf(text.slice(start), assigned);
  const relevant = new Set(namesIn(wanted));
  for (let i = 0; i < ROUNDS; i++)
    for (const { name, value } of assigned) if (relevant.has(name)) for (const one of namesIn(value)) relevant.add(one);
  const values = new Map<string, Set<string>>();
  for (const { name, value } of assigned)
    if (relevant.has(name)) values.set(name, (values.get(name) ?? new Set()).add(value));
  if (!always && ![...values.values()].some(one => one.size > 1)) return [''];
  const ways = through(items, [new Map()], relevant, given);
  const texts = ways.map(way => [...way].map(([name, value]) => `${name}=${value}\n`).join(''));
  return [...new Set(texts)];
}

function through(
  items: readonly Item[],
  before: readonly Way[],
  relevant: ReadonlySet<string>,
  given: (written: string) => string,
): readonly Way[] {
  let ways = before;
  for (const item of items) {
    if ('name' in item) {
      if (relevant.has(item.name)) ways = ways.map(way => new Map([...way, [item.name, item.value]]));
      continue;
    }
    if (!item.arms.some(arm => sets(arm.items, relevant))) continue;
    const run: Arm[] = [];
    let isWhole = item.isWhole;
    for (const arm of item.arms) {
      const holds = decided(arm.condition, given);
      if (holds === false) continue;
      run.push(arm);
      if (holds) isWhole = true;
      if (holds) break;
    }
    const arms = run.flatMap(arm => through(arm.items, ways, relevant, given));
    ways = [...(isWhole ? [] : ways), ...arms].slice(0, MOST_WAYS);
  }
  return ways;
}

const same = (written: string): string => written;

const COMPARED =
  /^(?:test[ \t]{1,9}|\[{1,2}[ \t]{1,9})["']?([^\s"'$`*?]{0,100})["']?[ \t]{1,9}(={1,2}|!=)[ \t]{1,9}["']?([^\s"'$`*?]{0,100})["']?(?:[ \t]{1,9}\]{1,2})?$/;

/** `undefined` where it is not known. */
function decided(condition: Arm['condition'], given: (written: string) => string): boolean | undefined {
  if (condition === undefined) return undefined;
  if (typeof condition === 'string') {
    const [, one, operator, other] = COMPARED.exec(given(condition).trim()) ?? [];
    return one === undefined ? undefined : (one === other) === (operator !== '!=');
  }
  const [word, pattern] = condition;
  const value = given(word).replace(/["']/g, '').trim();
  if (/[$`\s]/.test(value) || value === '') return undefined;
  const patterns = pattern.split('|').map(one => one.replace(/["']/g, '').trim());
  if (patterns.includes('*')) return true;
  return patterns.some(one => /[*?[$]/.test(one)) ? undefined : patterns.includes(value);
}

const sets = (items: readonly Item[], relevant: ReadonlySet<string>): boolean =>
  items.some(one => ('name' in one ? relevant.has(one.name) : one.arms.some(arm => sets(arm.items, relevant))));

/** Conditions that are open at the end have run the arm that they are in. */
function itemsOf(text: string, assigned: Assigned[]): readonly Item[] {
  const root: Item[] = [];
  const open: { readonly block: Block; readonly outer: Item[] }[] = [];
  let items = root;
  const push = (closing: Block['closing'], condition?: string): void => {
    const block: Block = { arms: [{ items: [], condition }], isWhole: false, closing };
    open.push({ block, outer: items });
    items = block.arms[0]!.items;
  };
  const next = (condition?: string): void => {
    const block = open.at(-1)?.block;
    if (block) block.arms.push({ items: (items = []), condition });
  };
  /** The word of the cases that are open. */
  const words: string[] = [];
  const pop = (closing: Block['closing']): void => {
    if (open.at(-1)?.block.closing !== closing) return;
    const { block, outer } = open.pop()!;
    outer.push(block);
    items = outer;
  };
  let before = '\n';
  let left = MOST_COMMANDS;
  for (const part of text.replace(/\\\r?\n/g, ' ').split(/(;;|&&|\|\||;|\r?\n)/)) {
    if (/^(?:;;|&&|\|\||;|\r?\n)$/.test(part)) {
      if (part === ';;' && open.at(-1)?.block.closing === 'esac') next();
      before = part;
      continue;
    }
    if (left-- <= 0) break;
    let command = part.trim().replace(/^-[ \t]{1,9}/, '');
    for (let i = 0; i < 4; i++) {
      const word = /^(?:then|do|else|elif|if|fi|case|esac|\{|\()(?=\s|$)/.exec(command)?.[0];
      if (word === undefined) break;
      command = command.slice(word.length).trim();
      if (word === 'if') push('fi', command);
      else if (word === 'fi') pop('fi');
      else if (word === 'esac') {
        pop('esac');
        words.pop();
      } else if (word === 'case') {
        push('esac');
        words.push(/^(.{1,200}?)[ \t]{1,9}in\b/.exec(command)?.[1] ?? '');
        command = /\bin\b(.{0,400})$/.exec(command)?.[1]?.trim() ?? '';
      } else if (word === 'else' || word === 'elif') {
        next(word === 'elif' ? command : undefined);
        if (word === 'else' && open.length > 0) open.at(-1)!.block.isWhole = true;
      }
      if (word === 'if' || word === 'elif' || word === 'fi' || word === 'esac') break;
    }
    if (open.at(-1)?.block.closing === 'esac') {
      const pattern = /^\(?["']?[\w.*?|$+@:/ "'[\]-]{1,200}\)/.exec(command)?.[0];
      if (pattern !== undefined && !command.startsWith('$(')) {
        command = command.slice(pattern.length).trim();
        const arm = open.at(-1)!.block.arms.at(-1)!;
        arm.condition ??= [words.at(-1) ?? '', pattern.slice(0, -1).replace(/^\(/, '')];
        if (/^\(?["']?\*["']?\)$/.test(pattern)) open.at(-1)!.block.isWhole = true;
      }
    }
    // One of several comparisons does not decide.
    if (before === '&&' || before === '||') {
      const last = open.at(-1)?.block.arms.at(-1);
      if (last && last.items.length === 0 && typeof last.condition === 'string') last.condition = undefined;
    }
    const one = assignedBy(command);
    if (!one) continue;
    assigned.push(one);
    if (before === '&&' || before === '||') {
      // `[ x ] && A=1 || A=2`
      const last = items.at(-1);
      const isOther = before === '||' && last !== undefined && !('name' in last) && last.closing === '';
      if (isOther) {
        last.arms.push({ items: [one], condition: undefined });
        last.isWhole = true;
      } else items.push({ arms: [{ items: [one], condition: undefined }], isWhole: false, closing: '' });
    } else items.push(one);
  }
  for (const { block, outer } of open.reverse()) outer.push(...block.arms.at(-1)!.items);
  return root;
}

const ASSIGNMENT =
  /^(?:(?:export|local|readonly|typeset|declare)(?:[ \t]{1,9}-\w{1,9})?[ \t]{1,9})?([A-Za-z_]\w{0,60})=(.{0,400})$/;

/** A setting of a variable; `A=1 command` is none. */
function assignedBy(command: string): Assigned | undefined {
  const [, name, written = ''] = ASSIGNMENT.exec(command) ?? [];
  if (name === undefined) return undefined;
  const value = written.split(/[ \t]#/, 1)[0]!.trim();
  const words = value.replace(/"[^"]*"|'[^']*'|\$\([^()]*\)|`[^`]*`|\$\{[^{}]*\}/g, 'x');
  return /[\s()"'`]/.test(words) || value.length > LONGEST_VALUE ? undefined : { name, value };
}
