/** Where a click in the view of images leads to. */
import { expect, test } from 'vitest';
import { positionsIn } from '../../server/workspace-images.ts';
import { factsOfBuildFile } from '../../workspace/images/of-build-file.ts';

test('everything that is said of images has its line', () => {
  const text = '# A\n\naws ec2 describe-images --filters "Name=name,Values=host-*"\ndocker tag a x/b\n';
  const facts = factsOfBuildFile('/ws/a.sh', text, one => one);
  expect(facts.boots).toHaveLength(1);
  const positions = positionsIn(text, facts);
  for (const { span } of [...facts.boots!, ...facts.retags.map(({ to }) => to)])
    expect(positions.get(span.start)?.line).toBeGreaterThan(1);
  const stage = {
    bases: [],
    given: [{ parts: [], use: 'base', span: { start: 5, end: 6 } }],
    tags: [{ span: { start: 70, end: 71 } }],
  };
  const lines = positionsIn(text, { ...facts, stages: [stage as never] });
  expect([lines.get(5)?.line, lines.get(70)?.line]).toEqual([2, 3]);
});
