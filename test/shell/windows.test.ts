/** PowerShell and cmd, trees read by hand from what their documentation says. */
import { describe, expect, it } from 'vitest';
import { SourceText } from '../../core/text.ts';
import { invocationsOf } from '../../shell/invocations.ts';
import { readArguments } from '../../shell/programs/index.ts';
import { lineOf, scriptOf } from './parser.ts';

type Case = readonly [script: string, ...lines: string[]];

const POWERSHELL: readonly Case[] = [
  ['a b; c\nd', 'a·b', '; c', '; d'],
  ['a -X 1 `\n  -Y "b c" # why\n# no\nd', 'a·-X·1·-Y·b c', '; d'],
  ['a | b |\n c\n | d', 'a 1/4', 'b 2/4', 'c 3/4', 'd 4/4'],
  ['a && b || c', 'a', '&& b', '|| c'],
  ['<# a\nb #> c <# d #> e', 'c·e'],
  ['a \'it\'\'s $x\' "say `"$x`" `n"', 'a·it\'s $x·say "◊" \n'],
  ['a "${env:X}/$(b c)/$x.y" $x.y $env:T\\z', 'a·◊/◊/◊.y·◊·◊\\z', 'b·c {substitution}'],
  ["$x = @'\nit's\n'@\na", "x=it's", '; a'],
  ['$x = @"\n$y "b"\n"@; a', 'x=◊ "b"', '; a'],
  ["$env:PATH = 'C:\\a'; ${b c} = 1; $script:d = 'e'", 'PATH=C:\\a', '; b c=1', '; d=e'],
  ['$x = a -b | c', 'x=', 'a·-b 1/2', 'c 2/2'],
  ['& "$d\\setup.exe" /q; . .\\x.ps1; & $y z', '◊\\setup.exe·/q', '; .\\x.ps1', '; ◊·z'],
  ['a b, "c d" , e -F:$true -G:"h i"', 'a·b,c d,e·-F:$true·-G:h i'],
  [
    'if ((a).B -eq "x") { c } elseif (d) { e } else { f }',
    'a {condition substitution}',
    'c {condition}',
    'd {condition}',
    'e {condition}',
    'f {condition}',
  ],
  [
    'foreach ($x in a) { b $x }; while (c) { d }; for ($i = 0; $i -lt 3; $i++) { e }',
    'a {loop}',
    'b·◊ {loop}',
    'c {loop}',
    'd {loop}',
    'i=0 {loop}',
    'e {loop}',
  ],
  ['do { a } while (b)', 'a {loop}', 'b {loop}'],
  [
    'try { a } catch [X], [Y] { b } finally { c }\ntrap { d }',
    'a {group}',
    'b {condition}',
    'c {group}',
    'd {condition}',
  ],
  ['switch -Regex ($x) { "a" { b } default { c } }', 'b {case case}', 'c {case case}'],
  ['a | % { b $_ } | ? { $_.C -eq (d) }', 'a 1/3', '%·◊ 2/3', 'b·◊ {loop}', '?·◊ 3/3', 'd {condition substitution}'],
  ['& { a; b }; . { c }', 'a {group}', '; b {group}', 'c {group}'],
  ['return a b; exit 1\nthrow "x"', 'a·b'],
  ['param([Parameter(Mandatory)] [string] $A = "b", [switch] $C)\nd', '; d'],
  ['(New-Object Net.WebClient).DownloadFile("u", $f)', 'New-Object·Net.WebClient {substitution}', '.DownloadFile·u·◊'],
  ["[Environment]::SetEnvironmentVariable('A', 'b', 'Machine')", '[Environment]::SetEnvironmentVariable·A·b·Machine'],
  ['[Net.ServicePointManager]::SecurityProtocol = 3072', '[Net.ServicePointManager]::SecurityProtocol=3072'],
  ["a @{ B = 'c'; 'D' = e }", 'a·◊', 'B=c', 'e'],
  ["'x' | a", ' 1/2', 'a 2/2'],
  ['a > f 2>&1; b 2> $null; c >> "d e" *> g', 'a >f 2>&1', '; b 2>$null', '; c >>d e >g'],
  ['a --% b "c d" | e', 'a·b·"c·d" 1/2', 'e 2/2'],
  ['$count++\nif ($x) { a }', 'a {condition}'],
  [
    'cmd /c "a b & c"; powershell -NoProfile -Command "d \'e f\'"',
    'cmd·/c·a b & c',
    'a·b {string-script}',
    '; c {string-script}',
    "; powershell·-NoProfile·-Command·d 'e f'",
    'd·e f {string-script}',
  ],
  [
    'Start-Process -Wait -FilePath a.exe -ArgumentList \'/b\', "c d"',
    'Start-Process·-Wait·-FilePath·a.exe·-ArgumentList·/b,c d',
    'a.exe·/b·c·d {string-script}',
  ],
  ["saps 'a' '/b c'", 'saps·a·/b c', 'a·/b·c {string-script}'],
  [
    "New-ScheduledTaskAction -Execute 'a' -Argument '-b c'",
    'New-ScheduledTaskAction·-Execute·a·-Argument·-b c',
    'a·-b·c {string-script}',
  ],
  ["iex 'a b'", 'iex·a b', 'a·b {string-script}'],
  ['Invoke-Command -ScriptBlock { a } -ArgumentList 1', 'Invoke-Command·-ScriptBlock·◊·-ArgumentList·1', 'a {group}'],
  ['1..3 | a\n-join $x\n!$y\n"$(b)"', ' 1/2', 'a 2/2', 'b {substitution}'],
  ['a \u201cb c\u201d \u2018d\u2019', 'a·b c·d'],
];

