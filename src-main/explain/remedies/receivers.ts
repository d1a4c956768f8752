import type { Design, LoadBalancer, Service, Workload } from '../../model/design.ts';
import { parseIp } from '../../model/ip.ts';
import { candidate, changed, changedHost, hostOf, type Candidate } from '../change.ts';
import type { Context, Facts } from './context.ts';
import { listening, publish, redirect } from './translations.ts';
import { renamed } from './names.ts';
import { nodeUp } from './state.ts';

/** Nobody listens: the address is to lead to somebody else, or a program is to listen. */
export function listen(context: Context, { device }: Facts<'no-listener'>): readonly Candidate[] {
  const { seen, blocked } = context;
  if (!seen || (seen.protocol !== 'tcp' && seen.protocol !== 'udp')) return [];
  const { protocol, destinationPort: port } = seen;
  const own = candidate('listener-add', { node: device, protocol, port }, (design) =>
    changedHost(design, device, (host) => ({
      ...host,
      listeners: [...(host.listeners ?? []), { protocol, port }],
    })),
  );
  const forwards = hostOf(context.design, device)?.kind !== 'host';
  const translated = blocked.hops.some(({ steps }) =>
    steps.some(({ kind, action }) => kind === 'nat' && action === 'dnat'),
  );
  const elsewhere = [...redirect(context), ...renamed(context)];
  const pod = context.design.workloads?.some(({ pods }) => pods.some(({ id }) => id === device));
  if (pod) return [...chosenFor(context), ...elsewhere];
  if (forwards) return [...publish(context, device), ...elsewhere, own];
  return translated ? [...elsewhere, own] : [own, ...elsewhere];
}

/** The service that led here leads to a port that its pods do not listen on. */
const chosenFor = (context: Context): readonly Candidate[] =>
  [...context.blocked.before, context.blocked]
    .flatMap(({ hops }) => hops)
    .flatMap(({ steps }) => steps)
    .toReversed()
    .flatMap((step) =>
      step.kind === 'service' && step.action === 'choose-endpoint'
        ? giveEndpoints(context, step.detail.service)
        : step.kind === 'ingress-rule' && step.action === 'match'
          ? giveEndpoints(context, step.detail.service)
          : [],
    );

const balancerOf = (design: Design, id: string) =>
  (design.nodes ?? [])
    .map((node) => hostOf(design, node.id))
    .flatMap((host) => (host?.loadBalancers ?? []).map((balancer) => ({ host, balancer })))
    .find(({ balancer }) => balancer.id === id);

const withBalancer = (
  node: string,
  id: string,
  change: (of: LoadBalancer) => LoadBalancer | undefined,
): Candidate['change'] => {
  return (design) =>
    changedHost(design, node, (host) => {
      const at = host.loadBalancers?.findIndex((one) => one.id === id) ?? -1;
      const found = host.loadBalancers?.[at];
      const next = found && change(found);
      return next && { ...host, loadBalancers: (host.loadBalancers ?? []).with(at, next) };
    });
};

/** A balancer that has nobody to hand connections to. */
export function addMember(context: Context, facts: Facts<'no-member'>): readonly Candidate[] {
  const found = balancerOf(context.design, facts.balancer);
  const node = found?.host?.id;
  if (!found || node === undefined) return [];
  const { id, members, protocol, port, address: own } = found.balancer;
  const sleeping = members
    .filter(({ enabled }) => enabled === false)
    .map((member) =>
      candidate(
        'member-enable',
        { node, balancer: id, member: member.id },
        withBalancer(node, id, (balancer) => ({
          ...balancer,
          members: balancer.members.map((one) => {
            if (one.id !== member.id) return one;
            const { enabled: _off, ...on } = one;
            return on;
          }),
        })),
      ),
    );
  const others = listening(context, protocol, members[0]?.port ?? port)
    .filter((address) => address !== own)
    .map((address) =>
      candidate(
        'member-add',
        { node, balancer: id, address },
        withBalancer(node, id, (balancer) => ({
          ...balancer,
          members: [...balancer.members, { id: `member-${balancer.members.length + 1}`, address }],
        })),
      ),
    );
  return [...sleeping, ...others];
}

const fullName = ({ id, name, namespace }: Service): string => `${namespace}/${name ?? id}`;

export const serviceCalled = (design: Design, name: string): Service | undefined =>
  design.services?.find((one) => one.id === name || fullName(one) === name);

const podReady = (workload: Workload, pod: string): Candidate =>
  candidate('pod-ready', { pod }, (design) =>
    changed(design, 'workload', workload.id, (one) => ({
      ...one,
      pods: one.pods.map((each) => {
        if (each.id !== pod) return each;
        const { state: _state, ...rest } = each;
        return rest;
      }),
    })),
  );

