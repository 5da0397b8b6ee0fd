import { describe, expect, it } from 'vitest';
import { copyOf } from '../../facts/copies.ts';
import { createdAccountOf } from '../../facts/created-accounts.ts';
import { modeChangeOf } from '../../facts/mode-changes.ts';
import { invocationsOf } from '../../shell/invocations.ts';
import { sedCommandOf } from '../../shell/sed-scripts.ts';
import { scriptOf } from '../shell/parser.ts';

const one = (text: string) => invocationsOf(scriptOf(text))[0]!;
const literals = (words: readonly { readonly literal: string | undefined }[]) => words.map(({ literal }) => literal);

describe('what a command does to files', () => {
  it.each([
    ['chmod 0755 a b', '0755', ['a', 'b'], false],
    ['chmod -Rf u+x a', 'u+x', ['a'], true],
    ['chmod -w a', '-w', ['a'], false],
    ['chmod --recursive -- -x a', '-x', ['a'], true],
  ])('%s gives a mode', (text, mode, files, recursive) => {
    const change = modeChangeOf(one(text))!;
    expect([change.mode.literal, literals(change.files), change.recursive]).toEqual([mode, files, recursive]);
  });

  it.each(['chmod --reference=a b', 'chown a b', 'chmod'])('%s gives none', text => {
    expect(modeChangeOf(one(text))).toBeUndefined();
  });

  it.each([
    ['cp -a a b', ['a'], 'b', false],
    ['cp a b /c', ['a', 'b'], '/c', true],
    ['mv a /c/', ['a'], '/c/', true],
    ['install -Dm 755 -o root -t /c a b', ['a', 'b'], '/c', true],
    ['ln -s --suffix .x a b', ['a'], 'b', false],
  ])('%s puts files somewhere', (text, sources, target, folder) => {
    const copy = copyOf(one(text))!;
    expect([literals(copy.sources), copy.target?.literal, copy.intoFolder]).toEqual([sources, target, folder]);
  });

  it.each(['install -d /a /b', 'rm a b'])('%s puts none', text => {
    expect(copyOf(one(text))).toBeUndefined();
  });

  it.each([
    ["sed -i 's/a/b/' f", ['s/a/b/'], ['f'], true],
    ['sed -e x -e y f g', ['x', 'y'], ['f', 'g'], false],
    ['sed -n -f s f', [], ['f'], false],
    ['gsed --in-place=.bak -E x f', ['x'], ['f'], true],
  ])('%s edits', (text, scripts, files, inPlace) => {
    const sed = sedCommandOf(one(text))!;
    expect([sed.scripts.map(script => script.text), literals(sed.files), sed.inPlace]).toEqual([
      scripts,
      files,
      inPlace,
    ]);
  });
});

describe('accounts', () => {
  it.each([
    ['useradd -r app -s /bin/false', 'app', undefined],
    ['adduser -u 4000 -G g -D app -s /bin/sh', 'app', '4000'],
    ["adduser --disabled-password --gecos '' --uid=5 app", 'app', '5'],
    ['useradd -u "$UID" app', 'app', undefined],
  ])('%s makes one', (text, name, uid) => {
    expect(createdAccountOf(one(text))).toEqual({ name, uid });
  });

  it.each(['adduser joe docker', 'useradd -D -s /bin/sh', 'useradd "$NAME"', 'usermod -u 5 app'])(
    '%s makes none',
    text => {
      expect(createdAccountOf(one(text))).toBeUndefined();
    },
  );
});
