/** Are the images of a build for machines that run one job, a test or a demonstration, with nothing behind their logins? */
import type { ImageBuild } from '../core/build.ts';
import { memo } from '../core/memo.ts';
import type { ProjectFacts } from '../core/project.ts';
import { type Beginning, nearestBeginning } from './readmes.ts';

/** By the configuration, or by what the nearest README says of them in its first lines. */
export function isThrowAway({ readmes }: ImageBuild, { kind }: ProjectFacts): boolean {
  if (kind !== undefined) return kind === 'ci-runner';
  const beginning = readmes && nearestBeginning(readmes());
  return beginning !== undefined && saysThrowAway(beginning);
}

/** "for the GitHub action", "to run our CI tests"; not how something is done: "for releases with GitHub Actions", "run npm ci". */
const RUNS_JOBS =
  /\b(?:for|used (?:in|by|with)|to (?:be )?(?:run|used?) (?:in|by|with)|run(?:ning)?)(?: {1,4}(?!(?:with|via|using|on|by|in|through|npm)\b)[\w/'-]{1,30}){0,3} {1,4}(?:CI(?:\/CD)?|continuous[- ]integration|github actions?)\b(?!-)/i;
/** "self-hosted GitHub Actions runners", "Jenkins build agents" */
const RUNNERS =
  /\b(?:self-hosted|github(?:-hosted| actions)?|gitlab|gitea|forgejo|jenkins|buildkite|circleci|cirrus|teamcity|azure (?:pipelines|devops)|CI(?:\/CD)?)(?: (?:actions|self-hosted|hosted|build|ci|virtual|environments?))? (?:runners?|agents?)\b/i;
/** "should not be used in production", "not fit for running shops in production"; not "never run untested images in production". */
const NO_PRODUCTION =
  /(?:\b(?:not|never)|n't)(?: (?:to|be|been|used?|intended|meant|suitable|suited|fit|ready|recommended|designed|made|run|deploy(?:ed)?|supported|it|them|this|these|directly|yet)){0,5} (?:in|for)(?: (?:use|running|\w{1,20}) (?:\w{1,20} )?in)? (?:an? |any |real )?production\b/i;
const PURPOSE = /\bfor (?:\w{1,20} ){0,2}(?:test(?:ing)?|demo(?:nstration)?)(?: and \w{1,20})? (?:purposes?|only)\b/i;
/** "Radare2 VM (test)"; a title of one word is that of an empty README. */
const TITLE = /^.{0,60}[a-z\d][^a-z\d]{1,4}(?:tests?|demos?|playground|proof of concept|poc)\)?$/i;

/** What the sentence is about, in front of what it says of it: the images, or all that is there. */
const IMAGES =
  /\b(?:images?|vms?|virtual machines?|templates?|box(?:es)?|dockerfiles?|containers?|amis?|snapshots?|files|stack|project|repository|repo|this|these|they)\b|^(?:it|(?:designed|intended|meant|made|only|just|please|do|is|are)\b)|^$/i;
/** Something else that is there: "The default password is not for production". */
const OF_PARTS =
  /\b(?:passwords?|passphrases?|credentials?|logins?|defaults?|keys?|certificates?|settings?|options?|flags?|modes?|values?|variables?|databases?|tags?|branch(?:es)?|versions?)\b/i;
/** How they are made: "built on our self-hosted runners". */
const HOW =
  /\b(?:built|builds?|tested|made|published|released|deployed|created|produced|pushed|run|runs) (?:\S{1,40} ){0,4}(?:on|by|in|with|via|using|through|from) (?:\S{1,40} ){0,3}$/i;
const DEPLOYED = /\b(?:deployed|shipped|released|used|runs?|running|live) (?:to|in|into|for) production\b/i;

/** Whether a README says in its first lines that its images are for jobs of pipelines, tests or demonstrations. */
export const saysThrowAway: (beginning: Beginning) => boolean = memo(({ sentences, title }) => {
  if (TITLE.test(title) || RUNNERS.test(title)) return true;
  return [title, ...sentences].some(sentence =>
    [RUNS_JOBS, RUNNERS, NO_PRODUCTION, PURPOSE].some(pattern => {
      const found = pattern.exec(sentence);
      if (!found || (pattern !== NO_PRODUCTION && DEPLOYED.test(sentence))) return false;
      const before = sentence.slice(0, found.index).trimStart();
      // "Configurations that make Jenkins agent templates"
      const isNamed =
        pattern === RUNNERS && /^ (?:images?|templates?|vms?)\b/i.test(sentence.slice(found.index + found[0].length));
      if (pattern === RUNNERS && HOW.test(before)) return false;
      return isNamed || (IMAGES.test(before) && !OF_PARTS.test(before) && (before !== '' || pattern !== RUNS_JOBS));
    }),
  );
});
