/** A chart as one text: the address of its repository first, and behind it, as a fragment, its name and version. */
export function chartReference(url: string, name: string, version?: string): string {
  const exact = version === undefined ? '' : `@${version}`;
  if (!url.startsWith('oci://')) return `${url}#${name}${exact}`;
  // An OCI address may name the chart already.
  const whole = url.endsWith(`/${name}`) ? url : `${url.replace(/\/$/, '')}/${name}`;
  return version === undefined ? whole : `${whole}:${version}`;
}
