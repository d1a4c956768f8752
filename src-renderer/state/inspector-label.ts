import type { Entity } from '../../src-main/contract/index.ts';
import { plainPath, valueAt, type Path } from './inspector-path.ts';

/** What a part of an entity is called in the name of a step of the history. */
const parts: Readonly<Record<string, string>> = {
  interfaces: 'interface',
  routes: 'route',
  listeners: 'listener',
  rules: 'rule',
  nat: 'NAT rule',
  loadBalancers: 'load balancer',
  members: 'member',
  dnsServer: 'DNS server',
  zones: 'zone',
  records: 'record',
  httpProxy: 'HTTP proxy',
  artifactMirror: 'artifact mirror',
  virtualIps: 'virtual IP',
  ipsecTunnels: 'IPsec tunnel',
  otherIngressControllers: 'ingress controller',
  ingress: 'ingress rule',
  egress: 'egress rule',
  subnets: 'subnet',
  pods: 'pod',
  ports: 'port',
  paths: 'path',
};

/** The name of a step: `Change rule internet-to-ingress of esg: sources`. Names of the history are kept in the file. */
export function stepLabel(ref: string, path: Path, entity: Entity | undefined): string {
  const id = ref.slice(ref.indexOf(':') + 1);
  const plain = plainPath(entity, path);
  const row = plain.findLastIndex((key) => typeof key === 'number');
  const last = plain.at(-1);
  if (last === undefined) return oneLine(`Edit ${id}`);
  if (row < 0) return oneLine(`Change ${keyWords(last)} of ${id}`);
  const list = plain[row - 1];
  const what = parts[String(list)] ?? keyWords(list ?? 'row');
  const item = valueAt(entity, plain.slice(0, row + 1));
  const named = item as { readonly id?: unknown; readonly name?: unknown } | null | undefined;
  const name = typeof named?.id === 'string' ? named.id : named?.name;
  const who = typeof name === 'string' ? name : String(Number(plain[row]) + 1);
  const field = row < plain.length - 1 ? `: ${keyWords(last)}` : '';
  return oneLine(`Change ${what} ${who} of ${id}${field}`);
}

/** `translatedPort` as people say it: `translated port`. */
const keyWords = (key: string | number): string =>
  parts[String(key)] ?? String(key).replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

const oneLine = (text: string): string => text.replace(/\p{Cc}/gu, ' ').slice(0, 200);
