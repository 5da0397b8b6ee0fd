import type { Finding } from '../../../core/finding.ts';
import { nearest } from '../../../core/nearest.ts';
import { quoted } from '../../../core/quoted.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import { knownBlocks } from '../../../languages/packer/schema.ts';
import {
  type TemplateCall,
  templateCalls,
  templateFault,
  templateFunction,
  templateFunctionNames,
} from '../../../languages/packer/template-actions.ts';
import type { Evaluated } from '../../../languages/packer/tree.ts';

export default definePackerRule({
  id: 'unknown-template-function',
  summary: 'A `{{ … }}` action is incomplete or calls a function that Packer does not have',
  policies: [],
  category: 'correctness',
  severity: 'warning',
  preset: 'recommended',
  needs: 'always',
  since: '2026.11',
  hclOnly: true,
  *check(tree) {
    for (const { block, schema } of knownBlocks(tree)) {
      const { used } = schema;
      if (!used || block.dynamic) continue;
      for (const { name, value } of block.attributes) {
        // What a plugin may pass on as it is.
        if (CONTENT.test(name)) continue;
        for (const text of stringsIn(value, 0))
          for (const finding of findingsIn(text))
            yield { ...finding, ...(used.builtIn && { severity: 'error' as const }) };
      }
    }
  },
});

const CONTENT = /content|user_data|metadata|template|(?<!de)script|json|yaml/;
/** How many strings of one attribute are read, and how deep they are looked for. */
const MOST = 500;
const DEEPEST = 4;

function stringsIn(value: Evaluated, depth: number): readonly Evaluated[] {
  if (value.expression.kind === 'template') return [value];
  if (depth >= DEEPEST) return [];
  return [...value.items, ...value.entries.map(entry => entry.value)]
    .slice(0, MOST)
    .flatMap(inner => stringsIn(inner, depth + 1));
}

function* findingsIn(value: Evaluated): Iterable<Finding> {
  const source = value.asContent();
  if (!source.text.includes('{{')) return;
  // Something in it that is not known may be what is missing.
  const fault = value.raw === source.text ? templateFault(source.text) : undefined;
  if (fault) {
    const { end, kind, start, word } = fault;
    yield {
      message:
        kind === 'unclosed action'
          ? '`{{` is not closed'
          : kind === 'unclosed block'
            ? `\`{{ ${word} }}\` has no \`{{ end }}\``
            : `\`{{ ${word} }}\` without a block`,
      help:
        kind === 'unclosed action'
          ? 'Add `}}`, or escape braces meant for another program (see the rule page)'
          : kind === 'unclosed block'
            ? 'Add `{{ end }}`'
            : 'Remove it, or add the block that it belongs to',
      span: source.spanOf(start, end),
    };
    return;
  }
  for (const call of templateCalls(source.text)) {
    const known = templateFunction(call.name);
    const span = source.spanOf(call.start, call.end);
    if (!known) yield { ...unknown(call), span };
    else if (known.onlyInVariables)
      yield {
        message: `\`${call.name}\` is not available in templates in HCL`,
        help:
          call.name === 'env'
            ? 'Use `env()` as the default of a variable'
            : `Use the function \`${call.name}()\` in a local`,
        span,
      };
    else if (call.given !== undefined && (call.given < known.min || call.given > known.max))
      yield {
        message: `\`${call.name}\` ${takes(known)}`,
        help:
          call.given > known.max
            ? `Remove ${call.given - known.max === 1 ? 'the extra argument' : 'the extra arguments'}`
            : 'Add the missing arguments',
        span,
      };
  }
}

function unknown({ name }: TemplateCall): Omit<Finding, 'span'> {
  const guess = nearest(name, templateFunctionNames());
  return {
    message: `Packer has no template function ${quoted(name, 40)}`,
    help: guess ? `Did you mean \`${guess}\`?` : 'Escape braces that are meant for another program (see the rule page)',
  };
}

function takes({ max, min }: { readonly min: number; readonly max: number }): string {
  const count = max === min ? `${min === 0 ? 'no' : min}` : `${min} to ${max}`;
  return `takes ${count} argument${count === '1' ? '' : 's'}`;
}
