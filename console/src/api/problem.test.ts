import { describe, expect, it } from 'vitest';
import { ApiProblem } from './problem.ts';

const problem = (view: Pick<NonNullable<ApiProblem['view']>, 'detail' | 'field' | 'problems'>): ApiProblem => {
  const whole = { type: '/problems/invalid-request', title: 'The request is not valid', status: 400, ...view };
  return new ApiProblem(400, 'invalid-request', view.detail, whole);
};

describe('a problem with a member of a request', () => {
  it('is said at its field without the name of the field', () => {
    const short = problem({ field: 'password', detail: 'password: must have at least 12 characters.' });
    expect(short.of('password')).toBe('must have at least 12 characters.');
    expect(short.message).toBe('password: must have at least 12 characters.');
    expect(short.of('userName')).toBeUndefined();
  });

  it('is said whole where it begins with something else', () => {
    const taken = problem({ field: 'name', detail: 'There is an application named "CRM: test" already.' });
    expect(taken.of('name')).toBe('There is an application named "CRM: test" already.');
    const inside = problem({ field: 'connection', detail: 'connection.secret: must be one line.' });
    expect(inside.of('connection')).toBe('connection.secret: must be one line.');
  });

  it('is said in another language with all its parts, and stays the same problem', () => {
    const problems = [{ field: 'name', message: 'must not be empty' }];
    const said = problem({ field: 'name', detail: 'name: must not be empty.', problems }).said((text) => `« ${text} »`);
    expect([said.kind, said.status, said.message]).toEqual(['invalid-request', 400, '« name: must not be empty. »']);
    expect(said.view?.problems).toEqual([{ field: 'name', message: '« must not be empty »' }]);
  });

  it('is found among several', () => {
    const problems = [
      { field: 'userName', message: 'must not be empty' },
      { field: 'password', message: 'must have at least 12 characters' },
    ];
    const several = problem({ field: 'userName', detail: 'userName: must not be empty.', problems });
    expect([several.of('userName'), several.of('password')]).toEqual([
      'must not be empty.',
      'must have at least 12 characters',
    ]);
  });
});
