import type { ImageBuild } from '../../../core/build.ts';
import type { Day } from '../../../core/day.ts';
import type { HoverText } from '../../../core/editor.ts';
import type { Span } from '../../../core/text.ts';
import { type ContainerImage, containerImages } from '../../../facts/container-images.ts';
import { officialName } from '../../../facts/end-of-life/images.ts';
import { endOfLifeOfImage } from '../../../facts/end-of-life/of-image.ts';
import { supportStatus } from '../../../facts/end-of-life/support-status.ts';
import { groupsOf, listedOn } from '../../../facts/image-tags/listed.ts';
import { pinsOf } from '../../../facts/image-tags/pins.ts';
import type { DockerfileTree, DockerStage } from '../tree.ts';
import { stageAt, usesOfStage } from './stages.ts';
import { type DeclaredVariable, variableAt } from './variables.ts';

const covers = ({ start, end, file }: Span, offset: number): boolean =>
  file === undefined && start <= offset && offset <= end;

/** What is known of the image, stage or variable at an offset. Values of variables are left out. */
export function hoverTextAt(
  build: ImageBuild,
  tree: DockerfileTree,
  offset: number,
  today: Day | undefined,
): HoverText | undefined {
  const found = stageAt(tree, offset);
  if (found) return { span: found.span, markdown: stageText(found.stage, usesOfStage(tree, found.stage).length) };
  const variable = variableAt(tree, offset);
  const images = containerImages(build).filter(({ span }) => covers(span, offset));
  // Of several images in one place the one that is the place alone is meant.
  const image = images.toSorted((a, b) => a.span.end - a.span.start - (b.span.end - b.span.start))[0];
  if (image) return { span: image.span, markdown: imageText(image, today) };
  return variable && { span: variable.span, markdown: variableText(variable.declared) };
}

/** An image in Markdown: what it is in full, how long it is supported, and whether it can change. */
function imageText({ certain, platform, reference }: ContainerImage, today: Day | undefined): string {
  const { digest, name, repository, tag } = reference;
  const resolved = `${name}${tag === undefined ? '' : `:${tag}`}`;
  const lines = [`**image** \`${resolved}\`${certain ? '' : ' (from default values)'}`];
  const facts = endOfLifeOfImage({ repository, tag }).map(
    ({ product, cycle, date }) => `${product} ${cycle}: ${supportText(date, today)}`,
  );
  facts.push(digest === undefined ? unpinnedText(repository, tag, platform, today) : `Pinned to \`${digest}\``);
  if (platform !== undefined) facts.push(`Platform \`${platform}\``);
  lines.push(facts.map(fact => `- ${fact}`).join('\n'));
  const page = pageOf(reference.repository, name);
  if (page !== undefined) lines.push(`[Tags](${page})`);
  return lines.join('\n\n');
}

function supportText(date: string, today: Day | undefined): string {
  const status = today === undefined ? 'fine' : supportStatus(date, today);
  if (status === 'past') return `support ended on ${date}`;
  return status === 'soon' ? `support ends soon, on ${date}` : `supported until ${date}`;
}

/** What a tag without a digest is known to have stood for. */
function unpinnedText(
  repository: string,
  tag: string | undefined,
  platform: string | undefined,
  today: Day | undefined,
): string {
  const shown = tag ?? 'latest';
  const exact = pinsOf(repository, tag, { platform, today }).find(({ kind }) => kind === 'exact')?.tag;
  const listed = exact === undefined ? '' : `; on ${listedOn(repository)} it was \`${exact}\``;
  return `No digest: \`${shown}\` can become another image${listed}`;
}

/** The page of an image on Docker Hub; `undefined` for other registries. */
function pageOf(repository: string, name: string): string | undefined {
  if (groupsOf(repository).length > 0) return `https://hub.docker.com/_/${officialName(repository)}/tags`;
  const path = /^docker\.io\/(?!library\/)([a-z0-9._-]+\/[a-z0-9._-]+)$/.exec(name)?.[1];
  return path === undefined ? undefined : `https://hub.docker.com/r/${path}/tags`;
}

/** How many stages of a chain are shown. */
const LONGEST_CHAIN = 10;

/** A stage with what it starts from, down to the image. */
function stageText(stage: DockerStage, uses: number): string {
  const chain: string[] = [];
  let at: DockerStage | undefined = stage;
  while (at && chain.length < LONGEST_CHAIN) {
    chain.push(at.name === undefined ? `stage ${at.index}` : `\`${at.name}\``);
    const { base }: DockerStage = at;
    if (base.kind === 'image') chain.push(`\`${base.image.byDefault ?? base.image.literal ?? '…'}\``);
    if (base.kind === 'scratch') chain.push('`scratch`');
    at = base.kind === 'stage' ? base.stage : undefined;
  }
  const used = uses === 1 ? 'used once' : `used ${uses} times`;
  const notes = [
    used,
    ...(stage.final ? ['the last stage'] : stage.reachable ? [] : ['the last stage does not need it']),
  ];
  return `**stage** ${chain.join(' ← ')}\n\n${notes.join(', ')}`;
}

function variableText({ kind, hasDefault, name, origin }: DeclaredVariable): string {
  const title = `**${kind === 'arg' ? 'build argument' : 'environment variable'}** \`${name}\``;
  if (kind === 'env') return title;
  const from = origin ?? { hasDefault };
  return `${title}\n\n${from.hasDefault ? 'has a default' : 'no default: a value must be given with `--build-arg`'}`;
}
