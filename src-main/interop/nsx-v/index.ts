import type { Design } from '../../model/design.ts';
import { entityRef } from '../../model/ids.ts';
import { filteringEdges, filtersTranslated, natOf, tellNodes } from '../edges/edge-gateways.ts';
import { LeftOutList, type Exported, type ExportedFile } from '../exchange.ts';
import { freeName } from '../free-name.ts';
import { firewallDocument } from './firewall.ts';
import { natDocument } from './nat.ts';
import { vnicsOf } from './vnics.ts';
import { xmlDocument } from './xml.ts';

/**
 * Firewall and NAT rules of the edge gateways as NSX for vSphere 6.4 takes them: for each `ID-firewall.xml`, the body of
 * `PUT /api/4.0/edges/{edgeId}/firewall/config`, and `ID-nat.xml`, that of `…/nat/config`. Both replace what the edge has.
 * No file where no edge gateway filters or translates.
 */
export function nsxvOf(design: Design): Exported {
  const files: ExportedFile[] = [];
  const list = new LeftOutList();
  const taken = new Set<string>();
  tellNodes(design, list, (edge) => {
    const leftOut = list.of(entityRef('node', edge.id));
    const vnics = vnicsOf(edge);
    const name = freeName(edge.id, taken);
    if (!vnics.named && (edge.interfaces ?? []).length > 0) {
      leftOut('interfaces', 'vnics-in-order');
    }
    if (filtersTranslated(edge) && natOf(edge).length > 0) {
      leftOut('stageOrder', 'match-translated');
    }
    const firewall = firewallDocument(edge, vnics, leftOut);
    files.push({ path: `${name}-firewall.xml`, content: xmlDocument(firewall) });
    if (natOf(edge).length === 0) return;
    const nat = natDocument(edge, vnics, leftOut);
    files.push({ path: `${name}-nat.xml`, content: xmlDocument(nat) });
  });
  list.add('design', '', filteringEdges(design).length === 0 ? 'no-edges' : 'edges-alone');
  return { files, leftOut: list.items };
}
