/** Are the images of a build for machines that run one job, a test or a demonstration, with nothing behind their logins? */
import type { ImageBuild } from '../core/build.ts';
import { memoOfText } from '../core/memo.ts';
import type { ProjectFacts } from '../core/project.ts';

/** By the configuration, or by what the nearest README says of them in its first lines. */
export function isThrowAway({ readmes }: ImageBuild, { kind }: ProjectFacts): boolean {
  if (kind !== undefined) return kind === 'ci-runner';
  const [nearest] = readmes?.() ?? [];
  return nearest !== undefined && saysThrowAway(nearest);
}

const LONGEST_BEGINNING = 3_000;
/** What is said of the images as a whole is said at once. */
const MOST_CHARACTERS = 1_000;

/** The title of a README and the text below it, without badges and the targets of links. */
function beginningOf(readme: string): { readonly title: string; readonly text: string } {
  const lines = readme
    .slice(0, LONGEST_BEGINNING)
    .split(/\r?\n/)
    .filter(line => !/^\s*(?:\[?!\[|<|[=-]{3,}\s*$)/.test(line));
  const first = lines.findIndex(line => line.trim() !== '');
  const rest = lines.slice(first + 1);
  const end = rest.findIndex(line => /^#{1,6} /.test(line));
  return {
    title: plain(lines[first] ?? ''),
    text: plain((end < 0 ? rest : rest.slice(0, end)).join(' ')).slice(0, MOST_CHARACTERS),
  };
}

const plain = (text: string): string => text.replace(/\]\([^()\s]{0,300}\)/g, ']').replace(/[*`_[\]]/g, ' ');

/** "for the GitHub action", "to run our CI tests"; not how something is done: "for releases with GitHub Actions", "run npm ci". */
const RUNS_JOBS =
  /\b(?:for|used (?:in|by|with)|to (?:be )?(?:run|used?) (?:in|by|with)|run(?:ning)?)(?: {1,4}(?!(?:with|via|using|on|by|in|through|npm)\b)[\w/'-]{1,30}){0,3} {1,4}(?:CI(?:\/CD)?|continuous[- ]integration|github actions?)\b(?!-)/i;
/** "self-hosted GitHub Actions runners", "Jenkins build agents" */
const RUNNERS =
  /\b(?:self-hosted|github(?:-hosted| actions)?|gitlab|gitea|forgejo|jenkins|buildkite|circleci|cirrus|teamcity|azure (?:pipelines|devops)|CI(?:\/CD)?)(?: (?:actions|self-hosted|hosted|build|ci|virtual|environments?))? (?:runners?|agents?)\b/i;
const NO_PRODUCTION =
  /\b(?:not|never|n't) (?:\w{1,20} ){0,4}(?:in|for) (?:use in |running |\w{1,20} in )?(?:a |any )?production\b/i;
const PURPOSE = /\bfor (?:\w{1,20} ){0,2}(?:test(?:ing)?|demo(?:nstration)?)(?: and \w{1,20})? (?:purposes?|only)\b/i;
/** "Radare2 VM (test)"; a title of one word is that of an empty README. */
const TITLE = /[a-z\d][^a-z\d]{1,4}(?:tests?|demos?|playground|proof of concept|poc)\)?\s*$/i;

/** Whether a README says in its first lines that its images are for jobs of pipelines, tests or demonstrations. */
export const saysThrowAway = memoOfText(20, readme => {
  const { text, title } = beginningOf(readme);
  return (
    TITLE.test(title) ||
    [title, text].some(one => RUNS_JOBS.test(one) || RUNNERS.test(one) || NO_PRODUCTION.test(one) || PURPOSE.test(one))
  );
});
