import { apiQuery } from './queries.ts';

/** How this installation was started. */
export interface InstallationView {
  readonly version: string;
  readonly node: string;
  readonly publicUrl: string;
  readonly listen: string;
  readonly data: string;
  readonly mail: { readonly configured: boolean; readonly from: string | null; readonly server: string | null };
  readonly retention: {
    readonly logDays: number;
    readonly logRows: number;
    readonly logBytes: number;
    readonly logBody: number;
    readonly changeDays: number;
  };
  readonly oidc: { readonly issuer: string; readonly name: string } | null;
  readonly targets: 'any' | 'public';
}

export const installationQuery = () => apiQuery<InstallationView>(['settings']);
