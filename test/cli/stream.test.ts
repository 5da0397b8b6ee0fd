/** Findings are written while files are linted, in their order, and the report is the same as if it were written at the end. */
import { describe, expect, it } from 'vitest';
import { InOrder } from '../../cli/in-order.ts';
import type { Rule } from '../../core/rule.ts';
import { folderWith, runIn } from './real.ts';
import { Sandbox } from './toy.ts';

const template = (script: string): string =>
  `source "qemu" "a" {\n  communicator = "none"\n}\nbuild {\n  sources = ["source.qemu.a"]\n  provisioner "shell" {\n    script = "${script}"\n  }\n}\n`;

describe('a report that is written while files are linted', () => {
  it.each(['text', 'compact', 'jsonl'])('begins before the last file is linted: %s', async format => {
    const sandbox = new Sandbox({ 'a/Dockerfile': 'foo\n', 'b/Dockerfile': 'foo\n', 'c/Dockerfile': 'foo\n' });
    const events: string[] = [];
    const [rule, ...rules] = sandbox.engine.rules;
    const noting: Rule = {
      ...rule!,
      check(build, context) {
        events.push(`lint ${context.path!.at(-'/Dockerfile'.length - 1)}`);
        return rule!.check(build, context);
      },
    };
    sandbox.engine = { ...sandbox.engine, rules: [noting, ...rules] };
    sandbox.onWrite = text => events.push(`write ${/(\w)\/Dockerfile/.exec(text)?.[1] ?? 'end'}`);
    await sandbox.run('--format', format, '--jobs', '1');
    const end = format === 'compact' ? [] : ['write end'];
    expect(events).toEqual(['a', 'b', 'c'].flatMap(name => [`lint ${name}`, `write ${name}`]).concat(end));
    // What has a meaning only as a whole is written as one.
    events.length = 0;
    await sandbox.run('--format', 'json');
    expect(events.filter(one => one.startsWith('write'))).toHaveLength(1);
  });

  it('says everything once, and what is found in files that others name at the end', async () => {
    const root = folderWith({
      '.bakelint.yaml': 'nonsense: 1\n',
      'a/a.pkr.hcl': template('../setup.sh'),
      'b/b.pkr.hcl': template('../setup.sh'),
      'setup.sh': 'curl -k https://a.example/x | sh\n',
      'z/Dockerfile': 'FROM node:latest\n',
    });
    const lines = async (...args: string[]): Promise<string[]> =>
      (await runIn(root, ...args)).out.split('\n').flatMap(line => (line === '' ? [] : [line]));
    const streamed = (await lines('--format', 'jsonl')).map(line => JSON.parse(line));
    const found = streamed.slice(0, -1).map(({ path, rule, range }) => `${path} ${rule} ${range.start.line}`);
    const { files, summary } = JSON.parse((await runIn(root, '--format', 'json')).out);
    const whole = files.flatMap(
      (file: { path: string; diagnostics: { rule: string; range: { start: { line: number } } }[] }) =>
        file.diagnostics.map(({ rule, range }) => `${file.path} ${rule} ${range.start.line}`),
    );
    expect(found).toEqual(whole);
    expect(found[0]).toMatch(/^\.bakelint\.yaml /);
    expect(found.findIndex(one => one.startsWith('setup.sh'))).toBeGreaterThan(
      found.findIndex(one => one.startsWith('z/Dockerfile')),
    );
    expect(streamed.at(-1)).toEqual({ kind: 'summary', ...summary });
    const compact = await lines('--format', 'compact');
    expect(compact).toHaveLength(whole.length);
  });
});

describe('what comes in any order', () => {
  it('is handed on in the order of the numbers, as soon as can be', () => {
    const handed: string[] = [];
    const order = new InOrder<string>(one => handed.push(one));
    order.add(1, 'b');
    order.add(3, 'd');
    expect(handed).toEqual([]);
    order.add(0, 'a');
    expect(handed).toEqual(['a', 'b']);
    order.add(2, 'c');
    expect(handed).toEqual(['a', 'b', 'c', 'd']);
  });
});
