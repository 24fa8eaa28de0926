import type { ApiProblem } from '../../../api/problem.ts';
import type { ProvisioningForm } from './provisioning-form.ts';

/** What each part of the page Provisioning is given. */
export interface SectionProps {
  readonly form: ProvisioningForm;
  /** Of the last Save or test; undefined when there was none. */
  readonly problem: ApiProblem | undefined;
  /** Whether the person may only look. */
  readonly readOnly: boolean;
  set(changes: Partial<ProvisioningForm>): void;
}

/** What is wrong with a member of the request or with anything inside it, such as one address of a list. */
export function problemAt(problem: ApiProblem | undefined, field: string): string | undefined {
  const found = problem?.of(field);
  if (problem === undefined || found !== undefined) return found;
  const inside = problem.view?.problems?.find((one) => one.field.startsWith(`${field}.`));
  if (inside !== undefined) return inside.message;
  return problem.view?.field?.startsWith(`${field}.`) === true ? problem.message : undefined;
}

const WITH_FIELDS = /^(name$|connection\.|settings\.)/;

/** Whether all that is wrong is said at fields of the page, so that it need not be said again in the API's words. */
export const isAtFields = ({ view }: ApiProblem): boolean =>
  view?.field !== undefined &&
  WITH_FIELDS.test(view.field) &&
  (view.problems ?? []).every(({ field }) => WITH_FIELDS.test(field));
