import { budgetsOf, likelyWays } from './budget.ts';
import { hitsOf, ruleUse } from './hits.ts';
import type { ReportInput } from './input.ts';

/** The facts of the report for machines; what is a picture or a sentence of a language there is not in it. */
export function reportJson(input: ReportInput): string {
  const { design, cover, flows, verdicts, findings, installs, subnets, changes, program } = input;
  const rules = ruleUse(design, hitsOf(flows));
  const facts = {
    format: 'hopscope-report',
    formatVersion: 1,
    program,
    cover,
    design,
    subnets: Object.fromEntries(subnets),
    rules,
    unusedRules: rules
      .filter(({ enabled, flows: met }) => enabled && met.length === 0)
      .map(({ node, list, rule }) => ({ node, list, rule })),
    flows: flows.map(({ flow, result }) => ({
      id: flow.id,
      result,
      budgets: budgetsOf(likelyWays(result)).map(({ leg: { purpose, title }, links }) => ({
        purpose,
        title,
        links,
      })),
    })),
    intents: verdicts,
    findings,
    installs,
    ...(changes ? { changes } : {}),
  };
  return `${JSON.stringify(facts, null, 2)}\n`;
}
