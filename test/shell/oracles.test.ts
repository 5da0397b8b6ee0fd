/** This parser against three others: mvdan-sh, tree-sitter-bash, and bash itself for accept and reject. */
import { describe, expect, test } from 'vitest';
import { scriptsBelow } from './corpus.ts';
import { bashAccepts } from './oracles/bash.ts';
import { BASH_ACCEPTS, BASH_REFUSES, MVDAN_DIFFERS, MVDAN_REFUSES } from './oracles/judged.ts';
import { lineOf, type PlainCommand } from './oracles/lines.ts';
import { mvdan } from './oracles/mvdan.ts';
import { ours } from './oracles/ours.ts';
import { CORPUS, FULL, soundScripts, spoiltScripts } from './oracles/sample.ts';
import { treeSitter } from './oracles/tree-sitter.ts';

const lines = (commands: readonly PlainCommand[]) => commands.map(command => lineOf(command, command));
const oursOf = (script: string) => lines(ours(script, 'bash').commands);
const theirsOf = (script: string) => {
  const commands = mvdan(script);
  return commands && lines(commands);
};
const accepts = (script: string) => !ours(script, 'bash').broken;
const SOME = FULL ? 100_000 : 300;
const HOURS = 3_600_000;

describe('generated scripts', () => {
  test(
    'have the commands that mvdan-sh finds',
    () => {
      for (const script of soundScripts(SOME, 1)) expect(oursOf(script), script).toEqual(theirsOf(script));
    },
    HOURS,
  );

  test(
    'are accepted, as bash does',
    () => {
      const scripts = soundScripts(FULL ? 20_000 : 200, 2);
      const refused = bashAccepts(scripts);
      expect(scripts.filter((_, i) => !refused[i])).toEqual([]);
      expect(scripts.filter(script => !accepts(script))).toEqual([]);
    },
    HOURS,
  );

  test(
    'are refused, as bash does, when they have a slip',
    () => {
      const scripts = spoiltScripts(FULL ? 20_000 : 400, 3);
      const bash = bashAccepts(scripts);
      const other = scripts.filter((script, i) => accepts(script) !== bash[i]);
      // The kinds are judged below; how many slips are of these kinds is chance.
      expect(other.length / scripts.length, other.join('\n---\n')).toBeLessThan(0.01);
      expect(bash.filter(accepted => !accepted).length).toBeGreaterThan(scripts.length / 4);
    },
    HOURS,
  );

  test(
    'have the words that tree-sitter-bash finds, where it can read them',
    () => {
      let read = 0;
      let same = 0;
      for (const script of soundScripts(FULL ? 20_000 : 300, 4)) {
        const theirs = treeSitter(script);
        if (!theirs) continue;
        read++;
        if (theirs.join('\n') === ours(script, 'bash').words.join('\n')) same++;
      }
      // The rest is known: words after redirections, and what is in arithmetic and in subscripts.
      expect(read).toBeGreaterThan(50);
      expect(same / read).toBeGreaterThan(0.5);
    },
    HOURS,
  );
});

describe('judged one by one', () => {
  test.each(MVDAN_REFUSES)('mvdan-sh refuses $script', ({ script, ours: expected }) => {
    expect(theirsOf(script)).toBeUndefined();
    expect(oursOf(script)).toEqual(expected);
    expect([accepts(script), ...bashAccepts([script])]).toEqual([true, true]);
  });

  test.each(MVDAN_DIFFERS)('mvdan-sh reads otherwise: $script', ({ script, ours: expected }) => {
    expect(theirsOf(script)).not.toEqual(expected);
    expect(oursOf(script)).toEqual(expected);
    expect([accepts(script), ...bashAccepts([script])]).toEqual([true, true]);
  });

  test.each(BASH_ACCEPTS)('bash says nothing about $script', ({ script, ours: expected }) => {
    expect([accepts(script), ...bashAccepts([script])]).toEqual([false, true]);
    expect(oursOf(script)).toEqual(expected);
  });

  test.each(BASH_REFUSES)('bash refuses $script', ({ script, ours: expected }) => {
    expect([accepts(script), ...bashAccepts([script])]).toEqual([true, false]);
    expect(oursOf(script)).toEqual(expected);
  });
});

// Nothing that is fetched is part of the project: the directory is given by hand.
if (CORPUS !== '')
  describe('the scripts of a directory', () => {
    // An unresolved part or a template of another tool is text to a shell.
    const scripts = scriptsBelow(CORPUS).filter(({ text }) => !/\uE000|\{\{/.test(text));

    test(
      'are accepted where bash accepts them',
      () => {
        const bash = bashAccepts(scripts.map(({ text }) => text));
        expect(scripts.filter(({ text }, i) => accepts(text) !== bash[i]).map(({ path }) => path)).toEqual([]);
      },
      HOURS,
    );

    test(
      'have the commands that mvdan-sh or else tree-sitter-bash finds',
      () => {
        const counts = { scripts: scripts.length, 'mvdan-sh': 0, 'tree-sitter-bash': 0 };
        const alone: string[] = [];
        for (const { path, text } of scripts) {
          const reading = ours(text, 'bash');
          if (reading.broken) continue;
          if (lines(reading.commands).join('\n') === theirsOf(text)?.join('\n')) counts['mvdan-sh']++;
          else if (treeSitter(text)?.join('\n') === reading.words.join('\n')) counts['tree-sitter-bash']++;
          else alone.push(path);
        }
        console.log(counts);
        expect(alone).toEqual([]);
      },
      HOURS,
    );
  });
