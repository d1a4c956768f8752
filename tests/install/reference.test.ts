/** The verdicts on the reference network, each from the sample by edits. */
import { describe, expect, test } from 'vitest';
import type { InstallReport } from '../../src-main/install/index.ts';
import type { Design } from '../../src-main/model/design.ts';
import { compile, simulate } from '../../src-main/sim/index.ts';
import { network } from '../builders/network.ts';
import { did, legs } from '../samples/reading.ts';
import {
  afterFixes,
  cellsOf,
  codes,
  install,
  node,
  noProxy,
  reference,
  scenario,
  told,
  withScenario,
} from './asking.ts';

const withoutRule = (id: string) =>
  node('edge-gateway', 'esg', (esg) => ({
    ...esg,
    firewall: {
      ...esg.firewall,
      rules: (esg.firewall?.rules ?? []).filter((rule) => rule.id !== id),
    },
  }));
const withoutTranslation = (id: string) =>
  node('edge-gateway', 'esg', (esg) => ({
    ...esg,
    nat: (esg.nat ?? []).map((one) => (one.id === id ? { ...one, enabled: false } : one)),
  }));

const askOf = (report: InstallReport, who: string, host: string) => {
  const ask = cellsOf(report)
    .filter(({ cell }) => cell.node === who)
    .flatMap(({ cell }) => cell.asks)
    .find((one) => one.host === host);
  if (!ask) throw new Error(`${who} does not ask ${host}`);
  return ask;
};

describe('connected', () => {
  test('works as the sample is: worker-1 goes by rule 1, NAT 1 and the default route', () => {
    const design = reference();
    const report = install(design, 'icp-connected');
    expect(report).toMatchObject({ works: true, causes: [] });
    const ask = askOf(report, 'worker-1', 'registry-1.docker.io');
    expect(ask).toMatchObject({ works: true, port: 443 });
    const forward = legs(simulate(compile(design), ask.flow), 'forward');
    const atEdge = <Step extends { readonly node: string }>(steps: readonly Step[]) =>
      steps.find((step) => step.node === 'esg');
    expect(atEdge(did(forward, 'firewall/accept'))?.detail.rule?.id).toBe('1');
    expect(atEdge(did(forward, 'nat/snat'))?.detail.rule.id).toBe('1');
    expect(atEdge(did(forward, 'route/match'))?.detail).toMatchObject({ prefix: '0.0.0.0/0' });
  });

  test('without rule 1 it is blocked at the edge by its default, and a rule for all nodes opens it', () => {
    const design = reference(withoutRule('1'));
    const report = install(design, 'icp-connected');
    expect(report.works).toBe(false);
    const [cause] = report.causes;
    expect(cause).toMatchObject({
      code: 'blocked',
      detail: { device: 'esg', because: { code: 'filtered', detail: { action: 'deny' } } },
      fix: { code: 'network', proven: true },
    });
    expect(cause?.code === 'blocked' && cause.detail.because).not.toHaveProperty('detail.rule');
    expect(report.causes.every(({ fix }) => fix?.proven)).toBe(true);
    expect(afterFixes(design, 'icp-connected')).toMatchObject({ works: true, causes: [] });
  });

  test('with rule 1 disabled the fix is rule 1', () => {
    const asleep = node('edge-gateway', 'esg', (esg) => ({
      ...esg,
      firewall: {
        ...esg.firewall,
        rules: (esg.firewall?.rules ?? []).map((rule) =>
          rule.id === '1' ? { ...rule, enabled: false } : rule,
        ),
      },
    }));
    const { causes } = install(reference(asleep), 'icp-connected');
    expect(causes.map(({ fix }) => fix?.text)).toEqual(['Switch on rule 1 of esg']);
  });

  test('with NAT 1 disabled requests leave with their own source, and the fix is the translation', () => {
    const report = install(reference(withoutTranslation('1')), 'icp-connected');
    expect(report.works).toBe(false);
    expect(codes(report)).toEqual(['blocked']);
    const [cause] = report.causes;
    expect(cause?.text).toContain('192.168.20.');
    expect(cause?.fix).toMatchObject({ proven: true, text: 'Switch on NAT 1 of esg' });
  });

  test('services in 10.0.0.0/16 take the name servers that the network asks', () => {
    const swallowed = (design: Design): Design =>
      network(design)
        .change('cluster', 'icp', (cluster) => ({ ...cluster, serviceCidrs: ['10.0.0.0/16'] }))
        .build(design.name);
    const report = install(reference(swallowed), 'icp-connected');
    expect(report).toMatchObject({ works: false, failsAt: 'network' });
    expect(report.causes[0]).toMatchObject({
      code: 'in-cluster-range',
      detail: {
        of: 'services',
        range: '10.0.0.0/16',
        taken: expect.arrayContaining([
          { node: 'ibm-resolver-1', address: '10.0.80.11', isResolver: true },
        ]) as unknown,
      },
      fix: { code: 'range-change' },
    });
    expect(report.causes[0]?.text).toContain('10.0.80.11');
  });
});

