/** Are the images of a build for machines that run one job, a test or a demonstration, with nothing behind their logins? */
import type { ImageBuild } from '../core/build.ts';
import { memo } from '../core/memo.ts';
import type { ProjectFacts } from '../core/project.ts';
import { type Beginning, nearestBeginning } from './readmes.ts';

/** By the configuration, by what the nearest README says of them in its first lines, or by what their containers start. */
export function isThrowAway(build: ImageBuild, { kind }: ProjectFacts): boolean {
  if (kind !== undefined) return kind === 'ci-runner';
  const beginning = build.readmes && nearestBeginning(build.readmes());
  return (beginning !== undefined && saysThrowAway(beginning)) || startsTests(build);
}

/** Runs of tests, as the documentation of each tool has them. */
const TESTS =
  /\b(?:npm|yarn|pnpm|bun) (?:run )?test\b|\b(?:npx|yarn|pnpm) (?:mocha|jest|vitest|ava|cypress|playwright|karma)\b|(?:^|[\s;&|])(?:mocha|jest|vitest|pytest|py\.test|tox|nosetests|rspec|phpunit|ctest|bats)(?=\s|$)|\bgo test\b|\bcargo (?:nextest|test)\b|\b(?:mvn|gradle|gradlew) (?:\S{1,60} ){0,5}test\b|\bmake (?:\S{1,40} ){0,3}(?:test|check)\b|\bdotnet test\b|-m (?:unittest|pytest)\b/;
/** A script that goes on with what it is given, or chooses. */
const CHOOSES = /\bexec\b|\bcase\b|"\$@"$/m;
const LONGEST_SCRIPT = 10_000;

/** Whether the containers of a Dockerfile run tests and nothing else: by their command, or by the script of the repository that it is. */
const startsTests = memo(({ language, stages }: ImageBuild): boolean => {
  if (language !== 'dockerfile') return false;
  const { steps } = stages.findLast(({ final }) => final) ?? { steps: [] };
  const starts = steps.filter(step => step.kind === 'run' && step.phase === 'boot' && !step.trigger);
  const entry = starts.findLast(step => step.kind === 'run');
  if (entry?.kind !== 'run') return false;
  const words = entry.argv?.map(({ literal }) => literal ?? '') ?? [];
  const line = entry.script?.text.text ?? words.join(' ');
  if (onlyTests(line)) return true;
  const script = steps.findLast(
    step => step.kind === 'write-file' && step.path?.literal !== undefined && step.path.literal === line.trim(),
  );
  const text = script?.kind === 'write-file' ? script.content.text : '';
  return onlyTests(text);
});

function onlyTests(text: string): boolean {
  return text.length < LONGEST_SCRIPT && TESTS.test(text) && !CHOOSES.test(text) && !GOES_ON.test(text);
}
/** What starts after them all the same: `npm test && npm start`. */
const GOES_ON =
  /(?:&&|[;\n])[ \t]{0,40}(?:\S{1,100}\/)?(?:(?:npm|yarn|pnpm|bun) (?:run )?(?:start|serve)|node|python[\d.]{0,4} (?!-m (?:unittest|pytest))|java|nginx|gunicorn|uvicorn|supervisord|php-fpm|puma|rails s|\.?\/(?!bin\/(?:ba)?sh)[\w./-]{1,100}(?:[ \t]{0,20}$))/m;

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
/** "Shop is a sample microservice application", "This is a demo repository". */
const SAMPLE =
  /\b(?:is|are)(?: just| only| merely| simply)? an? (?:[\w-]{1,20} ){0,2}(?:sample|demo|demonstration|toy|proof[- ]of[- ]concept) (?:[\w-]{1,20} ){0,2}(?:app(?:lication)?|project|repository|repo|environment|set-?up|shop|store|stack|cluster|system)\b/i;
