import type { CalicoRule, CalicoRuleEnd } from './inspector-types.ts';
import { portList, textList, type Format } from './inspector-text.ts';

const protocolNames = ['TCP', 'UDP', 'ICMP', 'ICMPv6', 'SCTP', 'UDPLite'] as const;

/** A protocol by its name, however it is written, or by its number. */
export const calicoProtocol: Format<NonNullable<CalicoRule['protocol']>> = {
  write: (value) => (value === undefined ? '' : String(value)),
  read: (text) => {
    const typed = text.trim();
    if (typed === '' || typed.toLowerCase() === 'any') return undefined;
    if (/^\d{1,5}$/.test(typed)) return Number(typed);
    return protocolNames.find((name) => name.toLowerCase() === typed.toLowerCase()) ?? typed;
  },
};

/** Ports, ranges as Calico writes them, and names of container ports; a range may have a dash. */
export const calicoPorts: Format<NonNullable<CalicoRuleEnd['ports']>> = {
  write: portList.write,
  read: (text) => {
    const found = portList.read(text.replace(/\s*:\s*/g, ':')) as readonly unknown[] | undefined;
    return found?.map((port) =>
      typeof port === 'string' ? port.replace(/^(\d+)-(\d+)$/, '$1:$2') : port,
    );
  },
};

type IcmpMatch = NonNullable<CalicoRule['icmp']>;

/** An ICMP type, with a code behind a slash where it matters: `8`, `3/4`. */
export const icmpMatch: Format<IcmpMatch> = {
  write: (value) =>
    value === undefined
      ? ''
      : `${value.type ?? ''}${value.code === undefined ? '' : `/${value.code}`}`,
  read: (text) => {
    const typed = text.trim();
    if (typed === '') return undefined;
    const [type = '', code] = typed.split('/').map((part) => part.trim());
    return {
      ...(type !== '' && { type: numberIn(type) }),
      ...(code !== undefined && { code: numberIn(code) }),
    };
  },
};

/** A number that may be broken or negative. */
export const decimalNumber: Format<number> = {
  write: (value) => (value === undefined ? '' : String(value)),
  read: (text) => {
    const typed = text.trim().replace(/^−/, '-');
    if (typed === '') return undefined;
    return /^-?\d{1,15}(\.\d{1,15})?$/.test(typed) ? Number(typed) : typed;
  },
};

const numberIn = (text: string): unknown => (/^\d{1,5}$/.test(text) ? Number(text) : text);

/** A rule in a line: its protocol with what of it is matched, and its ends. Empty: everything. */
export function calicoRuleWords(rule: CalicoRule): { traffic: string; from: string; to: string } {
  const { protocol, notProtocol, icmp, notICMP, ipVersion, source, destination } = rule;
  const traffic = [
    protocol === undefined ? '' : calicoProtocol.write(protocol),
    notProtocol === undefined ? '' : `!${calicoProtocol.write(notProtocol)}`,
    icmpMatch.write(icmp),
    notICMP === undefined ? '' : `!ICMP ${icmpMatch.write(notICMP)}`,
    calicoPorts.write(destination?.ports),
    ipVersion === undefined ? '' : `IPv${ipVersion}`,
  ];
  return {
    traffic: traffic.filter(Boolean).join(' '),
    from: endWords(source, calicoPorts.write(source?.ports)),
    to: endWords(destination, ''),
  };
}

function endWords(end: CalicoRuleEnd | undefined, ports: string): string {
  const { nets, notNets, selector, notSelector, namespaceSelector, notPorts } = end ?? {};
  const said = [
    textList.write([...(nets ?? []), ...(notNets ?? []).map((net) => `!${net}`)]),
    [namespaceSelector, selector].filter(Boolean).join(' / '),
    notSelector === undefined ? '' : `!(${notSelector})`,
    ports === '' ? '' : `:${ports}`,
    notPorts === undefined ? '' : `!:${calicoPorts.write(notPorts)}`,
  ];
  return said.filter(Boolean).join(' ');
}
