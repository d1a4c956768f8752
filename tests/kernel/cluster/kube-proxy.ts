/**
 * The chains that kube-proxy writes on a node in iptables mode, from a design's services and pods. Read off kube-proxy 1.28
 * (pkg/proxy/iptables/proxier.go, `syncProxyRules`; pkg/proxy/topology.go, `CategorizeEndpoints`), and written without
 * a look at the simulator's own tables. Left out: `--random-fully`, which would hide source ports, and rules for health
 * checks and for load balancers that answer for all of a service.
 */
import { createHash } from 'node:crypto';
import type { Cluster, Design, Service } from '../../../src-main/model/design.ts';
import { ip, parsePrefix, prefixContains, type IpFamily } from '../../../src-main/model/ip.ts';
import { familyOf } from './calico.ts';
import { categorize, endpointsOf, nodeAddress, type Endpoint, type Port } from './endpoints.ts';

const masqueradeMark = '0x4000';
/** Seconds that a client keeps its endpoint (`DefaultClientIPServiceAffinitySeconds`). */
const affinitySeconds = 10800;

/** Lines for `iptables-restore`, or `ip6tables-restore`. `postRouting` goes before kube-proxy's own jump. */
export function kubeProxyTables(
  design: Design,
  cluster: Cluster,
  node: string,
  family: IpFamily,
  postRouting: readonly string[] = [],
): string[] {
  const tables = new Tables(cluster, family);
  for (const service of design.services ?? []) {
    if (service.cluster !== cluster.id) continue;
    for (const port of service.ports ?? []) {
      const endpoints = endpointsOf(design, service, port, node, family);
      tables.add(service, port, endpoints, nodeAddress(design, node, family));
    }
  }
  return tables.lines(postRouting);
}

/** As kube-proxy names them: the first 16 letters of a hash, in base 32. */
function chainOf(prefix: string, ...parts: readonly string[]): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...createHash('sha256').update(parts.join('')).digest()]
    .map((byte) => byte.toString(2).padStart(8, '0'))
    .join('');
  const groups = bits.match(/.{5}/g) ?? [];
  const text = groups.map((group) => letters[Number.parseInt(group, 2)]).join('');
  return `KUBE-${prefix}-${text.slice(0, 16)}`;
}

class Tables {
  readonly #podCidrs: readonly string[];
  readonly #family: IpFamily;
  readonly #chains = new Set<string>();
  readonly #services: string[] = [];
  readonly #nodePorts: string[] = [];
  readonly #nat: string[] = [];
  readonly #filterServices: string[] = [];
  readonly #externalServices: string[] = [];
  readonly #firewall: string[] = [];

  constructor(cluster: Cluster, family: IpFamily) {
    this.#podCidrs = cluster.podCidrs.filter((cidr) => familyOf(cidr) === family);
    this.#family = family;
  }

