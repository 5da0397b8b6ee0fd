/** The settings of documents and workspace folders, asked for once. */
import { type EditorSettings, readSettings } from './settings.ts';

export interface SettingsParts {
  /** Asks the editor; `undefined` where it cannot be asked. May reject. */
  ask(uri: string): Promise<unknown> | undefined;
  /** The URI whose settings hold for another one: thousands of closed files have those of their workspace folder. */
  scopeOf(uri: string): string;
}

export class SettingsOf {
  /** What the editor last pushed, where it cannot be asked. */
  pushed: unknown;
  private readonly known = new Map<string, Promise<EditorSettings>>();

  constructor(private readonly parts: SettingsParts) {}

  of(uri: string): Promise<EditorSettings> {
    const scope = this.parts.scopeOf(uri);
    let known = this.known.get(scope);
    if (!known) this.known.set(scope, (known = this.read(scope)));
    return known;
  }

  forget(uri: string): void {
    this.known.delete(uri);
  }

  forgetAll(): void {
    this.known.clear();
  }

  private async read(uri: string): Promise<EditorSettings> {
    try {
      const asked = this.parts.ask(uri);
      return readSettings(asked ? await asked : this.pushed);
    } catch {
      return readSettings(this.pushed);
    }
  }
}
