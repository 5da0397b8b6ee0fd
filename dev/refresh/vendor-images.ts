import type { KeptVendorImagesData } from '../../data/vendor-images.json';
import type { Keeper } from './data-file.ts';
import { tagProblems } from './official-images.ts';

/** Keeps `data/vendor-images.json`, by hand: their registries publish no list in files. */
export const VENDOR_IMAGES: Keeper<KeptVendorImagesData> = {
  file: 'data/vendor-images.json',
  input: undefined,
  levels: 3,
  problems: tagProblems,
  async refresh(data) {
    const images = Object.entries(data.images).toSorted(([a], [b]) => (a < b ? -1 : 1));
    return { data: { ...data, images: Object.fromEntries(images) }, report: [] };
  },
};
