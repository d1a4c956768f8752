import { describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import {
  aptProxy,
  containerdHosts,
  dockerDaemon,
  haulerManifest,
  icpDockerEnvironment,
  kubeadmEnvironment,
  noDefaultEndpoint,
  planMirror,
  planProxy,
  planStep,
  rancherEnvironment,
  registriesYaml,
  shellProfile,
  terraformConfig,
  unitDropIn,
  yumProxy,
  zarfPackageFile,
  type PlanMirror,
  type PlanProxy,
} from '../../../src-main/install/plan/index.ts';

export function proxyOf(url: string, noProxy: string): PlanProxy {
  const proxy = planProxy(url, noProxy);
  if (!proxy) throw new Error(`${url} is no proxy`);
  return proxy;
}
export function mirrorOf(registry: string, endpoint: string, caFile?: string): PlanMirror {
  const mirror = planMirror(registry, endpoint, caFile);
  if (!mirror) throw new Error(`${registry} ${endpoint} is no mirror`);
  return mirror;
}
const squid = proxyOf(
  'http://10.208.242.140:3128',
  '.svc,.cluster.local mycluster.icp, 127.0.0.0/8,.svc',
);
const direct = '.svc,.cluster.local,mycluster.icp,127.0.0.0/8';
const hub = mirrorOf('docker.io', 'https://192.168.20.7:5000/', '/etc/ssl/mirror.crt');
const k8s = mirrorOf('registry.k8s.io', 'http://192.168.20.7:5001');

describe('what comes in', () => {
  test.each<[url: string, written: string | undefined]>([
    ['http://proxy.example.com:3128/', 'http://proxy.example.com:3128'],
    ['http://user:p%40ss@proxy:3128', 'http://user:p%40ss@proxy:3128'],
    [`http://u:a'b"c%5Cd$e\`f@proxy:3128`, 'http://u:a%27b%22c%5Cd%24e%60f@proxy:3128'],
    ['http://[2001:db8::1]:3128', 'http://[2001:db8::1]:3128'],
    ['http://proxy\n:3128', 'http://proxy:3128'],
    ['socks5://proxy:1080', undefined],
    ['proxy:3128', undefined],
    ['', undefined],
  ])('a proxy %j is written %s', (url, written) => {
    expect(planProxy(url, '')?.url).toBe(written);
  });

  test('of NO_PROXY is what can be a token, once', () => {
    expect(
      proxyOf('http://p:1', 'a.example.com, a.example.com;rm -rf / $(x) "q" [::1] *.b').direct,
    ).toEqual(['a.example.com', '[::1]', '*.b']);
    expect(squid.direct.join()).toBe(direct);
  });

  test.each<[registry: string, endpoint: string, caFile?: string]>([
    ['docker.io', 'mirror:5000'],
    ['docker.io', 'ftp://mirror'],
    ['docker.io/library', 'https://mirror'],
    ['../../etc', 'https://mirror'],
    ['docker.io', 'https://user:word@mirror'],
    ['docker.io', 'https://mirror/?a=b'],
    ['docker.io', 'https://mirror', 'relative.crt'],
    ['docker.io', 'https://mirror', '/a\nb'],
  ])('a mirror of %s at %s is none', (registry, endpoint, caFile) => {
    expect(planMirror(registry, endpoint, caFile)).toBeUndefined();
  });
});

describe('Docker', () => {
  test('is told of its proxy by a drop-in', () => {
    expect(unitDropIn('docker', squid)).toEqual({
      path: '/etc/systemd/system/docker.service.d/http-proxy.conf',
      content: `[Service]
Environment="HTTP_PROXY=http://10.208.242.140:3128"
Environment="HTTPS_PROXY=http://10.208.242.140:3128"
Environment="NO_PROXY=${direct}"
`,
      commands: ['systemctl daemon-reload', 'systemctl restart docker'],
    });
    expect(unitDropIn('containerd', squid).path).toBe(
      '/etc/systemd/system/containerd.service.d/http-proxy.conf',
    );
  });

  test('has a password in a file that only root reads, and no specifier in it', () => {
    const { content, mode } = unitDropIn('docker', proxyOf('http://u:p%40ss@proxy:3128', ''));
    expect(mode).toBe(0o600);
    expect(content).toContain('"HTTP_PROXY=http://u:p%%40ss@proxy:3128"');
  });

  test('keeps what its daemon.json has, and asks mirrors for Docker Hub alone', () => {
    const plain = mirrorOf('docker.io', 'http://192.168.20.7:5002');
    const file = dockerDaemon({
      proxy: squid,
      mirrors: [hub, k8s, plain],
      insecureRegistries: ['mycluster.icp:8500'],
      present: { 'log-driver': 'journald', 'registry-mirrors': ['https://old.example.com'] },
    });
    expect(JSON.parse(file.content)).toEqual({
      'log-driver': 'journald',
      proxies: {
        'http-proxy': 'http://10.208.242.140:3128',
        'https-proxy': 'http://10.208.242.140:3128',
        'no-proxy': direct,
      },
      'registry-mirrors': ['https://192.168.20.7:5000', 'http://192.168.20.7:5002'],
      'insecure-registries': ['mycluster.icp:8500', '192.168.20.7:5002'],
    });
    expect(JSON.parse(dockerDaemon({}).content)).toEqual({});
  });
});

describe('containerd', () => {
  test('has a file a registry, and goes on to the registry itself where there is a way out', () => {
    const files = containerdHosts([hub, mirrorOf('docker.io', 'https://second:5000'), k8s], {
      isAirGapped: false,
    });
    expect(files.map(({ path }) => path)).toEqual([
      '/etc/containerd/certs.d/docker.io/hosts.toml',
      '/etc/containerd/certs.d/registry.k8s.io/hosts.toml',
    ]);
    expect(files[0]?.content).toBe(`server = "https://registry-1.docker.io"

[host."https://192.168.20.7:5000"]
  capabilities = ["pull", "resolve"]
  ca = "/etc/ssl/mirror.crt"

[host."https://second:5000"]
  capabilities = ["pull", "resolve"]
`);
  });

  test('asks nobody else without a way out', () => {
    const [file] = containerdHosts([k8s], { isAirGapped: true });
    expect(file?.content).toContain('server = "http://192.168.20.7:5001"\n');
    expect(file?.content).not.toContain('registry.k8s.io');
  });
});

describe('RKE2 and K3s', () => {
  test('have registries with their mirrors and certificates', () => {
    const file = registriesYaml('rke2-server', [hub, k8s]);
    expect(file.path).toBe('/etc/rancher/rke2/registries.yaml');
    expect(parse(file.content)).toEqual({
      mirrors: {
        'docker.io': { endpoint: ['https://192.168.20.7:5000'] },
        'registry.k8s.io': { endpoint: ['http://192.168.20.7:5001'] },
      },
      configs: { '192.168.20.7:5000': { tls: { ca_file: '/etc/ssl/mirror.crt' } } },
    });
    expect(registriesYaml('k3s', [k8s]).path).toBe('/etc/rancher/k3s/registries.yaml');
    expect(parse(registriesYaml('k3s', [k8s]).content)).not.toHaveProperty('configs');
    expect(parse(noDefaultEndpoint('rke2-agent').content)).toEqual({
      'disable-default-registry-endpoint': true,
    });
  });

  test.each([
    ['rke2-server', '/etc/default/rke2-server'],
    ['rke2-agent', '/etc/default/rke2-agent'],
    ['k3s-agent', '/etc/systemd/system/k3s-agent.service.env'],
  ] as const)('%s reads its environment from %s', (service, path) => {
    expect(rancherEnvironment(service, squid)).toEqual({
      path,
      content: `HTTP_PROXY=http://10.208.242.140:3128\nHTTPS_PROXY=http://10.208.242.140:3128\nNO_PROXY=${direct}\n`,
      isPart: true,
      commands: [`systemctl restart ${service}`],
    });
  });
});

test("ICP's installer sets the environment of Docker by docker_env", () => {
  expect(parse(icpDockerEnvironment(squid).content)).toEqual({
    docker_env: [
      'HTTP_PROXY=http://10.208.242.140:3128',
      'HTTPS_PROXY=http://10.208.242.140:3128',
      `NO_PROXY=${direct}`,
    ],
  });
});

test('apt names hosts that it asks directly, since it knows no networks', () => {
  expect(aptProxy(squid).content).toBe(`Acquire::http::Proxy "http://10.208.242.140:3128";
Acquire::http::Proxy::mycluster.icp "DIRECT";
Acquire::https::Proxy "http://10.208.242.140:3128";
Acquire::https::Proxy::mycluster.icp "DIRECT";
`);
});

test('yum and dnf have it in their main section', () => {
  expect(yumProxy('yum', squid)).toMatchObject({
    path: '/etc/yum.conf',
    content: '[main]\nproxy=http://10.208.242.140:3128\n',
    isPart: true,
  });
  expect(yumProxy('dnf', squid).path).toBe('/etc/dnf/dnf.conf');
});

test.each([shellProfile, kubeadmEnvironment])(
  'a shell has the variables in both spellings',
  (write) => {
    expect(write(proxyOf('http://p:1', '*.a b')).content).toBe(`export HTTP_PROXY=http://p:1
export HTTPS_PROXY=http://p:1
export NO_PROXY='*.a,b'
export http_proxy=http://p:1
export https_proxy=http://p:1
export no_proxy='*.a,b'
`);
  },
);

describe('Terraform', () => {
  test('asks its mirror, and nobody else without a way out', () => {
    const url = 'https://192.168.20.7/providers';
    expect(terraformConfig({ kind: 'network', url }, { isAirGapped: true })?.content).toBe(
      `provider_installation {
  network_mirror {
    url = "https://192.168.20.7/providers/"
  }
}
`,
    );
    const path = '/opt/providers';
    expect(terraformConfig({ kind: 'filesystem', path }, { isAirGapped: false })?.content).toBe(
      `provider_installation {
  filesystem_mirror {
    path = "/opt/providers"
  }
  direct {
  }
}
`,
    );
  });

  test.each([
    [{ kind: 'network', url: 'http://192.168.20.7/providers/' }],
    [{ kind: 'network', url: '192.168.20.7' }],
    [{ kind: 'filesystem', path: 'providers' }],
    [{ kind: 'filesystem', path: '/a"b' }],
  ] as const)('takes no mirror %o', (mirror) => {
    expect(terraformConfig(mirror, { isAirGapped: true })).toBeUndefined();
  });
});

describe('bundles', () => {
  const artifacts = [
    { kind: 'image', reference: 'registry.k8s.io/pause:3.10.1' },
    { kind: 'image', reference: 'yes' },
    { kind: 'chart', reference: 'https://kubernetes.github.io/ingress-nginx#ingress-nginx@4.11.3' },
    { kind: 'chart', reference: 'oci://ghcr.io/stefanprodan/charts/podinfo:6.4.0' },
    { kind: 'binary', reference: 'https://example.com/a/tool.tar.gz?x=1' },
    { kind: 'binary', reference: 'carried-by-hand.tar.gz' },
    { kind: 'chart', reference: 'https://charts.example.com' },
    { kind: 'package', reference: 'nfs-common' },
    { kind: 'terraform', reference: 'hashicorp/vsphere' },
  ] as const;
  const left = [
    'carried-by-hand.tar.gz',
    'https://charts.example.com',
    'nfs-common',
    'hashicorp/vsphere',
  ];

  test('of Zarf have images, charts and files, and say what they leave out', () => {
    const { file, leftOut } = zarfPackageFile('Plan A!', artifacts);
    expect(parse(file.content)).toEqual({
      apiVersion: 'zarf.dev/v1alpha1',
      kind: 'ZarfPackageConfig',
      metadata: { name: 'plan-a' },
      components: [
        {
          name: 'artifacts',
          required: true,
          images: ['registry.k8s.io/pause:3.10.1', 'yes'],
          charts: [
            {
              name: 'ingress-nginx',
              url: 'https://kubernetes.github.io/ingress-nginx',
              version: '4.11.3',
              namespace: 'default',
            },
            {
              name: 'podinfo',
              url: 'oci://ghcr.io/stefanprodan/charts/podinfo',
              version: '6.4.0',
              namespace: 'default',
            },
          ],
          files: [
            {
              source: 'https://example.com/a/tool.tar.gz?x=1',
              target: '/opt/artifacts/tool.tar.gz',
            },
          ],
        },
      ],
    });
    expect(leftOut.map(({ reference }) => reference)).toEqual(left);
  });

  test('of Hauler are a document a kind, without those that there is nothing of', () => {
    const { file, leftOut } = haulerManifest('plan', artifacts);
    const documents = parseAllDocuments(file.content).map((one) => one.toJS() as unknown);
    const head = { apiVersion: 'content.hauler.cattle.io/v1', metadata: { name: 'plan' } };
    expect(documents).toEqual([
      {
        ...head,
        kind: 'Images',
        spec: { images: [{ name: 'registry.k8s.io/pause:3.10.1' }, { name: 'yes' }] },
      },
      {
        ...head,
        kind: 'Charts',
        spec: {
          charts: [
            {
              name: 'ingress-nginx',
              repoURL: 'https://kubernetes.github.io/ingress-nginx',
              version: '4.11.3',
            },
            { name: 'podinfo', repoURL: 'oci://ghcr.io/stefanprodan/charts', version: '6.4.0' },
          ],
        },
      },
      {
        ...head,
        kind: 'Files',
        spec: { files: [{ path: 'https://example.com/a/tool.tar.gz?x=1', name: 'tool.tar.gz' }] },
      },
    ]);
    expect(leftOut.map(({ reference }) => reference)).toEqual(left);
    expect(
      parseAllDocuments(haulerManifest('plan', artifacts.slice(0, 1)).file.content),
    ).toHaveLength(1);
  });
});

test('a step writes every file, then checks, reads units anew, and restarts each program once', () => {
  const step = planStep('workers', [
    unitDropIn('docker', proxyOf('http://old:1', '')),
    dockerDaemon({ mirrors: [hub] }),
    unitDropIn('docker', squid),
    unitDropIn('containerd', squid),
    aptProxy(squid),
    ...containerdHosts([hub, k8s], { isAirGapped: true }),
  ]);
  expect(step.files.map(({ path }) => path)).toEqual([
    '/etc/docker/daemon.json',
    '/etc/systemd/system/docker.service.d/http-proxy.conf',
    '/etc/systemd/system/containerd.service.d/http-proxy.conf',
    '/etc/apt/apt.conf.d/95proxy',
    '/etc/containerd/certs.d/docker.io/hosts.toml',
    '/etc/containerd/certs.d/registry.k8s.io/hosts.toml',
  ]);
  expect(step.commands).toEqual([
    'dockerd --validate --config-file /etc/docker/daemon.json',
    'containerd config dump | grep -F /etc/containerd/certs.d',
    'systemctl daemon-reload',
    'systemctl restart docker',
    'systemctl restart containerd',
    'apt-get update',
  ]);
});
