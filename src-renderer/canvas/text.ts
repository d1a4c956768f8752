/** Labels come from files of strangers: they are cut to what fits and cannot turn the text around them. */
import { visibleText } from '../i18n/visible-text.ts';

/** Nobody reads more than this on a card, and measuring a book takes long. */
const longest = 200;
const firstStrongIsolate = '\u2068';
const popIsolate = '\u2069';

export interface Face {
  readonly family: string;
  readonly weight: number;
  /** Canvas units. */
  readonly size: number;
}

export interface Fitted {
  /** Isolated, and ready to be drawn. */
  readonly text: string;
  /** Canvas units. */
  readonly width: number;
}

const cacheSize = 60_000;

/** How wide a text is, in canvas units. */
export type Measure = (text: string, face: Face) => number;

/** Measures and cuts texts; the same question is answered once. */
export function createTypesetter(makeMeasure: () => Measure): {
  fit(text: string, face: Face, width: number): Fitted;
  /** When other faces have been loaded. */
  forget(): void;
} {
  let measure = makeMeasure();
  const fitted = new Map<string, Fitted>();
  const graphemes = new Intl.Segmenter();

  const cut = (text: string, face: Face, width: number): Fitted => {
    const clean = visibleText(text).trim();
    const short = clean.length > longest ? `${clean.slice(0, longest)}…` : clean;
    const whole = measure(isolated(short), face);
    if (whole <= width) return { text: isolated(short), width: whole };
    const pieces = [...graphemes.segment(short)].map(({ segment }) => segment);
    let low = 0;
    let high = pieces.length;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      const tried = isolated(`${pieces.slice(0, middle).join('').trimEnd()}…`);
      if (measure(tried, face) <= width) low = middle;
      else high = middle - 1;
    }
    if (low === 0) return { text: '', width: 0 };
    const kept = isolated(`${pieces.slice(0, low).join('').trimEnd()}…`);
    return { text: kept, width: measure(kept, face) };
  };

  return {
    fit(text, face, width) {
      if (text === '') return { text: '', width: 0 };
      const room = Math.max(0, Math.floor(width));
      const key = `${face.family} ${face.weight} ${face.size} ${room} ${text}`;
      let answer = fitted.get(key);
      if (!answer) {
        if (fitted.size > cacheSize) fitted.clear();
        answer = cut(text, face, room);
        fitted.set(key, answer);
      }
      return answer;
    },
    forget() {
      fitted.clear();
      measure = makeMeasure();
    },
  };
}

export type Typesetter = ReturnType<typeof createTypesetter>;

export const fontOf = ({ family, weight, size }: Face, scale: number): string =>
  `${weight} ${size * scale}px ${family}`;

const isolated = (text: string): string => `${firstStrongIsolate}${text}${popIsolate}`;
