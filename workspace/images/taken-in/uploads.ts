/** The files of a repository that a Packer template takes into the image or runs there, also out of directories that it uploads. */
import type { ImageBuild, RunStep } from '../../../core/build.ts';
import { matchesSegment } from '../../../core/glob.ts';
import type { Files } from '../../../core/language.ts';
import { joinPath, nameOf, parentDirectory } from '../../../core/path.ts';
import type { Word } from '../../../core/shell-tree.ts';
import { namedFiles } from '../../../languages/packer/named-files.ts';
import type { Evaluated, PackerBlock, PackerProvisioner, PackerTree } from '../../../languages/packer/tree.ts';
import { type GivenValues, valuesGiven } from '../../../languages/packer/var-files.ts';
import { commandsOf, isPath, movedTo, namedIn, wordsOf } from './commands.ts';

/** Uploads, paths of one template that are looked for, and words of one command. */
const MOST_UPLOADS = 50;
const MOST_LOOKUPS = 300;
const MOST_WORDS = 10;
/** Programs that programs name are followed so far. */
const DEEPEST = 3;
/** Paths count from the template, or from a directory above it. */
const MOST_ABOVE = 3;

/** What provisioners run, by the kind of the file. */
const RUN = ['script', 'scripts', 'playbook_file', 'playbook_files', 'manifest_file'];

/** Files that a source puts on a medium of the machine. */
const MEDIA = ['floppy_files', 'cd_files', 'user_data_file'];

/** Whether a template names files by variables. */
const usesVariables = ({ source }: PackerTree): boolean =>
  /\b(?:scripts?|floppy_files|cd_files|user_data_file|playbook_files?|manifest_file)"?[ \t]{0,40}[=:][^\n]{0,200}(?:var\.|local\.|user )/.test(
    source.text,
  );

interface Upload {
  /** As the host knows it. */
  readonly from: string;
  readonly to: string;
}

/** Their paths, as `files` has them. `given` has the template with other values of its variables. */
export function filesOfTemplate(
  build: ImageBuild,
  path: string,
  files: Files,
  given: () => readonly PackerTree[],
): readonly string[] {
  const tree = build.syntax as PackerTree;
  if (tree.kind === 'variables') return [];
  const named = namedFiles(tree).flatMap(({ path, text }) => (path !== undefined && text ? path : []));
  const tried = new Set<string>();
  const template = new Template(tree, path, files, tried);
  const others = usesVariables(tree) ? given() : [];
  const more = others.flatMap(one => [...new Template(one, path, files, tried).named()]);
  return [...new Set([...named, ...template.named(), ...more, ...template.runIn(build)])];
}

class Template {
  private readonly provisioners: readonly PackerProvisioner[];
  private readonly directory: string;
  private readonly uploads: readonly Upload[];
  private sets: readonly GivenValues[] | undefined;
  private left = MOST_LOOKUPS;

  constructor(
    private readonly tree: PackerTree,
    private readonly path: string,
    private readonly files: Files,
    /** What has been looked for, which with other values often is the same. */
    private readonly tried: Set<string>,
  ) {
    this.directory = parentDirectory(path);
    this.provisioners = tree.module.builds
      .flatMap(({ provisioners }) => provisioners)
      .filter(({ block }) => block.source === tree.source);
    this.uploads = this.provisioners
      .filter(({ type }) => type === 'file')
      .slice(0, MOST_UPLOADS)
      .flatMap(({ block }) => this.uploadsOf(block));
  }

