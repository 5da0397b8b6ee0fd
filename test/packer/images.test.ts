import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makesImage, ownImages, saysSpecialKind, sourceUses, wordsOfKey } from '../../languages/packer/images.ts';
import { read } from './read.ts';

describe('the words of a key', () => {
  test.each([
    ['Owner', '-owner-'],
    ['CostCenter', '-cost-center-'],
    ['acme:cost_center', '-acme-cost-center-'],
    ['OWNER_EMAIL', '-owner-email-'],
    ['owner2Team', '-owner2-team-'],
    ['', '--'],
    [':::', '--'],
  ])('%j are %s', (key, words) => {
    expect(wordsOfKey(key)).toBe(words);
  });

  test('do not depend on how they are joined', () => {
    const word = fc.string({ unit: fc.constantFrom(...'abcdefghij'), minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 1, maxLength: 5 }),
        fc.constantFrom('-', '_', ':', '/', ' ', '.'),
        (words, joint) => {
          const camel = words.map(one => one[0]!.toUpperCase() + one.slice(1)).join('');
          const expected = `-${words.join('-')}-`;
          expect(wordsOfKey(words.join(joint))).toBe(expected);
          if (words.every(one => one.length > 1)) expect(wordsOfKey(camel)).toBe(expected);
        },
      ),
    );
  });
});

describe('sources', () => {
  const text = `source "amazon-ebs" "used" {
  ami_name = "a"
}
source "amazon-ebs" "unused" {
  ami_name = "b"
}
source "qemu" "disk" {
  vm_name = "c"
}
build {
  sources = ["source.amazon-ebs.used", "source.qemu.disk", "source.amazon-ebs.sibling"]
}
build {
  source "source.amazon-ebs.used" {
    skip_create_ami = true
  }
}
`;
  const sibling = { '/p/sibling.pkr.hcl': 'source "amazon-ebs" "sibling" {\n  ami_name = "d"\n}\n' };
  const { tree } = read(text, sibling);

  test('come with every use, those that no build uses as they stand', () => {
    const uses = sourceUses(tree).map(({ build, source }) => `${source.name} ${build ? 'built' : 'alone'}`);
    expect(uses).toEqual(['used built', 'disk built', 'sibling built', 'used built', 'unused alone']);
  });

  test('make images where a build uses them for one', () => {
    const images = ownImages(tree).map(({ declared, uses }) => [declared.name, uses.length]);
    expect(images).toEqual([['used', 1]]);
  });

  test.each([
    ['skip_create_ami = true', false],
    ['skip_create_ami = false', true],
    ['skip_create_ami = null', true],
    ['skip_create_ami = var.unknown', false],
    ['', true],
  ])('with %j make an image: %s', (line, expected) => {
    const { source } = sourceUses(read(`source "amazon-ebs" "x" {\n  ${line}\n}\n`).tree)[0]!;
    expect(makesImage(source)).toBe(expected);
  });
});

describe('what a build says it is for', () => {
  const special = (body: string, path?: string): boolean => {
    const { tree } = read(`build {\n  ${body}\n}\n`, {}, path);
    return saysSpecialKind(tree, tree.module.builds[0]!);
  };

  test.each([
    ['name = "web"', '/p/web.pkr.hcl', false],
    ['name = "marketplace-web"', '/p/web.pkr.hcl', true],
    ['description = "Our 1-Click image"', '/p/web.pkr.hcl', true],
    ['sources = ["source.qemu.gh-runner"]', '/p/web.pkr.hcl', true],
    ['post-processor "vagrant" {}', '/p/web.pkr.hcl', true],
    ['', '/images/appliance/web.pkr.hcl', true],
    ['', '/home/runner/work/web/web.pkr.hcl', false],
  ])('%j in %s: %s', (body, path, expected) => {
    expect(special(body, path)).toBe(expected);
  });
});
