/** How a cell looks: `ellipse;html=1;shape=cloud;` Names of styles stand without a value. */
export interface Style {
  readonly names: ReadonlySet<string>;
  get(key: string): string | undefined;
}

export function readStyle(text: string): Style {
  const names = new Set<string>();
  const values = new Map<string, string>();
  for (const part of text.split(';')) {
    const equals = part.indexOf('=');
    if (equals < 0) {
      if (part.trim() !== '') names.add(part.trim());
    } else {
      values.set(part.slice(0, equals).trim(), part.slice(equals + 1).trim());
    }
  }
  return { names, get: (key) => values.get(key) };
}
