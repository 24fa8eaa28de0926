import { describe, expect, it } from 'vitest';
import { createCatalogue } from '../schema/catalogue.ts';
import { withDefaults } from './with-defaults.ts';

const { resourceTypes } = createCatalogue();
const user = resourceTypes.get('User');
const group = resourceTypes.get('Group');

describe('withDefaults', () => {
  it('makes a new user active unless the client said otherwise', () => {
    expect(user && withDefaults(user, { userName: 'm' })).toEqual({ userName: 'm', active: true });
    expect(user && withDefaults(user, { userName: 'm', active: false })).toEqual({ userName: 'm', active: false });
  });

  it('adds nothing to other resources', () => {
    expect(group && withDefaults(group, { displayName: 'S' })).toEqual({ displayName: 'S' });
  });
});