const CMD: readonly Case[] = [
  ['a b c', 'a·b·c'],
  ['a & b && c || d', 'a', '; b', '&& c', '|| d'],
  ['a | b | c', 'a 1/3', 'b 2/3', 'c 3/3'],
  ['a b ^\n c', 'a·b·c'],
  ['a ^& b', 'a·&·b'],
  ['a "b & c" d', 'a·b & c·d'],
  ['a "b"c"d e"', 'a·bcd e'],
  ['a \\"b c\\"', 'a·"b·c"'],
  ['a %X% %~dp0x %%i', 'a·◊·◊x·◊'],
  ['a 100%', 'a·100%'],
  ['setlocal EnableDelayedExpansion\na !X!', 'setlocal·EnableDelayedExpansion', '; a·◊'],
  ['a !X!', 'a·!X!'],
  ['@echo off\n@a', 'echo·off', '; a'],
  ['rem a & b\n:: c\n:label\nd', '; d'],
  ['set X=a b& c', 'X=a b', '; c'],
  ['set "X=a & b" & c', 'X=a & b', '; c'],
  ['set /p X=name? & a', 'X=', '; a'],
  ['set X', ''],
  ['if exist "a b" c d', 'c·d {condition}'],
  ['if not defined X (a) else (b & c)', 'a {condition group}', 'b {condition group}', '; c {condition group}'],
  ['if /i "%X%"=="y z" a', 'a {condition}'],
  ['if %errorlevel% neq 0 exit /b %errorlevel%', 'exit·/b·◊ {condition}'],
  ['for %%i in (a b) do c %%i', 'c·◊ {loop}'],
  ['for /f "tokens=1,2 delims=:" %%a in (\'b c\') do (d)', 'b·c {loop substitution}', 'd {loop group}'],
  ['call a.cmd b', 'a.cmd·b'],
  ['call :sub b', 'call·:sub·b'],
  ['(a & b) > f', 'a {group}', '; b {group}'],
  ['a > f 2>&1 < g', 'a >f 2>&1 <g'],
  ['echo.a b>>f', 'echo·a·b >>f'],
  ['echo (a) b', 'echo·(a)·b'],
  ['start /wait "" "C:\\a b.exe" /S', 'start·/wait··C:\\a b.exe·/S'],
  ['schtasks /create /tr "a b" /tn c', 'schtasks·/create·/tr·a b·/tn·c', 'a·b {string-script}'],
  ['cmd /s /c "a b | c"', 'cmd·/s·/c·a b | c', 'a·b {string-script} 1/2', 'c {string-script} 2/2'],
  [
    "powershell -Command a -B c; d 'e f'",
    "powershell·-Command·a·-B·c;·d·'e·f'",
    'a·-B·c {string-script}',
    '; d·e f {string-script}',
  ],
  ['powershell -NoProfile "& { a }"', 'powershell·-NoProfile·& { a }', 'a {string-script group}'],
  ['powershell -File a.ps1 -B c', 'powershell·-File·a.ps1·-B·c'],
];

describe.each([
  ['powershell', POWERSHELL],
  ['cmd', CMD],
] as const)('%s', (dialect, cases) => {
  it.each(cases)('%j', (script, ...lines) => {
    const { tree, commands } = scriptOf(script, dialect);
    expect(commands.map(lineOf)).toEqual(lines.filter(line => line !== ''));
    expect(tree.broken).toBe(false);
  });
});

const programs = (text: string, dialect: 'powershell' | 'pwsh' | 'cmd') =>
  invocationsOf(scriptOf(text, dialect)).map(({ program }) => program);

