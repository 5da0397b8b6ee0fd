/** The configuration and scripts of the build context that COPY and ADD put into the image, with what is in them. */
import type { Mention, Value, WriteFileStep } from '../../core/build.ts';
import type { LowerContext } from '../../core/language.ts';
import { joinPath, nameOf } from '../../core/path.ts';
import { Decoder, SourceText } from '../../core/text.ts';
import { holdsNoCredential, isConfigurationName } from '../../facts/configuration-names.ts';
import { type ContextFinder, contextFinder, contextsOf } from './context-files.ts';
import { type DockerIgnore, dockerIgnoreOf } from './docker-ignore.ts';
import { directoryOf } from './image-files.ts';
import type { CopyInstruction, DockerfileTree } from './tree.ts';

/** So many files of one document are read, from so many directories. */
const MOST_FILES = 40;
const MOST_DIRECTORIES = 40;
/** A directory with more files in it is not a directory of configuration. */
const MOST_NAMES = 60;
const DEEPEST = 6;
/** Longer files are not read, in UTF-16 code units. */
const LONGEST = 100_000;

/** Scripts, by their names. */
const SCRIPT = /\.(?:sh|bash|ps1)$|^(?:run|entrypoint)$/i;
/** Directories of the system, whose files are configuration and programs. Those of an application hold its sources. */
const OF_SYSTEM =
  /^\/(?:$|(?:etc|root|usr\/local\/(?:etc|bin|sbin|lib|share)|docker-entrypoint|conf|config)(?:[./-]|$))/;

export class CopiedFiles {
  /** The files that were read, and where the document first copies each. */
  readonly mentions: Mention[] = [];
  private readonly find: ContextFinder | undefined;
  private readonly ignore: DockerIgnore | undefined;
  private files = MOST_FILES;
  private directories = MOST_DIRECTORIES;

  constructor(
    private readonly tree: DockerfileTree,
    private readonly context: LowerContext,
  ) {
    const { files, path } = context;
    this.find = path === undefined ? undefined : contextFinder(tree, path, files);
    this.ignore = tree.ignore === 'unknown' ? undefined : dockerIgnoreOf(tree);
  }

  /** A step for each file that a COPY or ADD puts into the image, as if it was written there. */
  of(copy: CopyInstruction): readonly WriteFileStep[] {
    const { destination, flags, origin, sources, trigger } = copy;
    const to = destination?.literal ?? destination?.byDefault;
    if (!this.find || origin.kind !== 'context' || trigger || to === undefined) return [];
    if (flags.some(({ name }) => name === 'exclude' || name === 'parents')) return [];
    const directory = joinPath(directoryOf(copy), to);
    const steps: WriteFileStep[] = [];
    for (const source of sources) {
      const from = source.literal?.replace(/^(?:\.?\/)+/, '').replace(/(?<!\/)\/+$/, '');
      if (from === undefined || from === '' || from === '.' || /[*?[\]:]/.test(from)) continue;
      const whole = isDirectory(to) || sources.length > 1 ? joinPath(directory, nameOf(from)) : directory;
      const step = isRead(from) ? this.read(from, placeOf(whole, from), copy, source) : undefined;
      if (step) steps.push(step);
      else if (!/\.\w{1,10}$/.test(from) && OF_SYSTEM.test(directory))
        this.walk(from, directory, copy, source, 0, steps);
    }
    return steps;
  }

  private walk(
    from: string,
    to: string,
    copy: CopyInstruction,
    source: Value,
    depth: number,
    steps: WriteFileStep[],
  ): void {
    if (depth > DEEPEST || this.directories-- <= 0 || this.files <= 0) return;
    const { files, path } = this.context;
    const folders = contextsOf(this.tree, path!, files).map(one => joinPath(one, from));
    const [folder, ...others] = folders.filter(one => files.list(one));
    if (folder === undefined || others.length > 0) return;
    const names = files.list(folder) ?? [];
    if (names.length > MOST_NAMES) return;
    for (const name of names) {
      const step = isRead(name) ? this.read(joinPath(from, name), joinPath(to, name), copy, source) : undefined;
      if (step) steps.push(step);
    }
    for (const name of (files.directories?.(folder) ?? []).slice(0, MOST_DIRECTORIES))
      if (!/^(?:\.git|node_modules|vendor|tests?|src|docs?)$/.test(name))
        this.walk(joinPath(from, name), joinPath(to, name), copy, source, depth + 1, steps);
  }

  private read(from: string, to: string, copy: CopyInstruction, source: Value): WriteFileStep | undefined {
    if (this.files <= 0 || this.ignore?.ignores(from)) return undefined;
    const found = this.find!(from);
    if (!found || found.text.length > LONGEST || found.text.includes('\0')) return undefined;
    this.files--;
    if (!this.mentions.some(({ file }) => file === found.path))
      this.mentions.push({ file: found.path, reference: source.span });
    return {
      kind: 'write-file',
      path: pathValue(to, copy.destination!),
      content: SourceText.document(found.text, found.path),
      mode: undefined,
      script: undefined,
      span: copy.span,
      syntax: copy,
    };
  }
}

const isRead = (path: string): boolean =>
  isConfigurationName(path) || (SCRIPT.test(nameOf(path)) && holdsNoCredential(path));

const isDirectory = (to: string): boolean => /(?:^|\/)\.{0,2}$/.test(to);

/** Files of the system that have no extension. */
const ALONE =
  /^(?:sudoers|doas|crontab|passwd|shadow|group|sshd_config|ssh_config|environment|gitconfig|hosts|fstab|profile|motd|exports|entrypoint|run|Caddyfile)$/i;

/** A destination without an extension may be a directory that is there already: `COPY nginx.conf /etc/nginx`. */
function placeOf(to: string, from: string): string {
  const [name, last] = [nameOf(from), nameOf(to)];
  if (!name.includes('.') || last.includes('.') || ALONE.test(last)) return to;
  // Commands have no extension: `COPY entrypoint.sh /usr/local/bin/entrypoint`.
  const isCommand = /\.(?:ba)?sh$/.test(name) && name.split('.')[0] === last;
  return isCommand ? to : joinPath(to, name);
}

/** A path that stands for the destination. */
function pathValue(path: string, { source, span }: Value): Value {
  const text = new Decoder(source, 'read-only').as(path, 0, source.text.length).done();
  return { source: text, parts: [path], literal: path, byDefault: path, span };
}
