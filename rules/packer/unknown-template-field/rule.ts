import { nearest } from '../../../core/nearest.ts';
import { componentOf, type UsedComponent } from '../../../languages/packer/components/resolve.ts';
import { accessors, words } from '../../../languages/packer/components/table.ts';
import { templateDataOf } from '../../../languages/packer/components/template-data.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import { type BlockSchema, knownBlocks } from '../../../languages/packer/schema.ts';
import { templateFields } from '../../../languages/packer/template-actions.ts';
import type { PackerModule } from '../../../languages/packer/tree.ts';

export default definePackerRule({
  id: 'unknown-template-field',
  summary: 'A `{{ … }}` action uses a field that Packer does not provide',
  policies: [],
  category: 'correctness',
  severity: 'warning',
  preset: 'recommended',
  needs: 'always',
  since: '2026.11',
  hclOnly: true,
  *check(tree) {
    const ofBuilds = fieldsOfBuilds(tree.module);
    for (const { block, schema } of knownBlocks(tree)) {
      if (!schema.used || schema.nested || block.dynamic) continue;
      for (const { name, value } of block.attributes) {
        const known = fieldsIn(name, schema, ofBuilds);
        if (!known) continue;
        for (const text of [value, ...value.items]) {
          if (text.expression.kind !== 'template') continue;
          const source = text.asContent();
          if (!source.text.includes('{{')) continue;
          for (const field of templateFields(source.text)) {
            if (known.has(field.name)) continue;
            const guess = nearest(field.name, [...known]);
            yield {
              message: `\`${name}\` has no field ${field.name.length <= 30 ? `\`.${field.name}\`` : 'of this name'}`,
              help: guess ? `Did you mean \`.${guess}\`?` : helpFor(name),
              span: source.spanOf(field.start, field.end),
            };
          }
        }
      }
    }
  },
});

function helpFor(attribute: string): string {
  return attribute === 'inline'
    ? 'To pass it to a program, write the action in ``{{`…`}}``'
    : 'Remove it, or use a field that is documented';
}

function fieldsIn(
  attribute: string,
  schema: BlockSchema,
  ofBuilds: ReadonlySet<string> | undefined,
): ReadonlySet<string> | undefined {
  const { used } = schema;
  const own = templateDataOf(attribute, schema);
  if (!used || words(used.component.templateData).length === 0) return undefined;
  if (used.kind === 'source') return own && new Set(own);
  // What the build makes known can be used in the steps that Packer has itself.
  if (!used.builtIn || used.kind !== 'provisioner' || !ofBuilds || !(own || attribute === 'inline')) return undefined;
  return new Set([...(own ?? []), ...ofBuilds]);
}

/** What the builders of the module make known; `undefined` when one of them is not known. */
function fieldsOfBuilds(module: PackerModule): ReadonlySet<string> | undefined {
  if (!module.complete) return undefined;
  const used: UsedComponent[] = [];
  for (const { type } of module.sources) {
    const one = componentOf('source', type, module);
    if (!one || one.plugin.incomplete) return undefined;
    used.push(one);
  }
  const own = used.flatMap(({ component }) => [...words(component.buildVariables), ...words(component.templateData)]);
  return new Set([...accessors('build'), ...own]);
}
