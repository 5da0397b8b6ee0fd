import type { Plugin } from 'esbuild';

export function lazyModule(json: string, leftOut?: readonly string[]): string;
export const lazyData: Plugin;
export function dataFiles(out: string): Plugin;
