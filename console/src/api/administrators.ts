import type { AdministratorView } from '@rollcall/server/contract';
import { apiQuery } from './queries.ts';

export const administratorsQuery = () => apiQuery<{ administrators: AdministratorView[] }>(['administrators']);
