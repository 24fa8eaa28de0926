import type { ProblemView } from '@rollcall/server/contract';

/** An answer of the admin API that is an error (RFC 9457), or the lack of an answer. */
export class ApiProblem extends Error {
  readonly status: number;
  /** Last part of the problem's `type`, such as `already-exists`; `unreachable` when no answer came. */
  readonly kind: string;
  readonly view: ProblemView | undefined;

  constructor(status: number, kind: string, detail: string, view?: ProblemView) {
    super(detail);
    this.name = 'ApiProblem';
    this.status = status;
    this.kind = kind;
    this.view = view;
  }

  /** What is wrong with one member of the request, if anything; the member is not named again. */
  of(field: string): string | undefined {
    const { view } = this;
    const named = `${field}: `;
    if (view?.field === field) return view.detail?.startsWith(named) ? view.detail.slice(named.length) : view.detail;
    return view?.problems?.find((problem) => problem.field === field)?.message;
  }

  /** The same in other words. */
  said(say: (text: string) => string): ApiProblem {
    const { status, kind, message, view } = this;
    if (view === undefined) return this;
    const { detail, problems } = view;
    return new ApiProblem(status, kind, say(message), {
      ...view,
      ...(detail === undefined ? {} : { detail: say(detail) }),
      ...(problems === undefined ? {} : { problems: problems.map((one) => ({ ...one, message: say(one.message) })) }),
    });
  }
}

/** Any error as a problem that can be shown. */
export const asProblem = (error: unknown): ApiProblem =>
  error instanceof ApiProblem
    ? error
    : new ApiProblem(0, 'internal', error instanceof Error ? error.message : String(error));
