/** `bakelint config --print FILE`: the settings that apply to a file, as a configuration that says all of them. */
import { statSync } from 'node:fs';
import { stringify } from 'yaml';
import type { Settings } from '../core/config/resolve.ts';
import { optionKey } from '../core/config/schema.ts';
import { DiskFiles } from '../node/files.ts';
import { absolute } from '../node/paths.ts';
import { reasonOf } from '../node/reason.ts';
import { Configurations } from '../workspace/configuration.ts';
import { Directories } from '../workspace/directories.ts';
import { SettingsFinder } from '../workspace/settings.ts';
import { harmless } from './format/terminal.ts';
import { CommandError, type Host } from './host.ts';
import { givenConfig, shownPath } from './lint-files.ts';
import type { LintOptions } from './options.ts';

/** Writes the settings to stdout. Throws {@link CommandError} where there is no such file. */
export async function printConfigCommand(
  name: string,
  options: Pick<LintOptions, 'config' | 'preset'>,
  host: Host,
): Promise<number> {
  const { rules } = await host.engine();
  const path = absolute(host.cwd, name);
  try {
    if (statSync(path).isDirectory()) throw new CommandError(`${name}: is a directory; name a file`);
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError(`${name}: ${reasonOf(error)}`);
  }
  const disk = new DiskFiles();
  const configurations = new Configurations(rules);
  const given = options.config === undefined ? undefined : givenConfig(host.cwd, options.config, disk, configurations);
  const { directory, leftOut } = new Directories(disk, configurations, given).locate(path, undefined);
  const { config } = directory;
  const settings = new SettingsFinder(rules, { preset: options.preset, only: undefined, rules: undefined }).of(
    path,
    directory,
  );
  const about = [
    `Settings for ${shownPath(host.cwd, path)}`,
    config ? `from ${shownPath(host.cwd, config.path)}` : 'without a configuration',
    ...(leftOut === undefined ? [] : ['The file is ignored: it is linted only when it is named.']),
    ...(settings.sample === undefined
      ? []
      : [`It is in a directory of ${settings.sample} files: findings are advice.`]),
  ];
  host.stdout.write(`${about.map(line => `# ${harmless(line)}\n`).join('')}${settingsText(settings)}`);
  for (const problem of config?.problems ?? [])
    host.stderr.write(`bakelint: ${harmless(`${shownPath(host.cwd, config!.path)}: ${problem.message}`)}\n`);
  return (config?.problems.length ?? 0) > 0 ? 2 : 0;
}

/** As a configuration: it gives the same settings again. */
export function settingsText({ rules, project }: Settings): string {
  const images = {
    kind: project.kind,
    'owner-keys': project.ownerKeys,
    'trusted-registries': project.trustedRegistries,
    targets: project.targets,
    'cloud-init-version': project.cloudInitVersion,
  };
  const active = [...rules].map(([id, { severity, options }]) => {
    const given = Object.entries(options);
    return [id, given.length === 0 ? severity : { severity, ...keyed(given) }] as const;
  });
  return stringify({ images: keyed(Object.entries(images)), rules: Object.fromEntries(active) }, { lineWidth: 0 });
}

function keyed(entries: readonly (readonly [string, unknown])[]): Record<string, unknown> {
  return Object.fromEntries(
    entries.flatMap(([name, value]) => (value === undefined ? [] : [[optionKey(name), value]])),
  );
}
