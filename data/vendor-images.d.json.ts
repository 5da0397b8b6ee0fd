import type { OfficialImagesData } from './official-images.json';

/** By repository in full, `registry.access.redhat.com/ubi9/ubi`; otherwise as for the official images. */
export interface KeptVendorImagesData extends OfficialImagesData {
  readonly notes: readonly string[];
}

declare const data: OfficialImagesData;
export default data;
