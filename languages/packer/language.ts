import type { Finding } from '../../core/finding.ts';
import type { Language, LowerContext } from '../../core/language.ts';
import type { SourceText } from '../../core/text.ts';
import { placeholdersIn } from '../../facts/placeholders.ts';
import { commentsOf } from './comments.ts';
import { detectPacker, isLegacy, isMisnamedLegacy, mayNameFiles, recognizePacker } from './detect.ts';
import { parseFile, type ReadFile, readDirectory } from './directory.ts';
import { foreignTemplate } from './foreign-template.ts';
import type { HclFile } from './hcl/ast.ts';
import { withUnknown } from './hcl/unknown.ts';
import { inventoryOf } from './inventory.ts';
import { parseLegacyJson } from './json/legacy.ts';
import { jsonProblem } from './json/problem.ts';
import { lowerTree } from './lower/index.ts';
import { readModule } from './module.ts';
import { type PluginsAround, pluginsAround } from './plugins-around.ts';
import type { PackerTree, ScriptUse } from './tree.ts';

/** Packer templates and their variables files. https://developer.hashicorp.com/packer/docs/templates/hcl_templates */
export const packer: Language<PackerTree> = {
  id: 'packer',
  name: 'Packer',
  detect: detectPacker,
  recognition: recognizePacker,
  mayNameFiles,
  parse: parseTree,
  lower: lowerTree,
  inventory: inventoryOf,
};

const NO_PLUGINS: PluginsAround = { installed: new Set(), bundled: false };

function parseTree(source: SourceText, context: LowerContext): PackerTree {
  const { path, files } = context;
  const kind = kindOf(path, source.text);
  const isHcl = kind !== 'legacy-json';
  const fileKind = kind === 'variables' ? 'variables' : 'template';
  const hcl = isHcl
    ? withUnknown(parseFile(path, source.text, fileKind), placeholdersIn(source.text, path, files))
    : parseLegacyJson(source.text);
  const own: ReadFile = { path, own: true, kind: fileKind, source, hcl };
  const module = readModule(
    isHcl ? readDirectory(own, files) : { files: [own], complete: true, alone: false, fragment: false },
    files,
  );
  let around: PluginsAround | undefined;
  let missing: readonly ScriptUse[] | undefined;
  return {
    kind,
    source,
    path,
    file: module.files[0]!,
    module,
    comments: commentsOf(hcl, source),
    problems: isHcl ? hclProblems(hcl, source) : jsonProblems(source),
    get pluginsAround() {
      return (around ??= path === undefined ? NO_PLUGINS : pluginsAround(path, files));
    },
    get isTranslated() {
      // `packer hcl2_upgrade` keeps the ending: `web.json.pkr.hcl`.
      const stem = isHcl ? undefined : path?.replace(/\.json$/, '');
      return (
        stem !== undefined && [stem, `${stem}.json`].some(name => typeof files.read(`${name}.pkr.hcl`) === 'string')
      );
    },
    get missingScripts() {
      return (missing ??= module.builds
        .flatMap(({ cleanups, provisioners }) => [...provisioners, ...cleanups])
        .filter(({ block }) => block.source === source)
        .flatMap(({ scripts }) => scripts.filter(script => script.missing)));
    },
  };
}

/** As many problems are reported one by one. */
const MOST_PROBLEMS = 10;

function hclProblems(hcl: HclFile, source: SourceText): readonly Finding[] {
  const template = foreignTemplate(hcl, source);
  if (template) return [template];
  const found = hcl.problems.map(({ end, help, message, start, until }) => ({
    message,
    ...(help !== undefined && { help }),
    span: source.spanOf(start, end),
    ...(until > end && { region: source.spanOf(source.text.lastIndexOf('\n', start - 1) + 1, until) }),
  }));
  const causes = onePerRun(found, source);
  const [first, ...others] = causes.slice(MOST_PROBLEMS);
  if (!first || others.length === 0) return causes;
  // One bracket that is not closed makes everything after it unreadable.
  const message = `${others.length + 1} more syntax errors from here`;
  const help = 'Fix the earlier ones first: they may cause these';
  const regions = [first, ...others].flatMap(({ region }) => region ?? []);
  const region = regions[0] && source.spanOf(regions[0].start, Math.max(...regions.map(({ end }) => end)));
  return [...causes.slice(0, MOST_PROBLEMS), { ...first, message, help, ...(region && { region }) }];
}

/** One habit makes the same mistake line after line: a comma after each attribute. */
function onePerRun(found: readonly Finding[], source: SourceText): readonly Finding[] {
  const runs: Finding[][] = [];
  for (const one of found) {
    const last = runs.at(-1)?.at(-1);
    const isNext = last?.message === one.message && last.help === one.help && linesBetween(last, one, source) <= 1;
    if (isNext) runs.at(-1)!.push(one);
    else runs.push([one]);
  }
  return runs.map(([first, ...others]) => {
    if (others.length === 0) return first!;
    const [start, end] = [first!.region ?? first!.span, others.at(-1)!.region ?? others.at(-1)!.span];
    return {
      ...first!,
      region: source.spanOf(start.start, end.end),
      related: others.slice(0, MOST_PROBLEMS).map(({ span }) => ({ message: 'Also here', span })),
    };
  });
}

const linesBetween = ({ span: first }: Finding, { span: second }: Finding, { text }: SourceText): number =>
  text.slice(first.start, second.start).split('\n', 3).length - 1;

function jsonProblems(source: SourceText): readonly Finding[] {
  const found = jsonProblem(source.text);
  return found ? [{ message: found.message, help: found.help, span: source.spanOf(found.start, found.end) }] : [];
}

function kindOf(path: string | undefined, text: string): PackerTree['kind'] {
  if (path !== undefined && /\.pkrvars\.(?:hcl|json)$/.test(path)) return 'variables';
  if (path?.endsWith('.pkr.json')) return isMisnamedLegacy(text) ? 'legacy-json' : 'template';
  if (path?.endsWith('.hcl')) return 'template';
  if (!path?.endsWith('.json') && !text.trimStart().startsWith('{')) return 'template';
  return isLegacy(text.slice(0, 100_000)) ? 'legacy-json' : 'template';
}
