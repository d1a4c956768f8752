/** Reads NSX's XML back into rules of a design: what a rule means there, taken from the API guide. */
import { DOMParser, type Element } from '@xmldom/xmldom';
import type {
  Design,
  FirewallRule,
  FirewallService,
  NatRule,
} from '../../../src-main/model/design.ts';
import type { Exported } from '../../../src-main/interop/exchange.ts';
import type { EdgeRules } from '../edges/same-ways.ts';

/** The document of a file; throws where it is not well-formed. */
export function documentOf({ files }: Exported, path: string): Element {
  const file = files.find((one) => one.path === path);
  if (!file || typeof file.content !== 'string') throw new Error(`there is no file ${path}`);
  return parsed(file.content);
}

export function parsed(xml: string): Element {
  const onError = (level: string, message: string) => {
    // It warns of U+FFFD, which stands where a design has no character of XML.
    if (level !== 'warning') throw new Error(`${level}: ${message}`);
  };
  const root = new DOMParser({ onError }).parseFromString(xml, 'text/xml').documentElement;
  if (!root) throw new Error('there is no element');
  return root;
}

export const childrenOf = (element: Element, name?: string): readonly Element[] =>
  Array.from(element.childNodes).filter(
    (child): child is Element =>
      child.nodeType === 1 && (name === undefined || child.nodeName === name),
  );

const textOf = (element: Element, name: string): string | undefined =>
  childrenOf(element, name)[0]?.textContent ?? undefined;
const needed = (element: Element, name: string): string => {
  const text = textOf(element, name);
  if (text === undefined) throw new Error(`${element.nodeName} has no ${name}`);
  return text;
};
const notAny = (text: string | undefined) => (text === 'any' ? undefined : text);

/** The rules of every edge that there is a firewall of. */
export function readNsxV(design: Design, exported: Exported): Map<string, EdgeRules> {
  const edges = new Map<string, EdgeRules>();
  for (const node of design.nodes ?? []) {
    const has = (file: string) => exported.files.some(({ path }) => path === `${node.id}-${file}`);
    if (!has('firewall.xml')) continue;
    const interfaceOf = interfaceById((node.interfaces ?? []).map(({ id }) => id));
    const firewall = documentOf(exported, `${node.id}-firewall.xml`);
    const [policy] = childrenOf(firewall, 'defaultPolicy');
    if (!policy) throw new Error('there is no default policy');
    const [rules] = childrenOf(firewall, 'firewallRules');
    const [nat] = has('nat.xml')
      ? childrenOf(documentOf(exported, `${node.id}-nat.xml`), 'natRules')
      : [];
    edges.set(node.id, {
      defaultAction: needed(policy, 'action') as EdgeRules['defaultAction'],
      rules: rules ? childrenOf(rules).map((rule, at) => firewallRule(rule, at, interfaceOf)) : [],
      nat: nat ? childrenOf(nat).map((rule, at) => natRule(rule, at, interfaceOf)) : [],
    });
  }
  return edges;
}

type InterfaceOf = (index: string) => string;

function interfaceById(ids: readonly string[]): InterfaceOf {
  return (index) => {
    const named = ids.find((id) => id === `vnic${index}`);
    const id = named ?? ids[Number(index)];
    if (id === undefined) throw new Error(`there is no vnic ${index}`);
    return id;
  };
}

interface End {
  readonly addresses?: readonly string[];
  readonly vnic?: string;
}

function endOf(rule: Element, name: string): End {
  const [end] = childrenOf(rule, name);
  if (!end) return {};
  if (needed(end, 'exclude') !== 'false') throw new Error('nothing is excluded here');
  const [group, ...more] = childrenOf(end, 'vnicGroupId').map(({ textContent }) => textContent);
  const addresses = childrenOf(end, 'ipAddress').map(({ textContent }) => textContent ?? '');
  // They are alternatives: no rule of a design is for an interface or an address.
  if (group && (addresses.length > 0 || more.length > 0)) throw new Error('two kinds in one end');
  if (group) return { vnic: /^vnic-index-(\d)$/.exec(group)?.[1] ?? '?' };
  return { addresses };
}

function firewallRule(rule: Element, at: number, interfaceOf: InterfaceOf): FirewallRule {
  const [source, destination] = [endOf(rule, 'source'), endOf(rule, 'destination')];
  const [application] = childrenOf(rule, 'application');
  const services = application ? childrenOf(application, 'service').map(serviceOf) : undefined;
  const notes = textOf(rule, 'description');
  return {
    id: `rule-${at + 1}`,
    name: needed(rule, 'name'),
    ...(notes === undefined ? {} : { notes }),
    enabled: needed(rule, 'enabled') === 'true',
    action: needed(rule, 'action') as FirewallRule['action'],
    ...(source.vnic === undefined ? {} : { inInterface: interfaceOf(source.vnic) }),
    ...(source.addresses ? { sources: source.addresses } : {}),
    ...(destination.vnic === undefined ? {} : { outInterface: interfaceOf(destination.vnic) }),
    ...(destination.addresses ? { destinations: destination.addresses } : {}),
    ...(services ? { services } : {}),
  };
}

function serviceOf(service: Element): FirewallService {
  const ports = childrenOf(service, 'port').map(({ textContent }) => portOf(textContent ?? ''));
  return {
    protocol: needed(service, 'protocol') as FirewallService['protocol'],
    ...(ports.length > 0 ? { ports } : {}),
  };
}

const portOf = (text: string) => (text.includes('-') ? text : Number(text));

function natRule(rule: Element, at: number, interfaceOf: InterfaceOf): NatRule {
  const vnic = textOf(rule, 'vnic');
  const protocol = notAny(needed(rule, 'protocol')) as 'tcp' | 'udp' | undefined;
  const base = {
    id: `nat-${at + 1}`,
    name: needed(rule, 'description').slice(0, 200) || '-',
    enabled: needed(rule, 'enabled') === 'true',
    ...(protocol === undefined ? {} : { protocol }),
    ...(vnic === undefined ? {} : { interface: interfaceOf(vnic) }),
    original: needed(rule, 'originalAddress'),
    translated: needed(rule, 'translatedAddress'),
  };
  if (needed(rule, 'action') === 'snat') {
    const destination = notAny(needed(rule, 'snatMatchDestinationAddress'));
    return { ...base, kind: 'snat', ...(destination === undefined ? {} : { destination }) };
  }
  const source = notAny(needed(rule, 'dnatMatchSourceAddress'));
  const original = notAny(needed(rule, 'originalPort'));
  const translated = notAny(needed(rule, 'translatedPort'));
  return {
    ...base,
    kind: 'dnat',
    ...(source === undefined ? {} : { source }),
    ...(original === undefined ? {} : { originalPorts: [portOf(original)] }),
    ...(translated === undefined || translated === original
      ? {}
      : { translatedPort: Number(translated) }),
  };
}
