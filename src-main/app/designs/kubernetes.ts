import { done, failed, type Answer, type Input, type Output } from '../../contract/index.ts';
import { importKubernetes, type Target } from '../../interop/kubernetes/index.ts';
import type { Design } from '../../model/design.ts';

type Asked = Omit<Input<'kubernetes.import'>, 'into'>;

/** A design of manifests, in the cluster where one is named. */
export function importManifests(
  { files, nodes, podCidrs, serviceCidrs, nodeCidr }: Asked,
  target?: Target,
): Answer<Output<'kubernetes.import'>> {
  const options = {
    ...(nodes === undefined ? {} : { nodes }),
    ...(podCidrs ? { podCidrs } : {}),
    ...(serviceCidrs ? { serviceCidrs } : {}),
    ...(nodeCidr === undefined ? {} : { nodeCidr }),
  };
  const found = importKubernetes(files, options, target);
  if (!found.ok) return failed('manifests-invalid', { faults: found.issues });
  const { design, imported, remarks, assumptions } = found;
  return done({ design, imported, remarks, assumptions });
}

/** The cluster that is named, or the only one. */
export function targetOf(design: Design, id: string | undefined): Answer<Target> {
  const clusters = design.clusters ?? [];
  const cluster =
    id === undefined && clusters.length === 1 ? clusters[0] : clusters.find((one) => one.id === id);
  if (cluster) return done({ design, cluster });
  return failed('cluster-unknown', { cluster: id ?? '', known: clusters.map((one) => one.id) });
}
