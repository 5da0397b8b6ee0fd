import { expect, test } from 'vitest';
import { NO_FILES } from '../../core/language.ts';
import { SourceText, UNRESOLVED } from '../../core/text.ts';
import { joins } from '../../facts/joined-files.ts';
import { placeholdersIn, withoutPlaceholders } from '../../facts/placeholders.ts';

const filesOf = (texts: Record<string, string>) => ({
  read: (path: string) => texts[path] ?? null,
  list: (folder: string) =>
    Object.keys(texts)
      .filter(path => path.slice(0, path.lastIndexOf('/')) === folder)
      .map(path => path.slice(path.lastIndexOf('/') + 1)),
});
const found = (text: string, path?: string, texts: Record<string, string> = {}): string[] =>
  placeholdersIn(text, path, path === undefined ? NO_FILES : filesOf(texts)).map(({ start, end }) =>
    text.slice(start, end),
  );

test.each([
  ['secret = "#{client_secret}#"', ['#{client_secret}#']],
  ['a = "@NAME@" b = "@SIZE@"', ['@NAME@', '@SIZE@']],
  ['%%A1%%/%%B1%%', ['%%A1%%', '%%B1%%']],
  ['x: __IMAGE_NAME__-__VERSION__', ['__IMAGE_NAME__', '__VERSION__']],
  ['x: <YOUR_NAME> <DISK-SIZE>', ['<YOUR_NAME>', '<DISK-SIZE>']],
  ['a = TEMPLATE_A\nb = "x/TEMPLATE_B-c"', ['TEMPLATE_A', 'TEMPLATE_B']],
  ['a: "%NAME%"\n- %OTHER% # x\n', ['%NAME%', '%OTHER%']],
  ['- REPLACEME\n- REPLACEME', ['REPLACEME', 'REPLACEME']],
  ['hash: {PWD}\nkeys: "{KEYS}"\nother: {WORD}x', ['{PWD}', '{KEYS}']],
  ['a: |\n  b\nUNITS_PLACEHOLDER\n', ['UNITS_PLACEHOLDER']],
  // One of a kind may be anything.
  ['x = "@NAME@"', []],
  ['x: TEMPLATE_NAME', []],
  ['echo %PATH%;%TEMP%', []],
  ['__FILE__ __LINE__ __DIR__', []],
  ['me@HOST@x you@OTHER@y', []],
  ['ENV TEMPLATE_A=1 TEMPLATE_B=2\nRUN echo $TEMPLATE_A ${TEMPLATE_B}', []],
  ['name = var.TEMPLATE_A + var.TEMPLATE_B', []],
  ['RUN sed -i "s/@NAME@/x/; s/@SIZE@/y/" file', []],
  ['<HTML><BODY></BODY></HTML>', []],
  ['x: ${A_B} {{C_D}} {EF}', []],
  ["awk '{NR} {NF}' x && echo a{A,B}", []],
])('placeholders by the text alone: %s', (text, expected) => {
  expect(found(text)).toEqual(expected);
});

test.each([
  ['sed -i "s#@NAME@#$NAME#" file', true],
  ["perl -pe 's/\\Q@NAME@/x/' file", false],
  ['text="${text//@NAME@/x}"', true],
  ['(Get-Content x) -replace "@NAME@", "y"', true],
  ['echo @NAME@', false],
])('a script that replaces a placeholder: %s', (script, expected) => {
  expect(found('x = "@NAME@"', '/r/a/b.hcl', { '/r/a/b.hcl': '', '/r/scripts/x.sh': script }).length > 0).toBe(
    expected,
  );
});

test('a word without signs is replaced by a script that names the file', () => {
  const texts = (script: string) => ({ '/r/a/b.hcl': '', '/r/a/x.sh': script });
  expect(found('x = TEMPLATE_A', '/r/a/b.hcl', texts('sed s/TEMPLATE_A/1/ b.hcl'))).toEqual(['TEMPLATE_A']);
  expect(found('x = TEMPLATE_A', '/r/a/b.hcl', texts('sed s/TEMPLATE_A/1/ *.hcl'))).toEqual(['TEMPLATE_A']);
  expect(found('x = TEMPLATE_A', '/r/a/b.hcl', texts('sed s/TEMPLATE_A/1/ other.txt'))).toEqual([]);
});

test('placeholders become unknown, all else keeps its place', () => {
  const source = SourceText.document('a: "@NAME@" # @SIZE@\nb: c');
  const masked = withoutPlaceholders(source, undefined, NO_FILES);
  expect(masked.text).toBe(`a: "${UNRESOLVED.repeat(6)}" # ${UNRESOLVED.repeat(6)}\nb: c`);
  expect(masked.spanOf(masked.text.indexOf('b'), masked.text.length)).toMatchObject({ start: 21, end: 25 });
});

test.each([
  ['cat base.yaml extra.yaml > out', true],
  ['cat extra.yaml >> user-data', true],
  ['cat "$DIR/base.yaml" \\\n', false],
  ['cat base.yaml a/extra.yaml > out', true],
  ['cat base.yaml b/extra.yaml > out', false],
  ['cat base.yaml "${DIR}/extra.yaml" > out', true],
  ['cat a/*.yaml > out', true],
  ['cat b/*.yaml > out', false],
  ['{ echo "#cloud-config"; cat extra.yaml; } > out', true],
  ['cat extra.yaml > out', false],
  ['cat extra.yaml', false],
])('a script that joins a fragment to another file: %s', (script, expected) => {
  expect(joins(script, '/r/a/extra.yaml', '#cloud-config')).toBe(expected);
});

test.each([
  ['sed -i "s/\\${api_user}/$API_USER/" build.auto.pkrvars.hcl', ['api_user']],
  ['envsubst < build.auto.pkrvars.hcl > x && mv x build.auto.pkrvars.hcl', ['api_user', 'api_key']],
  ['envsubst < other.tpl > x', []],
  ['packer build .', []],
])('what is replaced in a file of values: %s', (script, expected) => {
  const path = '/r/packer/build.auto.pkrvars.hcl';
  expect(found('user = "${api_user}"\nkey = "${api_key}"', path, { [path]: '', '/r/packer/build.sh': script })).toEqual(
    expected,
  );
});
