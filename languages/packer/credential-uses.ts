/** Which variables and locals a module uses where a credential may be: their values are shown nowhere. */
import { memo } from '../../core/memo.ts';
import { classifyName } from '../../facts/secrets/names.ts';
import type {
  Attribute,
  Block,
  Body,
  Expression,
  HclObject,
  ObjectItem,
  TemplatePart,
  Traversal,
  Tuple,
} from './hcl/ast.ts';
import { iteratorOf, pathOf, stringOf } from './references.ts';
import type { PackerModule } from './tree.ts';

export function isSecretName(name: string): boolean {
  return classifyName(name) !== 'none';
}

/**
 * Whether a variable or local is used in a command or a text, or for what is a secret by its name, in any file of the module and
 * in any number of steps: what it holds may be a credential then.
 */
export function mayBeCredential(root: string, name: string, module: PackerModule): boolean {
  const names = credentialNames(module);
  return names === undefined || names.has(`${root}.${name}`);
}

/** The names as references write them: `var.x`; `undefined` when it may be each of them. All in one pass. */
const credentialNames = (module: PackerModule): ReadonlySet<string> | undefined =>
  // What an unread file, or a part of one, does with a name is not known.
  !module.complete && (!module.alone || module.files.some(({ hcl }) => hcl.problems.length > 0))
    ? undefined
    : namesUsed(module);

/**
 * Whether it is used for what is a secret by its name, or in a command or a text that names one: `echo "root:${var.x}" | chpasswd`.
 * Most commands have versions and names, which the index of images shows. Asked of the files that could be read.
 */
export const isUsedAsSecret = (root: string, name: string, module: PackerModule): boolean =>
  namesOfSecrets(module).has(`${root}.${name}`);

const namesUsed: (module: PackerModule) => ReadonlySet<string> = memo(module => usedIn(module, false));
const namesOfSecrets: (module: PackerModule) => ReadonlySet<string> = memo(module => usedIn(module, true));

function usedIn(module: PackerModule, onlySecrets: boolean): ReadonlySet<string> {
  const uses = new Uses(onlySecrets);
  for (const { hcl } of module.files) uses.visitFile(hcl.body);
  const known = new Set<string>();
  const next = [...uses.credentials];
  for (let name = next.pop(); name !== undefined; name = next.pop()) {
    if (known.has(name)) continue;
    known.add(name);
    if (name === `var.${ANY}`) next.push(...module.variables.map(one => `var.${one.name}`));
    else if (name === `local.${ANY}`) next.push(...module.locals.map(one => `local.${one.name}`));
    next.push(...(uses.ofLocals.get(name) ?? []));
  }
  return known;
}

/** A name that is computed: `local[var.key]`. */
const ANY = '*';

/** Names that a `for` or a `dynamic` block binds to elements of a collection. */
interface Bound {
  readonly names: readonly string[];
  readonly outer: Bound | undefined;
  /** Whether the elements are used where a credential may be. */
  isCredential: boolean;
}

interface Place {
  /** The local whose value it is a part of. */
  readonly local: string | undefined;
  readonly isCredential: boolean;
  readonly bound: Bound | undefined;
}
const TOP: Place = { local: undefined, isCredential: false, bound: undefined };

class Uses {
  readonly credentials = new Set<string>();
  /** By local, what its value is made of. */
  readonly ofLocals = new Map<string, Set<string>>();

  constructor(private readonly onlySecrets: boolean) {}

  visitFile(body: Body): void {
    for (const item of body.items) {
      if (item.kind === 'attribute') this.visitAttribute(item, TOP);
      else if (item.type.text === 'locals')
        for (const inner of item.body.items)
          if (inner.kind === 'attribute') this.visitAttribute(inner, localPlace(inner.name.text));
          else this.visitBlock(inner, TOP);
      else if (item.type.text === 'local' && item.labels[0]) this.visitBody(item.body, localPlace(item.labels[0].text));
      else this.visitBlock(item, TOP);
    }
  }

  private visitBlock(block: Block, place: Place): void {
    const { body, type, labels } = block;
    if (type.text !== 'dynamic') {
      this.visitBody(body, isSecretName(type.text) ? credential(place) : place);
      return;
    }
    const iterator = iteratorOf(block);
    const bound: Bound = { names: iterator === undefined ? [] : [iterator], outer: place.bound, isCredential: false };
    const around = isSecretName(labels[0]?.text ?? '') ? credential(place) : place;
    for (const item of body.items) if (item.kind === 'block') this.visitBlock(item, { ...around, bound });
    for (const item of body.items)
      if (item.kind === 'attribute') this.visitAttribute(item, bound.isCredential ? credential(around) : around);
  }

