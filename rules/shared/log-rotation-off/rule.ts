import type { ImageBuild } from '../../../core/build.ts';
import { quoted } from '../../../core/quoted.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import type { Span } from '../../../core/text.ts';
import { fileWrites } from '../../../facts/file-writes.ts';
import { packageInstalls } from '../../../facts/package-installs.ts';
import { packageRemovalOf } from '../../../facts/package-removals.ts';
import { SERVICE_PROGRAMS, serviceChangeOf } from '../../../facts/service-changes.ts';
import { setupCommands } from '../../../facts/setup-commands.ts';

/** The unit that starts logrotate(8), and what it starts. */
const UNIT = /^logrotate(?:\.timer|\.service)?$/;
const PACKAGE = 'logrotate';

export default defineBuildRule({
  id: 'log-rotation-off',
  summary: 'Log rotation is turned off',
  policies: ['G15'],
  category: 'correctness',
  severity: 'warning',
  preset: 'strict',
  languages: ['packer', 'cloud-init'],
  needs: {
    programs: [...SERVICE_PROGRAMS, 'apt', 'apt-get', 'aptitude', 'dnf', 'yum', 'zypper', 'apk', 'rpm', 'dpkg'],
  },
  since: '2026.11',
  *check(build) {
    const off = turnedOff(build);
    if (!off || startsIt(build)) return;
    yield {
      message: `${quoted(off.name)} is ${off.how}: logs grow until the disk is full`,
      help: 'Keep it on, and set sizes and ages in `/etc/logrotate.d`',
      span: off.span,
    };
  },
});

interface Off {
  readonly name: string;
  readonly how: 'disabled' | 'removed';
  readonly span: Span;
}

/** The first command that turns it off, if none turns it on again. */
function turnedOff(build: ImageBuild): Off | undefined {
  let off: Off | undefined;
  for (const { invocation } of setupCommands(build)) {
    const change = serviceChangeOf(invocation);
    const unit = change?.names.find(name => UNIT.test(name));
    const isRemoved = packageRemovalOf(invocation)?.names.some(({ literal }) => literal === PACKAGE);
    if (change?.on && unit !== undefined) off = undefined;
    else if ((change?.lasting && unit !== undefined) || isRemoved)
      off ??= {
        name: unit ?? PACKAGE,
        how: isRemoved ? 'removed' : 'disabled',
        span: invocation.script.spanOf(invocation.command),
      };
  }
  const installs = packageInstalls(build).some(({ packages }) => packages.some(({ name }) => name === PACKAGE));
  return off?.how === 'removed' && installs ? undefined : off;
}

/** Whether a table of cron or a unit of the build's own runs it. */
function startsIt(build: ImageBuild): boolean {
  return fileWrites(build).some(
    ({ path, text }) => /cron|\.(?:timer|service)$/.test(path) && /\blogrotate\b/.test(`${path}\n${text.text}`),
  );
}
