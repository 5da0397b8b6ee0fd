/** What loops of scripts build: over directories, lists, arrays and lines. */
import { expect, test } from 'vitest';
import { changedBy, directoryIn } from '../../facts/built-images/shell-values.ts';
import { a, b, names } from './image-graph.ts';

const of = (text: string) => names({ 'build.sh': text }, a, b);
const EACH = [['x/a:1?'], ['x/b:1?']];

test.each<readonly [what: string, text: string]>([
  ['directories', 'for dir in */; do\n  name=$(basename "$dir")\n  docker build -t x/$name:1 $dir\ndone\n'],
  [
    'directories without their slash',
    'for dir in */ ; do\n  name=${dir%/}\n  docker build -t x/$name:1 "$dir"\ndone\n',
  ],
  ['Dockerfiles', 'for f in */Dockerfile; do\n  d=$(dirname $f)\n  docker build -t x/$d:1 -f $f $d\ndone\n'],
  ['Dockerfiles without their name', 'for f in */Dockerfile; do d=${f%/*}; docker build -t x/$d:1 $d; done\n'],
  [
    'what is found',
    'for d in $(find . -name Dockerfile -exec dirname {} \\;); do\n  docker build -t x/$(basename $d):1 $d\ndone\n',
  ],
  [
    'what is found and read',
    'find . -name Dockerfile | while read -r f; do\n  d=$(dirname "$f")\n  n=$(basename "$d")\n  docker build -t "x/$n:1" "$d"\ndone\n',
  ],
  [
    'what is found and put in',
    'while IFS= read -r -d \'\' d; do\n  n="$(basename "${d}")"\n  docker build -t "x/$n:1" "$d"\ndone < <(find "${ROOT}/." -maxdepth 1 -type d -print0)\n',
  ],
  [
    'what is found and put in as a string',
    'while read -r d; do\n  docker build -t "x/$(basename $d):1" "$d"\ndone <<< "$(find . -mindepth 1 -maxdepth 1 -type d)"\n',
  ],
  ['what is listed', 'for i in $(ls -d */); do docker build -t x/${i%%/}:1 $i; done\n'],
  ['pairs', 'for p in a:x/a b:x/b; do\n  d="${p%%:*}"\n  n="${p#*:}"\n  docker build -t $n:1 $d\ndone\n'],
  [
    'pairs that are cut',
    'for p in "a|x/a" "b|x/b"; do\n  d=$(echo "$p" | cut -d"|" -f1)\n  n=$(echo $p | cut -d\'|\' -f2)\n  docker build -t $n:1 $d\ndone\n',
  ],
  ['lines', 'while read -r d n; do\n  docker build -t $n:1 $d\ndone <<EOF\na x/a\nb x/b\nEOF\n'],
  [
    'lines with a mark',
    "while IFS=, read d n; do\n  docker build -t $n:1 $d\ndone << 'END'\na,x/a\nb,x/b\nEND\nwhile true; do sleep 1; done\n",
  ],
])('%s', (_, text) => expect(of(text)).toEqual(EACH));

test.each<readonly [what: string, text: string]>([
  ['an array', 'declare -A I=([a]="x/a:1" [b]="x/b:1")\nfor i in "${!I[@]}"; do docker build -t ${I[$i]} $i; done\n'],
  [
    'elements',
    'declare -A I\nI[a]=x/a:1\nI["b"]=x/b:1\nfor i in "${!I[@]}"; do\n  n=${I[$i]}\n  docker build -t "$n" "$i"\ndone\n',
  ],
])('keys of %s', (_, text) =>
  expect(of(text).map(one => one.map(name => name.replace('?', '')))).toEqual([['x/a:1'], ['x/b:1']]),
);

