import { describe, expect, it } from 'vitest';
import type { ImageBuild, RunStep, Stage, Step, Value } from '../../core/build.ts';
import { type Edit, SourceText } from '../../core/text.ts';
import { execScript } from '../../shell/exec-form.ts';
import { type Invocation, invocationsIn, invocationsOf } from '../../shell/invocations.ts';
import { readArguments } from '../../shell/programs/index.ts';
import { insertAfter, removeOption, removeWord } from '../../shell/word-edits.ts';
import { scriptOf } from './parser.ts';

const all = (text: string) => invocationsOf(scriptOf(text));
const one = (text: string): Invocation => all(text)[0]!;
const apply = (text: string, edit: Edit | undefined) =>
  edit && text.slice(0, edit.span.start) + edit.newText + text.slice(edit.span.end);

describe('invocations', () => {
  it.each([
    ['/usr/bin/apt-get install x', 'apt-get', ''],
    ['sudo -E apt-get x', 'apt-get', 'sudo'],
    ['sudo -u joe -g g X=1 env -i A=b /bin/x y', 'x', 'sudo env'],
    ['sudo --user=joe --group g x', 'x', 'sudo'],
    ['env X="$Y" x', 'x', 'env'],
    ['A=1 time -p nice -n 5 ionice -c2 -n0 x', 'x', 'time nice ionice'],
    ['nohup stdbuf -oL x &', 'x', 'nohup stdbuf'],
    ['timeout -k 5 $T x', 'x', 'timeout'],
    ['chroot "$DIR" x', 'x', 'chroot'],
    ['find . | xargs -r -n 1 -I{} rm -f {}', 'rm', 'xargs'],
    ['exec "$@"', undefined, ''],
    ['command -v curl', 'command', ''],
    ['command curl x', 'curl', 'command'],
    ['sudo --user joe -- x -y', 'x', 'sudo'],
    ['sudo A=1 -u joe x', 'x', 'sudo'],
    ['timeout --signal KILL 5 x', 'x', 'timeout'],
    ['find . | xargs -i -l2 rm {}', 'rm', 'xargs'],
    ['env --unset A -- x', 'x', 'env'],
    ['env -S "x y"', 'env', ''],
    ['nice -10 x', 'x', 'nice'],
    ['ionice -p 5', 'ionice', ''],
    ['sudo', 'sudo', ''],
    ['sudo -i', 'sudo', ''],
    ['sudo $X apt-get', undefined, ''],
    ['$X y', undefined, ''],
    ['busybox wget x', 'wget', 'busybox'],
    ['conda run -n base --live-stream x y', 'x', 'conda'],
    ['conda install x', 'conda', ''],
    ['poetry run x', 'x', 'poetry'],
    ['pyenv exec x', 'x', 'pyenv'],
    ['pyenv install 3.13', 'pyenv', ''],
    ['mise x python@3 -- x', 'python@3', 'mise'],
    ['strace -f -o /tmp/log x', 'x', 'strace'],
    ['faketime 2020-01-01 x', 'x', 'faketime'],
    ['numactl -N 0 --membind 0 x', 'x', 'numactl'],
    ['ssh-agent sh -c "x y"', 'x', ''],
    ['ssh-agent -s', 'ssh-agent', ''],
    ['ccache -M 5G', 'ccache', ''],
    ['proxychains4 -q x', 'x', 'proxychains4'],
    ['parallel x y ::: a b', 'x', ''],
    ["parallel -j4 'x {}' ::: a b", 'x', ''],
    ["parallel ::: 'y z' 'x'", 'x', ''],
    ["parallel -S host 'x {}' ::: a", 'parallel', ''],
    ["sem -j 2 'x y'", 'x', ''],
    ["watch -n 1 'x y'", 'x', ''],
    ["scl enable devtoolset-9 'x y'", 'x', ''],
    ['scl enable devtoolset-9 -- x y', 'x', ''],
    ["nix-shell -p curl --run 'x y'", 'x', ''],
    ["capsh --user=app -- -c 'x y'", 'x', ''],
    ['retry 5 10s apt-get install', 'apt-get', 'retry'],
    ['retry $N apt-get install', 'apt-get', 'retry'],
    ['retry -t 3 -d 10 -- sudo apt-get install', 'apt-get', 'retry sudo'],
    ['curtin in-target --target=/target -- apt-get x', 'apt-get', 'curtin'],
    ['curtin in-target apt-get x', 'apt-get', 'curtin'],
    ['curtin in-target -t /target apt-get x', 'apt-get', 'curtin'],
    ['curtin swap -y', 'curtin', ''],
    ["curtin in-target -- sh -c 'x y'", 'x', ''],
    ['in-target apt-get x', 'apt-get', 'in-target'],
    ['nsenter -t 1 -m -u --net=/x -- apt-get x', 'apt-get', 'nsenter'],
    ['runuser -u joe -- apt-get x', 'apt-get', 'runuser'],
    ["runuser -u joe -- runuser -u jim sh -c 'x y'", 'x', ''],
    ["runuser -l joe -c 'x y'", 'x', ''],
    ['runuser -l joe', 'runuser', ''],
    ['systemd-run --unit=a -p X=1 --wait apt-get x', 'apt-get', 'systemd-run'],
    ['systemd-run -M box apt-get x', 'systemd-run', ''],
    ['systemd-nspawn -D /mnt -q apt-get x', 'apt-get', 'systemd-nspawn'],
    ['systemd-nspawn -b -D /mnt', 'systemd-nspawn', ''],
    ['setpriv --reuid=1 --clear-groups apt-get x', 'apt-get', 'setpriv'],
    ['flock -w 5 /lock apt-get x', 'apt-get', 'flock'],
    ['cloud-init-per once setup apt-get x', 'apt-get', 'cloud-init-per'],
    ['ssh host apt-get install', 'ssh', ''],
    ["ssh host 'apt-get install'", 'ssh', ''],
    ['"ap"t-get install', 'apt-get', ''],
    ['X=1', undefined, ''],
  ])('of %j', (text, program, via) => {
    const found = all(text).at(-1);
    expect(found?.program).toBe(program);
    if (found) expect(found.via.join(' ')).toBe(via);
  });

  it('are found in scripts inside the script', () => {
    expect(all(`su - joe -c 'a x && sudo b'; c "$(d)" \`e\``).map(({ program }) => program)).toEqual([
      'su',
      'a',
      'b',
      'c',
      'd',
      'e',
    ]);
  });

  it('are found in what is printed into a shell', () => {
    expect(all("printf 'x y' | sh").map(({ program }) => program)).toEqual(['printf', 'x', 'sh']);
    expect(all("printf '%d x' 1 | sh").map(({ program }) => program)).toEqual(['printf', 'sh']);
  });

  const value = (text: string): Value => {
    const literal = text.startsWith('$') ? undefined : text;
    const source = SourceText.document(text);
    return { source, parts: [text], literal, byDefault: literal, span: source.span };
  };
  const buildOf = (steps: readonly Step[]): ImageBuild => {
    const source = SourceText.document('');
    const stage: Stage = { name: undefined, bases: [], steps, outputs: [], final: true, span: source.span };
    return {
      ...{ images: [], problems: [], comments: [], nested: [], mentions: [], parameters: [] },
      language: 'dockerfile',
      source,
      stages: [stage],
      syntax: undefined,
    };
  };
  const run = (text: string, phase: RunStep['phase'] = 'build'): RunStep => ({
    kind: 'run',
    phase,
    span: { start: 0, end: 0 },
    script: scriptOf(text),
    argv: undefined,
  });

  it('come from the steps of a build', () => {
    const file: Step = {
      kind: 'write-file',
      path: undefined,
      content: SourceText.document('w'),
      mode: undefined,
      script: scriptOf('w'),
      span: { start: 0, end: 0 },
    };
    const exec: RunStep = {
      ...run(''),
      script: undefined,
      argv: [value('sudo'), value('apt-get'), value('a b'), value('$X')],
    };
    const build = buildOf([run('a; n() { m; }; b'), run('c', 'host'), run('d', 'boot'), file, exec]);
    const programs = (scope?: Parameters<typeof invocationsIn>[1]) =>
      [...invocationsIn(build, scope)].map(({ invocation }) => invocation.program);
    expect(programs()).toEqual(['a', 'b', 'd', 'apt-get']);
    expect(programs({ host: true, written: true })).toEqual(['a', 'b', 'c', 'd', 'w', 'apt-get']);
    const last = [...invocationsIn(build)].at(-1)!.invocation;
    expect(last.args.map(({ literal }) => literal)).toEqual(['a b', undefined]);
    expect(last.script.spanOf(last.args[0]!)).toEqual({ start: 0, end: 3 });
  });
});

