/** The comments that stay in a template where its application was. */
import type { Step } from '../../../core/build.ts';
import { nameOf } from '../../../core/path.ts';
import type { Edit, Span } from '../../../core/text.ts';
import { type Invocation, invocationsOfStep } from '../../../shell/invocations.ts';
import { lineBreak, lineIndent, lineStart, wholeLines } from '../line-layout.ts';
import { isInDocument, stepsOf } from '../nodes.ts';
import type { PackerProvisioner, PackerTree } from '../tree.ts';
import type { Application } from './application.ts';
import type { Carried } from './carried.ts';
import type { Evidence } from './evidence.ts';
import { migrationOf } from './migrations.ts';

/**
 * A provisioner that does nothing else is replaced by a comment, several in a row by one; one that also sets up the machine
 * gets a comment above. None where the template is JSON or the provisioner is in another file.
 */
export function editsOf(
  tree: PackerTree,
  carried: Carried,
  app: Application,
  files: readonly string[],
): readonly Edit[] {
  if (tree.file.hcl.body.json) return [];
  const { text } = tree.source;
  const eol = lineBreak(text);
  const gone: { start: number; end: number }[] = [];
  const edits: (Edit | undefined)[] = [];
  const about = carried.packerBuild.provisioners.map(provisioner => aboutOf(provisioner, carried, app));
  // What another provisioner goes on to use stays with it.
  const staying = about.filter(one => !one.isAll).flatMap(({ steps }) => steps);
  for (const { found, isAll, isUnit, provisioner, steps } of about) {
    const { hcl, source } = provisioner.block;
    if (!hcl || provisioner.dynamic || !isInDocument(source)) continue;
    if (found.length === 0 && !isUnit) continue;
    const lines = wholeLines(text, hcl);
    if (lines && isAll && !isUsedBy(staying, steps)) {
      const last = gone.at(-1);
      if (last && text.slice(last.end, lines.start).trim() === '') last.end = lines.end;
      else gone.push(lines);
    } else {
      const what = [...new Set(found.map(one => one.what))].slice(0, MOST_NAMED).join(', ') || 'its service unit';
      const comment = `${lineIndent(text, hcl.start)}# TODO: ${files.join(' and ')} do this now, remove it here: ${what}${eol}`;
      edits.push(source.insert(lineStart(text, hcl.start), comment));
    }
  }
  const comment = `# The application is built and run with ${files.join(' and ')}.${eol}`;
  for (const { start, end } of gone)
    edits.push(tree.source.replace(start, end, `${lineIndent(text, start)}${comment}`));
  return edits.filter(edit => edit !== undefined).toSorted((a, b) => a.span.start - b.span.start);
}

const MOST_NAMED = 5;

/** What a provisioner has to do with the application, and whether that is all that it does. */
function aboutOf(provisioner: PackerProvisioner, carried: Carried, app: Application) {
  const steps = stepsOf(carried.stage, provisioner);
  const found = carried.evidence.filter(
    one => (steps.includes(one.step) || isIn(one.step.span, provisioner)) && !isOfAnother(one, app),
  );
  const isUnit = app.unit !== undefined && isIn(app.unit.span, provisioner);
  const isAll = (found.length > 0 || isUnit) && isAllOfIt(found, isUnit, steps, carried, app);
  return { provisioner, steps, found, isUnit, isAll };
}

/** Whether a script that stays names a file or directory that is uploaded: without it the build would fail. */
function isUsedBy(staying: readonly Step[], uploads: readonly Step[]): boolean {
  return uploads.some(upload => {
    const to =
      upload.kind === 'copy' ? upload.to?.literal : upload.kind === 'write-file' ? upload.path?.literal : undefined;
    const place = to?.replace(/(?<!\/)\/$/, '') ?? '';
    return (
      place.length > 1 && staying.some(step => step.kind === 'run' && step.script?.text.text.includes(place) === true)
    );
  });
}

/** The unit of another application of the machine, which stays. */
function isOfAnother({ role, source, step }: Evidence, { name, unit }: Application): boolean {
  const path = source?.literal ?? source?.byDefault;
  if (role !== 'unit' || path === undefined || (unit && unit.span.start === step.span.start)) return false;
  return nameOf(path) !== `${name}.service` && nameOf(path) !== `${unit?.name}.service`;
}

function isIn(inner: Span, { span }: PackerProvisioner): boolean {
  return inner.file === span.file && inner.start >= span.start && inner.end <= span.end;
}

/** Whether a provisioner is there for the application alone. */
function isAllOfIt(
  found: readonly Evidence[],
  isUnit: boolean,
  steps: readonly Step[],
  carried: Carried,
  app: Application,
): boolean {
  return steps.every(step => {
    if (step.kind === 'env') return true;
    if (step.kind !== 'run') return (isUnit && steps.length === 1) || found.some(one => one.step === step);
    if (step.phase !== 'build' || !step.script || step.span.file !== undefined) return false;
    const commands = invocationsOfStep(step);
    return (
      step.script.commands.length === commands.length &&
      commands.every(one => found.some(({ invocation }) => invocation === one) || isAbout(one, carried, app))
    );
  });
}

const FILES: ReadonlySet<string> = new Set([
  'cd',
  'mkdir',
  'cp',
  'mv',
  'rm',
  'ln',
  'tar',
  'unzip',
  'chown',
  'chmod',
  'install',
]);

/** A command that only moves the application's files, handles its unit or changes the schema of its database. */
function isAbout(invocation: Invocation, { names }: Carried, app: Application): boolean {
  const { args, program } = invocation;
  const migration = migrationOf(invocation)?.join(' ');
  if (app.migrations.some(own => own.join(' ') === migration)) return true;
  if (program === 'set' || program === 'echo') return true;
  const words = args.map(({ literal }) => literal ?? '');
  const own = [app.name, ...names];
  if (program === 'systemctl')
    return words[0] === 'daemon-reload' || words.some(word => own.includes(word.replace(/\.service$/, '')));
  if (!FILES.has(program)) return false;
  const places = [app.directory, app.origin?.kind === 'upload' ? `/tmp/${app.origin.name}` : undefined];
  return words.some(word =>
    places.some(place => place !== undefined && (word === place || word.startsWith(`${place}/`))),
  );
}
