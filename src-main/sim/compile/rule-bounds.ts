import type { Ip, IpFamily, IpRange } from '../../model/ip.ts';
import type { CompiledRule } from './network.ts';

/**
 * For each rule the lowest and highest source, destination and destination port that it may match, side by side: most
 * rules are ruled out by a few numbers that lie next to each other, without a look at the rule itself. Of IPv6 addresses
 * the first 32 bits count.
 */
export interface RuleBounds {
  readonly v4: Uint32Array;
  readonly v6: Uint32Array;
}

/** Numbers a rule. */
const width = 6;
const lastWord = 0xffffffff;
const lastPort = 0xffff;

type RuleMatch = Pick<CompiledRule, 'sources' | 'destinations' | 'services'>;

export const boundRules = (rules: readonly RuleMatch[]): RuleBounds => ({
  v4: Uint32Array.from(rules.flatMap((rule) => boundsOf(rule, 4))),
  v6: Uint32Array.from(rules.flatMap((rule) => boundsOf(rule, 6))),
});

function boundsOf({ sources, destinations, services }: RuleMatch, family: IpFamily): number[] {
  return [
    ...addressBounds(sources, family),
    ...addressBounds(destinations, family),
    ...portBounds(services),
  ];
}

function addressBounds(ranges: readonly IpRange[] | null, family: IpFamily): [number, number] {
  if (ranges === null) return [0, lastWord];
  const own = ranges.filter((range) => range.from.family === family);
  // No range of the family: bounds that hold nothing.
  if (own.length === 0) return [lastWord, 0];
  return [
    own.reduce((least, { from }) => Math.min(least, from.w0), lastWord),
    own.reduce((most, { to }) => Math.max(most, to.w0), 0),
  ];
}

function portBounds(services: RuleMatch['services']): [number, number] {
  let [least, most] = [lastPort, 0];
  for (const { ports } of services ?? [{ ports: null }]) {
    if (ports === null) return [0, lastPort];
    for (let at = 0; at < ports.length; at += 2) {
      least = Math.min(least, ports[at] as number);
      most = Math.max(most, ports[at + 1] as number);
    }
  }
  return [least, most];
}

/** Whether rule `index` may match; where not, it does not. */
export function mayMatch(
  bounds: RuleBounds,
  index: number,
  source: Ip,
  destination: Ip,
  port: number,
): boolean {
  const words = destination.family === 4 ? bounds.v4 : bounds.v6;
  const at = index * width;
  return (
    (words[at + 2] as number) <= destination.w0 &&
    destination.w0 <= (words[at + 3] as number) &&
    (words[at] as number) <= source.w0 &&
    source.w0 <= (words[at + 1] as number) &&
    (words[at + 4] as number) <= port &&
    port <= (words[at + 5] as number)
  );
}
