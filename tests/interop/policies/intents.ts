/** Intents held against a design, as its users see them verified; and policies put into it by the importer. */
import type { Exported } from '../../../src-main/interop/exchange.ts';
import { importKubernetes } from '../../../src-main/interop/kubernetes/index.ts';
import type { Design } from '../../../src-main/model/design.ts';
import { intentFlows } from '../../../src-main/model/intent-flows.ts';
import { compile, isDelivered, simulate } from '../../../src-main/sim/index.ts';

/** Ids of the intents that do not hold, in the order of the design. */
export function brokenIntents(design: Design): readonly string[] {
  const network = compile(design);
  return (design.intents ?? []).flatMap((intent) => {
    const isFine = intentFlows(design, intent).every((flow) => {
      const { status, forward } = simulate(network, flow, { allPaths: true });
      return intent.expect === 'reachable'
        ? status === 'reachable'
        : !forward.some(({ disposition }) => isDelivered(disposition));
    });
    return isFine ? [] : [intent.id];
  });
}

/** The design with the policies of an export, read by the importer of manifests; throws where that has a remark. */
export function imported(design: Design, { files }: Exported): Design {
  return (design.clusters ?? []).reduce((before, { id }) => {
    const own = files.filter(({ path }) => path.startsWith(`${id}-`));
    const cluster = before.clusters?.find((one) => one.id === id);
    if (own.length === 0 || !cluster) return before;
    const manifests = own.map(({ path, content }) => ({ name: path, text: String(content) }));
    const found = importKubernetes(manifests, {}, { design: before, cluster });
    if (!found.ok) throw new Error(JSON.stringify(found.issues, null, 1));
    if (found.remarks.length > 0) throw new Error(JSON.stringify(found.remarks, null, 1));
    return found.design;
  }, design);
}

/** Intents that the export says have no part in it. */
export const leftOutIntents = ({ leftOut }: Exported): readonly string[] =>
  leftOut.flatMap(({ ref }) => (ref.startsWith('intent:') ? [ref.slice('intent:'.length)] : []));

/** Intents that hold with the policies although they are left out, or the other way round. */
export function enforced(design: Design, exported: Exported): readonly string[] {
  const out = new Set(leftOutIntents(exported));
  return (design.intents ?? []).flatMap(({ id }) => (out.has(id) ? [] : [id]));
}
