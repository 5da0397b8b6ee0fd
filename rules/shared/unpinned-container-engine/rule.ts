import { defineBuildRule } from '../../../core/rule.ts';
import { downloads } from '../../../facts/downloads.ts';

/** https://github.com/docker/docker-install */
const SCRIPT = /^https?:\/\/(get|test)\.docker\.com\/?$/;
/** How the script takes a version. */
const VERSION = /--version\b|\bVERSION=/;

export default defineBuildRule({
  id: 'unpinned-container-engine',
  summary: "Docker's convenience script installs the newest version of the engine",
  policies: ['G15', 'G13'],
  category: 'reproducibility',
  severity: 'info',
  preset: 'all',
  languages: ['packer', 'cloud-init'],
  needs: { steps: ['run', 'write-file'] },
  since: '2026.11',
  *check(build) {
    const seen = new Set<unknown>();
    for (const { url, runner, span, stage } of downloads(build)) {
      const host = runner ? SCRIPT.exec(url)?.[1] : undefined;
      if (host === undefined || seen.has(stage)) continue;
      seen.add(stage);
      if (VERSION.test(build.source.text)) continue;
      yield {
        message: `\`${host}.docker.com\` installs the newest version of Docker`,
        help: 'Install a pinned `docker-ce` package, or run the script with `--version`',
        span,
      };
    }
  },
});