  add(service: Service, port: Port, endpoints: readonly Endpoint[], ownAddress?: string): void {
    const protocol = (port.protocol ?? 'TCP').toLowerCase();
    const name = `${service.namespace}/${service.name ?? service.id}${port.name ? `:${port.name}` : ''}`;
    const mine = (texts: readonly string[] | undefined) =>
      (texts ?? []).filter((text) => familyOf(text) === this.#family).map((text) => ip(text).text);
    const clusterIps = mine(service.clusterIps);
    const externalIps = mine(service.externalIps);
    const balancerIps = mine(service.loadBalancerIps);
    // Each family has its own: where all are of the other one, nobody is kept out.
    const ranges = (service.loadBalancerSourceRanges ?? []).filter(
      (cidr) => familyOf(cidr) === this.#family,
    );
    const { nodePort } = port;
    const isOpen = nodePort !== undefined || externalIps.length > 0 || balancerIps.length > 0;
    const internalLocal = service.internalTrafficPolicy === 'Local';
    const externalLocal = service.externalTrafficPolicy === 'Local';
    const usesLocal = internalLocal || (externalLocal && isOpen);
    const { cluster, local, reachable, any } = categorize(endpoints, usesLocal);

    const svc = chainOf('SVC', name, protocol);
    const svl = chainOf('SVL', name, protocol);
    const ext = chainOf('EXT', name, protocol);
    const fw = chainOf('FW', name, protocol);
    const internal = internalLocal ? svl : svc;
    const external = externalLocal ? svl : svc;
    const hasInternal = internalLocal ? local.length > 0 : any;
    const hasExternal = externalLocal ? local.length > 0 : any;
    const usesFirewall = any && balancerIps.length > 0 && ranges.length > 0;
    const to = (address: string) =>
      `-m ${protocol} -p ${protocol} -d ${address} --dport ${port.port}`;
    const refusal = any ? 'DROP' : 'REJECT';

    for (const address of clusterIps) {
      if (hasInternal) this.#services.push(`${to(address)} -j ${internal}`);
      else this.#filterServices.push(`${to(address)} -j ${refusal}`);
    }
    for (const address of externalIps) {
      if (any) this.#services.push(`${to(address)} -j ${ext}`);
    }
    for (const address of balancerIps) {
      if (any) this.#services.push(`${to(address)} -j ${usesFirewall ? fw : ext}`);
      if (usesFirewall) this.#firewall.push(`${to(address)} -j DROP`);
    }
    if (!hasExternal) {
      for (const address of [...externalIps, ...balancerIps])
        this.#externalServices.push(`${to(address)} -j ${refusal}`);
    }
    if (nodePort !== undefined) {
      const match = `-m ${protocol} -p ${protocol} --dport ${nodePort}`;
      if (any) this.#nodePorts.push(`${match} -j ${ext}`);
      if (!hasExternal)
        this.#externalServices.push(`-m addrtype --dst-type LOCAL ${match} -j ${refusal}`);
    }
    if (!any) return;

    if (hasInternal) {
      this.#chain(internal);
      for (const address of clusterIps) {
        for (const cidr of this.#podCidrs)
          this.#nat.push(`-A ${internal} ${to(address)} ! -s ${cidr} -j KUBE-MARK-MASQ`);
      }
    }
    if (isOpen) this.#external(ext, externalLocal, svc, hasExternal ? external : undefined);
    if (usesFirewall) {
      this.#chain(fw);
      for (const cidr of ranges) this.#nat.push(`-A ${fw} -s ${cidr} -j ${ext}`);
      const holdsNode = ranges.some((cidr) => holds(cidr, ownAddress));
      for (const address of holdsNode ? balancerIps : [])
        this.#nat.push(`-A ${fw} -s ${address} -j ${ext}`);
    }
    const endpointChain = ({ address, port: at }: Endpoint) =>
      chainOf('SEP', name, protocol, withPort(address, at));
    const sticky = service.sessionAffinity === 'ClientIP';
    if (!internalLocal || isOpen) this.#balance(svc, cluster.map(endpointChain), sticky);
    if (usesLocal && local.length > 0) this.#balance(svl, local.map(endpointChain), sticky);
    for (const endpoint of reachable) {
      const chain = endpointChain(endpoint);
      this.#chain(chain);
      const set = sticky ? ` -m recent --name ${chain} --set` : '';
      this.#nat.push(
        `-A ${chain} -s ${endpoint.address} -j KUBE-MARK-MASQ`,
        `-A ${chain}${set} -m ${protocol} -p ${protocol} -j DNAT --to-destination ${withPort(endpoint.address, endpoint.port)}`,
      );
    }
  }

  /** What comes to a node port, an external or a load-balancer address. */
  #external(chain: string, isLocal: boolean, svc: string, goesOn: string | undefined): void {
    this.#chain(chain);
    if (isLocal) {
      for (const cidr of this.#podCidrs) this.#nat.push(`-A ${chain} -s ${cidr} -j ${svc}`);
      this.#nat.push(
        `-A ${chain} -m addrtype --src-type LOCAL -j KUBE-MARK-MASQ`,
        `-A ${chain} -m addrtype --src-type LOCAL -j ${svc}`,
      );
    } else this.#nat.push(`-A ${chain} -j KUBE-MARK-MASQ`);
    if (goesOn !== undefined) this.#nat.push(`-A ${chain} -j ${goesOn}`);
  }

