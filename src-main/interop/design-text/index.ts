export { readEntityText, type EntityText } from './entity.ts';
export { formatDesignText, formatEntitiesText, formatEntityText } from './format.ts';
export { designJsonSchema, designJsonSchemaText } from './json-schema.ts';
export {
  parseDesignText,
  type ParsedText,
  type ParseTextOptions,
  type TextFormat,
} from './parse.ts';
export { linesOf, textIssueSentence, type TextIssue } from './text-issue.ts';