describe('the name of a command', () => {
  it.each([
    ['IWR a; irm b; NI c; Del d', ['Invoke-WebRequest', 'Invoke-RestMethod', 'New-Item', 'Remove-Item']],
    ['invoke-webrequest a; Get-Thing', ['Invoke-WebRequest', 'Get-Thing']],
    ['NET.EXE user; choco.cmd install; & "C:\\Program Files\\a\\MsiExec.exe" /i', ['net', 'choco', 'msiexec']],
    ['& "$env:TEMP\\setup.exe" /q; & $env:TEMP', ['setup']],
    ['Microsoft.PowerShell.Utility\\Write-Output a', ['Write-Output']],
    [
      '[System.Environment]::SetEnvironmentVariable("a"); $x.DownloadFile("b")',
      ['[environment]::setenvironmentvariable', '.downloadfile'],
    ],
  ])('%s', (text, expected) => {
    expect(programs(text, 'powershell')).toEqual(expected);
  });

  it('is an alias in Windows PowerShell only: curl, wget, sc', () => {
    expect(programs('curl a; wget b; sc c; curl.exe d', 'powershell')).toEqual([
      'Invoke-WebRequest',
      'Invoke-WebRequest',
      'Set-Content',
      'curl',
    ]);
    expect(programs('curl a; wget b; sc c', 'pwsh')).toEqual(['curl', 'wget', 'sc']);
    expect(programs('curl a & start /wait msiexec /i b', 'cmd')).toEqual(['curl', 'msiexec']);
  });
});

describe('the parameters of a cmdlet', () => {
  const given = (text: string) => readArguments(invocationsOf(scriptOf(text, 'powershell'))[0]!);

  it('go by any beginning, in any case, with a blank or a colon', () => {
    for (const text of ['iwr u -OutFile f', 'iwr -Uri u -outf f', 'iwr -UseB -OUTFILE:f u', 'iwr -Outfile: f -Uri u']) {
      const read = given(text);
      expect([read.value('-uri')?.literal ?? read.operands[0]?.literal, read.value('-outfile')?.literal]).toEqual([
        'u',
        'f',
      ]);
    }
  });

  it('are switched off by a value', () => {
    expect(given('iwr u -SkipCertificateCheck').has('-skipcertificatecheck')).toBe(true);
    expect(given('iwr u -SkipCertificateCheck:$false').has('-skipcertificatecheck')).toBe(false);
  });

  it('may be in a table that is given instead', () => {
    expect(given('iwr @table').lacks('-skipcertificatecheck')).toBe(false);
  });
});

describe('a block', () => {
  it('runs when something names the function or the variable that keeps it', () => {
    const { commands } = scriptOf(
      'function Use { a }\nfunction Not { b }\n$c = { d }\n$e = { f }\nuse\n& $c',
      'powershell',
    );
    const runs = commands
      .filter(({ words }) => words.length > 0)
      .map(({ words, mayRun }) => `${words[0]!.raw} ${mayRun}`);
    // `& $c` may run any function of the script.
    expect(runs).toContain('a true');
    expect(runs).toContain('d true');
    const plain = scriptOf('function Use { a }\nfunction Not { b }\n$e = { f }\nuse', 'powershell').commands;
    expect(
      plain.filter(({ words }) => words.length > 0).map(({ words, mayRun }) => `${words[0]!.raw} ${mayRun}`),
    ).toEqual(['a true', 'b false', 'f false', 'use true']);
  });
});

describe('a word', () => {
  it('is written in its own quotes', () => {
    const words = (text: string, dialect: 'powershell' | 'cmd') => scriptOf(text, dialect).commands[0]!.words;
    const edits = (text: string, dialect: 'powershell' | 'cmd', newText: string) =>
      words(text, dialect)
        .slice(1)
        .map(({ value }) => value.replace(0, value.text.length, newText)?.newText);
    expect(edits('a b \'c\' "d"', 'powershell', "it's")).toEqual([undefined, "it''s", "it's"]);
    expect(edits('a "d"', 'powershell', 'x"$y')).toEqual(['x`"`$y']);
    expect(edits('a b "c"', 'cmd', 'x y')).toEqual([undefined, 'x y']);
  });

  it('knows its place in a script inside another', () => {
    const text = 'powershell -Command "a \'b c\'; d %X% e"';
    const document = SourceText.document(`RUN ${text}`);
    const script = scriptOf(document.slice(4, 4 + text.length), 'cmd');
    const shown = script.commands.slice(1).map(({ words }) =>
      words.map(word => {
        const { start, end } = script.spanOf(word);
        return document.text.slice(start, end);
      }),
    );
    expect(shown).toEqual([
      ['a', "'b c'"],
      ['d', '%X%', 'e'],
    ]);
  });
});

describe('what PsExec and wsl run', () => {
  const programs = (text: string): readonly string[] =>
    invocationsOf(scriptOf(text, 'cmd')).map(({ program }) => program);

  it.each([
    ['psexec -accepteula -s -i 1 a b', 'a'],
    ['PsExec64.exe -u user -p word -w C:\\x a b', 'a'],
    ['psexec \\\\host a b', 'psexec'],
    ['wsl -d Ubuntu -u root -- a b', 'a'],
    ['wsl --exec a b', 'a'],
    ['wsl a b', 'a'],
    ['wsl --install -d Ubuntu', 'wsl'],
    ['wsl', 'wsl'],
  ])('%s', (text, program) => {
    expect(programs(text)).toEqual([program]);
  });
});