const selects = (selector: Service['selector'], workload: Workload): boolean =>
  selector !== undefined &&
  Object.entries(selector).every(([key, value]) => workload.labels?.[key] === value);

/** A service without endpoints: pods that are not ready, a selector that selects nobody, a port that nobody has. */
export function giveEndpoints(context: Context, name: string): readonly Candidate[] {
  const { design } = context;
  const service = serviceCalled(design, name);
  if (!service) return [];
  const mine = (design.workloads ?? []).filter(
    (one) => one.cluster === service.cluster && one.namespace === service.namespace,
  );
  const selected = mine.filter((one) => selects(service.selector, one));
  const waking = selected.flatMap((one) =>
    one.pods
      .filter(({ state }) => state !== undefined && state !== 'ready')
      .map((pod) => podReady(one, pod.id)),
  );
  const nodes = [...new Set(selected.flatMap(({ pods }) => pods.map(({ node }) => node)))];
  const targets = (service.ports ?? []).flatMap((port) =>
    selected.flatMap(({ ports }) =>
      (ports ?? [])
        .filter(({ protocol, port: own }) => protocol === port.protocol && own !== port.targetPort)
        .map((own) => retarget(service, port.port, own.name ?? own.port)),
    ),
  );
  const selectors = mine
    .filter((one) => one.labels && !selects(service.selector, one))
    .map((one) =>
      candidate('selector-set', { service: service.id, workload: one.id }, (now) =>
        changed(now, 'service', service.id, (old) => ({ ...old, selector: one.labels ?? {} })),
      ),
    );
  return [...waking, ...nodes.map(nodeUp), ...targets, ...selectors];
}

const retarget = (service: Service, port: number, target: number | string): Candidate =>
  candidate('endpoint-port-set', { service: service.id, port, target: String(target) }, (design) =>
    changed(design, 'service', service.id, (old) => ({
      ...old,
      ports: (old.ports ?? []).map((one) =>
        one.port === port ? { ...one, targetPort: target } : one,
      ),
    })),
  );

export const everyNode = ({ design }: Context, name: string, policy: 'internal' | 'external') => {
  const service = serviceCalled(design, name);
  if (!service) return [];
  const key = policy === 'internal' ? 'internalTrafficPolicy' : 'externalTrafficPolicy';
  return [
    candidate('traffic-policy-cluster', { service: service.id, policy }, (now) =>
      changed(now, 'service', service.id, (old) => ({ ...old, [key]: 'Cluster' as const })),
    ),
  ];
};

export function admitSource(
  { design }: Context,
  { service: name, source }: Facts<'outside-source-ranges'>,
): readonly Candidate[] {
  const service = serviceCalled(design, name);
  const address = parseIp(source);
  if (!service || !address) return [];
  const range = `${source}/${address.family === 4 ? 32 : 128}`;
  return [
    candidate('source-range-add', { service: service.id, range }, (now) =>
      changed(now, 'service', service.id, (old) => ({
        ...old,
        loadBalancerSourceRanges: [...(old.loadBalancerSourceRanges ?? []), range],
      })),
    ),
  ];
}

const mostRules = 8;

/** A rule for the host and path, to a service that an ingress has already, or to one of the cluster's. */
export function addIngressRule(
  { design }: Context,
  { host, path }: Facts<'no-ingress-rule'>,
): readonly Candidate[] {
  const bare = path.split(/[?#]/)[0] ?? '/';
  return (design.ingresses ?? [])
    .flatMap((ingress) => {
      const known = ingress.rules.flatMap((rule) =>
        rule.paths.map(({ backend }) => ({ backend, near: rule.host === host ? 0 : 1 })),
      );
      const services = (design.services ?? [])
        .filter(
          (one) =>
            one.cluster === ingress.cluster &&
            one.namespace === ingress.namespace &&
            one.ports?.[0],
        )
        .map((one) => ({
          backend: { service: one.name ?? one.id, port: one.ports?.[0]?.port ?? 80 },
          near: 2,
        }));
      return [...known, ...services].map((one) => ({ ...one, ingress }));
    })
    .sort((a, b) => a.near - b.near)
    .slice(0, mostRules)
    .map(({ ingress, backend }) =>
      candidate(
        'ingress-rule-add',
        { ingress: ingress.id, host, path: bare, service: backend.service },
        (now) =>
          changed(now, 'ingress', ingress.id, (old) => ({
            ...old,
            rules: [
              ...old.rules,
              { host, paths: [{ path: bare, pathType: 'Prefix' as const, backend }] },
            ],
          })),
      ),
    );
}
