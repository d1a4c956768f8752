/** Where figures stand on paper, and how large they come out there. */

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Millimetres; ISO 216, on their sides but for the upright one. */
export const pageSizes = {
  a4: { width: 297, height: 210 },
  upright: { width: 210, height: 297 },
  a3: { width: 420, height: 297 },
  a2: { width: 594, height: 420 },
  a1: { width: 841, height: 594 },
  a0: { width: 1189, height: 841 },
} satisfies Record<string, Size>;

export type PageName = keyof typeof pageSizes;

/** Millimetres. */
export const pageMargins = { top: 12, side: 12, bottom: 16 } as const;
/** Millimetres for a heading above a figure and its caption beneath. */
const words = { heading: 12, caption: 8 };

/** How much is left to a picture, in points. */
export interface Sheet extends Size {
  /** The page that it has to itself; absent where it stands in the text. */
  readonly page?: PageName;
}

const points = (millimetres: number): number => (millimetres * 72) / 25.4;

function sheetOf(page: PageName): Sheet {
  const { width, height } = pageSizes[page];
  const { top, side, bottom } = pageMargins;
  return {
    page,
    width: points(width - 2 * side),
    height: points(height - top - bottom - words.heading - words.caption),
  };
}

/** Pages of their own, in the order in which they are tried. */
export const sheets: Readonly<Record<PageName, Sheet>> = {
  a4: sheetOf('a4'),
  upright: sheetOf('upright'),
  a3: sheetOf('a3'),
  a2: sheetOf('a2'),
  a1: sheetOf('a1'),
  a0: sheetOf('a0'),
};
/** Between paragraphs of an upright page: as wide as they are, and two thirds of it high. */
const inText: Sheet = { width: points(182), height: points(170) };

/** Points a pixel of a picture: its letters of 10 pixels are 6.2 points high at least, and no larger than need be. */
export const scales = { least: 0.62, most: 0.85 };

/** What has its place on a sheet so that it can be read: pixels of a picture. */
export const readableOn = ({ width, height }: Size): Size => ({
  width: Math.floor(width / scales.least),
  height: Math.floor(height / scales.least),
});

/** The first sheet on which a picture can be read, and how wide it is there, in points. */
export function onPaper(
  picture: Size,
  { ownPage }: { readonly ownPage: boolean },
): { readonly sheet: Sheet; readonly width: number } {
  const tried = [...(ownPage ? [] : [inText]), ...Object.values(sheets)];
  const fitting = tried.find((one) => {
    const room = readableOn(one);
    return picture.width <= room.width && picture.height <= room.height;
  });
  const sheet = fitting ?? sheets.a0;
  const scale = Math.min(scales.most, sheet.width / picture.width, sheet.height / picture.height);
  return { sheet, width: Math.floor(picture.width * scale * 100) / 100 };
}
