/** Reads NSX-T's policy objects back into rules of a design: what a rule means there, taken from the API reference. */
import type { Exported } from '../../../src-main/interop/exchange.ts';
import type { FirewallRule, FirewallService, NatRule } from '../../../src-main/model/design.ts';
import type { EdgeRules } from '../edges/same-ways.ts';

interface Node {
  readonly resource_type: string;
  readonly children?: readonly Node[];
  readonly [key: string]: unknown;
}

export function infraOf({ files }: Exported): Node {
  const [file, ...more] = files;
  if (!file || more.length > 0) throw new Error('there is one file');
  return JSON.parse(String(file.content)) as Node;
}

/** Every object of a type, wherever it stands, each with the id of the object around it. */
export function objectsOf(root: Node, type: string): readonly { around: string; object: Node }[] {
  const found: { around: string; object: Node }[] = [];
  const visit = (node: Node, around: string) => {
    if (node.resource_type === type) found.push({ around, object: node });
    const own = typeof node['id'] === 'string' ? node['id'] : around;
    for (const one of node.children ?? []) {
      const name = one.resource_type.replace(/^Child/, '');
      const wrapped = one[name] as Node | undefined;
      visit(wrapped ?? one, own);
    }
  };
  visit(root, '');
  return found;
}

/** The order of sequence numbers decides. */
const inOrder = (nodes: readonly Node[]): readonly Node[] =>
  [...nodes].sort((a, b) => Number(a['sequence_number']) - Number(b['sequence_number']));

export function readNsxT(exported: Exported): Map<string, EdgeRules> {
  const infra = infraOf(exported);
  const groups = new Map(
    objectsOf(infra, 'Group').map(({ object }) => {
      const [expression] = object['expression'] as { ip_addresses: string[] }[];
      return [`/infra/domains/default/groups/${String(object['id'])}`, expression?.ip_addresses];
    }),
  );
  const services = new Map(
    objectsOf(infra, 'Service').map(({ object }) => {
      const [entry, ...more] = object['service_entries'] as Entry[];
      if (!entry || more.length > 0) throw new Error('a service of NAT has one entry');
      return [`/infra/services/${String(object['id'])}`, entry];
    }),
  );
  const edges = new Map<string, EdgeRules>();
  const policies = inOrder(objectsOf(infra, 'GatewayPolicy').map(({ object }) => object));
  const byEdge = Map.groupBy(policies.flatMap(rulesOf), edgeOf);
  for (const [id, rules] of byEdge) {
    const last = rules.at(-1);
    if (!last || JSON.stringify(last['source_groups']) !== '["ANY"]') throw new Error('no default');
    const nat = objectsOf(infra, 'PolicyNatRule').filter(({ object: rule }) =>
      gatewayOf(infra, rule, id),
    );
    edges.set(id, {
      defaultAction: actionOf(last),
      rules: rules.slice(0, -1).map((rule) => firewallRule(rule, id, groups)),
      nat: inOrder(nat.map((one) => one.object)).map((rule) => natRule(rule, id, services)),
    });
  }
  return edges;
}

const rulesOf = (policy: Node): readonly Node[] =>
  inOrder((policy.children ?? []).map((one) => one['Rule'] as Node));

/** The gateway that a rule is applied to, whatever its policy is called. */
function edgeOf({ scope }: Node): string {
  const id = /^\/infra\/tier-1s\/([^/]+)/.exec((scope as readonly string[])[0] ?? '')?.[1];
  if (id === undefined) throw new Error('a rule of no gateway');
  return id;
}

/** Whether a NAT rule stands in a gateway: its section is called USER in each. */
function gatewayOf(infra: Node, rule: Node, id: string): boolean {
  const gateway = infra.children?.find((one) => one['target_type'] === 'Tier1' && one['id'] === id);
  return (
    gateway !== undefined && objectsOf(gateway, 'PolicyNatRule').some((one) => one.object === rule)
  );
}

interface Entry {
  readonly resource_type: string;
  readonly l4_protocol?: string;
  readonly destination_ports?: readonly string[];
  readonly protocol?: string;
  readonly protocol_number?: number;
}

const actionOf = (rule: Node): EdgeRules['defaultAction'] => {
  const found = { ALLOW: 'accept', DROP: 'deny', REJECT: 'reject' }[String(rule['action'])];
  if (found === undefined) throw new Error(`${String(rule['action'])} is no action`);
  return found as EdgeRules['defaultAction'];
};

