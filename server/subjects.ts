/** Documents that a language offers editors something for. */
import type { Location, Position } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { ImageBuild } from '../core/build.ts';
import type { LanguageEditor } from '../core/editor.ts';
import type { Span } from '../core/text.ts';
import type { Masks } from '../facts/secrets/masking/masks.ts';
import { editors } from '../languages/editors.ts';
import type { Checked } from './checked.ts';
import { rangeOf } from './convert.ts';
import { comparable, uriAt } from './files.ts';

export interface FeatureParts {
  /** The document as it is now, once it is read; `undefined` for one that is not open. */
  current(uri: string): Promise<{ readonly document: TextDocument; readonly checked: Checked } | undefined>;
  readonly models: Models;
  /** What is offered for a document of a language. */
  offered(uri: string, build: ImageBuild, editor: LanguageEditor): Promise<LanguageEditor>;
  /** The URIs of the open documents. */
  open(): readonly string[];
  /** The text of a file of the workspace that was read for a document. */
  known(uri: string): string | undefined;
}

/** A document that a language offers something for. */
export interface Subject {
  readonly document: TextDocument;
  readonly build: ImageBuild;
  readonly editor: LanguageEditor;
  readonly masks: Masks;
}

/** Asks what languages know of documents. Answers `null`, as the protocol wants it, where there is nothing to say. */
export class Subjects {
  constructor(private readonly parts: FeatureParts) {}

  /** An answer about a place in a document. */
  async at<T>(
    { textDocument, position }: { readonly textDocument: { readonly uri: string }; readonly position: Position },
    answer: (subject: Subject, offset: number) => T | undefined,
  ): Promise<T | null> {
    return this.whole(textDocument.uri, subject => answer(subject, subject.document.offsetAt(position)));
  }

  /** An answer about a document. */
  async whole<T>(uri: string, answer: (subject: Subject) => T | undefined): Promise<T | null> {
    const now = await this.parts.current(uri);
    const model = now && this.parts.models.of(now.checked);
    if (!model) return null;
    const editor = await this.parts.offered(uri, model.build, model.editor);
    return answer({ document: now.document, ...model, editor }) ?? null;
  }

  /** Asks about every open document, one after the other, unless it is known what is answered for it as it is now. */
  async each<T>(known: WeakMap<Checked, T>, ask: (subject: Subject) => T): Promise<readonly T[]> {
    const answers: T[] = [];
    for (const uri of this.parts.open()) {
      const checked = (await this.parts.current(uri))?.checked;
      if (!checked) continue;
      const answer = known.get(checked) ?? (await this.whole(uri, ask));
      if (answer === null) continue;
      known.set(checked, answer);
      answers.push(answer);
    }
    return answers;
  }

  /** Where a span of a document or of a file that it names is. */
  located(document: TextDocument, span: Span): Location | undefined {
    const home = this.fileOf(document, span);
    return home && { uri: home.uri, range: rangeOf(home, span) };
  }

  /** The document of a span: this one, or another file of the workspace. */
  fileOf(document: TextDocument, { file }: Span): TextDocument | undefined {
    if (file === undefined) return document;
    const home = comparable(document.uri);
    const uri = home && uriAt(home, file);
    const text = uri === undefined ? undefined : this.parts.known(uri);
    return text === undefined ? undefined : TextDocument.create(uri!, '', 0, text);
  }
}

export type Model = Pick<Subject, 'build' | 'editor' | 'masks'>;

/**
 * The models of documents that a language offers something for. Those of all open documents would take many times the
 * room of their texts, so the last one that was asked for is kept, and another one is read again.
 */
export class Models {
  private last: { readonly checked: Checked; readonly model: Model | undefined } | undefined;

  of(checked: Checked): Model | undefined {
    if (this.last?.checked !== checked) this.last = { checked, model: modelOf(checked) };
    return this.last.model;
  }
}

function modelOf({ again, language, text }: Checked): Model | undefined {
  const editor = language && editors[language];
  const linted = editor && again(text);
  return linted?.build && { build: linted.build, editor: editor!, masks: linted.masks };
}
