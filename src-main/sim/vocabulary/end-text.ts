/** `203.0.113.43:443`, `[2001:db8::1]:443`; the address alone where there is no port. */
export const endText = (address: string, port: number): string => {
  if (port === 0) return address;
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
};
