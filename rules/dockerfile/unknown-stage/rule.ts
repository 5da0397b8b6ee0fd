import type { Value } from '../../../core/build.ts';
import { type Finding, fix } from '../../../core/finding.ts';
import { nearest } from '../../../core/nearest.ts';
import { quoted } from '../../../core/quoted.ts';
import { instructionsOf } from '../../../languages/dockerfile/all-instructions.ts';
import { renamedUses } from '../../../languages/dockerfile/edits.ts';
import { followsReference } from '../../../languages/dockerfile/frontend.ts';
import { defineDockerfileRule } from '../../../languages/dockerfile/rule.ts';
import { originsOf } from '../../../languages/dockerfile/stage-uses.ts';
import type { DockerStage } from '../../../languages/dockerfile/tree.ts';

/** Official images that are used without a tag; a similar stage name proves nothing. */
const KNOWN_IMAGES = new Set(
  'almalinux alpine amazoncorretto archlinux bash buildpack-deps busybox caddy cassandra clojure composer consul couchbase debian docker dart eclipse-temurin elixir erlang fedora gcc golang gradle groovy haproxy haskell httpd influxdb java julia jetty kong mariadb maven memcached mongo mysql nats nginx node openjdk oraclelinux perl php postgres python r-base rabbitmq redis rockylinux ruby rust sbt solr swift telegraf tomcat traefik ubuntu vault wordpress zookeeper'.split(
    ' ',
  ),
);
/** Every word is compared with every name, so both are limited. */
const MOST_STAGES = 100;
const MOST_WORDS = 200;

export default defineDockerfileRule({
  id: 'unknown-stage',
  summary: 'A referenced stage does not exist, or is defined later',
  policies: [],
  category: 'correctness',
  severity: 'error',
  preset: 'recommended',
  needs: { instructions: ['FROM AS', 'COPY --from', 'ADD --from', 'RUN --mount'] },
  since: '2026.11',
  aliases: ['hadolint:DL3022', 'tally:hadolint/DL3022', 'dockerfile-utils:FLAG_INVALID_FROM_VALUE'],
  *check(file) {
    if (!followsReference(file)) return;
    const { stages } = file;
    if (stages.length > MOST_STAGES) return;
    const seen = new Set<string>();
    const misspelled = (image: Value, among: readonly string[]): Iterable<Finding> => {
      if (image.literal !== undefined) seen.add(image.literal);
      return seen.size > MOST_WORDS ? [] : misspelledAmong(image, among);
    };
    const names = stages.flatMap(({ name }) => name?.toLowerCase() ?? []);
    for (const stage of stages) {
      const { base, from } = stage;
      if (base.kind === 'image') {
        const later = stages.find(
          ({ index, name }) =>
            index > stage.index && name !== undefined && name.toLowerCase() === base.image.literal?.toLowerCase(),
        );
        if (later) {
          if (!KNOWN_IMAGES.has(base.image.literal!)) yield notYet(base.image, later);
        } else
          yield* misspelled(
            base.image,
            names.slice(0, stage.index).filter(name => name !== from.alias?.toLowerCase()),
          );
      }
      // A stage takes nothing from itself.
      const others = names.filter(name => name !== stage.name?.toLowerCase());
      for (const instruction of instructionsOf(stage)) {
        if (instruction.trigger) continue;
        for (const taking of originsOf(instruction)) {
          const number = taking.from?.literal;
          if (taking.origin.kind === 'missing' && taking.from && number !== undefined && /^[0-9]+$/.test(number))
            yield {
              message: `Stage ${number.slice(0, 10)} does not exist: the last one is ${stages.length - 1}`,
              help: 'Use the name of a stage',
              span: taking.from.span,
            };
          if (taking.origin.kind === 'image') yield* misspelled(taking.origin.image, others);
        }
      }
    }
  },
});

function notYet(image: Value, later: DockerStage): Finding {
  return {
    message: `Stage ${quoted(image.literal!)} is defined later, so this pulls an image`,
    help: 'Move that stage before this one',
    span: image.span,
    related: [{ message: 'Stage is defined here', span: later.nameSpan! }],
  };
}

/** A single word that is not a known image and nearly the name of a stage. */
function* misspelledAmong(image: Value, names: readonly string[]): Iterable<Finding> {
  const word = image.literal;
  if (word === undefined || !/^[A-Za-z0-9_-]{4,}$/.test(word) || KNOWN_IMAGES.has(word) || word === 'scratch') return;
  const guess = nearest(word, names);
  if (guess === undefined || differInNumber(word, guess)) return;
  yield {
    message: `Unknown stage ${quoted(word)}, so this pulls an image`,
    help: `Did you mean ${quoted(guess)}?`,
    span: image.span,
    fixes: [fix('suggested', `Change it to \`${guess}\``, ...renamedUses([image], guess))],
  };
}

/** `build1` and `build2` are two names, not one misspelled. */
function differInNumber(a: string, b: string): boolean {
  const letters = (word: string) => word.toLowerCase().replace(/[0-9]+/g, '');
  return letters(a) === letters(b);
}