describe('by the proxy', () => {
  const id = 'icp-by-proxy';

  test('works as the sample is, and asks nothing outside but by the proxy', () => {
    const report = install(reference(), id);
    expect(report).toMatchObject({
      works: true,
      causes: [],
      notes: expect.not.arrayContaining([
        expect.objectContaining({ code: 'no-proxy-known' }),
      ]) as unknown,
    });
    expect(askOf(report, 'worker-1', 'registry-1.docker.io').proxy).toMatchObject({
      host: '10.208.242.140',
      port: 3128,
      source: '/etc/systemd/system/docker.service.d/http-proxy.conf',
    });
    expect(askOf(report, 'boot', 'mycluster.icp')).toMatchObject({ token: 'mycluster.icp' });
  });

  test('works where nodes reach nothing but the proxy and the private network', () => {
    const inward = node('edge-gateway', 'esg', (esg) => ({
      ...esg,
      firewall: {
        ...esg.firewall,
        rules: (esg.firewall?.rules ?? []).map((rule) =>
          rule.id === '1' ? { ...rule, destinations: ['10.0.0.0/8', '192.168.0.0/16'] } : rule,
        ),
      },
    }));
    expect(install(reference(inward), id).works).toBe(true);
    expect(install(reference(inward), id, 'connected').works).toBe(false);
  });

  test('without mycluster.icp in NO_PROXY the login goes to the proxy; the fix is that one token', () => {
    const lacking = noProxy(id, 'docker', (tokens) =>
      tokens.filter((token) => token !== 'mycluster.icp'),
    );
    const design = reference(lacking);
    const report = install(design, id);
    expect(report).toMatchObject({ works: false, failsAt: 'login' });
    expect(codes(report)).toEqual(['inside-by-proxy']);
    expect(report.causes[0]).toMatchObject({
      nodes: ['boot'],
      detail: { host: 'mycluster.icp', port: 8500, proxy: '10.208.242.140:3128' },
      fix: { code: 'no-proxy-add', detail: { token: 'mycluster.icp' }, proven: true },
    });
    expect(afterFixes(design, id).works).toBe(true);
  });

  test('names tokens like 172.16. that never match', () => {
    const starts = noProxy(id, 'docker', (tokens) => [...tokens, '172.16.', '192.168.*']);
    const { notes, works } = install(reference(starts), id);
    expect(works).toBe(true);
    expect(notes).toContainEqual(
      expect.objectContaining({
        code: 'dead-token',
        detail: {
          client: 'docker',
          source: '/etc/systemd/system/docker.service.d/http-proxy.conf',
          token: '172.16.',
          dead: 'address-start',
        },
      }),
    );
  });

  test('a token like 172.29. lets service addresses go to the proxy', () => {
    const starts = told(id, 'pod', (setting) => ({
      ...setting,
      values: {
        ...setting.values,
        NO_PROXY: (setting.values['NO_PROXY'] ?? '').replace('172.29.0.0/16', '172.29.'),
      },
    }));
    const report = install(reference(starts), id);
    expect(report).toMatchObject({ works: false, failsAt: 'inside' });
    expect(report.causes[0]).toMatchObject({
      code: 'inside-by-proxy',
      fix: { detail: { token: '172.29.0.0/16' }, proven: true },
    });
  });
});

