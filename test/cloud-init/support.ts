import type { ImageBuild, Step } from '../../core/build.ts';
import { type LowerContext, NO_FILES } from '../../core/language.ts';
import { Script } from '../../core/script.ts';
import { SourceText, type Span } from '../../core/text.ts';
import { cloudInit } from '../../languages/cloud-init/language.ts';
import { shellParser } from '../../shell/parser.ts';

/** A context without other languages: nested documents of those are noted in `asked`. */
export function contextFor(path: string | undefined, asked: string[] = [], depth = 0): LowerContext {
  return {
    path,
    files: NO_FILES,
    depth,
    script: (text, settings) => new Script(text, settings, shellParser),
    nested(language, source) {
      asked.push(language);
      if (language !== 'cloud-init' || depth > 4) return undefined;
      const inner = contextFor(undefined, asked, depth + 1);
      return cloudInit.lower(cloudInit.parse(source, inner), inner);
    },
  };
}
export function parse(text: string, path?: string) {
  return cloudInit.parse(SourceText.document(text), contextFor(path));
}
export function lower(text: string, path?: string, asked: string[] = []): ImageBuild {
  const context = contextFor(path, asked);
  return cloudInit.lower(cloudInit.parse(SourceText.document(text), context), context);
}
export function stepsOf<K extends Step['kind']>(build: ImageBuild, kind: K): Extract<Step, { kind: K }>[] {
  return build.stages.flatMap(stage => stage.steps.filter(step => step.kind === kind)) as Extract<Step, { kind: K }>[];
}
export function cut(text: string, span: Span | undefined): string | undefined {
  return span && text.slice(span.start, span.end);
}
