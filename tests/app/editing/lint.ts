import { checkDesign } from '../../../src-main/checks/index.ts';
import type { Design } from '../../../src-main/model/design.ts';

/** `code: sentence` of every finding. */
export const lintDesign = (design: Design): string[] =>
  checkDesign(design).map(({ code, text }) => `${code}: ${text}`);
