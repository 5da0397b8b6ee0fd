/** `bakelint init`: a configuration for the repository at hand, made of what its files say. */
import { existsSync } from 'node:fs';
import { CONFIG_NAMES } from '../../core/config/read.ts';
import { pathIn } from '../../core/path.ts';
import { parseImageReference } from '../../facts/image-reference.ts';
import { DiskFiles } from '../../node/files.ts';
import { absolute } from '../../node/paths.ts';
import { reasonOf } from '../../node/reason.ts';
import { writeNew } from '../../node/write.ts';
import { codeownersIn, ownersIn } from '../../workspace/codeowners.ts';
import type { ImageIndex } from '../../workspace/images/index.ts';
import { harmless } from '../format/terminal.ts';
import { CommandError, type Host } from '../host.ts';
import { readWorkspace } from '../images/images.ts';
import { type Looked, printConfig } from './print.ts';

const [NAME = '.bakelint.yaml'] = CONFIG_NAMES;

/** Writes the configuration into the working directory. Nothing that is there is overwritten. */
export async function initCommand(host: Host): Promise<number> {
  const root = absolute(host.cwd, '.');
  const there = CONFIG_NAMES.find(name => existsSync(pathIn(root, name)));
  if (there !== undefined) throw new CommandError(`${there}: already exists; nothing is written`);
  const disk = new DiskFiles();
  const asked = { paths: ['.'], config: undefined };
  const { index, notes, interrupted } = await readWorkspace(asked, disk, await host.engine(), host);
  if (interrupted) throw new CommandError('interrupted; nothing is written');
  const looked = lookAt(index, root, disk);
  try {
    writeNew(pathIn(root, NAME), printConfig(looked));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new CommandError(`${NAME}: ${code === 'EEXIST' ? 'already exists' : reasonOf(error)}; nothing is written`);
  }
  host.stdout.write(`${said(looked)}\n`);
  for (const { path, reason } of notes) host.stderr.write(`bakelint: ${harmless(`${path}: ${reason}`)}\n`);
  return 0;
}

function lookAt(index: ImageIndex, root: string, disk: DiskFiles): Looked {
  const facts = [...index.values()];
  const stages = facts.flatMap(one => one.stages);
  const named = new Set(stages.flatMap(({ name }) => name ?? []));
  const bases = stages
    .filter(({ layer }) => layer === 'application')
    .flatMap(stage => stage.bases.filter(base => base.certain && base.stage === undefined));
  const registries = bases.flatMap(({ name }) => {
    const reference = parseImageReference(name);
    return reference ? (reference.registry ?? 'docker.io') : [];
  });
  const owned = codeownersIn(root, disk);
  return {
    machines: stages.some(({ layer }) => layer === 'machine'),
    applications: stages.some(({ layer }) => layer === 'application'),
    // A stage that nothing names is shipped when it is the last one, so only those that are asked for matter.
    targets: sorted(
      facts.flatMap(one => one.builds.flatMap(({ target }) => target ?? [])).filter(one => named.has(one)),
    ),
    registries: sorted(registries),
    owners: owned && { file: owned.file, owners: ownersIn(owned.text) },
  };
}

const sorted = (names: readonly string[]): readonly string[] => [...new Set(names)].sort();

function said({ machines, applications, targets, owners }: Looked): string {
  const found = [
    ...(applications ? ['container images'] : []),
    ...(machines ? ['machine images'] : []),
    ...(targets.length > 0 ? [`stages that are built by name (${targets.map(harmless).join(', ')})`] : []),
    ...(owners ? [`owners in ${owners.file}`] : []),
  ];
  return [
    `${NAME} is written${found.length > 0 ? ` for ${found.join(', ')}` : ''}. Next:`,
    '  bakelint                    show what is found',
    '  bakelint --fix              apply safe fixes',
    '  bakelint baseline create    accept the rest for now; then run with',
    '                              `--baseline .bakelint-baseline.json`',
  ].join('\n');
}
