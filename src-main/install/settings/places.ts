import type { InstallClient, Product } from '../catalogue/index.ts';

/** Of what form a place is, which decides what of it counts. */
export type PlaceForm =
  | 'environment'
  | 'daemon-json'
  | 'docker-env'
  | 'curlrc'
  | 'apt-conf'
  | 'yum-conf'
  | 'registries-yaml'
  | 'hosts-toml'
  | 'terraform-rc'
  | 'apt-sources'
  | 'yum-repo'
  | 'helm-repositories';

/** A file or environment that a client reads. */
export interface Place {
  /** As people write it. */
  readonly shown: string;
  readonly form: PlaceForm;
  readonly matches: RegExp;
}

const place = (shown: string, form: PlaceForm, matches: RegExp): Place => ({
  shown,
  form,
  matches,
});

/** systemd.unit(5): drop-ins end with `.conf`; these are its folders for units. */
const dropIn = (unit: string) =>
  place(
    `/etc/systemd/system/${unit}.service.d/*.conf`,
    'environment',
    new RegExp(
      `^/(etc|run|lib|usr/lib|usr/local/lib)/systemd/system/${unit}\\.service\\.d/[^/]+\\.conf$`,
    ),
  );

const shell = place(
  'the shell environment (/etc/environment, /etc/profile.d/*.sh, ~/.bashrc)',
  'environment',
  /^((the )?(shell|sudo|environment)( environment)?|\/etc\/(environment|profile|bash\.?bashrc|profile\.d\/[^/]+\.sh|sudoers(\.d\/[^/.~]+)?)|(~|\/root|\/home\/[^/]+)\/\.(bashrc|bash_profile|profile|zshrc))$/i,
);
const pod = place(
  'the pod environment',
  'environment',
  /^((the )?pod environment\b.*|.*\b(deployment|daemonset|statefulset|configmap)\b.*|\/etc\/kubernetes\/manifests\/[^/]+\.ya?ml)$/i,
);
/** docs.docker.com/engine/daemon/proxy: it wins over the environment. */
const daemonJson = place('/etc/docker/daemon.json', 'daemon-json', /^\/etc\/docker\/daemon\.json$/);
/** `docker_env` of the installer's configuration: written into the daemon's unit on every node. */
export const icpConfig = place(
  'cluster/config.yaml (docker_env)',
  'docker-env',
  /(^|\/)cluster\/config\.ya?ml$/,
);
/** docs.rke2.io/advanced#configuring-an-http-proxy. */
const rke2 = place(
  '/etc/default/rke2-server, /etc/default/rke2-agent',
  'environment',
  /^(\/etc\/(default|sysconfig)\/rke2-(server|agent)|\/usr(\/local)?\/lib\/systemd\/system\/rke2-(server|agent)\.env)$/,
);
/** docs.rke2.io/install/private_registry. */
const registriesYaml = place(
  '/etc/rancher/rke2/registries.yaml',
  'registries-yaml',
  /^\/etc\/rancher\/(rke2|k3s)\/registries\.yaml$/,
);
/** github.com/containerd/containerd docs/hosts.md. */
const hostsToml = place(
  '/etc/containerd/certs.d/*/hosts.toml',
  'hosts-toml',
  /^\/etc\/containerd\/certs\.d\/[^/]+\/hosts\.toml$/,
);
const terraformRc = place(
  '~/.terraformrc (provider_installation)',
  'terraform-rc',
  /(^|\/)(\.terraformrc|terraform\.rc|[^/]+\.tfrc)$/,
);
const helmRepositories = place(
  '~/.config/helm/repositories.yaml',
  'helm-repositories',
  /(^|\/)helm\/(repository\/)?repositories\.yaml$/,
);

