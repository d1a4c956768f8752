import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import {
  designJsonSchema,
  designJsonSchemaText,
} from '../../../src-main/interop/design-text/index.ts';
import { parseDesign } from '../../../src-main/model/validate.ts';
import { arbitraryDesign } from '../../builders/arbitrary.ts';

const resources = fileURLToPath(new URL('../../../resources/', import.meta.url));

const ajv = new Ajv2020({ strict: true, strictTypes: false, allErrors: true });
ajv.addKeyword('x-format');
const validate = ajv.compile(designJsonSchema());

/** What a JSON Schema validator has against a document: one line a fault. */
function faults(document: unknown): string[] {
  if (validate(document)) return [];
  return (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
}

const sample = (): Record<string, unknown> => ({
  hopscope: 1,
  name: 'x',
  segments: [{ id: 'lan', kind: 'lan', mtu: 1500, subnets: [{ cidr: '10.0.0.0/24' }] }],
  nodes: [
    {
      id: 'a',
      kind: 'host',
      interfaces: [{ id: 'eth0', segment: 'lan', addresses: ['10.0.0.1/24'] }],
      listeners: [{ protocol: 'tcp', port: 80 }],
    },
  ],
});

describe('the JSON Schema', () => {
  it('is in step with the validators: npm run schema writes it', () => {
    const written = readFileSync(`${resources}schema/design.schema.json`, 'utf8');
    expect(written).toBe(designJsonSchemaText());
  });

  it.each(readdirSync(`${resources}examples`).filter((name) => name.endsWith('.yaml')))(
    'accepts the sample %s',
    (name) => {
      expect(faults(parseYaml(readFileSync(`${resources}examples/${name}`, 'utf8')))).toEqual([]);
    },
  );

  it('accepts every valid design', () => {
    fc.assert(
      fc.property(arbitraryDesign, (design) => {
        expect(faults(design)).toEqual([]);
      }),
      { numRuns: 60, endOnFailure: true },
    );
  });

  // What an editor should underline. The validator refuses all of these as well.
  it.each<[string, (design: Record<string, unknown>) => void, string]>([
    ['a missing name', (design) => delete design['name'], "must have required property 'name'"],
    [
      'another version',
      (design) => (design['hopscope'] = 2),
      '/hopscope must be equal to constant',
    ],
    ['an unknown key', (design) => (design['nodez'] = []), 'must NOT have additional properties'],
    ['a list that is none', (design) => (design['sites'] = {}), '/sites must be array'],
    [
      'an unknown kind',
      (design) => (design['segments'] = [{ id: 'a', kind: 'wlan' }]),
      '/segments/0/kind must be equal to constant',
    ],
    [
      'a key of another kind',
      (design) => (design['segments'] = [{ id: 'a', kind: 'lan', vlan: 5 }]),
      '/segments/0 must NOT have additional properties',
    ],
    [
      'an id with a blank',
      (design) => (design['sites'] = [{ id: 'a b', kind: 'cloud' }]),
      '/sites/0/id must match pattern',
    ],
    [
      'a small MTU',
      (design) => (design['segments'] = [{ id: 'a', kind: 'lan', mtu: 67 }]),
      '/segments/0/mtu must be >= 68',
    ],
    [
      'a broken number',
      (design) => (design['segments'] = [{ id: 'a', kind: 'lan', mtu: 1500.5 }]),
      '/segments/0/mtu must be integer',
    ],
    [
      'a prefix without length',
      (design) =>
        (design['segments'] = [{ id: 'a', kind: 'lan', subnets: [{ cidr: '10.0.0.0' }] }]),
      '/segments/0/subnets/0/cidr must match pattern',
    ],
    [
      'a host name for an address',
      (design) => (design['nodes'] = [{ id: 'a', kind: 'router', resolvers: ['dns.example'] }]),
      '/nodes/0/resolvers/0 must match pattern',
    ],
    [
      'a port that is too high',
      (design) =>
        (design['nodes'] = [
          { id: 'a', kind: 'host', listeners: [{ protocol: 'tcp', port: 65536 }] },
        ]),
      '/nodes/0/listeners/0/port must be <= 65535',
    ],
  ])('refuses %s', (_what, spoil, fault) => {
    const document = sample();
    expect(faults(document)).toEqual([]);
    spoil(document);
    expect(faults(document).join('\n')).toContain(fault);
    expect(parseDesign(document).ok).toBe(false);
  });

  it('says what values mean and in which unit', () => {
    const schema = designJsonSchemaText();
    for (const words of [
      'Largest IP packet in bytes that a frame on this segment may hold; 1500 when absent.',
      'Bytes that the tunnel adds to the carried Ethernet frame',
      'Prefix length in bits of the block that one node is given',
      "UDP destination port of the zone's VXLAN; 4789 (RFC 7348) when absent.",
      'Where an entity is drawn, in canvas units.',
    ]) {
      expect(schema).toContain(words);
    }
  });

  it('names its parts after what they are', () => {
    const { $defs } = designJsonSchema() as { $defs: Record<string, unknown> };
    expect(Object.keys($defs)).toEqual(
      expect.arrayContaining(['node', 'segment', 'firewall-rule', 'flow']),
    );
    expect(Object.keys($defs).filter((name) => name.startsWith('__'))).toEqual([]);
  });
});
