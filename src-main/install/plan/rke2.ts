import type { PlanFile } from './file.ts';
import type { PlanMirror, PlanProxy } from './inputs.ts';
import { modeFor, proxyVariables } from './proxy-variables.ts';
import { environmentLine, yamlString } from './quoting.ts';

/** A service of RKE2 or K3s, as systemd calls it. */
export type RancherService = 'rke2-server' | 'rke2-agent' | 'k3s' | 'k3s-agent';

const programOf = (service: RancherService) => (service.startsWith('rke2') ? 'rke2' : 'k3s');
const restart = (service: RancherService) => [`systemctl restart ${service}`];

/** https://docs.rke2.io/install/private_registry, https://docs.k3s.io/installation/private-registry */
export function registriesYaml(service: RancherService, mirrors: readonly PlanMirror[]): PlanFile {
  const registries = [...new Set(mirrors.map(({ registry }) => registry))];
  const withCa = new Map(
    mirrors.flatMap(({ endpoint, caFile }) =>
      caFile === undefined ? [] : [[new URL(endpoint).host, caFile] as const],
    ),
  );
  const lines = [
    'mirrors:',
    ...registries.flatMap((registry) => [
      `  ${yamlString(registry)}:`,
      '    endpoint:',
      ...mirrors
        .filter((mirror) => mirror.registry === registry)
        .map(({ endpoint }) => `      - ${yamlString(endpoint)}`),
    ]),
    ...(withCa.size === 0 ? [] : ['configs:']),
    ...[...withCa].flatMap(([host, caFile]) => [
      `  ${yamlString(host)}:`,
      '    tls:',
      `      ca_file: ${yamlString(caFile)}`,
    ]),
  ];
  return {
    path: `/etc/rancher/${programOf(service)}/registries.yaml`,
    content: mirrors.length === 0 ? '' : `${lines.join('\n')}\n`,
    commands: restart(service),
  };
}

/** https://docs.rke2.io/reference/server_config: without it, the registry's own address is asked last. */
export function noDefaultEndpoint(service: RancherService): PlanFile {
  return {
    path: `/etc/rancher/${programOf(service)}/config.yaml`,
    content: 'disable-default-registry-endpoint: true\n',
    isPart: true,
    commands: restart(service),
  };
}

/** https://docs.rke2.io/advanced#configuring-an-http-proxy, https://docs.k3s.io/advanced#configuring-an-http-proxy */
export function rancherEnvironment(service: RancherService, proxy: PlanProxy): PlanFile {
  const path =
    programOf(service) === 'rke2'
      ? `/etc/default/${service}`
      : `/etc/systemd/system/${service}.service.env`;
  const lines = proxyVariables(proxy, 'upper').map(([name, value]) => environmentLine(name, value));
  return {
    path,
    content: `${lines.join('\n')}\n`,
    isPart: true,
    ...modeFor(proxy),
    commands: restart(service),
  };
}
