import type { OfficialImagesData } from './official-images.json';

/** By repository in full, `mcr.microsoft.com/dotnet/sdk`; otherwise as for the official images. */
declare const data: OfficialImagesData;
export default data;
