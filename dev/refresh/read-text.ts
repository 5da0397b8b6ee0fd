import { readFileSync } from 'node:fs';

export const isUrl = (place: string) => /^https?:\/\//.test(place);

/** The text of a file, or of a URL where one is named: nothing else in this project reaches for the network. */
export async function readText(place: string): Promise<string> {
  if (!isUrl(place)) return readFileSync(place, 'utf8');
  const response = await fetch(place);
  if (!response.ok) throw new Error(`${place}: HTTP status ${response.status}`);
  return response.text();
}
