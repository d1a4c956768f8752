/** Installs that failed for others, as they told in public, each on the reference network by edits. */
import { describe, expect, test } from 'vitest';
import type { Design } from '../../src-main/model/design.ts';
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

const byProxy = 'icp-by-proxy';
const dropIn = '/etc/systemd/system/docker.service.d/http-proxy.conf';
const proxy = 'http://10.208.242.140:3128';

describe('a proxy that is told of wrongly', () => {
  test('NO_PROXY in both cases, complete in lower case only: Docker goes by the upper', () => {
    const halved = told(byProxy, 'docker', ({ values, ...setting }) => ({
      ...setting,
      values: { ...values, NO_PROXY: 'localhost', no_proxy: values['NO_PROXY'] ?? '' },
    }));
    const design = reference(halved);
    const report = install(design, byProxy);
    expect(report).toMatchObject({ works: false, failsAt: 'login' });
    expect(codes(report)).toEqual(['inside-by-proxy']);
    expect(report.notes).toContainEqual(
      expect.objectContaining({
        code: 'case-conflict',
        detail: { client: 'docker', source: dropIn, used: 'NO_PROXY', ignored: 'no_proxy' },
      }),
    );
    const edits = report.causes[0]?.fix?.edits[0];
    expect(edits).toMatchObject({
      value: {
        settings: expect.arrayContaining([
          expect.objectContaining({
            values: expect.objectContaining({ NO_PROXY: 'localhost,mycluster.icp' }) as unknown,
          }),
        ]) as unknown,
      },
    });
    expect(afterFixes(design, byProxy).works).toBe(true);
  });

  test('a plain proxy that is spoken to in TLS', () => {
    const secure = told(byProxy, 'docker', ({ values, ...setting }) => ({
      ...setting,
      values: { ...values, HTTPS_PROXY: proxy.replace('http:', 'https:') },
    }));
    const design = reference(secure);
    const report = install(design, byProxy);
    expect(report).toMatchObject({ works: false, failsAt: 'installer' });
    expect(report.causes).toMatchObject([
      {
        code: 'proxy-scheme',
        detail: { client: 'docker', scheme: 'https', proxy: '10.208.242.140:3128', source: dropIn },
        fix: { code: 'proxy-scheme-set', detail: { value: proxy }, proven: true },
      },
    ]);
    expect(afterFixes(design, byProxy).works).toBe(true);
  });

  test('a drop-in in the wrong folder is not read: where direct ways are shut, Docker is told of the proxy', () => {
    const misspelt = told(byProxy, 'docker', (setting) => ({
      ...setting,
      source: '/etc/systemd/system/docker.d/http-proxy.conf',
    }));
    const design = reference(misspelt, inwardOnly);
    const report = install(design, byProxy);
    expect(report).toMatchObject({ works: false, failsAt: 'installer' });
    expect(report.notes).toContainEqual(
      expect.objectContaining({
        code: 'setting-unread',
        detail: expect.objectContaining({
          client: 'docker',
          source: '/etc/systemd/system/docker.d/http-proxy.conf',
        }) as unknown,
      }),
    );
    expect(report.causes).toMatchObject([
      {
        code: 'blocked',
        detail: { client: 'docker', device: 'esg' },
        fix: { code: 'proxy-tell', detail: { source: dropIn, value: proxy } },
      },
    ]);
  });

  test('daemon.json wins over the drop-in', () => {
    const both = scenario(byProxy, (found) => ({
      ...found,
      settings: [
        ...(found.settings ?? []),
        {
          client: 'docker',
          source: '/etc/docker/daemon.json',
          values: { 'https-proxy': 'http://10.208.242.140:8080' },
        },
      ],
    }));
    const report = install(reference(both), byProxy);
    expect(report).toMatchObject({ works: false, failsAt: 'installer' });
    expect(report.causes[0]).toMatchObject({
      code: 'blocked',
      detail: { proxy: '10.208.242.140:8080', because: { code: 'no-listener' } },
    });
    expect(report.notes).toContainEqual(
      expect.objectContaining({
        code: 'overridden',
        detail: { client: 'docker', source: dropIn, by: '/etc/docker/daemon.json' },
      }),
    );
  });

  test("Terraform in CAM's pods does not see the shell of the worker", () => {
    const cam = withScenario({
      id: 'cam-by-proxy',
      product: 'cam',
      mode: 'proxy',
      cluster: 'icp',
      settings: [
        {
          client: 'terraform',
          source: '/etc/environment',
          values: { HTTPS_PROXY: proxy, HTTP_PROXY: proxy },
        },
        {
          client: 'docker',
          source: dropIn,
          values: { HTTPS_PROXY: proxy, NO_PROXY: 'mycluster.icp' },
        },
        {
          client: 'helm',
          source: '/etc/environment',
          values: { HTTPS_PROXY: proxy, NO_PROXY: '192.168.20.0/24' },
        },
      ],
    });
    const report = install(reference(cam, inwardOnly), 'cam-by-proxy');
    expect(report).toMatchObject({ works: false, failsAt: 'terraform' });
    expect(report.notes).toContainEqual(
      expect.objectContaining({
        code: 'setting-unread',
        detail: expect.objectContaining({
          client: 'terraform',
          reads: expect.arrayContaining(['the pod environment']) as unknown,
        }) as unknown,
      }),
    );
    expect(report.causes[0]?.fix).toMatchObject({
      code: 'proxy-tell',
      detail: { client: 'terraform', source: 'pod environment' },
      proven: true,
    });
  });
});

