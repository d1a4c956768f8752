import type { Design } from '../../../src-main/model/design.ts';

type Nodes = NonNullable<Design['nodes']>;
type Segments = NonNullable<Design['segments']>;
type Layout = NonNullable<Design['layout']>;

/** Machines in a rack, racks in a data centre. */
const perRack = 20;
const racksPerSite = 10;
const columns = 5;
const pitch = { x: 176, y: 88 };
const rack = { width: columns * pitch.x + 40, height: (perRack / columns) * pitch.y + 80 };

/**
 * A design of so many nodes in racks and data centres: every machine on the segment of its rack, every fifth on that
 * of its data centre as well; 1.2 edges a node. The same for the same number.
 */
export function largeDesign(count: number): Design {
  const sites = [];
  const segments: Segments[number][] = [];
  const nodes: Nodes[number][] = [];
  const layout: Layout[number][] = [];
  const racks = Math.ceil(count / (perRack + 1));
  const across = Math.ceil(Math.sqrt(racks / racksPerSite));
  const site = { width: 5 * (rack.width + 60) + 60, height: 2 * (rack.height + 120) + 140 };

  for (let at = 0; at < racks; at += 1) {
    const inSite = at % racksPerSite;
    const place = Math.floor(at / racksPerSite);
    const left = (place % across) * (site.width + 120);
    const top = Math.floor(place / across) * (site.height + 120);
    if (inSite === 0) {
      sites.push({
        id: `dc-${place}`,
        kind: 'data-centre' as const,
        name: `Data centre ${place + 1}`,
      });
      layout.push({ id: `site:dc-${place}`, x: left, y: top, ...site });
      segments.push({
        id: `core-${place}`,
        kind: 'lan',
        name: `Core ${place + 1}`,
        site: `dc-${place}`,
        subnets: [{ cidr: `10.${place % 250}.0.0/16` }],
      });
      layout.push({
        id: `segment:core-${place}`,
        x: left + 60,
        y: top + 60,
        width: site.width - 120,
        height: 32,
      });
    }
    const x = left + 60 + (inSite % 5) * (rack.width + 60);
    const y = top + 140 + Math.floor(inSite / 5) * (rack.height + 120);
    segments.push({
      id: `rack-${at}`,
      kind: 'vlan',
      vlan: 1 + (at % 4000),
      name: `Rack ${at + 1}`,
      site: `dc-${place}`,
      subnets: [{ cidr: `172.16.${at % 250}.0/24` }],
    });
    layout.push({
      id: `segment:rack-${at}`,
      x,
      y: y + rack.height + 30,
      width: rack.width,
      height: 32,
    });
    nodes.push({
      id: `host-${at}`,
      kind: 'hypervisor',
      name: `Hypervisor ${at + 1}`,
      site: `dc-${place}`,
    });
    layout.push({ id: `node:host-${at}`, x, y, ...rack });
    for (let machine = 0; machine < perRack && nodes.length < count; machine += 1) {
      const id = `vm-${at}-${machine}`;
      nodes.push({
        id,
        kind: machine % 10 === 3 ? 'router' : 'host',
        name: `Machine ${at + 1}.${machine + 1}`,
        runsOn: `host-${at}`,
        interfaces: [
          {
            id: 'eth0',
            segment: `rack-${at}`,
            addresses: [`172.16.${at % 250}.${machine + 10}/24`],
          },
          ...(machine % 4 === 0
            ? [
                {
                  id: 'eth1',
                  segment: `core-${place}`,
                  addresses: [`10.${place % 250}.${at % 250}.${machine + 10}/16`],
                },
              ]
            : []),
        ],
        ...(machine % 3 === 0 && { listeners: [{ protocol: 'tcp' as const, port: 443 }] }),
        ...(machine === 7 && { state: 'down' as const }),
      });
      layout.push({
        id: `node:${id}`,
        x: x + 20 + (machine % columns) * pitch.x,
        y: y + 60 + Math.floor(machine / columns) * pitch.y,
      });
    }
  }
  return { hopscope: 1, name: `${count} nodes`, sites, segments, nodes, layout };
}
