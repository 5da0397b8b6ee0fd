import type { ImageBuild } from '../../../core/build.ts';
import type { Finding } from '../../../core/finding.ts';
import { quoted } from '../../../core/quoted.ts';
import type { Word } from '../../../core/shell-tree.ts';
import type { Span } from '../../../core/text.ts';
import { parseImageReference } from '../../../facts/image-reference.ts';
import { isOwn } from '../../../languages/packer/nodes.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import type { PackerBuild, PackerPostProcessor } from '../../../languages/packer/tree.ts';
import { type Invocation, invocationsIn } from '../../../shell/invocations.ts';
import { readArguments } from '../../../shell/programs/index.ts';

/** Programs that push images. */
const ENGINES = ['docker', 'podman', 'nerdctl', 'buildah'];

export default definePackerRule({
  id: 'docker-tag-latest',
  summary: 'A container image gets only the tag `latest`',
  policies: ['G3'],
  category: 'reproducibility',
  severity: 'warning',
  preset: 'recommended',
  needs: { blocks: ['post-processor.docker-tag', 'post-processor.docker-import'], programs: ENGINES },
  since: '2026.11',
  *check(file, _, lowered) {
    for (const build of file.module.builds) {
      if (!isOwn(file, build.block)) continue;
      const taggings = taggingsOf(build);
      const versioned = new Set(taggings.filter(({ only }) => only === 'others').map(({ repository }) => repository));
      for (const { only, postProcessor, repository, span } of taggings) {
        if (only !== 'latest' && only !== 'nothing') continue;
        // Another step tags the same image with a version.
        if (versioned.has(repository)) continue;
        yield {
          message:
            only === 'latest'
              ? `\`${postProcessor.type}\` sets only the tag \`latest\``
              : `\`${postProcessor.type}\` without a tag means \`latest\``,
          help:
            postProcessor.type === 'docker-tag'
              ? 'Add a version to `tags`, from a variable that the pipeline sets'
              : 'Set `tag` to a version, from a variable that the pipeline sets',
          span: span ?? postProcessor.header,
        };
      }
    }
    yield* pushed(lowered);
  },
});

interface Tagging {
  readonly postProcessor: PackerPostProcessor;
  /** As written: two steps of one build write the same image in the same way. */
  readonly repository: string;
  /** `others`: a tag that is not `latest`, or may be none. */
  readonly only: 'latest' | 'nothing' | 'others';
  readonly span: Span | undefined;
}

/** https://developer.hashicorp.com/packer/integrations/hashicorp/docker */
function taggingsOf({ postProcessors }: PackerBuild): readonly Tagging[] {
  return postProcessors.flat().flatMap((postProcessor): Tagging[] => {
    const { block, type } = postProcessor;
    if (type !== 'docker-tag' && type !== 'docker-import') return [];
    const repository = block.attribute('repository')?.value.written.text ?? '';
    const values = ['tags', 'tag'].flatMap(name => block.attribute(name)?.value ?? []);
    const given = values.filter(({ kind }) => kind !== 'null');
    const tags = given.flatMap(value => (value.kind === 'list' ? value.items : [value]));
    const isLatest = tags.every(({ text }) => text === 'latest') && given.every(({ complete }) => complete);
    const only = !isLatest ? 'others' : tags.length > 0 ? 'latest' : 'nothing';
    return [{ postProcessor, repository, only, span: given[0]?.span }];
  });
}

/** Images that commands push as `latest` and under no other tag. */
function* pushed(build: ImageBuild): Iterable<Finding> {
  const pushes = new Map<string, { readonly word: Word; readonly invocation: Invocation }>();
  const versioned = new Set<string>();
  for (const { invocation } of invocationsIn(build, { host: true })) {
    const given = readArguments(invocation);
    if (!ENGINES.includes(given.program)) continue;
    const verb = given.verb.replace(/^image /, '');
    const word = verb === 'push' ? given.operands[0] : verb === 'tag' ? given.operands[1] : undefined;
    const reference = word && parseImageReference(word.literal ?? '');
    // What a variable says may be a version of any of them.
    if (word && !reference) return;
    if (!word || !reference) continue;
    if (reference.tag !== undefined && reference.tag !== 'latest') versioned.add(reference.name);
    else if (verb === 'push' && !pushes.has(reference.name)) pushes.set(reference.name, { word, invocation });
  }
  for (const [name, { word, invocation }] of pushes)
    if (!versioned.has(name))
      yield {
        message: `${quoted(word.literal!)} is pushed only as \`latest\``,
        help: 'Push it with a version as well, from a variable that the pipeline sets',
        span: invocation.script.spanOf(word),
      };
}
