import { describe, expect, test } from 'vitest';
import { read, references } from './read.ts';

const object = (kind: string, body: string) => `apiVersion: v1
kind: ${kind}
metadata: {name: web, namespace: shop}
${body}
`;
const pod = 'containers: [{name: app, image: "docker.io/acme/app:1"}]';

describe('what pods run', () => {
  test.each<[kind: string, body: string]>([
    ['Pod', `spec: {${pod}}`],
    ['Deployment', `spec: {template: {spec: {${pod}}}}`],
    ['StatefulSet', `spec: {template: {spec: {${pod}}}}`],
    ['DaemonSet', `spec: {template: {spec: {${pod}}}}`],
    ['ReplicaSet', `spec: {template: {spec: {${pod}}}}`],
    ['ReplicationController', `spec: {template: {spec: {${pod}}}}`],
    ['Job', `spec: {template: {spec: {${pod}}}}`],
    ['CronJob', `spec: {jobTemplate: {spec: {template: {spec: {${pod}}}}}}`],
    ['PodTemplate', `template: {spec: {${pod}}}`],
    // A kind of somebody else's that says it in the same way.
    ['Rollout', `spec: {template: {spec: {${pod}}}}`],
  ])('is taken of a %s', (kind, body) => {
    expect(read(object(kind, body)).artifacts).toEqual([
      `4 image docker.io/acme/app:1: container app of ${kind} shop/web`,
    ]);
  });

  test('is in every list of containers, and in volumes that are images', () => {
    const { artifacts, remarks } = read(
      object(
        'Pod',
        `spec:
  initContainers:
    - name: migrate
      image: quay.io/acme/migrate@sha256:${'0'.repeat(64)}
  containers:
    - {name: app, image: registry.example.com:5000/acme/app:1}
  ephemeralContainers:
    - name: look
      image: busybox
  volumes:
    - {name: model, image: {reference: ghcr.io/acme/model:2}}
    - {name: tmp, emptyDir: {}}`,
      ),
    );
    expect(artifacts).toEqual([
      `7 image quay.io/acme/migrate@sha256:${'0'.repeat(64)}: init container migrate of Pod shop/web`,
      '9 image registry.example.com:5000/acme/app:1: container app of Pod shop/web',
      '12 image busybox: ephemeral container look of Pod shop/web',
      '14 image ghcr.io/acme/model:2: volume of Pod shop/web',
    ]);
    expect(remarks).toEqual([
      '12 ephemeral container look of Pod shop/web: busybox has no tag and no digest: latest is pulled',
    ]);
  });

  test('is taken once, of lists and of several documents', () => {
    const item = `{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{image: "a:1"}, {image: "b:1"}]}}`;
    expect(references(`kind: List\nitems: [${item}, ${item}]\n---\n${item}\n---\n`)).toEqual([
      'image a:1',
      'image b:1',
    ]);
    const typed = `kind: PodList\napiVersion: v1\nitems: [{spec: {containers: [{image: "c:1"}]}}]`;
    expect(references(typed)).toEqual(['image c:1']);
    expect(references(`{"kind": "Pod", "spec": {"containers": [{"image": "d:1"}]}}`)).toEqual([
      'image d:1',
    ]);
  });

  test('says which hook of Helm it is for, and leaves tests out', () => {
    const hook = (value: string) => `apiVersion: batch/v1
kind: Job
metadata: {name: j, annotations: {helm.sh/hook: "${value}"}}
spec: {template: {spec: {containers: [{name: c, image: "a:1"}]}}}
`;
    expect(read(hook('pre-install,pre-upgrade')).artifacts).toEqual([
      '4 image a:1: container c of Job j, hook pre-install, pre-upgrade',
    ]);
    expect(read(hook('test'))).toEqual({
      artifacts: [],
      remarks: ['1 Job j: runs for `helm test` alone: not taken'],
    });
  });

  test('is read where the rest of the file has templates of other programs in it', () => {
    const rules = object('ConfigMap', 'data: {a.rules: "{{ $labels.instance }} is down"}');
    expect(references(`${rules}---\n${object('Pod', `spec: {${pod}}`)}`)).toEqual([
      'image docker.io/acme/app:1',
    ]);
  });

  test.each<[image: string]>([
    ['"$(IMAGE)"'],
    ['"{{ .Values.image }}"'],
    ['"Acme/App:1"'],
    ['"a b"'],
    ['"http://a.example.com/b:1"'],
  ])('is told where it is no image: %s', (image) => {
    const { artifacts, remarks } = read(
      object('Pod', `spec: {containers: [{name: app, image: ${image}}]}`),
    );
    expect(artifacts).toEqual([]);
    expect(remarks).toEqual([`4 container app of Pod shop/web: ${image} is no image reference`]);
  });
});

