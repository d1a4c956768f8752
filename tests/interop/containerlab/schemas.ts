/**
 * What the programs ask of the parts that are written, in the words of these tests: containerlab's of its topology
 * (containerlab.dev/manual/topo-def-file, nodes, network), clabernetes' of its resource
 * (containerlab.dev/manual/clabernetes/configuration). Keys that the exports do not write are not allowed.
 */

const strict = (properties: object, required: readonly string[] = Object.keys(properties)) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});
const text = { type: 'string' };

export const topologySchema = strict({
  // The names of containers are made of it.
  name: { type: 'string', pattern: '^[a-zA-Z0-9][a-zA-Z0-9_.-]*$' },
  mgmt: strict({
    network: text,
    'ipv4-subnet': { type: 'string', pattern: '^.+/[0-9]{1,2}$|^auto$' },
  }),
  topology: strict({
    kinds: strict({ linux: strict({ image: text, cmd: text }) }),
    nodes: {
      type: 'object',
      propertyNames: { pattern: '^[a-zA-Z0-9][a-zA-Z0-9_.-]*$' },
      additionalProperties: strict({
        kind: { enum: ['linux', 'bridge', 'ovs-bridge', 'host'] },
        'network-mode': { type: 'string', pattern: '^(host|none|container:\\S+)$' },
        labels: { type: 'object', additionalProperties: { type: ['string', 'number'] } },
        exec: { type: 'array', minItems: 1, items: text },
      }),
    },
    links: {
      type: 'array',
      items: strict(
        {
          endpoints: {
            type: 'array',
            minItems: 2,
            maxItems: 2,
            uniqueItems: true,
            // 15 characters: IFNAMSIZ less the closing zero.
            items: { type: 'string', pattern: '^[^\\s:]+:[^\\s:/]{1,15}$' },
          },
          mtu: { type: 'integer', minimum: 68, maximum: 65535 },
        },
        ['endpoints'],
      ),
    },
  }),
});

/** RFC 1123 label, which Kubernetes asks of names. */
const label = { type: 'string', pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$', maxLength: 63 };

export const resourceSchema = strict({
  apiVersion: { const: 'clabernetes.containerlab.dev/v1alpha1' },
  kind: { const: 'Topology' },
  metadata: strict({ name: label }),
  spec: strict({
    expose: strict({ disableExpose: { type: 'boolean' } }),
    deployment: strict({ privilegedLauncher: { type: 'boolean' } }),
    definition: strict({ containerlab: text }),
  }),
});
