import type { Language } from '../core/language.ts';
import { cloudInit } from './cloud-init/language.ts';
import { dockerfile } from './dockerfile/language.ts';
import { packer } from './packer/language.ts';

/** Every language, in the order in which they are asked whether a file is theirs. */
export const languages: readonly Language[] = [dockerfile, packer, cloudInit] as readonly Language[];
