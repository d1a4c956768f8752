import { remedyText } from '../../explain/words/index.ts';
import { reasonText, warningText } from '../../sim/vocabulary/tell.ts';
import type { BlockedBecause } from '../../explain/vocabulary.ts';
import { counted } from '../../sim/vocabulary/counted.ts';
import type { SayingTable } from '../../sim/vocabulary/saying.ts';
import type { CauseFacts, FixFacts, NoteFacts } from '../vocabulary.ts';
import type { CarriedBytes, PlanFacts } from '../plan/vocabulary.ts';

/** Things that are named one by one; the rest is counted. */
const named = 5;
export const listText = (items: readonly string[], more: (count: number) => string): string => {
  const rest = items.length - named;
  const shown = items.slice(0, rest > 1 ? named : items.length).join(', ');
  return rest > 1 ? `${shown} ${more(rest)}` : shown;
};
const list = (items: readonly string[]) => listText(items, (count) => `and ${count} more`);

export const becauseText = (because: BlockedBecause, language: 'en' | 'ko' = 'en'): string =>
  because.code === 'mtu-black-hole'
    ? warningText(because, language)
    : reasonText(because, language);

const kinds = {
  image: 'images',
  chart: 'charts',
  terraform: 'Terraform providers and templates',
  package: 'OS packages',
  binary: 'binaries',
} as const;

export const causes: SayingTable<CauseFacts> = {
  blocked: ({ client, host, port, proxy, because }) =>
    `${client} does not reach ${host}:${port}${proxy === undefined ? '' : ` by proxy ${proxy}`}: ${becauseText(because)}`,
  'inside-by-proxy': ({ client, host, port, proxy, source, token, because }) =>
    `${client} asks proxy ${proxy} for ${host}:${port}, which is inside: NO_PROXY of ${source} lacks ${token} (${becauseText(because)})`,
  'proxy-scheme': ({ client, scheme, proxy, source }) =>
    `${client} speaks ${scheme} to proxy ${proxy}, as ${source} says; the proxy speaks plain HTTP`,
  'proxy-malformed': ({ client, value, source }) =>
    `${client} cannot make a proxy of ${JSON.stringify(value)} in ${source}`,
  'not-carried': ({ kind, client, references, host, hidden }) =>
    `${client} needs ${kinds[kind]} of ${host} that are neither in the bundle nor on a mirror that it is told of: ${list(references)}${
      hidden === undefined ? '' : `. No list names them: ${hidden}`
    }`,
  'mirror-lacks': ({ client, mirror, references }) =>
    `mirror ${mirror} does not hold what ${client} asks it for: ${list(references)}`,
  'mirror-without-scheme': ({ client, endpoint, source }) =>
    `${client} cannot use mirror ${endpoint} of ${source}: it has no scheme (https:// or http://)`,
  'mirror-scheme': ({ client, endpoint, source, serves }) =>
    `${client} asks mirror ${endpoint}, as ${source} says; that one serves ${serves}`,
  'mirror-needs-https': ({ endpoint, source }) =>
    `terraform takes a network mirror by https alone; ${source} says ${endpoint}`,
  'in-cluster-range': ({ cluster, range, of, taken }) => {
    const resolvers = taken.filter(({ isResolver }) => isResolver);
    const shown = list(taken.map(({ node, address }) => `${address} (${node})`));
    const dns = resolvers.length > 0 ? `, so that questions to name servers are lost` : '';
    return `the range of ${of} ${range} of cluster ${cluster} overlaps addresses in use: ${shown}. The cluster's nodes take packets for them to be for ${of}${dns}`;
  },
  'nobody-known': ({ kind, references }) =>
    `who could be asked for ${kinds[kind]} ${list(references)} is not known: they name no host`,
  'nobody-there': () => 'the design has no machine that this could be installed on',
};

export const fixes: SayingTable<FixFacts> = {
  network: ({ remedies }) => remedies.map((one) => remedyText(one)).join('; '),
  'no-proxy-add': ({ client, source, token }) =>
    `add ${token} to NO_PROXY of ${client} in ${source}`,
  'proxy-scheme-set': ({ client, source, value }) =>
    `tell ${client} of the proxy as ${value} in ${source}`,
  'proxy-tell': ({ client, source, value }) => `tell ${client} of proxy ${value} in ${source}`,
  'bundle-add': ({ references }) => `put into the bundle: ${list(references)}`,
  'mirror-hold': ({ mirror, references }) => `put on mirror ${mirror}: ${list(references)}`,
  'mirror-tell': ({ kind, client, mirror, source }) =>
    `have ${client} ask mirror ${mirror} for ${kinds[kind]}, by ${source}`,
  'mirror-needed': ({ kind, references }) =>
    `a mirror of ${kinds[kind]} that holds ${list(references)}`,
  'mirror-endpoint-set': ({ client, source, endpoint }) =>
    `tell ${client} of the mirror as ${endpoint} in ${source}`,
  'range-change': ({ cluster, range, of }) =>
    `give the ${of} of cluster ${cluster} another range than ${range}`,
};

