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