  private visitBody({ items }: Body, place: Place): void {
    const attributes = items.filter(item => item.kind === 'attribute');
    const inside = attributes.some(({ name, value }) => isNameOfSecret(name.text, value)) ? credential(place) : place;
    for (const item of items) {
      if (item.kind === 'attribute') this.visitAttribute(item, inside);
      else this.visitBlock(item, inside);
    }
  }

  private visitAttribute({ name, value }: Attribute, place: Place): void {
    this.visitUnit(name.text, value, place);
  }

  /** A value with its name: all that is written in it, but the items of objects, which have names of their own. */
  private visitUnit(name: string | undefined, value: Expression, place: Place): void {
    const isCredential = place.isCredential || name === undefined || isSecretName(name) || this.isText(name, value);
    this.visit(value, isCredential ? credential(place) : place);
  }

  private isText(name: string, value: Expression): boolean {
    if (!this.onlySecrets) return TEXT_OR_COMMAND.test(name) || someString(value, isPartOfCommand);
    // Of a list of commands each is one of its own.
    return value.kind !== 'tuple' && someString(value, namesSecret);
  }

  private visit(node: Expression, place: Place): void {
    const inner = (expression: Expression): void => this.visit(expression, place);
    switch (node.kind) {
      case 'template':
        this.visitParts(node.parts, node.heredoc && !this.onlySecrets ? credential(place) : place);
        break;
      case 'variable':
        this.use(node.name, ANY, place);
        break;
      case 'traversal':
        this.visitTraversal(node, place);
        break;
      case 'tuple': {
        // Bare references among words are words of a command, too.
        const isMixed = node.elements.some(element => stringOf(element) !== undefined);
        const isOfSecret = (one: Expression): boolean => someString(isMixed && isBare(node) ? node : one, namesSecret);
        for (const element of node.elements)
          this.visit(element, (this.onlySecrets ? isOfSecret(element) : isMixed) ? credential(place) : place);
        break;
      }
      case 'object':
        this.visitObject(node, place);
        break;
      case 'call': {
        const from = HIDDEN_FROM.get(node.name.text) ?? node.args.length;
        const isHidden = !this.onlySecrets || node.name.text === 'bcrypt';
        for (const [i, arg] of node.args.entries()) this.visit(arg, i < from || !isHidden ? place : credential(place));
        break;
      }
      case 'conditional':
        [node.condition, node.whenTrue, node.whenFalse].forEach(inner);
        break;
      case 'for': {
        const names = node.keyName ? [node.keyName.text, node.valueName.text] : [node.valueName.text];
        const bound: Bound = { names, outer: place.bound, isCredential: false };
        for (const part of [node.key, node.value, node.condition]) if (part) this.visit(part, { ...place, bound });
        this.visit(node.collection, bound.isCredential ? credential(place) : place);
        break;
      }
      case 'unary':
        inner(node.operand);
        break;
      case 'binary':
        inner(node.left);
        inner(node.right);
        break;
      case 'parentheses':
        inner(node.expression);
        break;
    }
  }

  private visitTraversal(node: Traversal, place: Place): void {
    if (node.source.kind === 'variable') this.use(node.source.name, pathOf(node)?.path[0] ?? ANY, place);
    else this.visit(node.source, place);
    for (const step of node.steps) if (step.kind === 'index-step') this.visit(step.key, place);
  }

  private visitObject({ items }: HclObject, place: Place): void {
    const isPair = items.some(({ key, value }) => isNameOfSecret(keyOf(key), value));
    for (const { key, value } of items) {
      if (key.kind !== 'variable') this.visit(key, place);
      this.visitUnit(keyOf(key), value, isPair ? credential(place) : place);
    }
  }

  private visitParts(parts: readonly TemplatePart[], place: Place): void {
    for (const part of parts) {
      if (part.kind === 'interpolation') this.visit(part.expression, place);
      else if (part.kind === 'if') {
        this.visit(part.condition, place);
        this.visitParts(part.whenTrue, place);
        if (part.whenFalse) this.visitParts(part.whenFalse, place);
      } else if (part.kind === 'for-directive') {
        const names = part.keyName ? [part.keyName.text, part.valueName.text] : [part.valueName.text];
        const bound: Bound = { names, outer: place.bound, isCredential: false };
        this.visitParts(part.parts, { ...place, bound });
        this.visit(part.collection, bound.isCredential ? credential(place) : place);
      }
    }
  }

