/** The reader of PowerShell against tree-sitter-powershell: the same commands with the same words. */
import { describe, expect, test } from 'vitest';
import { parse } from '../../shell/parse.ts';
import { powerShellScriptsBelow } from './corpus.ts';
import { CORPUS } from './oracles/sample.ts';
import { ourPowerShellCommands, powerShellCommands } from './oracles/tree-sitter-powershell.ts';

const SAME = [
  'a -B c "d e" \'f\' $g $h.i ($j) { k } @(l) @{ M = n } "o", "p"',
  '$x = a b; $env:Y = "c"; [Type]::Member = d',
  'if (a) { b } elseif ((c).D -eq 1) { e f } else { g }\nforeach ($x in h i) { j }\nwhile ($true) { k }',
  'try { a } catch [B] { c } finally { d }\nswitch ($x) { "a" { b }\n default { c }\n }\ndo { a } until (b)',
  'function F { param([string] $A)\n begin { b }\n process { c } }\nF -A d | e | f',
  '& "$x\\a.exe" /q -b:c; . .\\d.ps1; & $e f',
  'a | Where-Object { $_.B -like "*c*" } | ForEach-Object { d $_ } | Out-Null',
  '$x = @\'\na\n\'@\nb @"\n$(c d)\n"@ e',
  '(New-Object Net.WebClient).DownloadFile("a", "b")\niex ((a).B("c"))\n[A]::B((c d), "e")',
  'a `\n  -B c `\n  -D # e\nf <# g #> h',
  'return (a b)\nthrow "c"\nexit 1',
];

/** What the other parser reads otherwise, and the documentation as this one does. */
const JUDGED: readonly { readonly script: string; readonly ours: readonly string[]; readonly why: string }[] = [
  {
    script: 'a | %{ b }',
    ours: ['0 a', '4 % · { b }', '7 b'],
    why: 'A brace ends a word (lang-spec chapter 2, generic tokens).',
  },
  {
    script: 'New-Object A.B("c")',
    ours: ['0 New-Object · A.B · ("c")'],
    why: 'So does a parenthesis: it starts an argument of its own.',
  },
  {
    script: 'netsh group="a b" new',
    ours: ['0 netsh · group="a b" · new'],
    why: 'Quotes inside a word are a part of it (about_Quoting_Rules).',
  },
  {
    script: 'a -- "b"',
    ours: ['0 a · -- · "b"'],
    why: 'A blank is between them.',
  },
  {
    script: 'using module ./a.psm1\nb',
    ours: ['22 b'],
    why: '`using` is a statement (about_Using).',
  },
  {
    script: 'a $b 2>$null',
    ours: ['0 a · $b'],
    why: 'A redirection is no argument (about_Redirection).',
  },
  {
    script: 'Configuration A { b }',
    ours: ['18 b'],
    why: 'A keyword of DSC (about_Language_Keywords).',
  },
];

describe('tree-sitter-powershell', () => {
  test.each(SAME)('agrees on %j', script => {
    expect(powerShellCommands(script)).toEqual(ourPowerShellCommands(script, 'powershell'));
    expect(parse(script, 'powershell').broken).toBe(false);
  });

  test.each(JUDGED)('reads otherwise: $script', ({ script, ours }) => {
    expect(ourPowerShellCommands(script, 'powershell')).toEqual(ours);
    expect(powerShellCommands(script)).not.toEqual(ours);
  });
});

if (CORPUS !== '')
  describe('the PowerShell scripts of a directory', () => {
    test('have the commands that tree-sitter-powershell finds, where it reads them', () => {
      const counts = { scripts: 0, read: 0, same: 0, commands: 0, sameCommands: 0 };
      const others: string[] = [];
      for (const { path, text, dialect } of powerShellScriptsBelow(CORPUS)) {
        counts.scripts++;
        const theirs = powerShellCommands(text);
        if (!theirs) continue;
        const ours = ourPowerShellCommands(text, dialect);
        const known = new Set(ours);
        counts.read++;
        counts.commands += theirs.length;
        counts.sameCommands += theirs.filter(line => known.has(line)).length;
        if (ours.join('\n') === theirs.join('\n')) counts.same++;
        else others.push(`${path}: ${theirs.find(line => !known.has(line))}`);
      }
      console.log(counts, others.join('\n'));
      // The kinds that are judged above.
      expect(counts.sameCommands / counts.commands).toBeGreaterThan(0.99);
    }, 3_600_000);
  });
