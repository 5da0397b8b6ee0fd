/** What an installer is asked, and what the machine says that it runs on. */
import type { ImageBuild, Stage } from '../../core/build.ts';
import { packageInstalls } from '../package-installs.ts';
import type { Given } from './environment.ts';
import { systemOf } from './replaced.ts';

export interface Situation {
  readonly build: ImageBuild;
  readonly stage: Stage;
  /** The program that downloads. */
  readonly program: string;
  /** The address as the installer's pattern found it. */
  readonly found: RegExpExecArray;
  /** What is written before the program that runs the script: variables, `sudo`. */
  readonly before: string;
  /** The words that the script gets, as they are written. */
  readonly asked: readonly string[];
  /** The program that runs the script, as it is written. */
  readonly runner: string;
  /** What a variable has that the script reads. */
  given(variable: string): Given | undefined;
}

export interface Installer {
  readonly url: RegExp;
  /** What the action says, with the release that it chooses. */
  title(found: RegExpExecArray): string;
  commands(situation: Situation): readonly string[] | undefined;
}

const LONGEST = 200_000;
/** What `uname -m` is not a part of the name of, or has no download. */
const OTHER_MACHINES = /\b(?:arm32|armhf|armv[67]|arm\/v[67]|i386|i686|riscv64|ppc64le|s390x)|\barm32v/i;

/** Whether a file is for machines that releases name in another way. */
export const isForOtherMachines = ({ source }: ImageBuild): boolean =>
  OTHER_MACHINES.test(source.text.slice(0, LONGEST));

/** Which libc a stage has, as far as its base or its package manager say. */
export function libcOf(build: ImageBuild, stage: Stage): 'gnu' | 'musl' | undefined {
  const product = systemOf(stage)?.product;
  const managers = packageInstalls(build).flatMap(one => (one.stage === stage ? one.manager : []));
  if (product === 'Alpine Linux' || managers.includes('apk')) return 'musl';
  return product !== undefined || managers.some(manager => GNU.has(manager)) ? 'gnu' : undefined;
}
const GNU: ReadonlySet<string> = new Set(['apt', 'yum', 'dnf', 'microdnf', 'tdnf', 'zypper', 'system']);