test.each<readonly [what: string, text: string]>([
  [
    'options in a variable',
    'ARGS="--pull -f a/Dockerfile"\ndocker build $ARGS -t x/a:1 .\ndocker build -t x/b:1 ${OPTS:-} b\n',
  ],
  [
    'options that a loop adds',
    'VERSION=1\nTAGS=("x/a:$VERSION")\nARGS=()\nfor t in "${TAGS[@]}"; do ARGS+=(-t "$t"); done\ndocker build "${ARGS[@]}" a\nMORE=""\nfor t in x/b:1; do\n  MORE="$MORE -t $t"\ndone\ndocker build $MORE b\n',
  ],
  ['a Dockerfile that is read', 'docker build -t x/a:1 - < a/Dockerfile\ncat b/Dockerfile | docker build -t x/b:1 -\n'],
  [
    'an id',
    'docker build --iidfile /tmp/iid a\ndocker tag $(cat /tmp/iid) x/a:1\nID=$(docker build -q b)\ndocker tag "$ID" x/b:1\n',
  ],
  [
    'what is pushed as another name',
    'podman build -t x/a:1 a\npodman push x/a:1 docker://x/a:1\nbuildah bud -t b b\nbuildah push b docker://x/b:1\n',
  ],
])('%s', (_, text) => {
  const found = of(text).map(one => [...new Set(one.map(name => name.replace('?', '')))].filter(name => name !== 'b'));
  expect(found).toEqual([['x/a:1'], ['x/b:1']]);
});

test('a loop around the command adds nothing twice', () => {
  const text = 'for t in 1 2; do\n  c=(docker build)\n  c+=(-t "x/a:$t")\n  c+=(a)\n  "${c[@]}"\ndone\n';
  expect(of(text)[0]).toEqual(['x/a:1?', 'x/a:2?']);
});

test('a script knows the name of its directory', () => {
  const text = 'D="$(cd "$(dirname "$0")" && pwd)"\nN=$(basename $D)\ndocker build -t x/$N:1 $D\n';
  expect(names({ 'a/build.sh': text, 'b/build.sh': 'docker build -t x/${PWD##*/}:1 .\n' }, a, b)).toEqual([
    ['x/a:1?'],
    ['x/b:1?'],
  ]);
});

test('what is called the same in each directory is none of them', () => {
  expect(of('for d in */; do\n  docker build -t test "$d"\ndone\n')).toEqual([[], []]);
});

test('a script knows its directory, and those above', () => {
  const text =
    'DIR="$( cd "$( dirname "${BASH_SOURCE[0]}" )" >/dev/null 2>&1 && pwd )"\ndocker build -t x/a:1 $DIR/../a\nROOT=$(cd "$(dirname "$0")/.." && pwd)\ndocker build -t x/b:1 -f "${ROOT}/b/Dockerfile" "$ROOT"\n';
  expect(names({ 'scripts/build.sh': text }, a, b)).toEqual([['x/a:1'], ['x/b:1']]);
  expect(['$(dirname "$0")', '"$(cd "$(dirname "$0")/.." && pwd)"', '$(pwd)', '$(cat x)'].map(directoryIn)).toEqual([
    '.',
    './..',
    '.',
    undefined,
  ]);
});

test.each<readonly [reference: string, value: string, becomes: string | undefined]>([
  ['${a,,}', 'X/y', 'x/y'],
  ['${a^^}', 'x', 'X'],
  ['${a//_/-}', 'a_b_c', 'a-b-c'],
  ['${a/_/-}', 'a_b_c', 'a-b_c'],
  ['${a%.*}', 'a.b.c', 'a.b'],
  ['${a%%.*}', 'a.b.c', 'a'],
  ['${a##*/}', 'a/b/c', 'c'],
  ['${a#a/}', 'a/b', 'b'],
  ['${a%[0-9]}', 'a1', undefined],
  ['$(basename $a .sh)', 'x/a.sh', 'a'],
  ['`dirname $a`', 'x/y/z', 'x/y'],
  ["$(echo $a | awk -F: '{print $2}')", 'a:b', 'b'],
])('%s', (reference, value, becomes) => expect(changedBy(reference)?.to(value)).toBe(becomes));