describe('air-gapped', () => {
  test('ICP works from the bundle and the mirror, and asks nobody outside', () => {
    const report = install(reference(), 'icp-air-gapped');
    expect(report).toMatchObject({ works: true, causes: [] });
    const hosts = new Set(cellsOf(report).flatMap(({ cell }) => cell.asks.map(({ host }) => host)));
    expect([...hosts].sort()).toEqual(['192.168.20.7', 'mycluster.icp']);
  });

  test('a bundle without pause stops the kubelet of every node: that one image, and no fault of the edge', () => {
    const kubeadm = withScenario({
      id: 'kubeadm-air-gapped',
      product: 'kubeadm',
      mode: 'air-gapped',
      cluster: 'icp',
      bundle: [
        'registry.k8s.io/kube-apiserver:v1.34.1',
        'registry.k8s.io/kube-controller-manager:v1.34.1',
        'registry.k8s.io/kube-scheduler:v1.34.1',
        'registry.k8s.io/etcd:3.6.4-0',
        'registry.k8s.io/kube-proxy:v1.34.1',
        'registry.k8s.io/coredns/coredns:v1.12.1',
        'docker.io/calico/cni:v3.30.3',
        'docker.io/calico/node:v3.30.3',
        'docker.io/calico/kube-controllers:v3.30.3',
        'https://raw.githubusercontent.com/projectcalico/calico/v3.30.3/manifests/calico.yaml',
      ],
      settings: [
        {
          client: 'apt',
          source: '/etc/apt/sources.list',
          values: { deb: 'deb https://192.168.20.7/ubuntu noble main' },
        },
      ],
    });
    const design = reference(kubeadm);
    const report = install(design, 'kubeadm-air-gapped');
    expect(report).toMatchObject({ works: false, failsAt: 'node-images' });
    expect(report.causes).toHaveLength(1);
    expect(report.causes[0]).toMatchObject({
      code: 'not-carried',
      detail: { references: ['registry.k8s.io/pause:3.10.1'], host: 'registry.k8s.io:443' },
      fix: {
        code: 'bundle-add',
        detail: { references: ['registry.k8s.io/pause:3.10.1'] },
        proven: true,
      },
    });
    const members = ['master-1', 'master-2', 'master-3'];
    const workers = [1, 2, 3, 4, 5, 6].map((at) => `worker-${at}`);
    expect(report.causes[0]?.nodes).toEqual([...members, ...workers]);
    expect(afterFixes(design, 'kubeadm-air-gapped').works).toBe(true);
  });

  test('of ICP as well', () => {
    const lacking = scenario('icp-air-gapped', (found) => ({
      ...found,
      bundle: found.bundle?.filter((one) => !one.includes('pause')) ?? [],
    }));
    const { causes } = install(reference(lacking), 'icp-air-gapped');
    expect(
      causes.map(({ code, detail }) => [code, 'references' in detail && detail.references]),
    ).toEqual([['not-carried', ['ibmcom/pause:3.1']]]);
  });

  test("CAM's quick install is blocked by packages that no list names; the fix is the package mirror", () => {
    const design = reference();
    const report = install(design, 'cam-air-gapped');
    expect(report).toMatchObject({ works: false, failsAt: 'packages' });
    expect(new Set(codes(report))).toEqual(new Set(['not-carried']));
    expect(report.causes[0]).toMatchObject({
      detail: { kind: 'package', references: expect.arrayContaining(['nfs-common']) as unknown },
      fix: { code: 'mirror-tell', detail: { mirror: 'mirror', client: 'apt' }, proven: true },
    });
    expect(afterFixes(design, 'cam-air-gapped').works).toBe(true);
  });

  test('the packages are nfs-utils on machines with yum', () => {
    const yum = scenario('cam-air-gapped', (found) => ({
      ...found,
      settings: [{ client: 'yum', source: '/etc/yum.conf', values: { keepcache: '1' } }],
    }));
    const { causes } = install(reference(yum), 'cam-air-gapped');
    expect(causes[0]?.detail).toMatchObject({ client: 'yum', references: ['nfs-utils'] });
  });
});
