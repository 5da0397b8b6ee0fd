import { parse } from '@cdktf/hcl2json';

/** What the Go parser says: its values, or why it rejects the text. */
export type Verdict =
  | { readonly accepted: true; readonly json: unknown }
  | { readonly accepted: false; readonly why: string };

/** Asks the Go parser (compiled to wasm). A document that parses but cannot be shown as JSON is accepted without values. */
export async function askGo(text: string): Promise<Verdict> {
  try {
    return { accepted: true, json: await parse('test.hcl', text) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return why.startsWith('parse config') ? { accepted: false, why } : { accepted: true, json: undefined };
  }
}
