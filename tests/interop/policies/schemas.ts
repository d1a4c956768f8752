/**
 * What the API servers take for a NetworkPolicy, cut down to its properties, words and limits: of Kubernetes as
 * `io.k8s.api.networking.v1.NetworkPolicy` of its OpenAPI description has it (api/openapi-spec/swagger.json, with the
 * formats of pkg/apis/networking/validation), of Calico as its resource reference and the `+kubebuilder:validation` marks
 * of `projectcalico.org/v3` do. Nothing else may stand there.
 */
import { Ajv } from 'ajv';

type Schema = Readonly<Record<string, unknown>>;

const object = (required: readonly string[], properties: Schema): Schema => ({
  type: 'object',
  additionalProperties: false,
  required,
  properties,
});
const list = (items: Schema): Schema => ({ type: 'array', items });
const word = (...words: unknown[]): Schema => ({ enum: words });

/** RFC 1123 subdomain and label. */
const subdomain = { type: 'string', maxLength: 253, pattern: '^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$' };
const label = { type: 'string', maxLength: 63, pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$' };
const cidr = { type: 'string', pattern: String.raw`^[0-9a-f.:]+/\d{1,3}$` };
const labels = {
  type: 'object',
  propertyNames: { pattern: '^([a-z0-9.-]+/)?[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$' },
  additionalProperties: { type: 'string', pattern: '^([A-Za-z0-9][A-Za-z0-9_.-]{0,62})?$' },
};
const types = {
  type: 'array',
  items: word('Ingress', 'Egress'),
  uniqueItems: true,
  minItems: 1,
};
const metadata = object(['name', 'namespace'], { name: subdomain, namespace: label });

const labelSelector = object([], {
  matchLabels: labels,
  matchExpressions: list(
    object(['key', 'operator'], {
      key: { type: 'string' },
      operator: word('In', 'NotIn', 'Exists', 'DoesNotExist'),
      values: list({ type: 'string' }),
    }),
  ),
});
const peer = {
  oneOf: [
    object(['ipBlock'], { ipBlock: object(['cidr'], { cidr, except: list(cidr) }) }),
    {
      ...object([], { podSelector: labelSelector, namespaceSelector: labelSelector }),
      minProperties: 1,
    },
  ],
};
const ports = list(
  object([], {
    protocol: word('TCP', 'UDP', 'SCTP'),
    port: { type: 'integer', minimum: 1, maximum: 65535 },
    endPort: { type: 'integer', minimum: 1, maximum: 65535 },
  }),
);

const entityRule = object([], {
  nets: list(cidr),
  notNets: list(cidr),
  selector: { type: 'string', minLength: 1 },
  notSelector: { type: 'string', minLength: 1 },
  namespaceSelector: { type: 'string', minLength: 1 },
  ports: list({ type: 'integer', minimum: 0, maximum: 65535 }),
  notPorts: list({ type: 'integer', minimum: 0, maximum: 65535 }),
});
/**
 * A rule is of one family: all its nets, and the IP version that it names (projectcalico/calico,
 * libcalico-go/lib/validator/v3/validator.go, validateRule: scanNets, and what ICMP and ICMPv6 ask of the version).
 */
const ofFamily = (version: 4 | 6): Schema => {
  const net = { type: 'string', pattern: version === 4 ? '^[^:]*$' : ':' };
  const end = { properties: { nets: list(net), notNets: list(net) } };
  const protocol = { not: { const: version === 4 ? 'ICMPv6' : 'ICMP' } };
  return { properties: { ipVersion: { const: version }, protocol, source: end, destination: end } };
};
const rule = {
  anyOf: [ofFamily(4), ofFamily(6)],
  ...object(['action'], {
    action: word('Allow', 'Deny', 'Log', 'Pass'),
    ipVersion: word(4, 6),
    protocol: word('TCP', 'UDP', 'ICMP', 'ICMPv6', 'SCTP', 'UDPLite'),
    source: entityRule,
    destination: entityRule,
  }),
  // "Ports can only be specified for TCP, UDP and SCTP."
  if: { properties: { protocol: word('ICMP', 'ICMPv6') }, required: ['protocol'] },
  then: { properties: { destination: { not: { required: ['ports'] } } } },
};

const ajv = new Ajv({ allErrors: true, strictTypes: false, strictRequired: false });

export const isNetworkPolicy = ajv.compile(
  object(['apiVersion', 'kind', 'metadata', 'spec'], {
    apiVersion: { const: 'networking.k8s.io/v1' },
    kind: { const: 'NetworkPolicy' },
    metadata,
    spec: object(['podSelector'], {
      podSelector: labelSelector,
      policyTypes: types,
      ingress: list(object([], { from: list(peer), ports })),
      egress: list(object([], { to: list(peer), ports })),
    }),
  }),
);

export const isCalicoPolicy = ajv.compile(
  object(['apiVersion', 'kind', 'metadata', 'spec'], {
    apiVersion: { const: 'projectcalico.org/v3' },
    kind: { const: 'NetworkPolicy' },
    metadata,
    spec: object([], {
      tier: { type: 'string' },
      order: { type: 'number' },
      selector: { type: 'string' },
      types,
      ingress: list(rule),
      egress: list(rule),
    }),
  }),
);
