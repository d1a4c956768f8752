export {
  catalogue,
  findingCodes,
  whyItMatters,
  type Detail,
  type FindingCode,
  type Severity,
} from './catalogue.ts';
export { checkDesign, checkDesignInSteps } from './check-design.ts';
export { placeText, type Finding, type Place } from './finding.ts';
