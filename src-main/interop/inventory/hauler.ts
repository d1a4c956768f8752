import { issueSentence } from '../../model/issue.ts';
import { schemaIssues } from '../../model/validate.ts';
import { chartReference } from './chart-reference.ts';
import type { PlacedDocument } from './documents.ts';
import type { Findings } from './findings.ts';
import { addImage } from './image-reference.ts';
import { haulerContent } from './shapes.ts';

/** What a manifest of Hauler's fetches. */
export function readHauler(document: PlacedDocument, findings: Findings): void {
  const { file, value, lineOf } = document;
  const parsed = haulerContent.safeParse(value);
  if (!parsed.success) {
    for (const issue of schemaIssues(value, parsed.error)) {
      findings.fault(file, lineOf(issue.segments), issueSentence(issue));
    }
    return;
  }
  const { kind, spec } = parsed.data;
  const why = `Hauler's ${kind}`;
  switch (kind) {
    case 'Images':
      spec.images?.forEach(({ name }, at) => {
        addImage(findings, name, { file, line: lineOf(['spec', 'images', at, 'name']), why });
      });
      return;
    case 'Charts':
      spec.charts?.forEach(({ name, repoURL, version }, at) => {
        const line = lineOf(['spec', 'charts', at, 'name']);
        if (repoURL === undefined) {
          findings.remark(file, line, why, `${name} lies beside the file: nothing is fetched`);
          return;
        }
        const reference = chartReference(repoURL, name, version);
        findings.add({ kind: 'chart', reference, file, line, why });
        findings.remark(file, line, why, `chart ${name}: its images are not listed by it`);
      });
      return;
    case 'Files':
      spec.files?.forEach(({ path }, at) => {
        if (!/^https?:\/\//.test(path)) return;
        const line = lineOf(['spec', 'files', at, 'path']);
        findings.add({ kind: 'binary', reference: path, file, line, why });
      });
      return;
    default:
      findings.remark(file, lineOf(['kind']), why, 'is not read: expected Images, Charts or Files');
  }
}
