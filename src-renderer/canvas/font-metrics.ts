import type { Measure } from './text.ts';

/**
 * Advance widths in thousandths of the size, of the faces that the drawing asks for, as Chromium measures them: where
 * there is no browser to ask, as for a picture that the command line makes.
 */

/** From the blank to the tilde; Inter at weight 400. */
const plain = [
  281, 288, 466, 633, 642, 982, 644, 300, 365, 365, 501, 662, 288, 460, 288, 360, 631, 407, 610,
  618, 646, 593, 620, 566, 619, 620, 288, 302, 662, 662, 662, 511, 966, 690, 654, 730, 722, 601,
  590, 746, 743, 269, 571, 672, 565, 903, 753, 765, 639, 765, 644, 642, 646, 744, 690, 985, 682,
  679, 629, 365, 360, 365, 471, 456, 323, 562, 612, 571, 612, 583, 370, 613, 591, 242, 242, 549,
  242, 876, 591, 600, 612, 612, 376, 528, 327, 591, 562, 818, 546, 562, 552, 426, 333, 426, 662,
];
/** Inter at weight 600; what lies between is set as this. */
const strong = [
  252, 321, 523, 644, 650, 1004, 663, 326, 373, 373, 540, 673, 319, 465, 319, 379, 660, 423, 623,
  636, 666, 612, 640, 576, 640, 640, 319, 329, 673, 673, 673, 543, 999, 728, 659, 737, 722, 605,
  588, 749, 746, 277, 580, 703, 565, 922, 759, 769, 645, 773, 652, 650, 660, 736, 728, 1020, 720,
  713, 652, 373, 379, 373, 481, 469, 351, 574, 624, 583, 624, 591, 389, 625, 612, 262, 262, 569,
  262, 900, 612, 609, 624, 624, 397, 549, 353, 612, 587, 839, 569, 588, 566, 455, 359, 455, 673,
];
/** JetBrains Mono: each the same. */
const code = 600;
/** Noto Sans CJK: syllables and ideographs. */
const wide = 1000;
/** Letters of other scripts, on the generous side. */
const other = 700;

const isWide =
  /[\u1100-\u11ff\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\u{1f000}-\u{3ffff}]/u;
/** Isolates and joiners. */
const unseen = /[\u200b-\u200f\u2060-\u2069]/;

export const measureByTable: Measure = (text, { family, weight, size }) => {
  const isCode = /mono/i.test(family.split(',')[0] ?? '');
  const widths = weight < 500 ? plain : strong;
  let sum = 0;
  for (const letter of text) {
    const ascii = (letter.codePointAt(0) ?? 0) - 0x20;
    if (unseen.test(letter)) continue;
    if (isWide.test(letter)) sum += wide;
    else if (isCode) sum += code;
    else sum += widths[ascii] ?? (letter === '…' ? wide : other);
  }
  return (sum * size) / 1000;
};
