import { stringify } from 'yaml';
import type { Policy } from './rules.ts';

/** What stands above the objects of a file. */
const head = {
  'network-policy': [
    'What the intents of a design need is let through; all else of their namespaces is denied.',
    'Namespaces are selected by kubernetes.io/metadata.name, which Kubernetes has from 1.21 on.',
  ],
  'calico-policy': [
    'Besides the policies of Kubernetes: what these have no word for.',
    'Addresses of single pods are those of the design; they hold as long as the pods keep them.',
  ],
} as const;

/** Policies as manifests, one document each. Strings are quoted so that YAML 1.1 takes them for strings, too. */
export function manifestText(kind: Policy['kind'], policies: readonly Policy[]): string {
  const comment = head[kind].map((line) => `# ${line}\n`).join('');
  const documents = policies.map((policy) =>
    stringify(manifestOf(policy), {
      compat: 'yaml-1.1',
      lineWidth: 0,
      aliasDuplicateObjects: false,
    }),
  );
  return `${comment}${documents.map((text) => `---\n${text}`).join('')}`;
}

function manifestOf({ kind, entity }: Policy): object {
  const { id, name = id, cluster: _, namespace, notes: __, tags: ___, ...spec } = entity;
  return {
    apiVersion: kind === 'network-policy' ? 'networking.k8s.io/v1' : 'projectcalico.org/v3',
    kind: 'NetworkPolicy',
    metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
    spec,
  };
}
