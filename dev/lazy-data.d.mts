import type { Plugin } from 'esbuild';

export function lazyModule(json: string): string;
export const lazyData: Plugin;