describe('what may be an image, and is not taken', () => {
  test.each<[what: string, text: string, remark: string]>([
    [
      'an argument',
      object(
        'Pod',
        'spec: {containers: [{name: c, image: "a:1", args: [--sidecar=quay.io/acme/side:2]}]}',
      ),
      '4 container c of Pod shop/web: quay.io/acme/side:2 may be an image: not taken',
    ],
    [
      'a variable that is called so',
      object(
        'Pod',
        'spec: {containers: [{name: c, image: "a:1", env: [{name: HELPER_IMAGE, value: "busybox:1.36"}]}]}',
      ),
      '4 container c of Pod shop/web: busybox:1.36 may be an image: not taken',
    ],
    [
      'data',
      object('ConfigMap', 'data:\n  template: |\n    image: "docker.io/istio/proxyv2:1.2"'),
      '5 ConfigMap shop/web: docker.io/istio/proxyv2:1.2 may be an image: not taken',
    ],
    [
      'a custom resource',
      object('CephCluster', 'spec: {cephVersion: {image: "quay.io/ceph/ceph:v18"}}'),
      '4 CephCluster shop/web: quay.io/ceph/ceph:v18 may be an image: not taken',
    ],
  ])('%s', (_what, text, remark) => {
    const { artifacts, remarks } = read(text);
    expect(artifacts.filter((line) => !line.includes('image a:1'))).toEqual([]);
    expect(remarks).toEqual([remark]);
  });

  test.each<[what: string, argument: string]>([
    ['an address with a port', 'http://metrics.example.com/push:9090'],
    ['a host and port', 'db.example.com:5432'],
    ['a path', '/etc/app/config:ro'],
    ['a time', '12:30'],
  ])('but not %s', (_what, argument) => {
    const { remarks } = read(
      object('Pod', `spec: {containers: [{name: c, image: "a:1", args: ["${argument}"]}]}`),
    );
    expect(remarks).toEqual([]);
  });

  test('nor what a definition of custom resources describes', () => {
    const { remarks } = read(object('CustomResourceDefinition', 'spec: {image: "quay.io/a/b:1"}'));
    expect(remarks).toEqual([]);
  });
});

describe('what has something else installed', () => {
  const other = (apiVersion: string, kind: string, spec: string) =>
    `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: x}\nspec: ${spec}\n`;

  test.each<[text: string, reference: string]>([
    [
      other(
        'helm.cattle.io/v1',
        'HelmChart',
        '{repo: "https://a.example.com", chart: nginx, version: 1.2.3}',
      ),
      'chart https://a.example.com#nginx@1.2.3',
    ],
    [
      other('helm.cattle.io/v1', 'HelmChart', '{chart: "https://a.example.com/nginx-1.tgz"}'),
      'chart https://a.example.com/nginx-1.tgz',
    ],
    [
      other(
        'argoproj.io/v1alpha1',
        'Application',
        '{source: {repoURL: "https://a.example.com", chart: nginx, targetRevision: 1.2.3}}',
      ),
      'chart https://a.example.com#nginx@1.2.3',
    ],
  ])('names its chart, whose images have to be read in', (text, reference) => {
    expect(references(text)).toEqual([reference]);
    expect(read(text).remarks.join()).toMatch(/the images of its chart are not listed by it$/);
  });

  test.each<[text: string, remark: RegExp]>([
    [other('helm.cattle.io/v1', 'HelmChart', '{chart: stable/nginx}'), /does not name/],
    [
      other(
        'argoproj.io/v1alpha1',
        'Application',
        '{source: {repoURL: "https://a.example.com/b.git", path: c}}',
      ),
      /does not name: read that in too$/,
    ],
    [
      other('helm.toolkit.fluxcd.io/v2', 'HelmRelease', '{chart: {}}'),
      /read in what `helm template`/,
    ],
    [
      'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nimages: [{name: a, newTag: "1"}]\n',
      /read in what `kustomize build` writes$/,
    ],
  ])('or says that more has to be read', (text, remark) => {
    const { artifacts, remarks } = read(text);
    expect(artifacts).toEqual([]);
    expect(remarks).toHaveLength(1);
    expect(remarks[0]).toMatch(remark);
  });
});

