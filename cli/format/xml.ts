import { harmless } from './terminal.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** The text as the content or an attribute of XML or HTML; characters that neither may hold become `�`. */
export function escapeMarkup(text: string): string {
  return harmless(text).replace(/[&<>"'\ufffe\uffff]/g, character => ENTITIES[character] ?? '\ufffd');
}

/** `<name a="1" b="2"`, without the end of the tag. */
export function openTag(name: string, attributes: Readonly<Record<string, string | number>>): string {
  const list = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeMarkup(String(value))}"`);
  return `<${name}${list.join('')}`;
}