  /** Files that attributes name by variables, loops and functions, and by the conventions of a tool. */
  *named(): Iterable<string> {
    for (const { block } of this.tree.module.sources)
      for (const name of MEDIA) for (const text of this.textsOf(block, name)) yield* this.place(text);
    for (const { block, override, type } of this.provisioners) {
      for (const name of RUN) {
        for (const text of this.textsOf(block, name)) yield* this.place(text);
        // https://developer.hashicorp.com/packer/docs/templates/hcl_templates/blocks/build/provisioner
        for (const { value } of override?.entries ?? [])
          for (const text of this.textsIn(value.entry(name)?.value)) yield* this.place(text);
      }
      if (type === 'salt-masterless')
        for (const tree of this.textsOf(block, 'local_state_tree')) yield* this.place(joinPath(tree, 'top.sls'));
      if (type !== 'chef-solo' && type !== 'chef-client') continue;
      for (const path of this.textsOf(block, 'cookbook_paths'))
        for (const item of this.textsOf(block, 'run_list')) {
          const [, cookbook, recipe = 'default'] =
            /^(?:recipe\[)?([\w-]{1,60})(?:::([\w-]{1,60}))?\]?$/.exec(item) ?? [];
          if (cookbook !== undefined) yield* this.place(joinPath(path, `${cookbook}/recipes/${recipe}.rb`));
        }
    }
  }

  /** The files of uploaded directories that later steps run, and those of the repository that steps on the host run. */
  *runIn(build: ImageBuild): Iterable<string> {
    for (const { steps } of build.stages)
      for (const step of steps)
        if (step.kind === 'run' && step.phase === 'host') yield* this.runOnHost(step);
        else if (step.kind === 'run' && step.phase === 'build' && this.uploads.length > 0)
          for (const path of pathsIn(step)) yield* this.uploaded(path, 0);
  }

  private *runOnHost(step: RunStep): Iterable<string> {
    // A script of its own may be anywhere.
    if (step.calledBy) return;
    for (const path of pathsIn(step, ['.'])) if (PROGRAM.test(path) && !path.startsWith('/')) yield* this.place(path);
  }

  private *uploaded(path: string, depth: number): Iterable<string> {
    for (const place of placesOf(path, this.uploads)) {
      if (this.left-- <= 0) return;
      const text = this.files.read(place);
      // What is only configured is no program.
      if (typeof text !== 'string' || !(text.startsWith('#!') || SCRIPT.test(place))) continue;
      yield place;
      if (depth < DEEPEST)
        for (const named of namedIn(text, place, parentDirectory(path)))
          if (named !== path) yield* this.uploaded(named, depth + 1);
    }
  }