test('a webhook is told with whom the API server calls', () => {
  const { remarks } = read(
    object(
      'ValidatingWebhookConfiguration',
      `webhooks:
  - clientConfig: {service: {name: hook, namespace: shop, port: 8443}}
  - clientConfig: {service: {name: hook, namespace: shop}}
  - clientConfig: {url: "https://hooks.example.com/a"}`,
    ),
  );
  const called = 'ValidatingWebhookConfiguration shop/web: webhook: the API server calls';
  expect(remarks).toEqual([
    `5 ${called} hook.shop.svc:8443, which must not go through a proxy`,
    `6 ${called} hook.shop.svc:443, which must not go through a proxy`,
    `7 ${called} https://hooks.example.com/a`,
  ]);
});

describe('a Zarf package', () => {
  test('is its images, charts, files and repositories', () => {
    const { artifacts, remarks } = read(`kind: ZarfPackageConfig
metadata: {name: shop}
components:
  - name: base
    required: true
    charts:
      - {name: nginx, url: "https://kubernetes.github.io/ingress-nginx", repoName: ingress-nginx, version: 4.11.3}
      - {name: podinfo, url: "oci://ghcr.io/stefanprodan/charts/podinfo", version: 6.4.0}
      - {name: own, localPath: charts/own}
    images:
      - registry.k8s.io/ingress-nginx/controller:v1.11.3
      - "ghcr.io/acme/###ZARF_PKG_TMPL_APP###:1"
    manifests:
      - name: m
        files: [local.yaml, "https://example.com/m.yaml"]
    files:
      - {source: "https://example.com/tool.tar.gz", target: /usr/local/bin/tool}
      - {source: beside.txt, target: /tmp/beside.txt}
    repos: ["https://github.com/acme/config.git@v1"]
    actions: {onDeploy: {before: [{cmd: "curl https://example.com"}]}}
  - name: more
    import: {path: ../more}
`);
    expect(artifacts).toEqual([
      '11 image registry.k8s.io/ingress-nginx/controller:v1.11.3: image of component base',
      '7 chart https://kubernetes.github.io/ingress-nginx#ingress-nginx@4.11.3: chart nginx of component base',
      '8 chart oci://ghcr.io/stefanprodan/charts/podinfo:6.4.0: chart podinfo of component base',
      '15 binary https://example.com/m.yaml: manifest of component base',
      '17 binary https://example.com/tool.tar.gz: file of component base',
      '19 binary https://github.com/acme/config.git@v1: git repository of component base',
    ]);
    expect(remarks).toEqual([
      '12 component base: ghcr.io/acme/###ZARF_PKG_TMPL_APP###:1: a variable is put in when the package is made',
      '9 component base: charts/own: lies beside the file: it is part of the package',
      '15 component base: local.yaml: a manifest that lies beside the file: read it in too',
      '20 component base: actions: run commands: what these fetch is not known',
      '22 component more (optional): ../more: is another package, whose own zarf.yaml has to be read too',
    ]);
  });

  test('says where its charts bring images that nobody has listed', () => {
    const { remarks } = read(`kind: ZarfPackageConfig
components: [{name: c, charts: [{name: a, url: "https://example.com", version: 1.0.0}]}]
`);
    expect(remarks).toEqual([
      '2 component c (optional): chart a: its images are not listed by the component',
    ]);
  });
});

test("Hauler's manifests are images, charts and files", () => {
  const { artifacts, remarks } = read(`apiVersion: content.hauler.cattle.io/v1
kind: Images
metadata: {name: i}
spec:
  images:
    - name: rancher/rke2-runtime:v1
    - {name: "docker.io/library/nginx:1.27", platform: linux/amd64}
---
apiVersion: content.hauler.cattle.io/v1
kind: Charts
spec: {charts: [{name: rancher, repoURL: "https://releases.rancher.com/server-charts/stable", version: 2.8.5}, {name: ./own.tgz}]}
---
apiVersion: content.hauler.cattle.io/v1
kind: Files
spec: {files: [{path: "https://get.rke2.io", name: install.sh}, {path: local.sh}]}
---
apiVersion: content.hauler.cattle.io/v1
kind: ImageTxts
spec: {}
`);
  expect(artifacts).toEqual([
    "6 image rancher/rke2-runtime:v1: Hauler's Images",
    "7 image docker.io/library/nginx:1.27: Hauler's Images",
    "11 chart https://releases.rancher.com/server-charts/stable#rancher@2.8.5: Hauler's Charts",
    "15 binary https://get.rke2.io: Hauler's Files",
  ]);
  expect(remarks).toEqual([
    "11 Hauler's Charts: chart rancher: its images are not listed by it",
    "11 Hauler's Charts: ./own.tgz lies beside the file: nothing is fetched",
    "18 Hauler's ImageTxts: is not read: expected Images, Charts or Files",
  ]);
});
