import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { composeNoProxy } from '../../../src-main/install/plan/index.ts';
import { bypassToken, deadTokens } from '../../../src-main/sim/stages/proxy-decision.ts';

const clients = ['go', 'curl'] as const;

describe('NO_PROXY', () => {
  test.each<[wanted: string, value: string]>([
    ['mycluster.icp', 'mycluster.icp'],
    ['MyCluster.ICP.', 'mycluster.icp'],
    ['.svc .cluster.local', '.svc,.cluster.local'],
    // A star before a name is written as both clients take it.
    ['*.example.com', '.example.com'],
    ['192.168.20.10', '192.168.20.10'],
    ['172.30.0.0/16 2001:db8::/64', '172.30.0.0/16,2001:db8::/64'],
    // The start of an address matches nothing; the network that is meant does.
    ['172.16.', '172.16.0.0/16'],
    ['10.', '10.0.0.0/8'],
    ['10.1.2.*', '10.1.2.0/24'],
    // What another token says already is left out, in whichever order they come.
    ['192.168.20.10 192.168.20.0/24 192.168.0.0/16', '192.168.0.0/16'],
    ['example.com a.example.com .example.com', 'example.com'],
    ['a.b.svc .svc', '.svc'],
    ['a.example.com a.example.com', 'a.example.com'],
    // A name is no address, whatever it would be resolved to.
    ['10.0.0.0/8 node1.example.com', '10.0.0.0/8,node1.example.com'],
    ['example.com notexample.com', 'example.com,notexample.com'],
    ['2001:DB8::1', '2001:db8::1'],
  ])('for %s is %s, for both clients', (wanted, value) => {
    for (const client of clients) {
      expect(composeNoProxy(client, wanted.split(' '))).toMatchObject({ value, impossible: [] });
    }
  });

  test('has an ending and its own name where a client takes them for two', () => {
    const wanted = ['.example.com', 'example.com'];
    // Go: `.example.com` is what is below it; curl: it itself as well.
    expect(composeNoProxy('go', ['.example.com', 'a.example.com']).value).toBe('.example.com');
    expect(composeNoProxy('go', wanted).value).toBe('example.com');
    expect(composeNoProxy('curl', wanted).value).toBe('.example.com');
  });

  test('says what it cannot say', () => {
    const wanted = [
      '10.0.0.0/33',
      'a b',
      '*',
      'a*.example.com',
      '',
      'mycluster.icp:8500',
      'ok.example.com',
    ];
    expect(composeNoProxy('go', wanted)).toEqual({
      value: 'ok.example.com',
      tokens: [{ wanted: 'ok.example.com', token: 'ok.example.com' }],
      covered: [],
      impossible: wanted.slice(0, -1),
    });
  });

  test('makes the client go direct to all that is asked for, and has no token that does nothing', () => {
    const octet = fc.integer({ min: 0, max: 255 });
    const address = fc.tuple(octet, octet, octet, octet).map((parts) => parts.join('.'));
    const label = fc.stringMatching(/^[a-z][a-z0-9]{0,3}$/);
    const name = fc.array(label, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('.'));
    const network = fc.tuple(address, fc.integer({ min: 8, max: 32 }));
    const wanted = fc.oneof(
      address.map((text) => ({ text, hosts: [text] })),
      network.map(([text, length]) => ({ text: `${text}/${length}`, hosts: [text] })),
      name.map((text) => ({ text, hosts: [text] })),
      name.map((text) => ({ text: `.${text}`, hosts: [`x.${text}`] })),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...clients),
        fc.array(wanted, { maxLength: 8 }),
        (client, all) => {
          const { value, impossible, tokens } = composeNoProxy(
            client,
            all.map(({ text }) => text),
          );
          expect(impossible).toEqual([]);
          expect(deadTokens(client, value)).toEqual([]);
          for (const host of all.flatMap(({ hosts }) => hosts)) {
            expect(bypassToken(client, value, host, 443), `${host} by ${value}`).toBeDefined();
          }
          // Without any one of its tokens something that is asked for would go to the proxy.
          for (const { token } of tokens) {
            const rest = tokens
              .filter((other) => other.token !== token)
              .map((other) => other.token);
            const lost = all.some(
              ({ text, hosts }) =>
                text.toLowerCase() === token ||
                hosts.some((host) => bypassToken(client, rest.join(), host, 443) === undefined),
            );
            expect(lost).toBe(true);
          }
        },
      ),
    );
  });
});
