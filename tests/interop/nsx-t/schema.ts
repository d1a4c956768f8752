/**
 * The types of NSX-T's policy API that an export has: the properties that a client may write, which of them are required,
 * their words and limits, as the NSX-T Data Center REST API reference 3.2 tells them (types_Infra, types_ChildRule,
 * types_Rule, types_GatewayPolicy, types_PolicyNatRule, types_L4PortSetServiceEntry …). Nothing else may stand there.
 */
import { Ajv, type ValidateFunction } from 'ajv';

type Schema = Readonly<Record<string, unknown>>;

const text = { type: 'string', minLength: 1 };
const flag = { type: 'boolean' };
const whole = { type: 'integer', minimum: 0, maximum: 2147483647 };
const some = (items: Schema, maxItems?: number): Schema => ({
  type: 'array',
  items,
  minItems: 1,
  ...(maxItems === undefined ? {} : { maxItems }),
});
const word = (...words: string[]): Schema => ({ enum: words });

/** ManagedResource: what every object has. */
const managed = {
  id: { type: 'string', pattern: '^[^/]{1,255}$' },
  display_name: { type: 'string', minLength: 1, maxLength: 255 },
  description: { type: 'string', maxLength: 1024 },
};

function object(type: string, required: readonly string[], properties: Schema): Schema {
  return {
    type: 'object',
    additionalProperties: false,
    required: ['resource_type', ...required],
    properties: { ...managed, resource_type: { const: type }, ...properties },
  };
}

const ref = (name: string): Schema => ({ $ref: `#/definitions/${name}` });
const oneOf = (...names: string[]): Schema => ({ anyOf: names.map(ref) });
const childOf = (name: string): Schema => object(`Child${name}`, [name], { [name]: ref(name) });
const referenceTo = (type: string, ...children: string[]): Schema =>
  object('ChildResourceReference', ['id', 'target_type'], {
    target_type: { const: type },
    children: { type: 'array', items: oneOf(...children) },
  });

/** PortElement: a port, or a range. */
const port = { type: 'string', pattern: String.raw`^\d{1,5}(-\d{1,5})?$` };
/** IPElementList: addresses and prefixes with commas between; no ranges. */
const networks = {
  type: 'string',
  pattern: String.raw`^[0-9a-f.:]+(/\d+)?(,[0-9a-f.:]+(/\d+)?)*$`,
};
/** A path, ANY, or an address, prefix or range. */
const member = {
  type: 'string',
  pattern: String.raw`^(ANY|/infra/[^ ]+|[0-9A-Fa-f.:]+(/\d+|-[0-9A-Fa-f.:]+)?)$`,
};
const path = { type: 'string', pattern: '^(ANY|/infra/[^ ]+)$' };

const definitions = {
  Infra: object('Infra', [], {
    children: { type: 'array', items: oneOf('ChildService', 'Domain', 'Tier1') },
  }),
  Domain: referenceTo('Domain', 'ChildGroup', 'ChildGatewayPolicy'),
  Tier1: referenceTo('Tier1', 'ChildPolicyNat'),
  ChildService: childOf('Service'),
  ChildGroup: childOf('Group'),
  ChildGatewayPolicy: childOf('GatewayPolicy'),
  ChildRule: childOf('Rule'),
  ChildPolicyNat: childOf('PolicyNat'),
  ChildPolicyNatRule: childOf('PolicyNatRule'),
  Service: object('Service', ['id'], {
    service_entries: some(
      oneOf('L4PortSetServiceEntry', 'ICMPTypeServiceEntry', 'IPProtocolServiceEntry'),
    ),
  }),
  L4PortSetServiceEntry: object('L4PortSetServiceEntry', ['l4_protocol'], {
    l4_protocol: word('TCP', 'UDP'),
    destination_ports: some(port, 15),
    source_ports: some(port, 15),
  }),
  ICMPTypeServiceEntry: object('ICMPTypeServiceEntry', ['protocol'], {
    protocol: word('ICMPv4', 'ICMPv6'),
    icmp_type: { type: 'integer', minimum: 0, maximum: 255 },
    icmp_code: { type: 'integer', minimum: 0, maximum: 255 },
  }),
  IPProtocolServiceEntry: object('IPProtocolServiceEntry', ['protocol_number'], {
    protocol_number: { type: 'integer', minimum: 0, maximum: 255 },
  }),
  Group: object('Group', ['id'], { expression: some(ref('IPAddressExpression')) }),
  IPAddressExpression: object('IPAddressExpression', ['ip_addresses'], {
    ip_addresses: some(member, 4000),
  }),
  GatewayPolicy: object('GatewayPolicy', ['id'], {
    // Those that may be written: vmware/terraform-provider-nsxt, nsxt/policy_common.go, gatewayPolicyCategoryWritableValues.
    category: word('Emergency', 'SharedPreRules', 'LocalGatewayRules', 'Default'),
    sequence_number: whole,
    stateful: flag,
    tcp_strict: flag,
    locked: flag,
    comments: text,
    // At most so many, and of a gateway each with a scope: the same file, getSecurityPolicyAndGatewayRulesSchema.
    children: { type: 'array', items: ref('ChildRule'), maxItems: 1000 },
  }),
  Rule: object('Rule', ['id', 'action', 'scope'], {
    action: word('ALLOW', 'DROP', 'REJECT', 'JUMP_TO_APPLICATION'),
    source_groups: some(member, 128),
    destination_groups: some(member, 128),
    sources_excluded: flag,
    destinations_excluded: flag,
    services: some(path, 128),
    service_entries: some(
      oneOf('L4PortSetServiceEntry', 'ICMPTypeServiceEntry', 'IPProtocolServiceEntry'),
      128,
    ),
    scope: some(path, 128),
    direction: word('IN', 'OUT', 'IN_OUT'),
    ip_protocol: word('IPV4', 'IPV6', 'IPV4_IPV6'),
    sequence_number: whole,
    disabled: flag,
    logged: flag,
    notes: { type: 'string', maxLength: 2048 },
    tag: { type: 'string', maxLength: 32 },
  }),
  PolicyNat: object('PolicyNat', ['id'], {
    nat_type: word('INTERNAL', 'USER', 'DEFAULT', 'NAT64'),
    children: { type: 'array', items: ref('ChildPolicyNatRule') },
  }),
  PolicyNatRule: {
    ...object('PolicyNatRule', ['id', 'action'], {
      action: word('SNAT', 'DNAT', 'REFLEXIVE', 'NO_SNAT', 'NO_DNAT', 'NAT64'),
      source_network: networks,
      destination_network: networks,
      translated_network: networks,
      service: path,
      translated_ports: port,
      scope: some(path),
      firewall_match: word('MATCH_EXTERNAL_ADDRESS', 'MATCH_INTERNAL_ADDRESS', 'BYPASS'),
      sequence_number: whole,
      enabled: flag,
      logging: flag,
    }),
    // "For SNAT … this is a mandatory field", "for DNAT …"; ports are of DNAT.
    anyOf: [
      {
        required: ['source_network', 'translated_network'],
        properties: { action: { const: 'SNAT' }, translated_ports: false },
      },
      {
        required: ['destination_network', 'translated_network'],
        properties: { action: { const: 'DNAT' } },
      },
    ],
  },
};

export const isInfra: ValidateFunction = new Ajv({
  allErrors: true,
  strictRequired: false,
}).compile({
  ...ref('Infra'),
  definitions,
});
