import { hitKey, hitsOf } from './hits.ts';
import type { ReportInput } from './input.ts';

/** The facts of the report for machines; what is a picture or a sentence of a language there is not in it. */
export function reportJson(input: ReportInput): string {
  const { design, cover, flows, verdicts, findings, installs, subnets, changes, program } = input;
  const hits = hitsOf(flows);
  const facts = {
    format: 'hopscope-report',
    formatVersion: 1,
    program,
    cover,
    design,
    subnets: Object.fromEntries(subnets),
    unusedRules: (design.nodes ?? []).flatMap((node) => [
      ...('firewall' in node ? node.firewall.rules : [])
        .filter((rule) => rule.enabled !== false && !hits.has(hitKey(node.id, 'firewall', rule.id)))
        .map((rule) => ({ node: node.id, list: 'firewall', rule: rule.id })),
      ...('nat' in node ? node.nat : [])
        .filter((rule) => rule.enabled !== false && !hits.has(hitKey(node.id, 'nat', rule.id)))
        .map((rule) => ({ node: node.id, list: 'nat', rule: rule.id })),
    ]),
    flows: flows.map(({ flow, result }) => ({ id: flow.id, result })),
    intents: verdicts,
    findings,
    installs,
    ...(changes ? { changes } : {}),
  };
  return `${JSON.stringify(facts, null, 2)}\n`;
}
