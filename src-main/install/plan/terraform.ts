import type { PlanFile } from './file.ts';
import { httpUrl, isPath } from './inputs.ts';
import { hclString } from './quoting.ts';

export type ProviderMirror =
  | { readonly kind: 'network'; readonly url: string }
  | { readonly kind: 'filesystem'; readonly path: string };

/**
 * https://developer.hashicorp.com/terraform/cli/config/config-file#provider-installation. Without `direct` nothing but the
 * mirror is asked. Undefined where the mirror is none: over the network it has to be https.
 */
export function terraformConfig(
  mirror: ProviderMirror,
  {
    isAirGapped,
    path = '/root/.terraformrc',
  }: { readonly isAirGapped: boolean; readonly path?: string },
): PlanFile | undefined {
  const lines = mirrorLines(mirror);
  if (!lines || !isPath(path)) return undefined;
  return {
    path,
    content: [
      'provider_installation {',
      ...lines,
      ...(isAirGapped ? [] : ['  direct {', '  }']),
      '}',
      '',
    ].join('\n'),
    commands: [`export TF_CLI_CONFIG_FILE=${path}`],
  };
}

function mirrorLines(mirror: ProviderMirror): readonly string[] | undefined {
  switch (mirror.kind) {
    case 'network': {
      const url = httpUrl(mirror.url);
      if (url?.protocol !== 'https:') return undefined;
      // What is asked for is put behind it.
      const folder = url.href.endsWith('/') ? url.href : `${url.href}/`;
      return ['  network_mirror {', `    url = ${hclString(folder)}`, '  }'];
    }
    case 'filesystem':
      if (!isPath(mirror.path)) return undefined;
      return ['  filesystem_mirror {', `    path = ${hclString(mirror.path)}`, '  }'];
    default:
      return mirror satisfies never;
  }
}
