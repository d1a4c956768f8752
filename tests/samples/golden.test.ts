/**
 * The flows of the reference network as readable traces, request and reply, on the samples and their variants.
 * `UPDATE_GOLDEN=1 npx vitest run tests/samples` writes them anew; each difference is then to be reviewed by hand.
 */
import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Design } from '../../src-main/model/design.ts';
import { compile, simulate, traceFault } from '../../src-main/sim/index.ts';
import { flowOf } from '../builders/network.ts';
import { expectGolden, goldenFolder } from './golden.ts';
import {
  byBgp,
  byStrongswan,
  failed,
  icpMeetsIks,
  nodePortsClosed,
  onInstanceVlan,
  privateAlbEnabled,
} from './iks-ways.ts';
import { sample, type SampleName } from './samples.ts';
import { traceText } from './trace-text.ts';
import {
  everythingOn,
  onHypervisor,
  podsOn,
  together,
  unchanged,
  underlay1499,
  underlay1500,
  webPodsOn,
  without,
  type Variant,
} from './variants.ts';

/** Golden file → sample, flow, and what is different from the sample. */
const goldens: Readonly<Record<string, readonly [SampleName, string, Variant]>> = {
  'internet-to-web': ['icp-on-vcenter', 'internet-to-web', unchanged],
  'internet-to-web.edge-and-proxy-on-one-host': [
    'icp-on-vcenter',
    'internet-to-web',
    onHypervisor('esxi-01', 'proxy-1'),
  ],
  'internet-to-web.pod-on-the-same-node': [
    'icp-on-vcenter',
    'internet-to-web',
    webPodsOn('proxy-1'),
  ],
  'internet-to-web.pod-on-the-same-host': [
    'icp-on-vcenter',
    'internet-to-web',
    webPodsOn('worker-2'),
  ],
  'internet-to-web.pod-on-another-host': [
    'icp-on-vcenter',
    'internet-to-web',
    webPodsOn('worker-1'),
  ],
  'internet-to-web.underlay-1500': ['icp-on-vcenter', 'internet-to-web', underlay1500],
  'internet-to-web.underlay-1499': ['icp-on-vcenter', 'internet-to-web', underlay1499],
  'web-to-db': ['icp-on-vcenter', 'web-to-db', unchanged],
  'web-to-db.database-beside-the-edge': [
    'icp-on-vcenter',
    'web-to-db',
    onHypervisor('esxi-01', 'db-vm'),
  ],
  'web-to-db.everything-on-one-host': ['icp-on-vcenter', 'web-to-db', everythingOn('esxi-01')],
  'web-to-db.underlay-1500': ['icp-on-vcenter', 'web-to-db', underlay1500],
  'enterprise-to-vm': ['icp-on-vcenter', 'enterprise-to-vm', unchanged],
  'enterprise-to-vm.vm-beside-the-concentrator': [
    'icp-on-vcenter',
    'enterprise-to-vm',
    onHypervisor('esxi-03', 'app01'),
  ],
  'as-documented.internet-to-web': ['icp-as-documented', 'internet-to-web', unchanged],
  'as-documented.web-to-db': ['icp-as-documented', 'web-to-db', unchanged],
  'as-documented.enterprise-to-vm': ['icp-as-documented', 'enterprise-to-vm', unchanged],
  'cluster-ip.internet-to-web': ['icp-cluster-ip', 'internet-to-web', unchanged],
  'cluster-ip.internet-to-web.controller-on-the-same-host': [
    'icp-cluster-ip',
    'internet-to-web',
    onHypervisor('esxi-03', 'proxy-1', 'proxy-2', 'proxy-3'),
  ],
  'cluster-ip.internet-to-web.controller-on-the-same-node': [
    'icp-cluster-ip',
    'internet-to-web',
    podsOn('nginx-ingress-controller', 'worker-1'),
  ],
  'cluster-ip.internet-to-web.without-the-routes': [
    'icp-cluster-ip',
    'internet-to-web',
    together(without('route', 'esg', 'icp-services'), without('route', 'icp-dlr', 'icp-services')),
  ],
  'iks.internet-to-shop': ['iks-on-ibm-cloud', 'internet-to-shop', unchanged],
  'iks.internet-to-shop.pod-in-the-other-zone': [
    'iks-on-ibm-cloud',
    'internet-to-shop',
    podsOn('shop', 'iks-worker-4'),
  ],
  'iks.internet-to-shop.worker-down': [
    'iks-on-ibm-cloud',
    'internet-to-shop',
    failed('iks-worker-1'),
  ],
  'iks.private-to-shop': ['iks-on-ibm-cloud', 'private-to-shop', unchanged],
  'iks.private-to-shop.enabled': ['iks-on-ibm-cloud', 'private-to-shop', privateAlbEnabled],
  'iks.internet-to-node-port': ['iks-on-ibm-cloud', 'internet-to-node-port', unchanged],
  'iks.internet-to-node-port.closed': [
    'iks-on-ibm-cloud',
    'internet-to-node-port',
    nodePortsClosed,
  ],
  'iks.internet-to-nlb': ['iks-on-ibm-cloud', 'internet-to-nlb', unchanged],
  'iks.vm-to-shop': ['iks-on-ibm-cloud', 'vm-to-shop', unchanged],
  'iks.shop-to-catalog': ['iks-on-ibm-cloud', 'shop-to-catalog', unchanged],
  'iks.shop-to-db.routes-and-nat': ['iks-on-ibm-cloud', 'shop-to-db', unchanged],
  'iks.shop-to-db.instance-vlan': ['iks-on-ibm-cloud', 'shop-to-db', onInstanceVlan],
  'iks.shop-to-db.strongswan': ['iks-on-ibm-cloud', 'shop-to-db', byStrongswan],
  'iks.shop-to-db.bgp': ['iks-on-ibm-cloud', 'shop-to-db', byBgp],
  'iks.web-to-shop.icp-meets-iks': ['icp-on-vcenter', 'web-to-shop', meetsIks],
};

function meetsIks(icp: Design): Design {
  return icpMeetsIks(icp, sample('iks-on-ibm-cloud'));
}

test.each(Object.entries(goldens))('%s', (name, [from, id, variant]) => {
  const design = variant(sample(from));
  const flow = flowOf(design, id);
  const result = simulate(compile(design), flow);
  for (const trace of [...result.forward, ...result.reverse]) {
    expect(traceFault(trace)).toBeUndefined();
  }
  expectGolden(name, traceText(result, flow.name ?? flow.id));
});

test('every golden file is one of these', () => {
  const files = readdirSync(goldenFolder).filter((file) => file.endsWith('.txt'));
  expect(files.toSorted()).toEqual(
    Object.keys(goldens)
      .map((name) => `${name}.txt`)
      .toSorted(),
  );
});
