import type { Language } from '../../sim/vocabulary/languages.ts';
import type { Saying } from '../../sim/vocabulary/saying.ts';
import { told, type Sayings } from '../../sim/vocabulary/told.ts';
import { drawings, type DrawingFacts } from './drawings.ts';
import { drawioLeftOut, type DrawioLeftOutFacts } from './drawio-left-out.ts';
import { linux, type LinuxFacts } from './linux.ts';
import { netbox, type NetboxFacts } from './netbox.ts';
import { nsx, type NsxFacts } from './nsx.ts';
import { places, type PlaceFacts } from './places.ts';
import { policies, type PolicyFacts } from './policies.ts';

/** What exports leave out, by code. */
export type LeftOutFacts = PlaceFacts &
  DrawingFacts &
  DrawioLeftOutFacts &
  LinuxFacts &
  NetboxFacts &
  NsxFacts &
  PolicyFacts;
export type LeftOutSaying = Saying<LeftOutFacts>;

export const leftOutSayings: Sayings<LeftOutFacts> = {
  en: {
    ...places.en,
    ...drawings.en,
    ...drawioLeftOut.en,
    ...linux.en,
    ...netbox.en,
    ...nsx.en,
    ...policies.en,
  },
  ko: {
    ...places.ko,
    ...drawings.ko,
    ...drawioLeftOut.ko,
    ...linux.ko,
    ...netbox.ko,
    ...nsx.ko,
    ...policies.ko,
  },
};

/** What an export leaves out, and why; a sentence without its full stop. */
export const leftOutText = (saying: LeftOutSaying, language: Language = 'en'): string =>
  told(leftOutSayings, saying, language);
