export interface Drawing {
  /** Of its SVG sources and its containers. */
  readonly name: string;
  /** Where its PNGs are, below resources/icons. */
  readonly pngFolder: string;
  /** The picture of a project file, not of the program. */
  readonly isDocument: boolean;
}

export const drawings: readonly Drawing[] = [
  { name: 'hopscope', pngFolder: 'program', isDocument: false },
  { name: 'document', pngFolder: 'document', isDocument: true },
];

/** Sides of the PNGs, in pixels. */
export const pngSides = [16, 24, 32, 48, 64, 128, 256, 512, 1024] as const;

/** What Windows asks for between 100 and 400 percent. */
export const icoSides = [16, 24, 32, 48, 64, 128, 256] as const;

/** Below it the small drawing is taken. */
export const smallestFullSide = 48;
