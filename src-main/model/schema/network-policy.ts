import { z } from 'zod';
import {
  labelKey,
  labels,
  labelValue,
  objectName,
  portOrName,
  protocol,
} from './kubernetes-names.ts';
import { cidr, described, id, list, port } from './scalars.ts';

const labelSelector = z
  .strictObject({
    matchLabels: labels.exactOptional(),
    matchExpressions: list(
      z
        .strictObject({
          key: labelKey,
          operator: z.enum(['In', 'NotIn', 'Exists', 'DoesNotExist']),
          values: list(labelValue).exactOptional(),
        })
        .refine(hasFittingValues, {
          error: 'one value or more for In and NotIn, none for Exists and DoesNotExist',
          path: ['values'],
        }),
    ).exactOptional(),
  })
  .meta({
    id: 'label-selector',
    description: 'All of its conditions hold; an empty one selects all.',
  });

function hasFittingValues(expression: { operator: string; values?: readonly string[] }): boolean {
  const needsValues = expression.operator === 'In' || expression.operator === 'NotIn';
  return needsValues === (expression.values ?? []).length > 0;
}

const policyPorts = list(
  z
    .strictObject({
      protocol,
      port: portOrName.exactOptional().describe('Every port when absent.'),
      endPort: port.exactOptional().describe('Last port of a range that starts at port.'),
    })
    .refine(
      ({ port: first, endPort: last }) =>
        last === undefined || (typeof first === 'number' && first <= last),
      { error: 'a port not below "port", which has to be a number', path: ['endPort'] },
    ),
);
const policyPeer = z
  .union(
    [
      z.strictObject({
        ipBlock: z.strictObject({ cidr, except: list(cidr).exactOptional() }),
      }),
      z.strictObject({
        podSelector: labelSelector.exactOptional(),
        namespaceSelector: labelSelector.exactOptional(),
      }),
    ],
    { error: 'either "ipBlock" alone, or "podSelector" and "namespaceSelector"' },
  )
  .refine((peer) => Object.keys(peer).length > 0, {
    error: 'a "podSelector", a "namespaceSelector" or an "ipBlock"',
  });

export const networkPolicy = z
  .strictObject({
    id,
    ...described,
    cluster: id,
    namespace: objectName,
    podSelector: labelSelector,
    policyTypes: list(z.enum(['Ingress', 'Egress']))
      .exactOptional()
      .describe('Ingress, and Egress where there are egress rules, when absent.'),
    ingress: list(
      z.strictObject({
        from: list(policyPeer).exactOptional().describe('Everybody when absent or empty.'),
        ports: policyPorts.exactOptional().describe('Every port when absent or empty.'),
      }),
    ).exactOptional(),
    egress: list(
      z.strictObject({
        to: list(policyPeer).exactOptional().describe('Everybody when absent or empty.'),
        ports: policyPorts.exactOptional().describe('Every port when absent or empty.'),
      }),
    ).exactOptional(),
  })
  .meta({
    id: 'network-policy',
    description: 'A Kubernetes NetworkPolicy (networking.k8s.io/v1).',
  });
