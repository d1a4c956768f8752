export { textInSentence, visibleText } from '../../src-main/contract/vocabulary.ts';