describe('words', () => {
  it.each([
    ['x -k --l m', '-k', 'x --l m'],
    ['x -akb m', '-k', 'x -ab m'],
    ['x m --l=v', '--l', 'x m'],
    ['curl -o f -L u', '--output', 'curl -L u'],
    ['curl -of -L u', '--output', 'curl -L u'],
    ['curl -sof -L u', '--output', undefined],
    ["curl -'k'L u", '-k', undefined],
  ])('of %s lose %s', (text, name, left) => {
    const invocation = one(text);
    expect(apply(text, removeOption(invocation.script, readArguments(invocation).find(name)!))).toBe(left);
  });

  it('can be taken out and added', () => {
    const text = `apt-get -y install a && sh -c 'b c d'`;
    const [apt, , b] = all(text);
    expect(apply(text, removeWord(apt!.script, apt!.args[0]!))).toBe(`apt-get install a && sh -c 'b c d'`);
    expect(apply(text, insertAfter(apt!.script, apt!.args[1]!, ' "$X"'))).toBe(
      `apt-get -y install "$X" a && sh -c 'b c d'`,
    );
    expect(apply(text, removeWord(b!.script, b!.args[0]!))).toBe(`apt-get -y install a && sh -c 'b d'`);
    expect(apply(text, insertAfter(b!.script, b!.args[0]!, ' -y'))).toBe(`apt-get -y install a && sh -c 'b c -y d'`);
    expect(insertAfter(b!.script, b!.args[0]!, " 'x'")).toBeUndefined();
    const source = SourceText.document('apt-get');
    const word = { source, parts: ['apt-get'], literal: 'apt-get', byDefault: 'apt-get', span: source.span };
    const exec = execScript([word, word]);
    expect(insertAfter(exec, exec.commands[0]!.words[0]!, ' -y')).toBeUndefined();
  });
});
