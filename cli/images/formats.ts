/** What `bakelint images` writes. Loaded with the arguments, so nothing else is here. */
export const IMAGES_FORMATS = ['text', 'json', 'markdown', 'html', 'mermaid'] as const;
export type ImagesFormat = (typeof IMAGES_FORMATS)[number];
