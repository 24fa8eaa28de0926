import { describe, expect, it } from 'vitest';
import { checksOf, isFault } from './connection-checks.ts';

const results = (fault: Parameters<typeof checksOf>[0], url = 'https://crm.example.org/scim') =>
  checksOf(fault, url).map(({ check, result }) => `${check} ${result}`);

describe('The checks of a connection', () => {
  it('are right before the fault, and not reached after it', () => {
    expect(results('credentials')).toEqual(['url passed', 'tls passed', 'credentials wrong', 'dialect notReached']);
    expect(results('tls')).toEqual(['url passed', 'tls wrong', 'credentials notReached', 'dialect notReached']);
    expect(results('dialect')).toEqual(['url passed', 'tls passed', 'credentials passed', 'dialect wrong']);
  });

  it('end at the address when the host is unknown, silent or forbidden', () => {
    for (const fault of ['dns', 'network', 'address'] as const) {
      expect(results(fault)).toEqual(['url wrong', 'tls notReached', 'credentials notReached', 'dialect notReached']);
    }
  });

  it('know that TLS was right when the path is wrong', () => {
    expect(results('url')).toEqual(['url wrong', 'tls passed', 'credentials notReached', 'dialect notReached']);
  });

  it('have no TLS without https', () => {
    expect(results('rights', 'http://127.0.0.1:8080/scim')).toEqual([
      'url passed',
      'credentials wrong',
      'dialect notReached',
    ]);
  });

  it('know the faults that the API names', () => {
    expect([isFault('dns'), isFault('moon'), isFault(null)]).toEqual([true, false, false]);
  });
});
