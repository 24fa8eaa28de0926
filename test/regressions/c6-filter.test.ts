import { describe, expect, it } from 'vitest';
import { expectScimError } from '../harness/expect-scim-error.ts';
import type { TestIdentityServer } from '../harness/identity-server.ts';
import { oneServer } from '../harness/one-server.ts';
import { objectsAt } from '../harness/value-at.ts';
import { ACME, acmeExtension } from './acme-extension.ts';

const { tolerant, strict } = oneServer();

/** Names of the resources that a filter finds, sorted. */
async function names(scim: TestIdentityServer, filter: string, endpoint = '/Users'): Promise<unknown[]> {
  const { body } = await scim.find(endpoint, filter);
  return objectsAt(body, '$.Resources')
    .map((resource) => resource.userName ?? resource.displayName)
    .toSorted();
}

describe('filters in the field', () => {
  // open-webui/open-webui#18039, simpleidserver/SimpleIdServer#489
  it('C-28 compares by the case rule of the attribute (RFC 7643 §2.2)', async () => {
    const scim = await strict();
    const id = await scim.user({ userName: 'Ann@A.example', externalId: 'Ext-1', displayName: 'Ann' });
    expect(await names(scim, 'USERNAME EQ "ann@a.EXAMPLE"')).toEqual(['Ann@A.example']);
    expect(await names(scim, 'displayName eq "ANN"')).toEqual(['Ann@A.example']);
    expect(await names(scim, 'externalId eq "Ext-1"')).toEqual(['Ann@A.example']);
    expect(await names(scim, 'externalId eq "ext-1"')).toEqual([]);
    expect(await names(scim, `id eq "${id.toUpperCase()}"`)).toEqual([]);
  });

  // tmilos/scim-filter-parser#10, FusionAuth/fusionauth-issues#2456
  it('C-29 understands a value path with a sub-attribute behind it', async () => {
    const scim = await strict();
    await scim.user({ userName: 'w', emails: [{ type: 'work', value: 'x@a.example' }] });
    await scim.user({ userName: 'h', emails: [{ type: 'home', value: 'x@a.example' }] });
    expect(await names(scim, 'emails[type eq "work"].value eq "X@a.example"')).toEqual(['w']);
    expect(await names(scim, 'emails[type eq "home" and value sw "x"]')).toEqual(['h']);
    expect(await names(scim, 'emails[type eq "other"].value pr')).toEqual([]);
  });

  // apache/directory-scimple#564 and #981
  it('C-30 takes any Unicode in values, composed and decomposed alike', async () => {
    const scim = await strict();
    for (const userName of ['José', 'Zoë Łukasz', '山田太郎', 'Ωmega', '😀 smile']) {
      await scim.user({ userName });
      expect(await names(scim, `userName eq "${userName}"`)).toEqual([userName]);
    }
    expect(await names(scim, 'userName eq "jose\u0301"')).toEqual(['José']);
    expect(await names(scim, 'userName sw "zoë ł"')).toEqual(['Zoë Łukasz']);
    expect(await names(scim, 'userName eq "\\u5c71\\u7530\\u592a\\u90ce"')).toEqual(['山田太郎']);
  });

  // Captain-P-Goldfish/SCIM-SDK#913 and #309, kanidm/kanidm#3673
  it('C-31 reads values by the rules of JSON strings', async () => {
    const scim = await strict();
    for (const displayName of ['say "hi"', 'C:\\temp', 'a) or (b', 'x] eq [y', "O'Brien", 'tab\there', 'a\nb']) {
      const userName = `u-${encodeURIComponent(displayName)}`;
      await scim.user({ userName, displayName });
      expect(await names(scim, `displayName eq ${JSON.stringify(displayName)}`)).toEqual([userName]);
    }
    expect(await names(scim, 'displayName co "\\/"')).toEqual([]);
    for (const filter of ['displayName eq "open', 'displayName eq "bad \\x"', 'displayName eq "a" "b"']) {
      expectScimError(await scim.find('/Users', filter), 400, 'invalidFilter');
    }
  });

  // audriga/scim-server-php#1
  it('C-32 does not split values at spaces', async () => {
    const scim = await strict();
    await scim.group('EDU All personal');
    expect(await names(scim, 'displayName eq "EDU All personal"', '/Groups')).toEqual(['EDU All personal']);
    expect(await names(scim, '  displayName   eq   "EDU All personal"  ', '/Groups')).toEqual(['EDU All personal']);
  });

  // wso2/charon#168
  it('C-33 wants double quotes; a bare word passes where deviations are straightened', async () => {
    const scim = await tolerant();
    await scim.user({ userName: 'j2gg0s' });
    expect(await names(scim, 'userName eq j2gg0s')).toEqual(['j2gg0s']);
    expectScimError(await scim.find('/Users', "userName eq 'j2gg0s'"), 400, 'invalidFilter');
    const exact = await strict();
    expect(expectScimError(await exact.find('/Users', 'userName eq j2gg0s'), 400, 'invalidFilter')).toMatch(/13/);
  });

  // pond/scimitar#114
  it('C-34 lets attribute names begin with operators and keywords', async () => {
    const scim = await strict({}, acmeExtension);
    const attributes = ['primaryEmail', 'nextStep', 'equipment', 'orderNumber', 'android', 'pr', 'eqFactor', 'costar'];
    const values = Object.fromEntries(attributes.map((name) => [name, 'v']));
    await scim.user({ userName: 'all', preferredLanguage: 'en', [ACME]: values });
    for (const name of attributes) {
      expect(await names(scim, `${ACME}:${name} pr and ${ACME}:${name} eq "v"`)).toEqual(['all']);
    }
    expect(await names(scim, 'preferredLanguage pr and not (entitlements pr)')).toEqual(['all']);
  });

  // NorthlandPositronics/Cogtrix#124
  it('C-35 evaluates a compound filter whole or refuses it, and never answers with everything', async () => {
    const scim = await strict();
    await scim.user({ userName: 'a', title: 'T', active: true });
    await scim.user({ userName: 'b', title: 'T', active: false });
    await scim.user({ userName: 'c', title: 'U', active: true });
    expect(await names(scim, 'title eq "T" and active eq true')).toEqual(['a']);
    expect(await names(scim, 'title eq "U" or title eq "T" and active eq false')).toEqual(['b', 'c']);
    expect(await names(scim, '(title eq "U" or title eq "T") and not (active eq false)')).toEqual(['a', 'c']);
    for (const filter of [
      'title eq "T" and',
      'title eq "T" xor active eq true',
      '(title pr',
      'title',
      'title eq',
      '',
    ]) {
      expectScimError(await scim.find('/Users', filter), 400, 'invalidFilter');
    }
  });

  // goauthentik/authentik#25987
  it('C-36 filters by externalId', async () => {
    const scim = await tolerant();
    await scim.user({ userName: 'e', externalId: 'abc-1' });
    expect(await names(scim, 'externalId eq "abc-1"')).toEqual(['e']);
    expect(await names(scim, 'externalId eq "abc-2"')).toEqual([]);
  });

  // open-webui/open-webui#21543, Budibase/budibase#10310
  it('C-37 filters groups by displayName', async () => {
    const scim = await tolerant();
    await scim.group('Finance');
    await scim.group('Legal');
    expect(await names(scim, 'displayName eq "finance"', '/Groups')).toEqual(['Finance']);
    expect(await names(scim, 'displayName eq "Nobody"', '/Groups')).toEqual([]);
  });

  // AzureAD/SCIMReferenceCode#44
  it('C-38 tolerates a slash before the query and names an attribute that it does not know', async () => {
    const scim = await tolerant();
    await scim.user({ userName: 'slash' });
    const found = await scim.get('/Users/?filter=userName%20eq%20%22slash%22');
    expect(found).toMatchObject({ status: 200, body: { totalResults: 1 } });
    const unknown = await scim.find('/Users', 'shoeSize eq "44"');
    expect(expectScimError(unknown, 400, 'invalidFilter')).toContain('shoeSize');
  });

  // imulab/go-scim#12
  it('C-39 lists without a filter', async () => {
    const scim = await tolerant();
    await scim.user();
    expect(await scim.get('/Users?startIndex=1&count=2')).toMatchObject({ status: 200, body: { totalResults: 1 } });
  });

  // supabase/auth#2664
  it('C-40 refuses to filter discovery and ignores its other parameters (RFC 7644 §4)', async () => {
    const scim = await tolerant();
    for (const path of ['/Schemas', '/ResourceTypes']) {
      expectScimError(await scim.find(path, 'name eq "User"'), 403);
      const plain = await scim.get(path);
      const decorated = await scim.get(`${path}?count=1&startIndex=2&sortBy=name&attributes=id`);
      expect([decorated.status, decorated.body]).toEqual([200, plain.body]);
    }
    expectScimError(await scim.find('/ServiceProviderConfig', 'patch.supported eq true'), 403);
  });
});
