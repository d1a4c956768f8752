import type { PlanFile } from './file.ts';
import type { PlanMirror } from './inputs.ts';
import { tomlString } from './quoting.ts';

/** Where a registry is asked that has no mirror: Docker Hub's name is not that of its host. */
const upstream = (registry: string): string | undefined => {
  if (registry === '*') return undefined;
  return registry === 'docker.io' ? 'https://registry-1.docker.io' : `https://${registry}`;
};

/**
 * https://github.com/containerd/containerd/blob/main/docs/hosts.md: one file a registry. What `server` names is asked last;
 * without the internet the mirror stands there too, so that nobody waits for an address that does not answer.
 */
export function containerdHosts(
  mirrors: readonly PlanMirror[],
  { isAirGapped }: { readonly isAirGapped: boolean },
): readonly PlanFile[] {
  const registries = [...new Set(mirrors.map(({ registry }) => registry))];
  return registries.map((registry) => {
    const own = mirrors.filter((mirror) => mirror.registry === registry);
    const server = isAirGapped ? own[0]?.endpoint : upstream(registry);
    const hosts = own.map(({ endpoint, caFile }) =>
      [
        '',
        `[host.${tomlString(endpoint)}]`,
        '  capabilities = ["pull", "resolve"]',
        ...(caFile === undefined ? [] : [`  ca = ${tomlString(caFile)}`]),
      ].join('\n'),
    );
    return {
      path: `/etc/containerd/certs.d/${registry === '*' ? '_default' : registry}/hosts.toml`,
      content: [...(server === undefined ? [] : [`server = ${tomlString(server)}`]), ...hosts, '']
        .join('\n')
        .trimStart(),
      // It is read at each pull, where the configuration in use names the folder.
      commands: ['containerd config dump | grep -F /etc/containerd/certs.d'],
    };
  });
}
