import process from 'node:process';

/**
 * Shows an address in the user's browser; undefined where there is no screen to show it on, or where `BROWSER=none` asks
 * for the address alone.
 */
export function browserHere(
  platform: NodeJS.Platform = process.platform,
  environment: NodeJS.ProcessEnv = process.env,
): ((url: string) => Promise<void>) | undefined {
  if (environment['BROWSER'] === 'none') return undefined;
  const hasScreen =
    platform === 'win32' ||
    platform === 'darwin' ||
    Boolean(environment['DISPLAY'] ?? environment['WAYLAND_DISPLAY']);
  if (!hasScreen) return undefined;
  return async (url) => {
    const { default: open } = await import('open');
    try {
      const child = await open(url);
      // No browser to start: the address is on the terminal.
      child.once('error', () => undefined);
    } catch {
      // The same.
    }
  };
}
