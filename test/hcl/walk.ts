import type { Attribute, Block, Body, Expression, HclNode, TemplatePart } from '../../languages/packer/hcl/index.ts';

/** Every attribute of a body with the path of the blocks around it. */
export function attributesOf(body: Body, path = ''): { readonly path: string; readonly node: Attribute }[] {
  return body.items.flatMap(item =>
    item.kind === 'attribute'
      ? [{ path: `${path}/${item.name.text}`, node: item }]
      : attributesOf(item.body, `${path}/${[item.type.text, ...item.labels.map(label => label.text)].join(' ')}`),
  );
}

/** Every block of a body, outer ones first. */
export function blocksOf(body: Body): Block[] {
  return body.items.flatMap(item => (item.kind === 'block' ? [item, ...blocksOf(item.body)] : []));
}

/** The text of a template without interpolations; undefined for anything else. */
export function literalOf(expression: Expression): string | undefined {
  if (expression.kind !== 'template') return undefined;
  let text = '';
  for (const part of expression.parts) {
    if (part.kind !== 'text') return undefined;
    text += part.text;
  }
  return text;
}

/** Every node of a tree (anything with `start` and `end`), parents first, with its parent. */
export function nodesOf(root: HclNode): { readonly node: HclNode; readonly parent: HclNode | undefined }[] {
  const found: { node: HclNode; parent: HclNode | undefined }[] = [];
  const visit = (value: unknown, parent: HclNode | undefined): void => {
    if (Array.isArray(value)) for (const element of value) visit(element, parent);
    else if (typeof value === 'object' && value !== null) {
      const node = 'start' in value && 'end' in value ? (value as HclNode) : undefined;
      if (node) found.push({ node, parent });
      for (const child of Object.values(value)) visit(child, node ?? parent);
    }
  };
  visit(root, undefined);
  return found;
}

/** The text parts of a template, those inside directives included. */
export function textPartsOf(parts: readonly TemplatePart[]): Extract<TemplatePart, { kind: 'text' }>[] {
  return parts.flatMap(part => {
    if (part.kind === 'text') return [part];
    if (part.kind === 'if') return [...textPartsOf(part.whenTrue), ...textPartsOf(part.whenFalse ?? [])];
    return part.kind === 'for-directive' ? textPartsOf(part.parts) : [];
  });
}
