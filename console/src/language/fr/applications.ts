import { applications as en } from '../en/applications.ts';
import type { Catalogue } from '../en/index.ts';
export const applications: Catalogue['applications'] = en;
