import type { Span } from '../../../core/text.ts';
import { isOwn } from '../../../languages/packer/nodes.ts';
import { definePackerRule } from '../../../languages/packer/rule.ts';
import type { PackerBuild, PackerPostProcessor } from '../../../languages/packer/tree.ts';

export default definePackerRule({
  id: 'docker-tag-latest',
  summary: 'A container image is given no tag but `latest`',
  policies: ['G3'],
  category: 'reproducibility',
  severity: 'warning',
  preset: 'recommended',
  since: '2026.11',
  *check(file) {
    for (const build of file.module.builds) {
      if (!isOwn(file, build.block)) continue;
      const taggings = taggingsOf(build);
      const versioned = new Set(taggings.filter(({ only }) => only === 'others').map(({ repository }) => repository));
      for (const { only, postProcessor, repository, span } of taggings) {
        if (only !== 'latest' && only !== 'nothing') continue;
        // Another step names the version of the same image.
        if (versioned.has(repository)) continue;
        yield {
          message:
            only === 'latest'
              ? `The image is tagged \`latest\` alone, so the next build takes the name away from this one and nobody can say which version runs.`
              : `\`${postProcessor.type}\` without a tag means \`latest\`, so the next build takes the name away from this one and nobody can say which version runs.`,
          span: span ?? postProcessor.header,
        };
      }
    }
  },
});

interface Tagging {
  readonly postProcessor: PackerPostProcessor;
  /** As written: two steps of one build name the same image by the same words. */
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
