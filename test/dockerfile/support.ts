import type { ImageBuild } from '../../core/build.ts';
import { type Files, type LowerContext, NO_FILES } from '../../core/language.ts';
import { Script } from '../../core/script.ts';
import { type Edit, SourceText } from '../../core/text.ts';
import { dockerfile } from '../../languages/dockerfile/language.ts';
import type { DockerfileTree, Instruction } from '../../languages/dockerfile/tree.ts';
import { shellParser } from '../../shell/parser.ts';

export function contextOf(files: Files = NO_FILES, path: string | undefined = undefined): LowerContext {
  return {
    path,
    files,
    depth: 0,
    script: (text, settings) => new Script(text, settings, shellParser),
    nested: () => undefined,
  };
}

export function parse(text: string, context = contextOf()): DockerfileTree {
  return dockerfile.parse(SourceText.document(text), context);
}

export function lower(text: string, context = contextOf()): ImageBuild {
  return dockerfile.lower(parse(text, context), context);
}

type OfKind<K, I = Instruction> = I extends { readonly kind: infer Q } ? (K extends Q ? I : never) : never;

/** The first instruction of a kind. */
export function first<K extends Instruction['kind']>(tree: DockerfileTree, kind: K): OfKind<K> {
  const found = tree.instructions.find(instruction => instruction.kind === kind);
  if (!found) throw new Error(`no ${kind} in ${JSON.stringify(tree.source.text)}`);
  return found as OfKind<K>;
}

export function apply(text: string, edit: Edit): string {
  return text.slice(0, edit.span.start) + edit.newText + text.slice(edit.span.end);
}

/** Every decoded text in the tree that a rule could rewrite. */
export function texts(tree: DockerfileTree): SourceText[] {
  const found: SourceText[] = [];
  const visit = (value: unknown, depth: number): void => {
    if (value instanceof SourceText) found.push(value);
    else if (Array.isArray(value)) for (const item of value) visit(item, depth);
    else if (typeof value === 'object' && value !== null && depth < 6)
      for (const [key, item] of Object.entries(value))
        if (!['stage', 'environment', 'origin', 'base', 'trigger', 'from'].includes(key)) visit(item, depth + 1);
  };
  visit(tree.instructions, 0);
  return found;
}

/** All that the builder sees of a file, without places. */
export function meaning(tree: DockerfileTree): unknown {
  const one = (instruction: Instruction): unknown => ({
    keyword: instruction.keyword,
    rest: instruction.json ? undefined : instruction.rest.text,
    flags: instruction.flags.map(({ name, value }) => [name, value?.text]),
    args: instruction.args.map(({ literal, byDefault, source }) => [literal, byDefault, source.text]),
    json: instruction.json?.elements.map(element => element.text),
    heredocs: instruction.heredocs.map(({ delimiter, body, quoted }) => [delimiter, body.text, quoted]),
    script: instruction.kind === 'run' ? instruction.script?.text : undefined,
    pairs: 'pairs' in instruction ? instruction.pairs.map(pair => [pair.key, pair.value.source.text]) : undefined,
    inner: instruction.kind === 'onbuild' && instruction.instruction ? one(instruction.instruction) : undefined,
  });
  return tree.instructions.map(one);
}