const dead: Record<NoteFacts['dead-token']['dead'], string> = {
  'address-start': 'the start of an address',
  'no-network': 'neither a host nor a network',
  star: 'a star that this client does not know',
  port: 'a host with a port',
};

export const notes: SayingTable<NoteFacts> = {
  'setting-unread': ({ client, source, reads }) =>
    `${client} does not read ${source}; it reads ${reads.join(', ')}`,
  'case-conflict': ({ client, source, used, ignored }) =>
    `${source} has ${used} and ${ignored}, with different values; ${client} takes ${used}`,
  'case-unread': ({ client, source, name, reads }) =>
    `${client} does not read ${name} of ${source}, only ${reads}`,
  'dead-token': ({ client, source, token, dead: why }) =>
    `${JSON.stringify(token)} in NO_PROXY of ${source} matches nothing for ${client}: ${dead[why]}`,
  overridden: ({ client, source, by }) => `${client} goes by ${by}, not by ${source}`,
  'no-proxy-known': ({ client, nodes }) =>
    `${client} is told of no proxy and goes direct on ${list(nodes)}`,
  'mirror-docker-hub-only': ({ client, source, registry }) =>
    `${client} asks the registry-mirrors of ${source} for images of Docker Hub alone, not for those of ${registry}`,
  'not-drawn': ({ hosts }) =>
    `${list(hosts)} ${hosts.length === 1 ? 'is' : 'are'} not in the design: taken to be on the internet, and to answer`,
  'pod-not-drawn': ({ client, nodes }) =>
    `no pod is drawn on ${list(nodes)}; packets of ${client} were sent from the node`,
  'product-notes': ({ product, notes: said }) => `what the catalogue says of ${product}: ${said}`,
  'reaches-out': ({ client, hosts, nodes }) =>
    `air-gapped, and yet ${client} reaches ${list(hosts)} from ${list(nodes)}: what is missing in the bundle or on the mirror would come from there without anybody noticing`,
};

/** Bytes as people read them: powers of 1024. */
export function bytesText(bytes: number): string {
  const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'] as const;
  const at = bytes < 1024 ? 0 : Math.min(Math.floor(Math.log2(bytes) / 10), units.length - 1);
  return `${(bytes / 1024 ** at).toFixed(at === 0 ? 0 : 1)} ${units[at] ?? ''}`;
}

const carriedText = ({ references, bytes, unsized, mediumBytes, transfers }: CarriedBytes) => {
  const known = references - unsized;
  const sized =
    known === 0 ? 'of unknown size' : `${unsized > 0 ? 'at least ' : ''}${bytesText(bytes)}`;
  const rest = unsized > 0 && known > 0 ? ` (the size of ${unsized} is not known)` : '';
  const times =
    transfers === undefined
      ? ''
      : `; a medium of ${bytesText(mediumBytes ?? 0)} takes ${unsized > 0 ? 'at least ' : ''}${counted(transfers, 'transfer')}`;
  return `${counted(references, 'artifact')}, ${sized}${rest}${times}`;
};

export const plans = (
  fixText: (fix: PlanFacts['change']['fix']) => string,
): SayingTable<PlanFacts> => ({
  change: ({ fix }) => fixText(fix).replace(/^./, (first) => first.toUpperCase()),
  'request-firewall': ({ rows }) =>
    `Have the firewalls let through what the request lists: ${counted(rows, 'row')}`,
  bundle: ({ program, references, leftOut }) =>
    `${program === 'hauler' ? 'Where the internet is, make the bundle with Hauler' : 'Or make it with Zarf'}: ${counted(references, 'artifact')}${
      leftOut.length === 0 ? '' : `; to be carried besides: ${list(leftOut)}`
    }`,
  carry: (facts) => `Carry the bundle over: ${carriedText(facts)}`,
  tell: ({ clients, source, proxy, mirrors }) =>
    `Tell ${clients.join(', ')} of ${proxy && mirrors ? 'the proxy and mirrors' : proxy ? 'the proxy' : 'mirrors'} in ${source}`,
  do: ({ title }) => title,
});
