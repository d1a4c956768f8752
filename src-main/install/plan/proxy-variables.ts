import type { PlanProxy } from './inputs.ts';

/** https://pkg.go.dev/golang.org/x/net/http/httpproxy reads either; programs in C read HTTPS_PROXY, but http_proxy alone. */
export type Letters = 'upper' | 'lower' | 'both';

/** The variables that tell programs of a proxy. One of one spelling would leave the other to what was there before. */
export function proxyVariables(
  { url, direct }: PlanProxy,
  letters: Letters,
): readonly (readonly [name: string, value: string])[] {
  const upper = [
    ['HTTP_PROXY', url],
    ['HTTPS_PROXY', url],
    ['NO_PROXY', direct.join(',')],
  ] as const;
  const lower = upper.map(([name, value]) => [name.toLowerCase(), value] as const);
  return [...(letters === 'lower' ? [] : upper), ...(letters === 'upper' ? [] : lower)];
}

/** A file that holds a password is for its owner alone. */
export const modeFor = ({ hasPassword }: PlanProxy): { readonly mode?: number } =>
  hasPassword ? { mode: 0o600 } : {};
