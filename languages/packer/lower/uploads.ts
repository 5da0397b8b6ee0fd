/** Files of the repository that a `file` provisioner puts into the image, with what is in them. */
import type { Mention, Value, WriteFileStep } from '../../../core/build.ts';
import { joinPath, nameOf } from '../../../core/path.ts';
import { Decoder } from '../../../core/text.ts';
import { isConfigurationName } from '../../../facts/configuration-names.ts';
import type { Evaluated, PackerModule, PackerProvisioner, PackerTree } from '../tree.ts';

/** Files of one provisioner that are read. */
const MOST_FILES = 20;
/** Longer files are not read, in UTF-16 code units. */
const LONGEST = 100_000;

/** The sources of an upload, as they are written. */
function sourcesOf({ block }: PackerProvisioner): readonly Evaluated[] {
  const source = block.attribute('source')?.value;
  const several = block.attribute('sources')?.value.items ?? [];
  return [...(source && source.kind !== 'null' ? [source] : []), ...several].slice(0, MOST_FILES);
}

/** A step for each file that is uploaded, as if it was written there. */
export function uploadedFiles(provisioner: PackerProvisioner, module: PackerModule): readonly WriteFileStep[] {
  const to = provisioner.block.attribute('destination')?.value.asValue();
  const place = to?.literal;
  if (!to || place === undefined) return [];
  return sourcesOf(provisioner).flatMap((source): WriteFileStep[] => {
    const file = readFile(source, module);
    if (!file) return [];
    const path = /[/\\]$/.test(place) ? joinPath(place, nameOf(file.path)) : place;
    return [
      {
        kind: 'write-file',
        path: pathValue(path, to),
        content: file.text,
        mode: undefined,
        script: undefined,
        span: source.span,
      },
    ];
  });
}

/** Where the document names the files that it uploads. */
export function uploadMentions({ module, source: own }: PackerTree): readonly Mention[] {
  return module.builds
    .flatMap(({ provisioners }) => provisioners)
    .filter(({ block, type }) => type === 'file' && block.source === own)
    .flatMap(provisioner => {
      const content = provisioner.block.attribute('content')?.value;
      const read = content && module.fileReadBy(content);
      const whole = read?.path !== undefined && read.text ? [{ file: read.path, reference: content!.span }] : [];
      const files = sourcesOf(provisioner).flatMap(source => {
        const file = readFile(source, module);
        return file ? { file: file.path, reference: source.span } : [];
      });
      return [...whole, ...files];
    });
}

/** The text of a file of configuration. What holds a credential by its name is reported where it is uploaded. */
function readFile(source: Evaluated, module: PackerModule) {
  const name = nameOf((source.text ?? '').replaceAll('\\', '/'));
  // Scripts count where they run.
  if (!isConfigurationName(name)) return undefined;
  const { path, text } = module.fileAt(source);
  if (path === undefined || !text || text.text.length > LONGEST || text.text.includes('\0')) return undefined;
  return { path, text };
}

/** A path that stands for the destination. */
function pathValue(path: string, { source, span }: Value): Value {
  const text = new Decoder(source, 'read-only').as(path, 0, source.text.length).done();
  return { source: text, parts: [path], literal: path, byDefault: path, span };
}
