/** The scripts of the build context that RUN instructions run: they are a part of the build like the RUN itself. */
import type { Mention, RunStep } from '../../core/build.ts';
import type { LowerContext } from '../../core/language.ts';
import type { Script, ScriptSettings } from '../../core/script.ts';
import type { SourceText } from '../../core/text.ts';
import { type CalledScript, calledScripts } from '../../facts/called-scripts.ts';
import { execScript } from '../../shell/exec-form.ts';
import { contextFinder } from './context-files.ts';
import { directoryOf, ImageFiles } from './image-files.ts';
import { valuesIn } from './scope.ts';
import type { DockerfileTree, RunInstruction } from './tree.ts';

/** Scripts of one document that are followed. */
const MOST_SCRIPTS = 200;

export class ScriptsOfRuns {
  /** The files that scripts are read from, and where the document first runs each. */
  readonly mentions: Mention[] = [];
  private readonly files: ImageFiles;
  private readonly scripts = new Map<string, Script>();
  private left = MOST_SCRIPTS;

  constructor(
    tree: DockerfileTree,
    private readonly context: LowerContext,
  ) {
    const { files, path } = context;
    this.files = new ImageFiles(tree, path === undefined ? () => undefined : contextFinder(tree, path, files));
  }

  /** Steps for the scripts that a RUN runs, in the order in which they run. */
  of(step: RunStep, run: RunInstruction): readonly RunStep[] {
    const files = this.files;
    if (!files.hasAny || run.trigger || this.left <= 0) return [];
    const script = step.script ?? (step.argv && step.argv.length > 0 ? execScript(step.argv) : undefined);
    if (!script) return [];
    const called = calledScripts(script, {
      directory: directoryOf(run),
      fileAt: path => files.at(path, run),
      hasNamed: name => files.hasNamed(name),
      variable: valuesIn(run.environment),
      script: (text, settings) => this.scriptOf(text, settings),
    });
    return called.slice(0, this.left).map(one => this.stepOf(one, run));
  }

  private stepOf({ calledBy, script, within, word }: CalledScript, run: RunInstruction): RunStep {
    this.left--;
    const span = within.spanOf(word);
    const { file } = script.text.span;
    if (file !== undefined && !this.mentions.some(one => one.file === file))
      this.mentions.push({ file, reference: span });
    return {
      kind: 'run',
      phase: 'build',
      span,
      syntax: run,
      script,
      argv: undefined,
      calledBy,
      environment: valuesIn(run.environment),
    };
  }

  /** The same for the same file, so that it is parsed once. */
  private scriptOf(text: SourceText, settings: ScriptSettings): Script {
    const { file, start } = text.span;
    const key = `${file} ${start} ${settings.dialect} ${settings.errexit} ${settings.pipefail}`;
    let known = this.scripts.get(key);
    if (!known) this.scripts.set(key, (known = this.context.script(text, settings)));
    return known;
  }
}
