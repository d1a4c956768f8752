/** Makes a scene with a disagreement small: takes away whatever it does not need. */
import type { Design, Flow, Node } from '../../src-main/model/design.ts';
import { parseDesign } from '../../src-main/model/validate.ts';

/** Whether the design still shows what is looked for. */
export type StillFails = (design: Design) => Promise<boolean>;

/** Things that can be left out, each by itself; a candidate that is no valid design is skipped. */
function* smaller(design: Design): Generator<Design> {
  const nodes = design.nodes ?? [];
  for (const { id } of nodes) yield without(design, id);
  for (const { id } of design.links ?? []) {
    yield { ...design, links: (design.links ?? []).filter((link) => link.id !== id) };
  }
  for (const { id } of design.segments ?? []) {
    yield { ...design, segments: (design.segments ?? []).filter((one) => one.id !== id) };
  }
  for (const node of nodes) {
    for (const change of smallerNodes(node)) {
      yield { ...design, nodes: nodes.map((one) => (one === node ? change : one)) };
    }
  }
  for (const segment of design.segments ?? []) {
    if (segment.mtu === undefined) continue;
    const { mtu: _, ...rest } = segment;
    yield {
      ...design,
      segments: (design.segments ?? []).map((one) => (one === segment ? rest : one)),
    };
  }
}

/** Without a node, and what names it. */
function without(design: Design, id: string): Design {
  return {
    ...design,
    nodes: (design.nodes ?? [])
      .filter((node) => node.id !== id)
      .map((node) => {
        if (!('runsOn' in node) || node.runsOn !== id) return node;
        const { runsOn: _, ...rest } = node;
        return rest;
      }),
    links: (design.links ?? []).filter(({ a, b }) => a.node !== id && b.node !== id),
  };
}

const lists = ['routes', 'nat', 'listeners', 'loadBalancers', 'virtualIps', 'interfaces'] as const;
const settings = ['firewall', 'state', 'runsOn', 'stageOrder', 'forwarding', ...lists] as const;

function* smallerNodes(node: Node): Generator<Node> {
  const raw = node as Readonly<Record<string, unknown>>;
  for (const key of settings) {
    if (raw[key] === undefined) continue;
    const { [key]: _, ...rest } = raw;
    yield rest as unknown as Node;
  }
  for (const key of lists) {
    const list = raw[key] as readonly unknown[] | undefined;
    if (!list) continue;
    for (const item of list)
      yield { ...raw, [key]: list.filter((one) => one !== item) } as unknown as Node;
  }
  if ('firewall' in node) {
    const { rules } = node.firewall;
    for (const rule of rules) {
      yield {
        ...node,
        firewall: { ...node.firewall, rules: rules.filter((one) => one !== rule) },
      };
    }
  }
  yield* smallerInterfaces(node);
}

function* smallerInterfaces(node: Node): Generator<Node> {
  const interfaces = node.interfaces ?? [];
  for (const item of interfaces) {
    const replace = (change: object) =>
      ({ ...node, interfaces: interfaces.map((one) => (one === item ? change : one)) }) as Node;
    for (const address of item.addresses ?? []) {
      yield replace({
        ...item,
        addresses: (item.addresses ?? []).filter((one) => one !== address),
      });
    }
    for (const key of ['mtu', 'mac', 'state'] as const) {
      if (item[key] === undefined) continue;
      const { [key]: _, ...rest } = item;
      yield replace(rest);
    }
  }
}

/** The smallest design that still fails, as far as that is found before the time is up. Milliseconds. */
export async function shrink(
  design: Design,
  flow: Flow,
  fails: StillFails,
  timeMs: number,
): Promise<Design> {
  const until = Date.now() + timeMs;
  let best: Design = { ...design, flows: [flow] };
  // One flow alone may not do what it does among others.
  if (!(await fails(best))) return design;
  for (let progress = true; progress;) {
    progress = false;
    for (const candidate of smaller(best)) {
      if (Date.now() > until) return best;
      const parsed = parseDesign(structuredClone(candidate));
      if (!parsed.ok || !(await fails(parsed.value))) continue;
      best = parsed.value;
      progress = true;
      break;
    }
  }
  return best;
}
