/**
 * What the programs ask of the parts that are written, in the words of these tests: containerlab's of its topology
 * (srl-labs/containerlab, schemas/clab.schema.json and types/node_definition.go), clabernetes' of its resource and of the
 * definition in it (clabernetes/clabernetes, apis/v1alpha1 and compiler/compilecontainerlab.go, release 0.9 and later). Keys
 * that the exports do not write are not allowed.
 */

const strict = (properties: object, required: readonly string[] = Object.keys(properties)) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});
const text = { type: 'string' };

const kinds = strict({ linux: strict({ image: text, cmd: text }) });
const exec = { type: 'array', minItems: 1, items: text };

/** The names of containers are made of it. */
const name = { type: 'string', pattern: '^[a-zA-Z0-9][a-zA-Z0-9_.-]*$' };

const links = {
  type: 'array',
  items: strict(
    {
      endpoints: {
        type: 'array',
        minItems: 2,
        maxItems: 2,
        uniqueItems: true,
        items: {
          type: 'string',
          // 15 characters: IFNAMSIZ less the closing zero.
          pattern: '^[^\\s:]+:[^\\s:/]{1,15}$',
          // Kinds of links, which are no names of nodes: links/link.go, parseLinkType.
          not: { pattern: '^(veth|mgmt-net|macvlan|host|vxlan|vxlan-stitch|dummy|brief):' },
        },
      },
      mtu: { type: 'integer', minimum: 68, maximum: 65535 },
    },
    ['endpoints'],
  ),
};

export const topologySchema = strict({
  name,
  mgmt: strict({
    network: text,
    'ipv4-subnet': { type: 'string', pattern: '^.+/[0-9]{1,2}$|^auto$' },
  }),
  topology: strict({
    kinds,
    nodes: {
      type: 'object',
      propertyNames: { pattern: '^[a-zA-Z0-9][a-zA-Z0-9_.-]*$' },
      additionalProperties: strict({
        kind: { enum: ['linux', 'bridge', 'ovs-bridge', 'host'] },
        'network-mode': { type: 'string', pattern: '^(host|none|container:\\S+)$' },
        labels: { type: 'object', additionalProperties: { type: ['string', 'number'] } },
        exec,
      }),
    },
    links,
  }),
});

/** RFC 1123 label, which Kubernetes asks of names. */
const label = { type: 'string', pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$', maxLength: 63 };

/** IsValidLabelValue of k8s.io/apimachinery. */
const labelValue = {
  type: 'string',
  pattern: '^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$',
  maxLength: 63,
};

/** The compiler stops at `network-mode` but for `container:`, and at labels that Kubernetes does not take. */
export const podTopologySchema = strict({
  name,
  topology: strict({
    kinds,
    nodes: {
      type: 'object',
      propertyNames: label,
      additionalProperties: strict({
        kind: { const: 'linux' },
        labels: { type: 'object', additionalProperties: labelValue },
        exec,
      }),
    },
    links,
  }),
});

export const resourceSchema = strict({
  apiVersion: { const: 'c9s.run/v1alpha1' },
  kind: { const: 'Topology' },
  metadata: strict({ name: label }),
  spec: strict({
    expose: strict({ disableExpose: { type: 'boolean' } }),
    definition: strict({ containerlab: text }),
  }),
});
