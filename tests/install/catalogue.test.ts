import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { catalogueFolder } from '../../src-main/hosts/local/catalogue-folder.ts';
import {
  askedHost,
  endpointsFor,
  parseCatalogue,
  productOf,
  stepIn,
  type ArtifactKind,
  type Catalogue,
  type InstallClient,
} from '../../src-main/install/catalogue/index.ts';
import { textIssueSentence } from '../../src-main/interop/design-text/index.ts';

const shipped = await catalogueFolder(
  join(import.meta.dirname, '..', '..', 'resources', 'data'),
).read();

const parsed = parseCatalogue(shipped);
function catalogue(): Catalogue {
  if (!parsed.ok) throw new Error(parsed.issues.map(textIssueSentence).join('\n'));
  return parsed.value;
}

const issues = (...texts: readonly string[]): string[] => {
  const found = parseCatalogue(texts.map((text, at) => ({ name: `${at}.yaml`, text })));
  return found.ok ? [] : found.issues.map(textIssueSentence);
};

const known = `source: https://example.com/\n    date: "2026-11-28"`;
const endpoint = (rest: string) => `endpoints:
  - id: one
    ${known}
    ${rest}
`;

describe('the catalogue that comes along', () => {
  test('is valid, and has every product that a scenario can name', () => {
    const ids = new Set(catalogue().products.map(({ id }) => id));
    expect([...ids].sort()).toEqual(['cam', 'icp-ce', 'icp-ee', 'kubeadm', 'rke2']);
  });

  test('knows an endpoint for whatever is fetched from outside', () => {
    const { products } = catalogue();
    const unknown = products.flatMap(({ steps }) =>
      steps.flatMap(({ needs = [] }) =>
        needs.flatMap(({ kind, references, client }) =>
          references.filter((reference) => {
            const [first] = endpointsFor(catalogue(), kind, reference, client);
            return first?.endpoint === undefined;
          }),
        ),
      ),
    );
    // The cluster's own registry, and what is carried to the boot node by hand.
    expect(unknown.filter((reference) => !reference.startsWith('mycluster.icp:8500/'))).toEqual([
      'ibm-cloud-private-x86_64-3.1.2.tar.gz',
      'icp-docker-18.03.1_x86_64.bin',
    ]);
  });

  test.each<[product: 'icp-ce' | 'icp-ee' | 'kubeadm' | 'rke2', pause: string]>([
    ['icp-ce', 'ibmcom/pause:3.1'],
    ['icp-ee', 'mycluster.icp:8500/ibmcom/pause:3.1'],
    ['kubeadm', 'registry.k8s.io/pause:3.10.1'],
    ['rke2', 'rancher/mirrored-pause:3.6'],
  ])('%s needs its pause image on workers too: %s', (id, pause) => {
    const needs = productOf(catalogue(), id)?.steps.flatMap((step) => step.needs ?? []) ?? [];
    const roles = needs.flatMap(({ references, neededBy }) =>
      references.includes(pause) ? neededBy : [],
    );
    expect(roles).toContain('worker');
  });

  test('says that the quick install of CAM asks for packages that nobody lists', () => {
    const hidden = productOf(catalogue(), 'cam')?.steps.flatMap(({ needs = [] }) =>
      needs.flatMap((need) => (need.hidden === undefined ? [] : need.references)),
    );
    expect(hidden).toContain('nfs-common');
  });

  test('gives the last version of a product where none is named', () => {
    expect(productOf(catalogue(), 'icp-ce')?.version).toBe('3.1.2');
    expect(productOf(catalogue(), 'icp-ce', '2.1.0.2')?.version).toBe('2.1.0.2');
    expect(productOf(catalogue(), 'icp-ce', '1.0')).toBeUndefined();
  });

  test('leaves out what an air-gapped install does not ask for', () => {
    const script = productOf(catalogue(), 'rke2')?.steps.find(({ id }) => id === 'script');
    const references = (mode: 'connected' | 'air-gapped') =>
      script && stepIn(script, mode).needs.flatMap((need) => need.references);
    expect(references('connected')).toContain('https://update.rke2.io/v1-release/channels');
    expect(references('air-gapped')).not.toContain('https://update.rke2.io/v1-release/channels');
  });
});

