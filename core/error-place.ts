/** Most frames of a stack that are shown. */
const MOST_FRAMES = 10;

/** The kind of an error and where it happened, a line each. Its message is left out, since it may quote the document. */
export function placeOfError(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const frames = (error.stack ?? '').split('\n').filter(line => /^\s+at /.test(line));
  return [error.name, ...frames.slice(0, MOST_FRAMES)].join('\n');
}
