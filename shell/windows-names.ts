/** What a command of PowerShell or cmd is called, whichever of its names is written. */
import type { ShellDialect } from '../core/script.ts';
import { UNRESOLVED } from '../core/text.ts';
import { programName } from './program-name.ts';
import { CMDLETS } from './programs/cmdlets.ts';

/** https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_aliases, those that PowerShell of every version has. */
const ALIASES = pairs(`
  % ForEach-Object  ? Where-Object  ac Add-Content  clc Clear-Content  cli Clear-Item  clp Clear-ItemProperty
  clv Clear-Variable  copy Copy-Item  cpi Copy-Item  cvpa Convert-Path  del Remove-Item  dir Get-ChildItem
  epal Export-Alias  epcsv Export-Csv  erase Remove-Item  fl Format-List  foreach ForEach-Object  ft Format-Table
  fw Format-Wide  gal Get-Alias  gc Get-Content  gci Get-ChildItem  gcm Get-Command  gi Get-Item  gjb Get-Job
  gl Get-Location  gm Get-Member  gmo Get-Module  gp Get-ItemProperty  gps Get-Process  gpv Get-ItemPropertyValue
  group Group-Object  gsv Get-Service  gu Get-Unique  gv Get-Variable  icm Invoke-Command  iex Invoke-Expression
  ii Invoke-Item  ipal Import-Alias  ipcsv Import-Csv  ipmo Import-Module  irm Invoke-RestMethod
  iwr Invoke-WebRequest  measure Measure-Object  mi Move-Item  move Move-Item  mp Move-ItemProperty
  nal New-Alias  ndr New-PSDrive  ni New-Item  nmo New-Module  nsn New-PSSession  nv New-Variable  oh Out-Host
  popd Pop-Location  pushd Push-Location  rcjb Receive-Job  rd Remove-Item  rdr Remove-PSDrive  ren Rename-Item
  ri Remove-Item  rjb Remove-Job  rmo Remove-Module  rni Rename-Item  rnp Rename-ItemProperty
  rp Remove-ItemProperty  rsn Remove-PSSession  rv Remove-Variable  rvpa Resolve-Path  sajb Start-Job
  sal Set-Alias  saps Start-Process  sasv Start-Service  select Select-Object  set Set-Variable  si Set-Item
  sl Set-Location  sls Select-String  sp Set-ItemProperty  spjb Stop-Job  spps Stop-Process  spsv Stop-Service
  sv Set-Variable  type Get-Content  where Where-Object  wjb Wait-Job  echo Write-Output  chdir Set-Location
  cd Set-Location  md mkdir
`);

/** Those that only Windows PowerShell has: elsewhere these are programs, or mean the same on Windows alone. */
const OF_WINDOWS = pairs(`
  cat Get-Content  cp Copy-Item  curl Invoke-WebRequest  diff Compare-Object  kill Stop-Process  ls Get-ChildItem
  mv Move-Item  ps Get-Process  rm Remove-Item  rmdir Remove-Item  sc Set-Content  sleep Start-Sleep
  sort Sort-Object  start Start-Process  tee Tee-Object  wget Invoke-WebRequest  write Write-Output
`);

function pairs(text: string): ReadonlyMap<string, string> {
  const words = text.trim().split(/\s+/);
  const found = new Map<string, string>();
  for (let i = 0; i + 1 < words.length; i += 2) found.set(words[i]!, words[i + 1]!);
  return found;
}

const CANONICAL: ReadonlyMap<string, string> = new Map(
  [...ALIASES.values(), ...OF_WINDOWS.values(), ...CMDLETS.flatMap(({ names }) => names)].map(name => [
    name.toLowerCase(),
    name,
  ]),
);

/** The module in front of a cmdlet: `Microsoft.PowerShell.Utility\Write-Output`. */
const QUALIFIED = /^[\w.]{1,80}\\(?=[A-Za-z]+-[A-Za-z]+$)/;

/**
 * The name that a command has in the rest of the house: a program's without its path and ending, in lower case on Windows, where the
 * case means nothing; a cmdlet's in full, as its documentation writes it.
 */
export function commandName(written: string, dialect: ShellDialect): string {
  if (dialect !== 'powershell' && dialect !== 'pwsh' && dialect !== 'cmd') return programName(written);
  // A method of .NET.
  if (/^[.[]/.test(written) && dialect !== 'cmd' && /^(?:\.[A-Za-z]\w*|\[.*::\w+)$/.test(written.slice(0, 200)))
    return methodName(written);
  const path = written.replace(QUALIFIED, '');
  const last = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  const name = last.toLowerCase().replace(/\.(?:exe|cmd|bat|com)$/, '');
  if (dialect === 'cmd') return name;
  const alias = ALIASES.get(name) ?? (dialect === 'powershell' ? OF_WINDOWS.get(name) : undefined);
  // `sc.exe` and `curl.exe` are the programs.
  if (alias !== undefined && name === last.toLowerCase() && path === last) return alias;
  return CANONICAL.get(name) ?? (/^[a-z]+-[a-z]/.test(name) ? last : name);
}

/** `[System.Environment]::SetEnvironmentVariable` is `[Environment]::SetEnvironmentVariable`, in any case. */
function methodName(written: string): string {
  return written.toLowerCase().replace(/^\[system\./, '[');
}

/** Whether the name of a program is certain although the directory may not be: `$env:TEMP\setup.exe`. */
export function namedBehindPath(text: string): boolean {
  const at = Math.max(text.lastIndexOf('/'), text.lastIndexOf('\\'));
  return at >= 0 && at + 1 < text.length && !text.includes(UNRESOLVED, at);
}
