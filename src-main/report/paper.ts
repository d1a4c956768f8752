/** Where figures stand on paper, and how large they come out there. Lengths are points. */

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Sheet extends Size {
  /** The page that the figure has to itself; absent where it stands in the text. */
  readonly page?: PageName;
  /** How much of the sheet is left to the picture. */
  readonly width: number;
  readonly height: number;
}

export type PageName = 'a4' | 'a3' | 'a2' | 'a1' | 'a0';

/** ISO 216, on their sides: millimetres. */
export const pageSizes: Readonly<Record<PageName, Size>> = {
  a4: { width: 297, height: 210 },
  a3: { width: 420, height: 297 },
  a2: { width: 594, height: 420 },
  a1: { width: 841, height: 594 },
  a0: { width: 1189, height: 841 },
};
/** Millimetres. */
export const pageMargins = { top: 12, side: 12, bottom: 16 } as const;
/** Millimetres for a heading above a figure and its caption beneath. */
const words = { heading: 15, caption: 11 };

const points = (millimetres: number): number => (millimetres * 72) / 25.4;

const lying = (page: PageName): Sheet => ({
  page,
  width: points(pageSizes[page].width - 2 * pageMargins.side),
  height: points(
    pageSizes[page].height - pageMargins.top - pageMargins.bottom - words.heading - words.caption,
  ),
});

/** A page of its own, the smallest first. */
export const lyingSheets: readonly Sheet[] = (['a4', 'a3', 'a2', 'a1', 'a0'] as const).map(lying);
/** Between paragraphs of an upright page: 182 mm wide, and two thirds of it high. */
const upright: Sheet = { width: points(182), height: points(170) };

/** Points a pixel of a picture: its letters of 10 pixels are 6.5 points high at least, and no larger than need be. */
const scales = { least: 0.65, most: 0.85 };

/** What of a picture has its place on a sheet where its letters can be read, in its own pixels. */
export const readableOn = ({ width, height }: Size): Size => ({
  width: Math.floor(width / scales.least),
  height: Math.floor(height / scales.least),
});

/** The first sheet on which the picture can be read, and how wide it is there. */
export function onPaper(
  picture: Size,
  { ownPage }: { readonly ownPage: boolean },
): { readonly sheet: Sheet; readonly width: number } {
  const sheets = ownPage ? lyingSheets : [upright, ...lyingSheets];
  const sheet =
    sheets.find((one) => {
      const room = readableOn(one);
      return picture.width <= room.width && picture.height <= room.height;
    }) ??
    sheets.at(-1) ??
    upright;
  const scale = Math.min(scales.most, sheet.width / picture.width, sheet.height / picture.height);
  return { sheet, width: Math.floor(picture.width * scale * 100) / 100 };
}