describe('who is asked for an artifact', () => {
  test.each<[kind: ArtifactKind, reference: string, client: InstallClient, hosts: string]>([
    // Docker Hub is asked where a reference names no registry, with its token service and content network.
    [
      'image',
      'nginx:1',
      'docker',
      'registry-1.docker.io auth.docker.io production.cloudflare.docker.com',
    ],
    [
      'image',
      'docker.io/library/nginx',
      'containerd',
      'registry-1.docker.io auth.docker.io production.cloudflare.docker.com',
    ],
    ['image', 'icr.io/ibm/x@sha256:00', 'containerd', 'icr.io'],
    ['image', 'cp.icr.io/cp/x:1', 'containerd', 'cp.icr.io'],
    ['image', 'quay.io/calico/node:v3', 'containerd', 'quay.io cdn01.quay.io'],
    // A registry that nobody knows is asked itself, on the port that it names.
    ['image', 'localhost/x', 'docker', 'localhost'],
    ['image', 'Mirror.example.com:5000/a/b', 'docker', 'mirror.example.com:5000'],
    // With a port it is another service than the one that is known.
    ['image', 'quay.io:8443/a', 'docker', 'quay.io:8443'],
    ['terraform', 'hashicorp/vsphere', 'terraform', 'registry.terraform.io releases.hashicorp.com'],
    [
      'terraform',
      'registry.terraform.io/hashicorp/tls@4.0.5',
      'terraform',
      'registry.terraform.io releases.hashicorp.com',
    ],
    [
      'terraform',
      'ibm-cloud/ibm',
      'terraform',
      'registry.terraform.io github.com release-assets.githubusercontent.com',
    ],
    ['terraform', 'registry.example.com/acme/cloud', 'terraform', 'registry.example.com'],
    [
      'terraform',
      'git::https://github.com/acme/module.git',
      'terraform',
      'github.com release-assets.githubusercontent.com',
    ],
    ['chart', 'oci://ghcr.io/acme/chart', 'helm', 'ghcr.io pkg-containers.githubusercontent.com'],
    [
      'chart',
      'https://kubernetes.github.io/ingress-nginx',
      'helm',
      'kubernetes.github.io github.com release-assets.githubusercontent.com',
    ],
    ['chart', 'stable/nginx', 'helm', ''],
    ['binary', 'http://files.example.com/a.tar.gz', 'curl', 'files.example.com:80'],
    ['binary', 'https://user:word@files.example.com:8443/a', 'curl', 'files.example.com:8443'],
    ['package', 'docker-ce=5:18.03.1~ce~3-0~ubuntu', 'apt', 'download.docker.com'],
    ['package', 'docker-ce.x86_64', 'yum', 'download.docker.com'],
    ['package', 'nfs-common', 'apt', 'mirrors.service.softlayer.com:80'],
    ['package', 'rke2-server', 'yum', 'rpm.rancher.io'],
    ['package', 'rke2-server', 'apt', 'mirrors.service.softlayer.com:80'],
  ])('%s %s by %s: %s', (kind, reference, client, hosts) => {
    const [first] = endpointsFor(catalogue(), kind, reference, client);
    const told = first?.requests.map(({ host, port }) => (port === 443 ? host : `${host}:${port}`));
    expect((told ?? []).join(' ')).toBe(hosts);
  });

  test('is more than one where packages come from more than one place, the private one first', () => {
    const all = endpointsFor(catalogue(), 'package', 'nfs-common', 'apt');
    expect(all.map(({ endpoint }) => endpoint?.id)).toEqual(['softlayer-mirror', 'ubuntu-archive']);
  });

  test.each<[reference: string, host: string | undefined]>([
    ['a', 'docker.io'],
    ['a/b/c', 'docker.io'],
    ['index.docker.io/a/b', 'docker.io'],
    ['docker://quay.io/a', 'quay.io'],
    ['[2001:db8::1]:5000/a', '2001:db8::1'],
    ['a:b:c/d', undefined],
  ])('image %s names %s', (reference, host) => {
    expect(askedHost('image', reference)?.host).toBe(host);
  });
});

describe('a catalogue that is not one', () => {
  test.each<[what: string, text: string, said: RegExp]>([
    ['an unknown key', 'endpoint: []', /^0\.yaml:1:1: endpoint .*no such key here/],
    [
      'no source',
      'endpoints: [{id: a, date: "2026-11-28", kinds: [image], hosts: [a.io], network: public, requests: []}]',
      /endpoints\[0\]\.source is missing/,
    ],
    [
      'a day that is none',
      endpoint('kinds: [image]').replace('2026-11-28', '28.11.2026'),
      /^0\.yaml:4:11: endpoints\[0\]\.date .*"28\.11\.2026".*expected a day such as 2026-11-28$/m,
    ],
    [
      'no request',
      endpoint('{}').replace(
        '{}',
        'kinds: [image]\n    hosts: [a.io]\n    network: public\n    requests: []',
      ),
      /endpoints\[0\]\.requests.*expected at least one entry/,
    ],
    [
      'neither hosts nor references',
      endpoint(
        'kinds: [image]\n    network: public\n    requests: [{host: a.io, port: 443, scheme: https, purpose: registry}]',
      ),
      /endpoints\[0\].*expected hosts, references, or both/,
    ],
    [
      'a port that is none',
      endpoint(
        'kinds: [image]\n    hosts: [a.io]\n    network: public\n    requests: [{host: a.io, port: 0, scheme: https, purpose: registry}]',
      ),
      /requests\[0\]\.port.*expected a port from 1 to 65535/,
    ],
    ['no YAML', 'endpoints: [', /^0\.yaml:1:\d+: /],
    ['a byte that is no text', 'endpoints: \u0000', /^0\.yaml:1:\d+: /],
  ])('%s is told with file, line, path, value and expectation', (_what, text, said) => {
    expect(issues(text).join('\n')).toMatch(said);
  });

  test('has one id twice, in two files', () => {
    const text = endpoint(
      'kinds: [image]\n    hosts: [a.io]\n    network: public\n    requests: [{host: a.io, port: 443, scheme: https, purpose: registry}]',
    );
    expect(issues(text)).toEqual([]);
    expect(issues(text, text)).toEqual([
      '1.yaml:2:9: endpoints[0].id is "one": expected one that 0.yaml does not have',
    ]);
  });

  test('that would grow beyond measure ends early', () => {
    const bomb = `a: &a [${'x,'.repeat(200)}x]\n${Array.from({ length: 9 }, (_, at) => {
      const [name, before] = [String.fromCharCode(98 + at), String.fromCharCode(97 + at)];
      return `${name}: &${name} [${`*${before},`.repeat(50)}*${before}]`;
    }).join('\n')}\nendpoints: *j`;
    expect(issues(bomb).join('\n')).toMatch(/expected at most 10000 nodes that aliases stand for/);
  });
});
