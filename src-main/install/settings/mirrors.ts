import { imageRegistry, type ArtifactKind } from '../catalogue/index.ts';
import type { Place } from './places.ts';
import type { Setting } from './read.ts';

/** A mirror that a client has been told of. */
export interface ToldMirror {
  readonly kind: ArtifactKind;
  /** Of images, the registry that it stands for; `*` for every one. */
  readonly registry?: string;
  readonly endpoint: string;
  readonly source: string;
  readonly setting: Setting;
  readonly key: string;
}

/** What a setting says of mirrors. */
export function mirrorsIn(
  { form }: Place,
  setting: Setting,
  values: ReadonlyMap<string, string>,
): readonly ToldMirror[] {
  const { source } = setting;
  const entries = [...values];
  const told = (kind: ArtifactKind, key: string, value: string, registry?: string) =>
    endpointsIn(value).map((endpoint) => ({
      kind,
      endpoint,
      source,
      setting,
      key,
      ...(registry === undefined ? {} : { registry }),
    }));
  switch (form) {
    case 'daemon-json':
      return entries.flatMap(([key, value]) =>
        key === 'registry-mirrors' ? told('image', key, value, 'docker.io') : [],
      );
    case 'registries-yaml':
      return entries.flatMap(([key, value]) => {
        const [, registry] = /^(?:mirrors\.)?(.+?)(?:\.endpoint)?$/.exec(key) ?? [];
        return key.startsWith('configs.') ? [] : told('image', key, value, registry);
      });
    case 'hosts-toml': {
      const [, folder = ''] = /certs\.d\/([^/]+)\//.exec(source) ?? [];
      const registry = folder === '_default' ? '*' : folder;
      return entries.flatMap(([key, value]) => {
        // `server` is whom to ask when no mirror answers.
        if (/^server$/.test(key)) return [];
        const [, quoted] = /^host\."(.+)"/.exec(key) ?? [];
        return told('image', key, quoted ?? value, registry);
      });
    }
    case 'terraform-rc':
      return entries.flatMap(([key, value]) =>
        key.includes('network_mirror') || value.includes('network_mirror')
          ? told('terraform', key, value.replace(/^.*url\s*=\s*/s, '').replace(/\s*[}].*$/s, ''))
          : [],
      );
    case 'apt-sources':
      return entries.flatMap(([key, value]) => told('package', key, placeInSources(value)));
    case 'yum-repo':
      return entries.flatMap(([key, value]) =>
        key.endsWith('baseurl') ? told('package', key, value) : [],
      );
    case 'helm-repositories':
      return entries.flatMap(([key, value]) => told('chart', key, value));
    default:
      return [];
  }
}

/** `deb [options] URI suite component`, or the value of `URIs:`. */
function placeInSources(value: string): string {
  const [, uri] = /^\s*deb(?:-src)?\s+(?:\[[^\]]*\]\s+)?(\S+)/.exec(value) ?? [];
  return uri ?? value.trim().split(/\s+/)[0] ?? '';
}

const endpointsIn = (value: string): readonly string[] =>
  value
    .split(/[\s,]+/)
    .map((text) => text.replace(/^[["']+|[\]"';]+$/g, ''))
    .filter((text) => text !== '');

export interface Endpoint {
  readonly scheme: 'http' | 'https';
  readonly host: string;
  readonly port: number;
}

/** Undefined where it has no scheme that a mirror can be asked by. */
export function parseEndpoint(text: string): Endpoint | undefined {
  const match = /^(https?):\/\/(\[[0-9a-f:.]+\]|[^:/?#[\]]+)(?::(\d{1,5}))?(?:[/?#]|$)/i.exec(text);
  if (!match) return undefined;
  const [, given = '', host = '', port] = match;
  const scheme = given.toLowerCase() === 'http' ? 'http' : 'https';
  return {
    scheme,
    host: host.replace(/^\[(.*)\]$/, '$1').toLowerCase(),
    port: port === undefined ? (scheme === 'http' ? 80 : 443) : Number(port),
  };
}

/** The mirrors that the client asks for an image or another artifact, in their order. */
export const mirrorsFor = (
  mirrors: readonly ToldMirror[],
  kind: ArtifactKind,
  reference: string,
): readonly ToldMirror[] =>
  mirrors.filter(
    (mirror) =>
      mirror.kind === kind &&
      (mirror.registry === undefined ||
        mirror.registry === '*' ||
        mirror.registry === imageRegistry(reference)),
  );
