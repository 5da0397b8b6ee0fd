/** How each language writes words. */
import type { ReadDialect } from '../core/script.ts';
import { BASH, POSIX } from './bourne/quoting.ts';
import { CMD } from './cmd/quoting.ts';
import { POWERSHELL, PWSH } from './powershell/quoting.ts';
import type { Quoting } from './tree/quoting.ts';

export const QUOTING: Readonly<Record<ReadDialect, Quoting>> = {
  posix: POSIX,
  bash: BASH,
  powershell: POWERSHELL,
  pwsh: PWSH,
  cmd: CMD,
};
