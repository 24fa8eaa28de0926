import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { base64url, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../id.ts';
import { type Keys, openKeys } from './keys.ts';
import { issueToken, MAX_TOKEN_LENGTH, verifyToken } from './scim-token.ts';

const DAY = 86_400_000;
const now = Date.parse('2026-03-01T08:00:00Z');
const installation = newId(now);
const serverId = newId(now);
const tokenId = newId(now);
const claims = { installation, serverId, tokenId, issued: now, expires: now + DAY };
const expected = { installation, now };

let directory: string;
let keys: Keys;
let otherKeys: Keys;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'token-'));
  keys = await openKeys(join(directory, 'keys'));
  otherKeys = await openKeys(join(directory, 'other'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const sign = (header: { alg?: string; typ?: string }, payload: Record<string, unknown>) =>
  new SignJWT(payload)
    .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: keys.signing.id, ...header })
    .sign(keys.signing.privateKey);
const seconds = (ms: number) => Math.floor(ms / 1000);
const payload = { iss: installation, aud: serverId, jti: tokenId, iat: seconds(now), exp: seconds(now + DAY) };

describe('a SCIM token', () => {
  it('is a JWT of at most 600 characters that names the installation, the identity server and itself', async () => {
    const token = await issueToken(keys, claims);
    expect(token.length).toBeLessThanOrEqual(MAX_TOKEN_LENGTH);
    expect(await verifyToken(keys, token, expected)).toEqual({ ok: true, serverId, tokenId, expires: now + DAY });
  });

  it('is valid until the second before it expires, and not at it (RFC 7519 §4.1.4)', async () => {
    const token = await issueToken(keys, claims);
    const at = (time: number) => verifyToken(keys, token, { installation, now: time });
    expect(await at(now + DAY - 1000)).toMatchObject({ ok: true });
    expect(await at(now + DAY)).toEqual({ ok: false, fault: 'expired' });
  });

  it('is valid where the clock is behind the one that issued it', async () => {
    const token = await issueToken(keys, claims);
    expect(await verifyToken(keys, token, { installation, now: now - 60_000 })).toMatchObject({ ok: true });
  });

  it('is refused when a character of it was changed', async () => {
    const token = await issueToken(keys, claims);
    const [header, body = '', signature = ''] = token.split('.');
    const flip = (text: string) => text.slice(0, 10) + (text[10] === 'A' ? 'B' : 'A') + text.slice(11);
    expect(await verifyToken(keys, [header, body, flip(signature)].join('.'), expected)).toEqual({
      ok: false,
      fault: 'wrong signature',
    });
    expect(await verifyToken(keys, [header, flip(body), signature].join('.'), expected)).toMatchObject({ ok: false });
  });

  it('is refused when another installation signed it', async () => {
    const foreign = await issueToken(otherKeys, claims);
    expect(await verifyToken(keys, foreign, expected)).toEqual({ ok: false, fault: 'wrong key' });
  });

  it('is refused without a signature, whatever its header claims (RFC 8725 §3.1)', async () => {
    const unsecured = new UnsecuredJWT(payload).encode();
    expect(await verifyToken(keys, unsecured, expected)).toEqual({ ok: false, fault: 'malformed' });
  });

  it('is refused when it was signed with the public key as an HMAC secret (RFC 8725 §2.1)', async () => {
    const secret = keys.signing.publicKey.export({ type: 'spki', format: 'der' });
    const confused = await new SignJWT(payload).setProtectedHeader({ alg: 'HS256', typ: 'at+jwt' }).sign(secret);
    expect(await verifyToken(keys, confused, expected)).toEqual({ ok: false, fault: 'malformed' });
  });

  it.each([
    ['of another type (RFC 8725 §3.11)', { typ: 'JWT' }, payload, 'wrong type'],
    ['of another issuer (RFC 8725 §3.8)', {}, { ...payload, iss: newId(now) }, 'wrong issuer'],
    ['that is a security event (RFC 8417 §4.7)', {}, { ...payload, events: {} }, 'wrong type'],
    ['without an audience', {}, { ...payload, aud: undefined }, 'malformed'],
    ['for several audiences', {}, { ...payload, aud: [serverId, newId(now)] }, 'malformed'],
    ['without an id', {}, { ...payload, jti: undefined }, 'malformed'],
    ['that never expires', {}, { ...payload, exp: undefined }, 'malformed'],
  ])('is refused when it is one %s', async (_, header, contents, fault) => {
    expect(await verifyToken(keys, await sign(header, contents), expected)).toEqual({ ok: false, fault });
  });

  it.each([
    ['no dots', 'abc'],
    ['a header that is no JSON', `${base64url.encode('{')}.e30.AA`],
    ['too long', 'a'.repeat(MAX_TOKEN_LENGTH + 1)],
    ['empty parts', '..'],
  ])('is malformed with %s', async (_, token) => {
    expect(await verifyToken(keys, token, expected)).toEqual({ ok: false, fault: 'malformed' });
  });
});
