import { describe, expect, test } from 'vitest';
import {
  bypassToken,
  deadTokens,
  type ProxyClient,
} from '../../src-main/sim/stages/proxy-decision.ts';
import { tokenRows } from './no-proxy-rows.ts';

const goesDirect = (client: ProxyClient, noProxy: string, host: string, port = 443) =>
  bypassToken(client, noProxy, host, port) !== undefined;

describe('which hosts a token of NO_PROXY is for', () => {
  test.each(tokenRows)('%j: %s: Go %s, curl %s', (token, host, go, curl) => {
    expect(goesDirect('go', token, host)).toBe(go);
    expect(goesDirect('curl', token, host)).toBe(curl);
  });

  // token with a port: Go compares it, curl finds no such host
  test.each([
    ['foo.com:443', 'foo.com', 443, true],
    ['foo.com:443', 'foo.com', 8443, false],
    ['.foo.com:443', 'a.foo.com', 443, true],
    ['10.1.2.3:443', '10.1.2.3', 443, true],
    ['10.1.2.3:80', '10.1.2.3', 443, false],
    ['[2001:db8::1]:443', '2001:db8::1', 443, true],
    ['[2001:db8::1]:80', '2001:db8::1', 443, false],
  ])('%s: %s port %d: Go %s', (token, host, port, go) => {
    expect(goesDirect('go', token, host, port)).toBe(go);
    expect(goesDirect('curl', token, host, port)).toBe(false);
  });

  test.each<[string, ProxyClient, string, string | undefined]>([
    ['a.com,foo.com', 'go', 'foo.com', 'foo.com'],
    ['a.com , foo.com', 'go', 'foo.com', 'foo.com'],
    ['a.com, foo.com ,b.com', 'curl', 'x.foo.com', 'foo.com'],
    ['a.com,,foo.com', 'curl', 'foo.com', 'foo.com'],
    // a star among others is everything to Go, a host named "*" to curl
    ['a.com,*', 'go', 'foo.com', '*'],
    ['a.com,*', 'curl', 'foo.com', undefined],
  ])('in the list %j for %s: %s by %j', (list, client, host, token) => {
    expect(bypassToken(client, list, host, 443)).toBe(token);
  });
});

describe('tokens that match nothing', () => {
  // token; whether Go programs and curl can do anything with it
  test.each([
    ['172.16.', false, false],
    ['172.16', false, false],
    ['172.16.*', false, false],
    ['10.0.0.0/33', false, false],
    ['https://foo.com/', false, false],
    ['foo.*', false, false],
    ['*.foo.com', true, false],
    ['foo.com:443', true, false],
    ['*', true, true],
    ['foo.com', true, true],
    ['.foo.com', true, true],
    ['10.0.0.0/8', true, true],
    ['10.1.2.3', true, true],
    ['2001:db8::1', true, true],
    ['2001:db8::/32', true, true],
  ])('%s: of use to Go %s, to curl %s', (token, go, curl) => {
    expect(deadTokens('go', token).length === 0).toBe(go);
    expect(deadTokens('curl', token).length === 0).toBe(curl);
  });
});
