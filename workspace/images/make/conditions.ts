/** Conditions of Makefiles: https://www.gnu.org/software/make/manual/html_node/Conditionals.html */
import { expanded, type MakeScope } from './functions.ts';

/** A condition on a variable that the caller may choose, and what it is compared with; `undefined`: whether it is set. */
export interface Choice {
  readonly name: string;
  readonly value: string | undefined;
}

/** `undefined`: it depends on what is not known. */
export type Truth = boolean | undefined;

const DIRECTIVE = /^[ ]{0,20}(else[ \t]{1,9})?(ifeq|ifneq|ifdef|ifndef)[ \t(]/;
const LONGEST = 1_000;

interface Open {
  /** Whether its present arm is read. */
  isRead: Truth;
  /** Whether one of its arms before was. */
  wasRead: Truth;
  readonly choices: Choice[];
}

/** Those that are open at a line. */
export class Conditions {
  private readonly open: Open[] = [];

  /** Whether the lines are read that follow. */
  get isRead(): Truth {
    if (this.open.some(one => one.isRead === false)) return false;
    return this.open.every(one => one.isRead === true) ? true : undefined;
  }

  get choices(): readonly Choice[] {
    return this.open.flatMap(one => one.choices);
  }

  /** Whether the line is one of a condition. */
  take(line: string, scope: MakeScope, isSet: (name: string) => Truth): boolean {
    const word = /^[ ]{0,20}(\w{1,10})/.exec(line)?.[1];
    if (word === 'endif') {
      this.open.pop();
      return true;
    }
    const directive = DIRECTIVE.exec(line.slice(0, LONGEST));
    if (!directive && word !== 'else') return false;
    const test = directive ? tested(line.slice(0, LONGEST), directive, scope, isSet) : { truth: true, choices: [] };
    const last = this.open.at(-1);
    if (word !== 'else') {
      this.open.push({ isRead: test.truth, wasRead: test.truth, choices: [...test.choices] });
    } else if (last) {
      const before = last.wasRead;
      last.isRead = before === true ? false : before === false ? test.truth : undefined;
      last.wasRead = before === true || last.isRead === true ? true : before === false ? last.isRead : undefined;
      last.choices.push(...test.choices);
    }
    return true;
  }
}

function tested(
  line: string,
  [whole, , kind = '']: RegExpExecArray,
  scope: MakeScope,
  isSet: (name: string) => Truth,
): { readonly truth: Truth; readonly choices: readonly Choice[] } {
  const rest = line.slice(whole.trimEnd().replace(/\($/, '').length).trim();
  const isNegated = kind === 'ifneq' || kind === 'ifndef';
  if (kind === 'ifdef' || kind === 'ifndef') {
    const name = /^[\w.-]{1,80}/.exec(rest)?.[0];
    const truth = name === undefined ? undefined : isSet(name);
    return { truth: not(truth, isNegated), choices: name === undefined ? [] : [{ name, value: undefined }] };
  }
  const sides = sidesOf(rest);
  if (!sides) return { truth: undefined, choices: [] };
  const [one, other] = sides.map(side => textOf(side, scope, isSet));
  const truth = equal(one, other);
  const choices = sides.flatMap((side, i): Choice[] => {
    const name = VARIABLE.exec(side)?.[1];
    const value = i === 0 ? other : one;
    return name === undefined || value === undefined || value === SOME
      ? []
      : [{ name, value: value === '' ? undefined : value }];
  });
  return { truth: not(truth, isNegated), choices };
}

const not = (truth: Truth, isNegated: boolean): Truth => (truth === undefined ? undefined : truth !== isNegated);

/** `$(NAME)`, `$(strip $(NAME))`. */
const VARIABLE = /^\$[({](?:strip[ \t]{1,9}\$[({])?([\w.-]{1,80})[)}]{1,2}$/;

/** Of `(a,b)`, `"a" "b"`; a comma in brackets divides nothing. */
function sidesOf(text: string): readonly [string, string] | undefined {
  const quoted = /^(["'])([^"']{0,300})\1[ \t]{1,9}(["'])([^"']{0,300})\3/.exec(text);
  if (quoted) return [quoted[2]!, quoted[4]!];
  if (!text.startsWith('(')) return undefined;
  let depth = 0;
  let comma = -1;
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    if (char === '(' || char === '{') depth++;
    else if (char === ')' || char === '}') {
      depth--;
      if (depth === 0) return comma < 0 ? undefined : [clean(text.slice(1, comma)), clean(text.slice(comma + 1, at))];
    } else if (char === ',' && depth === 1 && comma < 0) comma = at;
  }
  return undefined;
}

const clean = (text: string): string => text.trim().replace(/^(["'])(.*)\1$/, '$2');

/** Stands for a value that is not known, but there. */
const SOME = '\0';

function equal(one: string | undefined, other: string | undefined): Truth {
  if (one === undefined || other === undefined) return undefined;
  if (one !== SOME && other !== SOME) return one === other;
  return one === '' || other === '' ? false : undefined;
}

/** A variable that nothing sets is empty. */
function textOf(side: string, scope: MakeScope, isSet: (name: string) => Truth): string | undefined {
  const name = VARIABLE.exec(side)?.[1];
  const value = expanded(side, scope).trim();
  if (!value.includes('$')) return value;
  return name === undefined ? undefined : isSet(name) === false ? '' : SOME;
}
