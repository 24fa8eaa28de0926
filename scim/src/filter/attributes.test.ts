import { describe, expect, it } from 'vitest';
import { groupType, HR_SCHEMA, strict, userType } from '../../test/specimen.ts';
import { attributesOf } from './attributes.ts';
import { bindFilter } from './bind.ts';
import { parseFilter } from './parse.ts';

const attributes = (text: string, type = userType) =>
  attributesOf(bindFilter(parseFilter(text), type, strict(), 'absent'));

describe('attributesOf', () => {
  it('names attributes in canonical spelling, wherever they stand in the filter', () => {
    expect(attributes('USERNAME pr and not (title eq "x" or active eq true)')).toEqual(
      new Set(['userName', 'title', 'active']),
    );
  });

  it('names the attribute of a sub-attribute too', () => {
    expect(attributes('members.value eq "u1"', groupType)).toEqual(new Set(['members.value', 'members']));
    expect(attributes(`${HR_SCHEMA}:contract.start pr`)).toEqual(
      new Set([`${HR_SCHEMA}:contract.start`, `${HR_SCHEMA}:contract`]),
    );
  });

  it('names what brackets ask about', () => {
    expect(attributes('groups[value eq "g1" and type pr]')).toEqual(new Set(['groups', 'groups.value', 'groups.type']));
    expect(attributes(`${HR_SCHEMA}:tags[value pr]`)).toEqual(
      new Set([`${HR_SCHEMA}:tags`, `${HR_SCHEMA}:tags.value`]),
    );
  });

  it('names nothing of what is decided without a resource', () => {
    expect(attributes('members pr or meta.resourceType eq "Group"')).toEqual(new Set());
  });
});
