/** cloud-init inside templates: content of seed images, of the installer's web server, of files, and user data. */
import type { ImageBuild, Mention } from '../../../core/build.ts';
import type { LowerContext } from '../../../core/language.ts';
import type { SourceText } from '../../../core/text.ts';
import type { Expression } from '../hcl/ast.ts';
import type { Evaluated, PackerBlock, PackerTree, ScriptUse } from '../tree.ts';

/** What the source of an attribute contains that may be a document, or lead to one. */
const HINT = /#cloud-|template: ?jinja|multipart|\bfile\(|\btemplatefile\(|\blocal\./i;
/** How deep documents are in blocks of a source, and in objects of attributes. */
const DEEPEST = 4;
/** More documents of one template are not read. */
const MOST_DOCUMENTS = 200;

/** Documents in this file; those that `file` and `templatefile` read come with the span of the reference. */
export function nestedDocuments(
  { file: own, module }: PackerTree,
  context: LowerContext,
): { readonly nested: readonly ImageBuild[]; readonly mentions: readonly Mention[] } {
  const nested: ImageBuild[] = [];
  const mentions: Mention[] = [];
  const known = new Set<Expression>();
  const read = (given: Evaluated, isServed: boolean, depth: number): void => {
    const value = module.encodedIn(given);
    // Several sources may refer to one local.
    if (known.has(value.expression)) return;
    known.add(value.expression);
    if (value.kind === 'object') {
      if (depth < DEEPEST) for (const entry of value.entries) read(entry.value, isServed, depth + 1);
      return;
    }
    const file = module.fileReadBy(value);
    const text = file ? file.text : value.kind === 'string' ? value.asContent() : undefined;
    if (!text || nested.length >= MOST_DOCUMENTS || !isCloudInit(text)) return;
    const build = context.nested('cloud-init', text);
    if (!build) return;
    nested.push(isServed ? withoutInstallation(build) : build);
    if (file) mentions.push(...mention(file));
  };
  for (const { name, value } of documents(own.top)) read(value, SERVED.has(name), 0);
  return { nested, mentions };
}

/** Attributes whose documents are read as steps of the build too. */
const SERVED: ReadonlySet<string> = new Set(['cd_content', 'floppy_content', 'http_content']);

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
    if (block.type === 'source') yield* holders(block, 0);
    if (block.type !== 'build') continue;
    for (const inner of block.blocks()) {
      if (inner.type === 'source') yield* holders(inner, 0);
      const content = inner.type === 'provisioner' ? inner.attribute('content') : undefined;
      if (content) yield content;
    }
  }
}

/**
 * Attributes of a source that may hold a document. Plugins have many names for user-data (`user_data`, `custom_data`,
 * `configuration_parameters["guestinfo.userdata"]`, `vapp.properties`, `launch_config`); its first line tells it.
 */
function* holders(block: PackerBlock, depth: number): Iterable<{ name: string; value: Evaluated }> {
  for (const attribute of block.attributes) if (HINT.test(attribute.value.written.text)) yield attribute;
  if (depth < DEEPEST) for (const inner of block.blocks()) yield* holders(inner, depth + 1);
}

function mention({ path, span }: ScriptUse): Mention[] {
  return path === undefined ? [] : [{ file: path, reference: span }];
}

/** https://docs.cloud-init.io/en/latest/explanation/format/index.html; scripts are not nested documents here. */
export function isCloudInit({ text }: SourceText): boolean {
  const start = text.slice(0, 60);
  if (/^(?:#cloud-config|#cloud-config-archive|#cloud-boothook|Content-Type: multipart)/i.test(start)) return true;
  // cloud-init's own templates, such as that of `/etc/hosts`, have the marker too.
  return (
    /^## template: ?jinja/i.test(start) && /^(?:#|\{[%#]|Content-Type:|[\w-]{1,60}:(?:\s|$))/im.test(secondLine(text))
  );
}

/** The first line below the first that says something. */
function secondLine(text: string): string {
  const below = text.slice(0, 2000).split(/\r?\n/).slice(1);
  return below.find(line => line.trim() !== '') ?? '#';
}
