import type { Language } from '../../sim/vocabulary/languages.ts';
import { en, type ReportWords } from './en.ts';
import { ko } from './ko.ts';

export type { ReportWords } from './en.ts';

export const reportWords = (language: Language): ReportWords => (language === 'en' ? en : ko);
