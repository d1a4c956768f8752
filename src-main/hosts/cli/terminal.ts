import picocolors from 'picocolors';

/** What text for people may use where it is going to be shown. */
export interface Terminal {
  readonly colors: Colors;
  /** Columns that lines are wrapped to. */
  readonly width: number;
}

export type Colors = ReturnType<typeof picocolors.createColors>;

/** Lines of files and pipes are wrapped to this many columns. */
const plainWidth = 100;
const widestLine = 140;

interface Stream {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/**
 * Colour on a terminal only, unless the environment says otherwise: NO_COLOR (not empty) switches it off,
 * FORCE_COLOR (not empty, not `0`) on. See https://no-color.org and https://force-color.org.
 */
export function wantsColor(
  stream: Stream,
  env: Readonly<Record<string, string | undefined>>,
): boolean {
  if (env['NO_COLOR']) return false;
  if (env['FORCE_COLOR']) return env['FORCE_COLOR'] !== '0';
  return stream.isTTY === true && env['TERM'] !== 'dumb';
}

export function terminalOf(
  stream: Stream,
  env: Readonly<Record<string, string | undefined>>,
): Terminal {
  const columns = stream.isTTY === true ? (stream.columns ?? plainWidth) : plainWidth;
  return {
    colors: picocolors.createColors(wantsColor(stream, env)),
    width: Math.max(40, Math.min(widestLine, columns)),
  };
}
