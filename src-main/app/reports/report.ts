import { done, failed, type Answer, type Input, type Output } from '../../contract/index.ts';
import type { Catalogue } from '../../install/catalogue/index.ts';
import {
  legendWords,
  makeReport,
  metBy,
  readableOn,
  reportHtml,
  reportJson,
  reportMarkdown,
  reportWords,
  sheets,
  type ReportInput,
} from '../../report/index.ts';
import { simulate } from '../../sim/index.ts';
import type { Lint } from '../designs/lint.ts';
import type { OpenDesign } from '../designs/ready.ts';
import { freeAddresses } from '../editing/free-addresses.ts';
import type { Run } from '../flows/runs.ts';
import { evaluateInstalls } from '../installs/evaluate.ts';
import { verifyIntents } from '../intents/verify.ts';
import type { Ports } from '../ports.ts';
import { wayOf } from './picture.ts';

interface Around {
  readonly ports: Ports;
  readonly lint: Lint;
  readonly catalogue: Catalogue;
  readonly run: Run;
}

type Asked = Omit<Input<'report.make'>, 'source' | 'run' | 'since'> & {
  readonly since?: string;
  readonly changes?: Output<'project.versions.compare'>;
};

const views = ['all', 'underlay', 'overlay', 'kubernetes'] as const;
const pages = {
  wanted: [readableOn(sheets.a4), readableOn(sheets.upright)],
  largest: readableOn(sheets.a3),
};
/** So that it stands on an upright page, beneath the heading. */
const legendColumns = 3;

/** Asks the design everything that the report tells, in slices, and writes it. */
export async function makeDesignReport(
  { ports, lint, catalogue, run }: Around,
  open: OpenDesign,
  { format, language, cover, since, changes, pictures: folder = 'pictures' }: Asked,
): Promise<Answer<Output<'report.make'>>> {
  const { design } = open;
  const flows = await run.each(design.flows ?? [], (flow) => {
    const result = simulate(open.network(), flow);
    const isOnly = result.forward.every(({ probability }) => probability === 1);
    const ways = isOnly ? result : simulate(open.network(), flow, { allPaths: true });
    return { flow, result, met: metBy(ways) };
  });
  if (!flows.ok) return flows;
  const verdicts = await verifyIntents(open, undefined, run);
  if (!verdicts.ok) return verdicts;
  const findings = await lint.check(open);
  if (!findings.ok) return findings;
  const installs = await evaluateInstalls(open, catalogue, {}, run);
  if (!installs.ok) return installs;

  const drawn = format === 'json' ? undefined : ports.pictures;
  const viewPictures = await run.each(drawn ? views : [], (view) => {
    const figures = drawn?.figures(design, { view, title: design.name, pages }) ?? [];
    return figures.map((figure) => ({ view, ...figure }));
  });
  if (!viewPictures.ok) return viewPictures;
  const flowPictures = await run.each(drawn ? flows.value : [], ({ flow, result }) => {
    const way = wayOf(result);
    const title = flow.name ?? flow.id;
    const picture = way && drawn?.draw(design, { view: 'all', title, way });
    return picture ? [[flow.id, picture] as const] : [];
  });
  if (!flowPictures.ok) return flowPictures;

  const ways = flows.value.flatMap(({ result }) => wayOf(result)?.tone ?? []);
  const t = reportWords(language);
  const legend = drawn?.legend(design, {
    title: t.legend.title,
    views,
    words: legendWords(t),
    ways,
    columns: legendColumns,
  });

  const input: ReportInput = {
    design,
    language,
    cover,
    flows: flows.value,
    verdicts: verdicts.value.intents,
    findings: findings.value.findings,
    installs: installs.value.reports,
    subnets: new Map(
      (design.segments ?? []).map(({ id }) => [id, freeAddresses(design, id).subnets]),
    ),
    pictures: viewPictures.value.flat(),
    flowPictures: new Map(flowPictures.value.flat()),
    ...(legend ? { legend } : {}),
    ...(since !== undefined && changes ? { changes: { since, ...changes } } : {}),
    program: `Hopscope ${ports.program.version}`,
  };
  switch (format) {
    case 'html':
      return done({ text: reportHtml(makeReport(input)), pictures: [] });
    case 'md':
      return done(reportMarkdown(makeReport(input), folder));
    case 'document':
      return done({ text: JSON.stringify(makeReport(input)), pictures: [] });
    case 'pdf': {
      const bytes = await ports.printPdf?.(reportHtml(makeReport(input)));
      if (typeof bytes === 'object') return done({ text: '', pictures: [], bytes });
      return failed('not-printed', { reason: bytes ?? 'this host prints none' });
    }
    case 'json':
      return done({ text: reportJson(input), pictures: [] });
    default:
      return format satisfies never;
  }
}
