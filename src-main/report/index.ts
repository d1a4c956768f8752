export type { ReportDocument } from './document.ts';
export { reportHtml } from './html.ts';
export type { Cover, ReportInput, ReportPicture, SubnetUse, Verdict } from './input.ts';
export { reportJson } from './json.ts';
export { makeReport } from './make.ts';
export { reportMarkdown, type MarkdownReport } from './markdown.ts';
export { legendWords } from './legend-words.ts';
export { readableOn, sheets } from './paper.ts';
export { reportWords } from './words/index.ts';
