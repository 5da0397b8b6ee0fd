/** Scripts for PowerShell that are signed by their vendor, so that the signature can be checked before they run. */
import type { ImageBuild } from '../../core/build.ts';
import { type Fix, fix } from '../../core/finding.ts';
import { isBourne } from '../../core/script.ts';
import type { Download } from '../downloads.ts';
import { generatedNote } from './replaced.ts';

/** https://docs.chocolatey.org/en-us/choco/setup/ */
const CHOCOLATEY = /^https?:\/\/(?:community\.)?chocolatey\.org\/install\.ps1$/i;

/** The ways in which the script is run at once, as a whole command. */
const RUNS: readonly RegExp[] = [
  /^(?:iex|Invoke-Expression) \(+New-Object (?:System\.)?Net\.WebClient\){1,2}\.DownloadString\( ?(?:'[^'\s]{1,80}'|\\?"[^"\\\s]{1,80}\\?") ?\){1,2}$/i,
  /^(?:iwr|irm|Invoke-WebRequest|Invoke-RestMethod)(?: -UseBasicParsing| -Uri| -useb){0,2} (?:'[^'\s]{1,80}'|\\?"[^"\\\s]{1,80}\\?"|[^\s'"]{1,80})(?: -UseBasicParsing| -useb)? ?\| ?(?:iex|Invoke-Expression)$/i,
];
const LONGEST_COMMAND = 400;

/** Where the policy does not let scripts in files run, a signature does not help. */
const ALLOWED =
  /\bExecutionPolicy\s{1,5}(?:-ExecutionPolicy\s{1,5})?["']?(?:Bypass|Unrestricted|RemoteSigned|AllSigned)\b/i;

/** Saves the script, checks who signed it, and runs it. */
export function signedScriptFix({ invocation, literal, runner }: Download, build: ImageBuild): Fix | undefined {
  if (!invocation || !runner || runner.how === 'file' || !CHOCOLATEY.test(literal ?? '')) return undefined;
  const { command, script } = runner.invocation;
  // In a string of a shell that has `$` for variables as well, they would be its own.
  if (script !== invocation.script || isBourne(script.dialect)) return undefined;
  if (script.dialect === 'powershell' && command.within.length > 0) return undefined;
  const start = command.pipeline[0]!.start;
  const text = script.text.text.slice(start, command.end);
  if (text.length > LONGEST_COMMAND || !RUNS.some(pattern => pattern.test(text.replaceAll(/\s{1,20}/g, ' '))))
    return undefined;
  if (!ALLOWED.test(build.source.text.slice(0, LONGEST_FILE))) return undefined;
  const commands = [
    `$script = Join-Path $env:TEMP 'chocolatey.ps1'`,
    `(New-Object System.Net.WebClient).DownloadFile('https://community.chocolatey.org/install.ps1', $script)`,
    '$signed = Get-AuthenticodeSignature $script',
    `if ($signed.Status -ne 'Valid' -or $signed.SignerCertificate.Subject -notmatch 'Chocolatey Software') { throw 'Not signed by Chocolatey' }`,
    '& $script',
  ].join('; ');
  return fix(
    'suggested',
    `Check Chocolatey's signature before the script runs${generatedNote(build)}`,
    script.text.replace(start, command.end, commands),
  );
}
const LONGEST_FILE = 200_000;
