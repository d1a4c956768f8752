/** What plan files are made of, checked where it comes in, so that every writer can write it. */
import { parseIp } from '../../model/ip.ts';

/** A proxy as programs are told of it. */
export interface PlanProxy {
  /** `http://proxy.example.com:3128`, with what a URL cannot hold in it escaped. */
  readonly url: string;
  /** For NO_PROXY, each once. */
  readonly direct: readonly string[];
  readonly hasPassword: boolean;
}

/** Another place for what a registry has. */
export interface PlanMirror {
  /** `docker.io`, as the first part of a reference says it, with its port if it has one; `*` for every registry. */
  readonly registry: string;
  /** `https://mirror.example.com:5000`, without a slash at the end. */
  readonly endpoint: string;
  /** A certificate authority's file on the machine, where the system's own do not know the mirror's. */
  readonly caFile?: string;
}

/** Names, addresses and networks, with stars and ports; nothing that a shell or a program takes for an option. */
const tokenSigns = /^(?=.*[\w*])[\w.:*[][\w.:*/[\]-]*$/;

/** A proxy by its URL and what NO_PROXY says; undefined where that is no http:// or https:// URL. */
export function planProxy(
  text: string,
  noProxy: readonly string[] | string,
): PlanProxy | undefined {
  const url = httpUrl(text);
  if (!url) return undefined;
  const tokens = typeof noProxy === 'string' ? noProxy.split(/[\s,]+/) : noProxy;
  const direct = [...new Set(tokens.filter((token) => tokenSigns.test(token)))];
  // URL leaves quotes in passwords alone; shells and apt do not.
  const written = bareUrl(url).replace(/['"\\`$]/g, (sign) => `%${hex(sign)}`);
  return { url: written, direct, hasPassword: url.password !== '' };
}

const hex = (sign: string): string => sign.charCodeAt(0).toString(16).toUpperCase();

/** A mirror of a registry; undefined where the one is no registry, or the other no http:// or https:// URL. */
export function planMirror(
  registry: string,
  endpoint: string,
  caFile?: string,
): PlanMirror | undefined {
  const url = httpUrl(endpoint);
  const isHost =
    registry === '*' || /^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:\d{1,5})?$/.test(registry);
  if (!url || !(isHost || parseIp(registry.replace(/^\[(.*)\]$/, '$1')))) return undefined;
  if (url.username !== '' || url.search !== '' || url.hash !== '') return undefined;
  if (caFile !== undefined && !isPath(caFile)) return undefined;
  return {
    registry: registry.toLowerCase(),
    endpoint: bareUrl(url),
    ...(caFile === undefined ? {} : { caFile }),
  };
}

/** An absolute path without signs that a program could take for something else. */
export const isPath = (text: string): boolean => /^\/[\w./+-]*$/.test(text);

export function httpUrl(text: string): URL | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const isHttp = url.protocol === 'http:' || url.protocol === 'https:';
  return isHttp && url.hostname !== '' ? url : undefined;
}

const bareUrl = (url: URL): string => url.href.replace(/\/$/, '');
