import type { ImageBuild, RunStep, Stage, Step, Value } from '../../core/build.ts';
import { SourceText } from '../../core/text.ts';
import { scriptOf } from '../shell/parser.ts';

const NOWHERE = { start: 0, end: 0 };

/** A value as the languages make them; `$…` in it is unknown. */
export function textValue(text: string): Value {
  const source = SourceText.document(text.replaceAll('$', '\uE000'));
  const literal = text.includes('$') ? undefined : text;
  return { source, parts: [text], literal, byDefault: literal, span: source.span };
}

export function run(script: string, phase: RunStep['phase'] = 'build'): RunStep {
  return { kind: 'run', phase, span: NOWHERE, script: scriptOf(script), argv: undefined };
}

export function exec(...argv: string[]): RunStep {
  return { kind: 'run', phase: 'build', span: NOWHERE, script: undefined, argv: argv.map(textValue) };
}

/** A build of one stage; a text stands for a RUN. */
export function buildOf(...steps: readonly (Step | string)[]): ImageBuild {
  const stage: Stage = {
    name: undefined,
    bases: [],
    steps: steps.map(step => (typeof step === 'string' ? run(step) : step)),
    outputs: [],
    final: true,
    span: NOWHERE,
  };
  return {
    language: 'dockerfile',
    source: SourceText.document(''),
    stages: [stage],
    parameters: [],
    images: [],
    problems: [],
    comments: [],
    nested: [],
    mentions: [],
    syntax: undefined,
  };
}
