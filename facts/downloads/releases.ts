/** Releases of programs on 2026-11-30, from https://pypi.org/project/uv/, https://www.npmjs.com/package/deno and https://www.npmjs.com/package/bun. */
export const RELEASES = { uv: '0.13.9', deno: '2.9.6', bun: '1.4.5' };