/** Where a client looks, the place that wins first. */
export function placesOf(client: InstallClient, product: Product['id']): readonly Place[] {
  switch (client) {
    case 'docker':
      return isIcp(product)
        ? [daemonJson, dropIn('docker'), icpConfig]
        : [daemonJson, dropIn('docker')];
    case 'containerd':
      return product === 'rke2' ? [rke2, registriesYaml] : [dropIn('containerd'), hostsToml];
    case 'kubelet':
      return product === 'rke2' ? [rke2] : [dropIn('kubelet')];
    case 'helm':
      return [shell, helmRepositories];
    case 'terraform':
      return [product === 'cam' ? pod : shell, terraformRc];
    case 'curl':
      return [place('~/.curlrc', 'curlrc', /(^|\/)\.curlrc$/), shell];
    case 'icp-installer':
      return [shell, icpConfig];
    case 'pod':
      return product === 'rke2' ? [pod, rke2] : [pod];
    case 'apt':
      return [
        place(
          '/etc/apt/apt.conf.d/*',
          'apt-conf',
          /^\/etc\/apt\/apt\.conf(\.d\/[\w-]+(\.conf)?)?$/,
        ),
        place(
          '/etc/apt/sources.list.d/*',
          'apt-sources',
          /^\/etc\/apt\/sources\.list(\.d\/[\w.-]+\.(list|sources))?$/,
        ),
      ];
    case 'yum':
      return [
        place('/etc/yum.conf', 'yum-conf', /^\/etc\/(yum\/)?yum\.conf$|^\/etc\/dnf\/dnf\.conf$/),
        place('/etc/yum.repos.d/*.repo', 'yum-repo', /^\/etc\/yum\.repos\.d\/[^/]+\.repo$/),
      ];
    default:
      return client satisfies never;
  }
}

export const isIcp = (product: Product['id']): boolean =>
  product === 'icp-ce' || product === 'icp-ee' || product === 'cam';

/** The place of a form that one would write a setting of this client to. */
const written: {
  readonly [Form in PlaceForm]?: (client: InstallClient, product: Product['id']) => string;
} = {
  'daemon-json': () => '/etc/docker/daemon.json',
  'registries-yaml': () => '/etc/rancher/rke2/registries.yaml',
  'hosts-toml': () => '/etc/containerd/certs.d/_default/hosts.toml',
  'terraform-rc': () => '~/.terraformrc',
  'apt-sources': () => '/etc/apt/sources.list.d/mirror.list',
  'yum-repo': () => '/etc/yum.repos.d/mirror.repo',
  'helm-repositories': () => '~/.config/helm/repositories.yaml',
  'apt-conf': () => '/etc/apt/apt.conf.d/95proxy',
  'yum-conf': () => '/etc/yum.conf',
  environment: (client, product) =>
    product === 'rke2' && ['containerd', 'kubelet', 'pod'].includes(client)
      ? '/etc/default/rke2-server'
      : client === 'docker' || client === 'containerd' || client === 'kubelet'
        ? `/etc/systemd/system/${client}.service.d/http-proxy.conf`
        : client === 'pod' || (client === 'terraform' && product === 'cam')
          ? 'pod environment'
          : '/etc/environment',
};

const proxyForms: readonly PlaceForm[] = ['environment', 'apt-conf', 'yum-conf'];
const mirrorForms: readonly PlaceForm[] = [
  'daemon-json',
  'registries-yaml',
  'hosts-toml',
  'terraform-rc',
  'apt-sources',
  'yum-repo',
  'helm-repositories',
];

const firstOf = (forms: readonly PlaceForm[], client: InstallClient, product: Product['id']) => {
  const found = placesOf(client, product).find(({ form }) => forms.includes(form));
  return found && written[found.form]?.(client, product);
};

/** Where to tell this client of a proxy. */
export const proxyPlace = (client: InstallClient, product: Product['id']): string | undefined =>
  firstOf(proxyForms, client, product);

/** Where to tell this client of a mirror; undefined where it knows none. */
export const mirrorPlace = (client: InstallClient, product: Product['id']): string | undefined =>
  firstOf(mirrorForms, client, product);