describe('the inside, asked of the proxy', () => {
  test.each([
    // what NO_PROXY lacks; where it fails
    ['the services', '172.29.0.0/16', '172.29.0.1'],
    ['the nodes', '192.168.20.0/24', '192.168.20.11'],
  ])('%s: %s is missing, so that pods do not reach %s', (_who, token, host) => {
    const design = reference(
      noProxy(byProxy, 'pod', (tokens) => tokens.filter((one) => one !== token)),
    );
    const report = install(design, byProxy);
    expect(report).toMatchObject({ works: false, failsAt: 'inside' });
    expect(report.causes).toMatchObject([
      { code: 'inside-by-proxy', detail: { client: 'pod', host, token }, fix: { proven: true } },
    ]);
    expect(afterFixes(design, byProxy).works).toBe(true);
  });

  test('a webhook: .svc is missing, so that the API server does not reach it', () => {
    const webhook = (design: Design): Design => ({
      ...design,
      services: [
        ...(design.services ?? []),
        {
          id: 'image-policy',
          type: 'ClusterIP',
          cluster: 'icp',
          namespace: 'shop',
          clusterIps: ['172.29.86.77'],
          selector: { app: 'web' },
          ports: [{ name: 'https', port: 443, protocol: 'TCP', targetPort: 'http' }],
        },
      ],
    });
    expect(install(reference(webhook), byProxy).works).toBe(true);
    const lacking = noProxy(byProxy, 'pod', (tokens) => tokens.filter((one) => one !== '.svc'));
    const report = install(reference(webhook, lacking), byProxy);
    expect(report).toMatchObject({ works: false, failsAt: 'inside' });
    expect(report.causes).toMatchObject([
      {
        code: 'inside-by-proxy',
        nodes: ['master-1', 'master-2', 'master-3'],
        detail: { host: 'image-policy.shop.svc', token: '.svc' },
        fix: { proven: true },
      },
    ]);
  });
});

