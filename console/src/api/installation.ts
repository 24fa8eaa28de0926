import type { InstallationSettingsView } from '@rollcall/server/contract';
import { apiQuery } from './queries.ts';

/** How this installation was started. */
export const installationQuery = () => apiQuery<InstallationSettingsView>(['settings']);
