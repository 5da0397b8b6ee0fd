/** Tells our client what holds for open documents, for its status item. */
import type { Checked } from './checked.ts';
import type { DocumentStatus } from './protocol.ts';

export class StatusReports {
  /** What was told last, by URI. */
  private readonly told = new Map<string, string>();

  constructor(private readonly tell: (status: DocumentStatus) => void) {}

  checked(uri: string, { config, leftOut }: Pick<Checked, 'config' | 'leftOut'>): void {
    const status: DocumentStatus = {
      uri,
      ...(config && { config: config.uri, presets: config.file.config.presets }),
      ...(config && config.file.problems.length > 0 && { isConfigBroken: true as const }),
      ...(leftOut && { leftOut }),
    };
    const text = JSON.stringify(status);
    if (this.told.get(uri) === text) return;
    this.told.set(uri, text);
    this.tell(status);
  }

  closed(uri: string): void {
    this.told.delete(uri);
  }
}