describe('the network', () => {
  test('a chart is redirected to a host that the proxy does not go to', () => {
    const narrow = node('host', 'customer-proxy', (squid) => ({
      ...squid,
      httpProxy: {
        port: 3128,
        allowedDestinations: [
          '.docker.io',
          '.docker.com',
          'raw.githubusercontent.com',
          'github.com',
        ],
      },
    }));
    const chart = scenario(byProxy, (found) => ({
      ...found,
      artifacts: [
        {
          kind: 'chart',
          reference: 'https://github.com/acme/charts/releases/download/shop-1.0.0/shop-1.0.0.tgz',
          neededBy: ['boot'],
        },
      ],
    }));
    const design = reference(narrow, chart);
    const report = install(design, byProxy);
    expect(report).toMatchObject({ works: false, failsAt: 'listed' });
    expect(report.causes).toMatchObject([
      {
        code: 'blocked',
        nodes: ['boot'],
        detail: {
          client: 'helm',
          host: 'release-assets.githubusercontent.com',
          because: { code: 'proxy-refused', detail: { refusal: { code: 'host-not-served' } } },
        },
        fix: { code: 'network', proven: true },
      },
    ]);
    const [asked] = cellsOf(report).filter(({ step }) => step === 'listed');
    expect(asked?.cell.asks.map(({ host, works }) => [host, works])).toEqual([
      ['github.com', true],
      ['release-assets.githubusercontent.com', false],
    ]);
    expect(afterFixes(design, byProxy).works).toBe(true);
  });

  test('one node has no default route: that node alone is named', () => {
    const lost = node('host', 'worker-3', ({ routes: _routes, ...worker }) => worker);
    const design = reference(lost);
    const report = install(design, 'icp-connected');
    expect(report.works).toBe(false);
    expect(new Set(report.causes.flatMap(({ nodes }) => nodes))).toEqual(new Set(['worker-3']));
    expect(report.causes[0]).toMatchObject({
      code: 'blocked',
      detail: { device: 'worker-3', because: { code: 'no-route' } },
      fix: { code: 'network', proven: true },
    });
    expect(afterFixes(design, 'icp-connected').works).toBe(true);
  });

  test('the proxy sees an address that is none of its clients', () => {
    const untranslated = node('edge-gateway', 'esg', (esg) => ({
      ...esg,
      nat: (esg.nat ?? []).filter(({ id }) => id !== '2'),
    }));
    const known = node('router', 'bcr', (bcr) => ({
      ...bcr,
      routes: [...(bcr.routes ?? []), { destination: '192.168.20.0/24', via: '10.208.242.130' }],
    }));
    const inward = node('host', 'customer-proxy', (squid) => ({
      ...squid,
      routes: [...(squid.routes ?? []), { destination: '192.168.20.0/24', via: '10.208.242.130' }],
    }));
    const report = install(reference(untranslated, known, inward), byProxy);
    expect(report.works).toBe(false);
    expect(report.causes).toContainEqual(
      expect.objectContaining({
        code: 'blocked',
        detail: expect.objectContaining({
          because: expect.objectContaining({ code: 'proxy-refused' }) as unknown,
        }) as unknown,
      }),
    );
  });
});

