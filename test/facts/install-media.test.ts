import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SourceText, UNRESOLVED } from '../../core/text.ts';
import { checksumStrength, installMedia, isRemote, type MediumText } from '../../facts/install-media.ts';
import { read } from '../packer/read.ts';

function medium(text: string): MediumText {
  const source = SourceText.document(text);
  const value = { source, parts: [text], literal: text, byDefault: text, span: source.span };
  return { value, text, certain: true, definitions: [] };
}
const hex = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789abcdefABCDEF'), minLength: length, maxLength: length });

describe('the strength of a checksum', () => {
  test.each([
    ['none', 'none'],
    [' NONE ', 'none'],
    ['md5:00', 'weak'],
    ['SHA1:00', 'weak'],
    ['file:https://example.org/SHA256SUMS', 'fetched'],
    ['file:http://example.org/MD5SUMS', 'fetched'],
    ['file:./SHA256SUMS', undefined],
    ['sha256:00', 'strong'],
    ['sha512:00', 'strong'],
    [UNRESOLVED, undefined],
    [`md${UNRESOLVED}`, undefined],
    ['', undefined],
  ])('of %j is %s', (text, strength) => {
    expect(checksumStrength(medium(text))).toBe(strength);
  });

  test('without its kind goes by the length', () => {
    const kinds: [number, string | undefined][] = [
      [31, undefined],
      [32, 'weak'],
      [40, 'weak'],
      [41, undefined],
      [64, 'strong'],
      [128, 'strong'],
    ];
    for (const [length, strength] of kinds)
      fc.assert(fc.property(hex(length), text => checksumStrength(medium(text)) === strength));
  });

  test('of nothing is not known', () => {
    expect(checksumStrength(undefined)).toBeUndefined();
  });
});

test.each([
  ['https://example.org.invalid-but-public.net/a.iso', true],
  ['http://10.0.0.1/a.iso', false],
  ['../out/a.qcow2', false],
  ['C:\\isos\\a.iso', false],
  [`${UNRESOLVED}/a.iso`, undefined],
  [`https://${UNRESOLVED}/a.iso`, undefined],
])('%j is on the network: %s', (text, remote) => {
  expect(isRemote(medium(text))).toBe(remote);
});

describe('the media of a build', () => {
  const shown = (text: string, path?: string) =>
    installMedia(read(text, {}, path).build).map(({ checksum, url }) => [url?.text, checksum?.text]);

  test('are each address of each source, once for all builds that use it', () => {
    const text = `source "qemu" "a" {
  iso_urls     = ["https://a.example.org/x.iso", "https://b.example.org/x.iso"]
  iso_checksum = "none"
}
build {
  sources = ["source.qemu.a"]
}
build {
  sources = ["source.qemu.a"]
}
`;
    expect(shown(text)).toEqual([
      ['https://a.example.org/x.iso', 'none'],
      ['https://b.example.org/x.iso', 'none'],
    ]);
  });

  test('of a variables file belong together by the front of their names', () => {
    const text = `iso_url = "a"
win_iso_checksum = "c"
iso_checksum = "b"
old_iso_url = "d"
other = "e"
`;
    expect(shown(text, '/p/x.pkrvars.hcl')).toEqual([
      ['a', 'b'],
      [undefined, 'c'],
      ['d', undefined],
    ]);
  });

  test('say which variables they come from by default', () => {
    const text = `variable "u" {
  default = "https://a.example.org/x.iso"
}
source "qemu" "a" {
  iso_url = var.u
}
`;
    const [found] = installMedia(read(text).build);
    expect(found?.url?.certain).toBe(false);
    expect(found?.url?.definitions.map(({ start, end }) => text.slice(start, end))).toEqual(['"u"']);
  });
});
