/** cloud-init inside templates: content of seed images, of the installer's web server, of files, and user data. */
import type { ImageBuild, Mention } from '../../../core/build.ts';
import type { LowerContext } from '../../../core/language.ts';
import type { SourceText } from '../../../core/text.ts';
import type { Evaluated, PackerBlock, PackerTree, ScriptUse } from '../tree.ts';

/** Attributes of sources with a document, or with an object of documents by name. */
const HOLDERS = ['user_data', 'cd_content', 'http_content', 'custom_data', 'metadata', 'cloud_init'];

/** Documents in this file; those that `file` and `templatefile` read come with the span of the reference. */
export function nestedDocuments(
  { file: own, module }: PackerTree,
  context: LowerContext,
): { readonly nested: readonly ImageBuild[]; readonly mentions: readonly Mention[] } {
  const nested: ImageBuild[] = [];
  const mentions: Mention[] = [];
  const read = (value: Evaluated, isServed: boolean): void => {
    const file = module.fileReadBy(value);
    const text = file ? file.text : value.kind === 'string' ? value.asContent() : undefined;
    if (!text || !isCloudInit(text)) return;
    const build = context.nested('cloud-init', text);
    if (!build) return;
    nested.push(isServed ? withoutInstallation(build) : build);
    if (file) mentions.push(...mention(file));
  };
  for (const { name, value } of documents(own.top)) {
    if (value.kind === 'object') for (const entry of value.entries) read(entry.value, SERVED.has(name));
    else if (name !== 'metadata') read(value, false);
  }
  return { nested, mentions };
}

/** Attributes whose documents are read as steps of the build too. */
const SERVED: ReadonlySet<string> = new Set(['cd_content', 'http_content']);

/** A document without the commands that autoinstall runs on the new system: those are steps of the build. */
function withoutInstallation(build: ImageBuild): ImageBuild {
  const stages = build.stages.map(stage => ({
    ...stage,
    steps: stage.steps.filter(step => step.kind !== 'run' || step.phase !== 'build'),
  }));
  return { ...build, stages };
}

function* documents(top: PackerBlock): Iterable<{ name: string; value: Evaluated }> {
  for (const block of top.blocks()) {
    if (block.type === 'source') yield* holders(block);
    if (block.type !== 'build') continue;
    for (const inner of block.blocks()) {
      if (inner.type === 'source') yield* holders(inner);
      const content = inner.type === 'provisioner' ? inner.attribute('content') : undefined;
      if (content) yield content;
    }
  }
}

function* holders(block: PackerBlock): Iterable<{ name: string; value: Evaluated }> {
  for (const name of HOLDERS) {
    const attribute = block.attribute(name);
    if (attribute) yield attribute;
  }
}

function mention({ path, span }: ScriptUse): Mention[] {
  return path === undefined ? [] : [{ file: path, reference: span }];
}

/** https://docs.cloud-init.io/en/latest/explanation/format.html; scripts are not nested documents here. */
export function isCloudInit({ text }: SourceText): boolean {
  return /^(?:#cloud-config|## template: ?jinja|#cloud-config-archive|#cloud-boothook|Content-Type: multipart)/i.test(
    text.slice(0, 60),
  );
}