describe('mirrors', () => {
  const images = [
    'registry.k8s.io/kube-apiserver:v1.34.1',
    'registry.k8s.io/kube-controller-manager:v1.34.1',
    'registry.k8s.io/kube-scheduler:v1.34.1',
    'registry.k8s.io/etcd:3.6.4-0',
    'registry.k8s.io/kube-proxy:v1.34.1',
    'registry.k8s.io/coredns/coredns:v1.12.1',
  ];
  const kubeadm = (endpoint: string, more: Record<string, string> = {}) =>
    withScenario({
      id: 'kubeadm',
      product: 'kubeadm',
      mode: 'air-gapped',
      cluster: 'icp',
      bundle: [
        'https://raw.githubusercontent.com/projectcalico/calico/v3.30.3/manifests/calico.yaml',
      ],
      settings: [
        {
          client: 'apt',
          source: '/etc/apt/sources.list',
          values: { deb: 'deb https://192.168.20.7/ubuntu noble main' },
        },
        {
          client: 'containerd',
          source: '/etc/containerd/certs.d/_default/hosts.toml',
          values: { [`host."${endpoint}"`]: '', ...more },
        },
      ],
    });
  const holding = (artifacts: readonly string[]) =>
    node('host', 'mirror', (mirror) => ({
      ...mirror,
      artifactMirror: {
        kinds: ['images', 'charts', 'terraform', 'packages', 'binaries'],
        scheme: 'https',
        port: 443,
        artifacts,
      },
    }));
  const packages = [
    'containerd.io',
    'kubelet',
    'kubeadm',
    'kubectl',
    'conntrack',
    'ethtool',
    'iptables',
    'socat',
    'cri-tools',
    'kubernetes-cni',
  ];
  const calico = ['calico/cni:v3.30.3', 'calico/node:v3.30.3', 'calico/kube-controllers:v3.30.3'];

  test('everything on a mirror, by the names that containerd asks for', () => {
    const held = [
      ...packages,
      ...calico,
      ...images.map((one) => one.replace('registry.k8s.io/', '')),
      'pause:3.10.1',
    ];
    expect(
      install(reference(holding(held), kubeadm('https://192.168.20.7')), 'kubeadm'),
    ).toMatchObject({
      works: true,
      causes: [],
    });
  });

  test('pause of another version than the list says: that one image', () => {
    const held = [...packages, ...calico, ...images, 'registry.k8s.io/pause:3.9'];
    const design = reference(holding(held), kubeadm('https://192.168.20.7'));
    const report = install(design, 'kubeadm');
    expect(report).toMatchObject({ works: false, failsAt: 'node-images' });
    expect(report.causes).toMatchObject([
      {
        code: 'mirror-lacks',
        detail: { mirror: 'mirror', references: ['registry.k8s.io/pause:3.10.1'] },
        fix: { code: 'mirror-hold', proven: true },
      },
    ]);
    expect(afterFixes(design, 'kubeadm').works).toBe(true);
  });

  test('an endpoint without a scheme', () => {
    const report = install(reference(kubeadm('192.168.20.7')), 'kubeadm');
    expect(report).toMatchObject({ works: false, failsAt: 'images' });
    expect(report.causes).toMatchObject([
      { code: 'mirror-without-scheme', detail: { endpoint: '192.168.20.7' } },
    ]);
  });

  test('registries.yaml without a scheme, and with one', () => {
    const rke2 = (endpoint: string) =>
      withScenario({
        id: 'rke2',
        product: 'rke2',
        mode: 'air-gapped',
        cluster: 'icp',
        settings: [
          {
            client: 'containerd',
            source: '/etc/rancher/rke2/registries.yaml',
            values: { 'docker.io': endpoint },
          },
        ],
      });
    const bare = reference(rke2('192.168.20.7:443'));
    const bareReport = install(bare, 'rke2');
    const images = ({ step }: { step: string }) => step !== 'script';
    expect(bareReport.causes.filter(images)).toMatchObject([
      {
        code: 'mirror-without-scheme',
        fix: { detail: { endpoint: 'https://192.168.20.7:443' }, proven: true },
      },
    ]);
    expect(install(reference(rke2('https://192.168.20.7')), 'rke2').causes.filter(images)).toEqual(
      [],
    );
  });

  test('asked in http where it serves https', () => {
    const report = install(reference(kubeadm('http://192.168.20.7:443')), 'kubeadm');
    expect(report.causes).toMatchObject([{ code: 'mirror-scheme', detail: { serves: 'https' } }]);
  });

  test('registry-mirrors of Docker is for images of Docker Hub alone', () => {
    const mirrored = scenario('icp-air-gapped', (found) => ({
      ...found,
      bundle: [],
      artifacts: [{ kind: 'image', reference: 'registry.k8s.io/pause:3.1', neededBy: ['all'] }],
      settings: [
        ...(found.settings ?? []),
        {
          client: 'docker',
          source: '/etc/docker/daemon.json',
          values: { 'registry-mirrors': '["https://192.168.20.7"]' },
        },
      ],
    }));
    const report = install(reference(mirrored), 'icp-air-gapped');
    expect(report).toMatchObject({ works: false, failsAt: 'listed' });
    expect(report.causes).toMatchObject([
      { code: 'not-carried', detail: { references: ['registry.k8s.io/pause:3.1'] } },
    ]);
    expect(codes({ ...report, causes: [] })).toEqual([]);
    expect(report.notes.map(({ code }) => code)).toContain('mirror-docker-hub-only');
  });

  test('providers are downloaded in spite of a mirror, which Terraform takes by https alone', () => {
    const cam = (url: string) =>
      scenario('cam-air-gapped', (found) => ({
        ...found,
        bundle: found.bundle?.filter((one) => !one.startsWith('hashicorp/')) ?? [],
        settings: [
          {
            client: 'apt',
            source: '/etc/apt/sources.list',
            values: { deb: 'deb https://192.168.20.7/ubuntu xenial main' },
          },
          {
            client: 'terraform',
            source: '/root/.terraformrc',
            values: { 'provider_installation.network_mirror.url': url },
          },
        ],
      }));
    const plain = install(reference(cam('http://192.168.20.7/')), 'cam-air-gapped');
    expect(plain).toMatchObject({ works: false, failsAt: 'terraform' });
    expect(plain.causes).toMatchObject([
      { code: 'mirror-needs-https', fix: { code: 'mirror-endpoint-set', proven: true } },
    ]);
    expect(install(reference(cam('https://192.168.20.7/')), 'cam-air-gapped').works).toBe(true);
  });
});

/** Nodes reach the private network, and no further. */
function inwardOnly(design: Design): Design {
  return node('edge-gateway', 'esg', (esg) => ({
    ...esg,
    firewall: {
      ...esg.firewall,
      rules: (esg.firewall?.rules ?? []).map((rule) =>
        rule.id === '1' ? { ...rule, destinations: ['10.0.0.0/8', '192.168.0.0/16'] } : rule,
      ),
    },
  }))(design);
}
