/** What is offered for Dockerfiles beside the findings, where another extension may offer it too. */
import type { LanguageEditor } from '../core/editor.ts';
import type { EditorSettings } from './settings.ts';

/** `hasOther`: an extension for Dockerfiles is installed. It has names and symbols, and no support windows or lineage. */
export function offeredForDockerfile(
  editor: LanguageEditor,
  { dockerfile: { languageFeatures } }: EditorSettings,
  hasOther: boolean,
): LanguageEditor {
  if (languageFeatures === 'off') return {};
  if (languageFeatures === 'on' || !hasOther) return editor;
  const { definition, hover } = editor;
  return { ...(definition ? { definition } : {}), ...(hover ? { hover } : {}) };
}