  private use(root: string, name: string, { bound, isCredential, local }: Place): void {
    for (let here = bound; here; here = here.outer) {
      if (!here.names.includes(root)) continue;
      if (isCredential) here.isCredential = true;
      return;
    }
    if (root !== 'var' && root !== 'local') return;
    if (isCredential) this.credentials.add(`${root}.${name}`);
    else if (local !== undefined) {
      const key = `local.${local}`;
      const made = this.ofLocals.get(key);
      if (made) made.add(`${root}.${name}`);
      else this.ofLocals.set(key, new Set([`${root}.${name}`]));
    }
  }
}

const localPlace = (local: string): Place => ({ ...TOP, local, isCredential: isSecretName(local) });

const credential = (place: Place): Place => (place.isCredential ? place : { ...place, isCredential: true });

/** Attributes that take commands, or what a file holds. */
const TEXT_OR_COMMAND =
  /(?:^|_)(?:inline|commands?|cmd|args|arguments|vars|env|environment|options|flags|params|parameters|contents?|user_?data)$/i;

/** From which argument on a function makes a text of its arguments that is not seen, or a hash of a password. */
const HIDDEN_FROM: ReadonlyMap<string, number> = new Map([
  ['templatefile', 1],
  ['bcrypt', 0],
]);

/** The name of an item; `undefined` when it is computed. */
function keyOf(key: ObjectItem['key']): string | undefined {
  return key.kind === 'variable' ? key.name : stringOf(key);
}

/** `name = "DB_PASSWORD"`, beside a `value`. */
function isNameOfSecret(name: string | undefined, value: Expression): boolean {
  if (name !== 'name' && name !== 'key') return false;
  const text = stringOf(value);
  return text !== undefined && isSecretName(text);
}

/** Whether a list has references among its words: `["-p", var.x]`. */
const isBare = ({ elements }: Tuple): boolean => elements.some(({ kind }) => kind === 'traversal');

/** Whether a text has a word that is the name of a secret, or of a program or option that takes one. */
const namesSecret = (text: string): boolean =>
  TAKES_SECRET.test(text) || (text.match(/[A-Za-z_][\w-]{1,60}/g) ?? []).some(isSecretName);

const TAKES_SECRET =
  /\b(?:chpasswd|passwd|useradd|usermod|adduser|mkpasswd|htpasswd|sshpass|openssl|login|authorization|bearer)\b|(?:^|\s)-[up](?:\s|$)|\/\/[^/\s]{0,80}@|\/\/[\w.-]{0,80}:$/i;

/** A command has words, and a pair a sign between its halves; a name, a path or a version has neither. */
function isPartOfCommand(text: string, isWhole: boolean): boolean {
  return /[\s=:@|]|^-/.test(text) || (isWhole && isSecretName(text));
}

/** Whether it is so for a string in an expression, the items of objects left out. */
function someString(node: Expression, is: (text: string, isWhole: boolean) => boolean): boolean {
  const some = (expression: Expression): boolean => someString(expression, is);
  switch (node.kind) {
    case 'template':
      return someText(node.parts, is);
    case 'tuple':
      return node.elements.some(some);
    case 'traversal':
      return some(node.source) || node.steps.some(step => step.kind === 'index-step' && some(step.key));
    case 'call':
      return node.args.some(some);
    case 'conditional':
      return some(node.condition) || some(node.whenTrue) || some(node.whenFalse);
    case 'for':
      return [node.collection, node.key, node.value, node.condition].some(part => part !== undefined && some(part));
    case 'unary':
      return some(node.operand);
    case 'binary':
      return some(node.left) || some(node.right);
    case 'parentheses':
      return some(node.expression);
    default:
      return false;
  }
}

function someText(parts: readonly TemplatePart[], is: (text: string, isWhole: boolean) => boolean): boolean {
  return parts.some((part, i) => {
    if (part.kind === 'interpolation') return someString(part.expression, is);
    if (part.kind === 'if')
      return someString(part.condition, is) || someText(part.whenTrue, is) || someText(part.whenFalse ?? [], is);
    if (part.kind === 'for-directive') return someString(part.collection, is) || someText(part.parts, is);
    // Only what begins the string begins with its dash: `web-${var.version}-arm64`.
    return is(i === 0 ? part.text : `x${part.text}`, parts.length === 1);
  });
}
