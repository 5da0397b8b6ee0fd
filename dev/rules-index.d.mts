export function ruleIds(wanted?: readonly string[]): string[];
export function rulesIndex(ids: readonly string[]): string;