const portOf = (text: string) => (text.includes('-') ? text : Number(text));

function firewallRule(
  rule: Node,
  edge: string,
  groups: ReadonlyMap<string, readonly string[] | undefined>,
): FirewallRule {
  const addresses = (key: string) =>
    (rule[key] as string[]).flatMap((text) =>
      text === 'ANY' ? ['any'] : text.startsWith('/') ? (groups.get(text) ?? []) : [text],
    );
  const entries = rule['service_entries'] as Entry[] | undefined;
  const { interface: at, isGateway } = scopeOf(rule['scope'], edge);
  const direction = String(rule['direction']);
  if (isGateway !== (direction === 'IN_OUT')) throw new Error('direction and scope differ');
  const notes = rule['description'];
  return {
    id: String(rule['id']),
    name: String(rule['display_name']),
    ...(typeof notes === 'string' ? { notes } : {}),
    enabled: rule['disabled'] !== true,
    action: actionOf(rule),
    sources: addresses('source_groups'),
    destinations: addresses('destination_groups'),
    ...(entries ? { services: entries.map(serviceOf) } : {}),
    ...(at !== undefined && direction === 'IN' ? { inInterface: at } : {}),
    ...(at !== undefined && direction === 'OUT' ? { outInterface: at } : {}),
  };
}

function scopeOf(scope: unknown, edge: string) {
  const [path, ...more] = scope as string[];
  if (path === undefined || more.length > 0) throw new Error('one scope');
  const gateway = `/infra/tier-1s/${edge}`;
  if (path === gateway) return { isGateway: true };
  const before = `${gateway}/locale-services/default/interfaces/`;
  if (!path.startsWith(before)) throw new Error(`${path} is none of ${edge}`);
  return { isGateway: false, interface: path.slice(before.length) };
}

function serviceOf(entry: Entry): FirewallService {
  switch (entry.resource_type) {
    case 'L4PortSetServiceEntry':
      return {
        protocol: entry.l4_protocol === 'TCP' ? 'tcp' : 'udp',
        ...(entry.destination_ports ? { ports: entry.destination_ports.map(portOf) } : {}),
      };
    case 'ICMPTypeServiceEntry':
      return { protocol: 'icmp' };
    case 'IPProtocolServiceEntry':
      return { protocol: entry.protocol_number === 50 ? 'esp' : 'ip-in-ip' };
    default:
      throw new Error(`${entry.resource_type} is no entry`);
  }
}

function natRule(rule: Node, edge: string, services: ReadonlyMap<string, Entry>): NatRule {
  const list = (key: string) => (typeof rule[key] === 'string' ? rule[key].split(',') : []);
  const entry = typeof rule['service'] === 'string' ? services.get(rule['service']) : undefined;
  if (rule['service'] !== undefined && !entry) throw new Error('a service that is not there');
  const base = {
    id: String(rule['id']),
    name: String(rule['display_name']),
    enabled: rule['enabled'] === true,
    ...(entry
      ? { protocol: entry.l4_protocol === 'TCP' ? ('tcp' as const) : ('udp' as const) }
      : {}),
    ...(rule['scope'] === undefined
      ? {}
      : { interface: scopeOf(rule['scope'], edge).interface ?? '' }),
    translated: rangeOf(list('translated_network')),
  };
  const source = rangeOf(list('source_network'));
  const destination = rangeOf(list('destination_network'));
  if (rule['action'] === 'SNAT') {
    return { ...base, kind: 'snat', original: source, destination };
  }
  const [newPort] = entry?.destination_ports ?? [];
  const matched = (rule['translated_ports'] as string | undefined) ?? newPort;
  return {
    ...base,
    kind: 'dnat',
    original: destination,
    source,
    ...(matched === undefined ? {} : { originalPorts: [portOf(matched)] }),
    ...(newPort === undefined || matched === newPort ? {} : { translatedPort: Number(newPort) }),
  };
}

/** Prefixes side by side as the range that they were. */
function rangeOf(prefixes: readonly string[]): string {
  const [first] = prefixes;
  const last = prefixes.at(-1);
  if (first === undefined || last === undefined || prefixes.includes('0.0.0.0/0')) return 'any';
  if (prefixes.length === 1) return first;
  const end = (text: string): string => {
    const [address = '', length = '32'] = text.split('/');
    const size = 2 ** (32 - Number(length));
    const number = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0) + size - 1;
    return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.');
  };
  return `${first.split('/')[0] ?? ''}-${end(last)}`;
}
