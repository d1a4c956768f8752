import type { NewThing } from '../../../src-main/contract/index.ts';
import {
  IconCloud,
  IconCluster,
  IconDataCentre,
  IconDistributedRouter,
  IconDns,
  IconEdgeGateway,
  IconHost,
  IconHypervisor,
  IconIngress,
  IconInternet,
  IconL2Gateway,
  IconMirror,
  IconOffice,
  IconProxy,
  IconRouter,
  IconSegment,
  IconServer,
  IconVm,
  IconWorkload,
} from '../../ui/icons.ts';
import type { Icon } from '../../ui/menu.ts';
import type en from '../../i18n/palette.ts';

type Words = (typeof en)['en'];
export type ThingName = keyof Words['things'];
export type GroupName = keyof Words['groups'];

/** Something that the palette offers. */
export interface PaletteThing {
  readonly name: ThingName;
  readonly icon: Icon;
  /** The token of the colour that it has on the drawing. */
  readonly ink: string;
  readonly thing: NewThing;
}

const site = (
  name: Extract<ThingName, 'internet' | 'cloud' | 'data-centre' | 'office'>,
  icon: Icon,
): PaletteThing => ({ name, icon, ink: name, thing: { entity: 'site', kind: name } });

const host = (
  name: Extract<ThingName, 'client' | 'server' | 'vm' | 'dns' | 'proxy' | 'mirror'>,
  icon: Icon,
): PaletteThing => ({
  name,
  icon,
  ink: name === 'client' || name === 'server' || name === 'vm' ? 'host' : 'function',
  thing: { entity: 'node', kind: 'host', as: name },
});

const node = (
  name: Extract<
    ThingName,
    'hypervisor' | 'router' | 'edge-gateway' | 'distributed-router' | 'l2-gateway'
  >,
  icon: Icon,
): PaletteThing => ({ name, icon, ink: name, thing: { entity: 'node', kind: name } });

const segment = (name: 'lan' | 'vlan' | 'vxlan'): PaletteThing => ({
  name,
  icon: IconSegment,
  ink: name,
  thing: { entity: 'segment', kind: name },
});

const cluster = (flavour: 'icp' | 'iks' | 'kubernetes'): PaletteThing => ({
  name: flavour,
  icon: IconCluster,
  ink: 'kubernetes',
  thing: { entity: 'cluster', flavour },
});

/** What it offers, in the order in which networks are drawn. */
export const paletteGroups: readonly {
  readonly name: GroupName;
  readonly things: readonly PaletteThing[];
}[] = [
  {
    name: 'places',
    things: [
      site('internet', IconInternet),
      site('cloud', IconCloud),
      site('data-centre', IconDataCentre),
      site('office', IconOffice),
    ],
  },
  {
    name: 'machines',
    things: [
      host('client', IconHost),
      host('server', IconServer),
      host('vm', IconVm),
      node('hypervisor', IconHypervisor),
    ],
  },
  {
    name: 'routing',
    things: [
      node('router', IconRouter),
      node('edge-gateway', IconEdgeGateway),
      node('distributed-router', IconDistributedRouter),
      node('l2-gateway', IconL2Gateway),
    ],
  },
  { name: 'segments', things: [segment('lan'), segment('vlan'), segment('vxlan')] },
  {
    name: 'kubernetes',
    things: [
      cluster('icp'),
      cluster('iks'),
      cluster('kubernetes'),
      // Which cluster it runs in is known when it is dropped.
      {
        name: 'workload',
        icon: IconWorkload,
        ink: 'kubernetes',
        thing: { entity: 'workload', cluster: '', service: true },
      },
      {
        name: 'ingress',
        icon: IconIngress,
        ink: 'kubernetes',
        thing: { entity: 'workload', cluster: '', service: true, ingress: true },
      },
    ],
  },
  {
    name: 'services',
    things: [host('dns', IconDns), host('proxy', IconProxy), host('mirror', IconMirror)],
  },
];
