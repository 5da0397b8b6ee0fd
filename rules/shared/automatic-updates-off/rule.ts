import type { ImageBuild } from '../../../core/build.ts';
import { defineBuildRule } from '../../../core/rule.ts';
import { configFiles, isOff, type Setting } from '../../../facts/config-files.ts';
import { FILE_WRITE_NEEDS } from '../../../facts/file-writes.ts';

export default defineBuildRule({
  id: 'automatic-updates-off',
  summary: 'The machine does not install security updates by itself',
  policies: ['G6'],
  category: 'security',
  severity: 'info',
  preset: 'strict',
  languages: ['packer', 'cloud-init'],
  needs: FILE_WRITE_NEEDS,
  since: '2026.11',
  *check(build) {
    const settings = aptSettings(build);
    // The last one counts.
    const last = new Map(settings.map(one => [one.path.join('::'), one]));
    for (const one of last.values())
      if (SWITCHES.has(one.path.join('::')) && isOff(one))
        yield {
          message: 'Unattended upgrades are switched off: the machine gets no security updates',
          help: 'Leave them on, or say with an ignore comment what updates the machine instead',
          span: one.span,
        };
  },
});

/** Without one of them `apt-daily-upgrade` installs nothing. `0` and `false` both say no. */
const SWITCHES: ReadonlySet<string> = new Set(['apt::periodic::enable', 'apt::periodic::unattended-upgrade']);

function aptSettings(build: ImageBuild): readonly Setting[] {
  return configFiles(build).flatMap(({ kind, settings = [] }) => (kind === 'apt-conf' ? settings : []));
}