  #balance(chain: string, endpoints: readonly string[], sticky: boolean): void {
    this.#chain(chain);
    for (const endpoint of sticky ? endpoints : []) {
      this.#nat.push(
        `-A ${chain} -m recent --name ${endpoint} --rcheck --seconds ${affinitySeconds} --reap -j ${endpoint}`,
      );
    }
    endpoints.forEach((endpoint, at) => {
      const left = endpoints.length - at;
      const chance =
        left > 1 ? ` -m statistic --mode random --probability ${(1 / left).toFixed(10)}` : '';
      this.#nat.push(`-A ${chain}${chance} -j ${endpoint}`);
    });
  }

  #chain(name: string): void {
    this.#chains.add(name);
  }

  lines(postRouting: readonly string[]): string[] {
    const loopback = this.#family === 6 ? ' ! -d ::1/128' : '';
    const isNew = '-m conntrack --ctstate NEW';
    return [
      '*filter',
      ...['INPUT', 'FORWARD', 'OUTPUT'].map((chain) => `:${chain} ACCEPT [0:0]`),
      ...['SERVICES', 'EXTERNAL-SERVICES', 'FORWARD', 'PROXY-FIREWALL'].map(
        (chain) => `:KUBE-${chain} - [0:0]`,
      ),
      ...['INPUT', 'FORWARD', 'OUTPUT'].map(
        (chain) => `-A ${chain} ${isNew} -j KUBE-PROXY-FIREWALL`,
      ),
      '-A FORWARD -j KUBE-FORWARD',
      ...['FORWARD', 'OUTPUT'].map((chain) => `-A ${chain} ${isNew} -j KUBE-SERVICES`),
      ...['INPUT', 'FORWARD'].map((chain) => `-A ${chain} ${isNew} -j KUBE-EXTERNAL-SERVICES`),
      ...this.#filterServices.map((rule) => `-A KUBE-SERVICES ${rule}`),
      ...this.#externalServices.map((rule) => `-A KUBE-EXTERNAL-SERVICES ${rule}`),
      ...this.#firewall.map((rule) => `-A KUBE-PROXY-FIREWALL ${rule}`),
      '-A KUBE-FORWARD -m conntrack --ctstate INVALID -j DROP',
      `-A KUBE-FORWARD -m mark --mark ${masqueradeMark}/${masqueradeMark} -j ACCEPT`,
      '-A KUBE-FORWARD -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT',
      'COMMIT',
      '*nat',
      ...['PREROUTING', 'INPUT', 'OUTPUT', 'POSTROUTING'].map((chain) => `:${chain} ACCEPT [0:0]`),
      ...['SERVICES', 'NODEPORTS', 'MARK-MASQ', 'POSTROUTING'].map(
        (chain) => `:KUBE-${chain} - [0:0]`,
      ),
      ...[...this.#chains].map((chain) => `:${chain} - [0:0]`),
      '-A PREROUTING -j KUBE-SERVICES',
      '-A OUTPUT -j KUBE-SERVICES',
      ...postRouting.map((rule) => `-A POSTROUTING ${rule}`),
      '-A POSTROUTING -j KUBE-POSTROUTING',
      `-A KUBE-MARK-MASQ -j MARK --or-mark ${masqueradeMark}`,
      `-A KUBE-POSTROUTING -m mark ! --mark ${masqueradeMark}/${masqueradeMark} -j RETURN`,
      `-A KUBE-POSTROUTING -j MARK --xor-mark ${masqueradeMark}`,
      '-A KUBE-POSTROUTING -j MASQUERADE',
      ...this.#services.map((rule) => `-A KUBE-SERVICES ${rule}`),
      // Behind all services: on addresses of the node itself.
      `-A KUBE-SERVICES -m addrtype --dst-type LOCAL${loopback} -j KUBE-NODEPORTS`,
      ...this.#nodePorts.map((rule) => `-A KUBE-NODEPORTS ${rule}`),
      ...this.#nat,
      'COMMIT',
    ];
  }
}

const withPort = (address: string, port: number): string =>
  address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;

function holds(cidr: string, address: string | undefined): boolean {
  const range = parsePrefix(cidr);
  return range !== undefined && address !== undefined && prefixContains(range, ip(address));
}
