/** When documents are linted and published: debounced, one document at a time, never for a version that is gone. */
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Checked } from './checked.ts';

/**
 * How long the typing must pause before a document is linted, in milliseconds: a few times as long as linting it took the
 * last time, so that short documents answer at once and long ones do not take the processor from those who type.
 */
const SHORTEST_PAUSE = 10;
const LONGEST_PAUSE = 150;
const PAUSE_PER_COST = 3;

interface Open {
  readonly document: TextDocument;
  /** Its version when it was opened. */
  readonly openedAt: number;
  /** Counts what changed besides the text: settings, configuration, other files. */
  revision: number;
  checked: { readonly revision: number; readonly result: Checked; readonly id: string } | undefined;
  running: Promise<void> | undefined;
  /** The id of the result that was published last. */
  published: string | undefined;
  timer: ReturnType<typeof setTimeout> | undefined;
  /** See {@link SHORTEST_PAUSE}. */
  pause: number;
}

/** A result for the version that a document has now. */
export interface Current {
  readonly document: TextDocument;
  readonly checked: Checked;
  /** The same as long as the result is. */
  readonly resultId: string;
}

export interface DiagnosticsParts {
  /** Never rejects. */
  check(document: TextDocument): Promise<Checked>;
  /** Called with a result for the version that is current at this moment. */
  publish(document: TextDocument, checked: Checked): void;
  /** Called with unexpected errors. */
  failed(error: unknown): void;
  /** Called when a document is gone, with the URIs of those that are left. */
  closed(document: TextDocument): void;
}

export class Diagnostics {
  private readonly open = new Map<string, Open>();
  /** Documents whose pause is over, in the order in which they are linted. */
  private readonly queue = new Set<string>();
  private pumping = false;
  private checks = 0;

  constructor(private readonly parts: DiagnosticsParts) {}

  opened(document: TextDocument): void {
    this.stop(document.uri);
    this.open.set(document.uri, {
      document,
      openedAt: document.version,
      revision: 0,
      checked: undefined,
      running: undefined,
      published: undefined,
      timer: undefined,
      pause: LONGEST_PAUSE,
    });
    this.schedule(document.uri, 0);
  }

  /** The text changed. With `run: onSave` the next save lints it. */
  edited(uri: string): void {
    const state = this.open.get(uri);
    if (state && state.checked?.result.run !== 'onSave') this.schedule(uri, state.pause);
  }

  saved(uri: string): void {
    const state = this.open.get(uri);
    if (state?.checked?.result.run === 'onSave') this.schedule(uri, 0);
  }

  /** Something else than their text changed that matters to these documents; all of them when none are named. */
  invalidate(uris: Iterable<string> = [...this.open.keys()]): void {
    for (const uri of uris) {
      const state = this.open.get(uri);
      if (!state) continue;
      state.revision++;
      // What is known for a document being linted for the first time arrives while it waits: no need to hurry.
      this.schedule(uri, state.checked ? LONGEST_PAUSE / 3 : 0);
    }
  }

  closed(uri: string): void {
    const state = this.open.get(uri);
    if (!state) return;
    this.stop(uri);
    this.open.delete(uri);
    this.parts.closed(state.document);
  }

  /** Forgets every document without a word: the editor is going away. */
  stopAll(): void {
    for (const uri of this.open.keys()) this.stop(uri);
    this.open.clear();
  }

  /** What is known of the open documents, without linting any. */
  get known(): readonly Checked[] {
    return [...this.open.values()].flatMap(({ checked }) => checked?.result ?? []);
  }

  /** What is known of an open document, without linting it. */
  at(uri: string): Checked | undefined {
    return this.open.get(uri)?.checked?.result;
  }

  /** Whether a document has just been opened: the editor then reports a change that is none. */
  isFresh(document: TextDocument): boolean {
    const state = this.open.get(document.uri);
    return state?.document === document && state.checked === undefined && document.version === state.openedAt;
  }

  /** What there is to say about the text as it is now, linting it if need be; `undefined` when it is not open. */
  async current(uri: string): Promise<Current | undefined> {
    for (;;) {
      const state = this.open.get(uri);
      if (!state) return undefined;
      const { document, checked, revision } = state;
      if (checked && checked.revision === revision && checked.result.version === document.version)
        return { document, checked: checked.result, resultId: checked.id };
      await (state.running ??= this.run(state));
    }
  }

  private publish({ document, checked, resultId }: Current): void {
    const state = this.open.get(document.uri);
    if (!state || state.published === resultId) return;
    state.published = resultId;
    this.parts.publish(document, checked);
  }

  private async run(state: Open): Promise<void> {
    const { revision } = state;
    const start = performance.now();
    const result = await this.parts.check(state.document);
    const pause = PAUSE_PER_COST * (performance.now() - start);
    state.pause = Math.min(Math.max(pause, SHORTEST_PAUSE), LONGEST_PAUSE);
    state.checked = { revision, result, id: String(++this.checks) };
    state.running = undefined;
  }

  private schedule(uri: string, pause: number): void {
    const state = this.open.get(uri);
    if (!state) return;
    this.stop(uri);
    state.timer = setTimeout(() => {
      state.timer = undefined;
      this.queue.add(uri);
      void this.pump();
    }, pause);
  }

  private stop(uri: string): void {
    const state = this.open.get(uri);
    if (state?.timer !== undefined) clearTimeout(state.timer);
    if (state) state.timer = undefined;
    this.queue.delete(uri);
  }

  /** Starts one document per turn of the event loop, so that edits and requests that arrive meanwhile are seen first. */
  private async pump(): Promise<void> {
    if (this.pumping) return;
    this.pumping = true;
    for (const uri of this.queue) {
      this.queue.delete(uri);
      // Not awaited: a document that waits for a slow file system must not hold up the others.
      this.current(uri)
        .then(now => now && this.publish(now))
        .catch(this.parts.failed);
      await new Promise(resolve => setTimeout(resolve, 0));
    }
    this.pumping = false;
  }
}
