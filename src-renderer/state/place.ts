/** Where the reader is, as it stands behind the `#` of the address: so that back, forward and reload work. */
export interface Place {
  readonly example?: string;
  readonly flow?: string;
}

export function parsePlace(hash: string): Place {
  const fields = new URLSearchParams(hash.replace(/^#/, ''));
  const example = fields.get('example');
  const flow = fields.get('flow');
  if (!example) return {};
  return { example, ...(flow ? { flow } : {}) };
}

export function formatPlace({ example, flow }: Place): string {
  if (example === undefined) return '#';
  const fields = new URLSearchParams({ example, ...(flow === undefined ? {} : { flow }) });
  return `#${fields.toString()}`;
}