/** Targets to break into: "a deliberately vulnerable machine", "challenges of a CTF". */
const TARGETS =
  /\b(?:deliberately|intentionally|purposely|purposefully) (?:vulnerable|insecure|weak|misconfigured)\b|\bCTFs?\b|\bcapture[- ]the[- ]flag\b|\bcyber[- ]?(?:security )?(?:labs?|ranges?)\b|\blab cyber\b|\bvulnerable (?:\w{1,20} ){0,2}(?:images?|vms?|machines?|containers?|targets?|servers?)\b(?! to\b)/i;
/** What looks for them. */
const FINDS = /\b(?:scan|detect|find|check|prevent|protect|patch|avoid|remediat|report)\w{0,5}\b/i;

/** "Virtual machine for the workshop", "A template for our course on images" */
const LESSONS =
  /\b(?:for|used in|part of) (?:the |our |an? |my |this )?(?:[\w-]{1,20} ){0,3}(?:courses?|workshops?|tutorials?|lectures?|classrooms?|homework|exercises|bootcamps?)\b/i;

/** "Radare2 VM (test)"; a title of one word is that of an empty README. */
const TITLE = /^.{0,60}[a-z\d][^a-z\d]{1,4}(?:tests?|demos?|playground|proof of concept|poc)\)?$/i;

/** What the sentence is about, in front of what it says of it: the images, or all that is there. */
const IMAGES =
  /\b(?:images?|vms?|virtual machines?|templates?|box(?:es)?|dockerfiles?|containers?|amis?|snapshots?|files|stack|project|repository|repo|this|these|they)\b|^(?:it|(?:designed|intended|meant|made|only|just|please|do|is|are)\b)|^$/i;
/** Something else that is there: "The default password is not for production". */
const OF_PARTS =
  /\b(?:passwords?|passphrases?|credentials?|logins?|defaults?|keys?|certificates?|settings?|options?|flags?|modes?|values?|variables?|databases?|tags?|branch(?:es)?|versions?)\b/i;
/** What teaches, or is sold to those who do: "This platform is for online courses". */
const SERVICES =
  /\b(?:platforms?|apps?|applications?|systems?|sites?|websites?|services?|portals?|products?|software|marketplaces?|shops?|stores?|backends?|frontends?|apis?|tools?|bookings?)\b/i;
/** How they are made: "built on our self-hosted runners". */
const HOW =
  /\b(?:built|builds?|tested|made|published|released|deployed|created|produced|pushed|run|runs) (?:\S{1,40} ){0,4}(?:on|by|in|with|via|using|through|from) (?:\S{1,40} ){0,3}$/i;
const DEPLOYED = /\b(?:deployed|shipped|released|used|runs?|running|live) (?:to|in|into|for) production\b/i;

/** Whether a README says in its first lines that its images are for jobs of pipelines, tests or demonstrations. */
export const saysThrowAway: (beginning: Beginning) => boolean = memo(({ sentences, title }) => {
  if (TITLE.test(title) || RUNNERS.test(title)) return true;
  const all = [title, ...sentences];
  if (all.some(sentence => SAMPLE.test(sentence) || (TARGETS.test(sentence) && !FINDS.test(sentence)))) return true;
  return all.some(sentence =>
    [RUNS_JOBS, RUNNERS, NO_PRODUCTION, PURPOSE, LESSONS].some(pattern => {
      const found = pattern.exec(sentence);
      if (!found || (pattern !== NO_PRODUCTION && DEPLOYED.test(sentence))) return false;
      const before = sentence.slice(0, found.index).trimStart();
      // "Configurations that make Jenkins agent templates"
      const isNamed =
        pattern === RUNNERS && /^ (?:images?|templates?|vms?)\b/i.test(sentence.slice(found.index + found[0].length));
      if (pattern === RUNNERS && HOW.test(before)) return false;
      if (pattern === LESSONS && SERVICES.test(`${before} ${found[0]}`)) return false;
      return isNamed || (IMAGES.test(before) && !OF_PARTS.test(before) && (before !== '' || pattern !== RUNS_JOBS));
    }),
  );
});