  private uploadsOf(block: PackerBlock): readonly Upload[] {
    const to = this.textsOf(block, 'destination')[0];
    if (to === undefined || to === '') return [];
    return [...this.textsOf(block, 'source'), ...this.textsOf(block, 'sources')].flatMap((source): readonly Upload[] =>
      /[*?$]|\{\{/.test(source) ? [] : this.startsOf(source).map(start => ({ from: joinPath(start, source), to })),
    );
  }

  /** What an attribute may be or have in a list, with the values that commands and files of variables give. */
  private textsOf(block: PackerBlock, name: string): readonly string[] {
    return this.textsIn(block.attribute(name)?.value);
  }

  private textsIn(value: Evaluated | undefined): readonly string[] {
    if (!value || value.kind === 'null') return [];
    const texts = this.tree.module.textsIn(value).flatMap(text => (OPEN.test(text) ? this.filled(text) : text));
    return [...new Set([...texts, ...this.listed(value.written.text)])].map(text =>
      text.replaceAll('\\', '/').replace(/^(?:\{\{[ \t]{0,9}(?:template_dir|pwd)[ \t]{0,9}\}\}|\$\{path\.cwd\})\//, ''),
    );
  }

  private filled(text: string): readonly string[] {
    this.sets ??= valuesGiven(this.path, this.files);
    return this.sets.flatMap(set => {
      const whole = text.replace(
        VARIABLE,
        (gap, one?: string, other?: string) =>
          set.get(one ?? other ?? '') ?? this.tree.module.variable(one ?? other ?? '')?.default?.text ?? gap,
      );
      return OPEN.test(whole) ? [] : whole;
    });
  }

  /** `fileset(path.root, "scripts/*.sh")`: the files of one directory. */
  private listed(written: string): readonly string[] {
    const found = /\bfileset\([ \t]{0,9}("[^"\n]{0,100}"|path\.\w{1,10})[ \t]{0,9},[ \t]{0,9}"([^"\n$]{1,100})"/.exec(
      written,
    );
    if (!found) return [];
    const [, from = '', pattern = ''] = found;
    const start = from.replace(/["$]|\{path\.\w{1,10}\}/g, '').replace(/^path\.\w{1,10}$/, '.');
    const directory = joinPath(joinPath(this.directory, start.replace(/^\/+/, '') || '.'), parentDirectory(pattern));
    if (/[*?]/.test(parentDirectory(pattern))) return [];
    return (this.files.list(directory) ?? [])
      .filter(name => matchesSegment(nameOf(pattern), name))
      .slice(0, MOST_UPLOADS)
      .map(name => joinPath(parentDirectory(joinPath(start.replace(/^\/+/, '') || '.', pattern)), name));
  }

  private startsOf(path: string): readonly string[] {
    if (path.startsWith('/')) return [];
    const starts = [this.directory];
    for (let above = this.directory; starts.length <= MOST_ABOVE; starts.push(above)) {
      if (above === parentDirectory(above) || above === '.') break;
      above = parentDirectory(above);
    }
    return starts;
  }

  private *place(path: string): Iterable<string> {
    if (path.length > 300 || /[*?$\n]|\{\{/.test(path) || this.tried.has(path)) return;
    this.tried.add(path);
    for (const start of this.startsOf(path)) {
      const place = joinPath(start, path);
      if (this.left-- <= 0) return;
      if (typeof this.files.read(place) !== 'string') continue;
      yield place;
      return;
    }
  }
}

/** A variable, in HCL and in JSON. */
const VARIABLE = /\$\{var\.([\w-]{1,80})\}|\{\{[ \t]{0,9}user[ \t]{1,9}[`"']([\w-]{1,80})[`"'][ \t]{0,9}\}\}/g;
const OPEN = /\$\{(?!path\.cwd\})|\{\{[ \t]{0,9}user/;

const SCRIPT = /\.(?:sh|bash|py|pl|rb|js|ps1|bat|cmd)$/i;
/** Programs and playbooks. */
const PROGRAM = /\.(?:sh|bash|py|pl|rb|js|ps1|ya?ml)$/;

/** The paths that the programs of a step and what they are given may be, from the directories that it goes to. */
function* pathsIn(step: RunStep, start: readonly string[] = ['']): Iterable<string> {
  let directories = start;
  for (const invocation of commandsOf(step)) {
    const textsOf = (word: Word): readonly string[] => wordsOf(word, invocation, step);
    directories = movedTo(invocation, directories, start, textsOf) ?? directories;
    for (const word of [invocation.programWord, ...invocation.args.slice(0, MOST_WORDS)])
      for (const text of textsOf(word)) {
        if (!isPath(text)) continue;
        if (/^[/~]/.test(text)) yield text;
        else for (const directory of directories) if (directory !== '') yield joinPath(directory, text);
      }
  }
}

/** Where a file of the machine may be in the repository. */
function placesOf(path: string, uploads: readonly Upload[]): readonly string[] {
  const found = new Set<string>();
  for (const { from, to } of uploads) {
    const directory = to.replace(/\/$/, '');
    if (path === directory) found.add(from);
    // The directory of the user is called one way or the other.
    const rest = path.startsWith(`${directory}/`)
      ? path.slice(directory.length + 1)
      : path.startsWith('~/') && /^(?:\/home\/[^/]+|\/root|~|)$/.test(directory)
        ? path.slice(2)
        : undefined;
    if (rest === undefined) continue;
    // A directory comes as a whole, or only what is in it.
    if (rest === nameOf(from) || rest.startsWith(`${nameOf(from)}/`)) found.add(joinPath(parentDirectory(from), rest));
    found.add(joinPath(from, rest));
  }
  return [...found];
}
