import type { Backend, ManifestRemark } from '../../../contract/index.ts';
import { counted } from '../../../sim/vocabulary/counted.ts';
import { readManifestFiles } from '../manifest-files.ts';
import type { Outcome } from '../outcome.ts';
import { findSource } from '../source.ts';
import { writeImported } from './write-imported.ts';

export interface ImportKubernetesOptions {
  readonly paths: readonly string[];
  readonly out: string;
  readonly nodes?: number;
  readonly podCidr?: readonly string[];
  readonly serviceCidr?: readonly string[];
  readonly nodeCidr?: string;
  readonly into?: string;
  readonly cluster?: string;
  readonly force?: boolean;
}

/** Kubernetes manifests → a design. What does not become part of it is listed. */
export async function importKubernetes(
  backend: Backend,
  options: ImportKubernetesOptions,
): Promise<Outcome> {
  const files = await readManifestFiles(options.paths);
  if (!files.ok) return files;
  const { nodes, podCidr, serviceCidr, nodeCidr, into, cluster, out, force } = options;
  const target = into === undefined ? undefined : await findSource(backend, { file: into });
  if (target && !target.ok) return target;
  const answer = await backend.call('kubernetes.import', {
    files: files.value,
    ...(nodes === undefined ? {} : { nodes }),
    ...(podCidr ? { podCidrs: [...podCidr] } : {}),
    ...(serviceCidr ? { serviceCidrs: [...serviceCidr] } : {}),
    ...(nodeCidr === undefined ? {} : { nodeCidr }),
    ...(target
      ? { into: { source: target.value.source, ...(cluster === undefined ? {} : { cluster }) } }
      : {}),
  });
  if (!answer.ok) return { ok: false, failure: answer.error };
  const { design, imported, remarks, assumptions } = answer.value;
  return writeImported(backend, design, {
    out,
    force,
    json: { imported, remarks, assumptions },
    lines: () => [...summary(imported), ...assumptions.map(assumed), ...listed(remarks)],
  });
}

/** What one of a kind is called. */
const singular: Readonly<Record<string, string>> = {
  workloads: 'workload',
  pods: 'pod',
  services: 'service',
  ingresses: 'ingress',
  'network policies': 'network policy',
  'Calico policies': 'Calico policy',
  'host endpoints': 'host endpoint',
};

const summary = (imported: Readonly<Record<string, number>>): string[] => {
  const parts = Object.entries(imported).filter(([, count]) => count > 0);
  return parts.length === 0
    ? ['Nothing of it is part of a network.']
    : [parts.map(([kind, count]) => counted(count, singular[kind] ?? kind, kind)).join(', ')];
};

const assumed = (text: string): string => `Assumed: ${text}`;

const listed = (remarks: readonly ManifestRemark[]): string[] =>
  remarks.length === 0
    ? []
    : [
        'Not carried over:',
        ...remarks.map(({ file, line, about, text }) => `  ${file}:${line}: ${about}: ${text}`),
      ];
