export {
  catalogue,
  findingCodes,
  whyItMatters,
  type Detail,
  type FindingCode,
  type Severity,
} from './catalogue.ts';
export { checkDesign, checkDesignInSteps } from './check-design.ts';
export { placeText, type Finding, type Place, type ToldPlace } from './finding.ts';
export { lookIn, namesOf, type Lookup, type Names } from './names.ts';
export { placeLabel, type PlaceTerm } from './place-label.ts';
export { placeWordsKo } from './place-words-ko.ts';
export { placeWords } from './place-words.ts';
