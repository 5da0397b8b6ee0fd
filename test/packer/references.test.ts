import { expect, test } from 'vitest';
import { eachCallIn } from '../../languages/packer/calls.ts';
import { parseHcl } from '../../languages/packer/hcl/index.ts';
import { eachTraversalIn, pathOf } from '../../languages/packer/references.ts';

const references = (text: string): string[] => {
  const found: string[] = [];
  eachTraversalIn(parseHcl(text).body, traversal => {
    const path = pathOf(traversal);
    if (path) found.push([path.root, ...path.path].join('.'));
  });
  return found;
};

test('references stand anywhere in an expression, in the order of the text', () => {
  const text = `a = var.a ? "\${local.b}-%{ if var.c }x%{ else }\${var.d}%{ endif }" : -f(var.e, [var.g])[local.h]
b {
  c = { (var.i) = !(var.j + 1) }
}
`;
  const names = ['var.a', 'local.b', 'var.c', 'var.d', 'var.e', 'var.g', 'local.h', 'var.i', 'var.j'];
  expect(references(text)).toEqual(names);
});

test('names that a `for` around them binds are none', () => {
  expect(references('a = [for var in local.all : var.x if var.y]\n')).toEqual(['local.all']);
  expect(references('a = { for k, local in var.all : k => local.x }\nb = local.x\n')).toEqual(['var.all', 'local.x']);
  expect(references('a = "%{ for var in local.all }${var.x}%{ endfor }${var.y}"\n')).toEqual(['local.all', 'var.y']);
});

test('calls stand anywhere too, each with the attribute around it', () => {
  const text = 'a = f(g(1)).x\nb {\n  c = [for v in h() : "${i(v)}" if j(v)]\n}\n';
  expect(eachCallIn(parseHcl(text).body).map(({ attribute, call }) => `${attribute}: ${call.name.text}`)).toEqual([
    'a: f',
    'a: g',
    'c: h',
    'c: i',
    'c: j',
  ]);
});
