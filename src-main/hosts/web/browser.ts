import { hostname, userInfo } from 'node:os';
import process from 'node:process';

type Environment = NodeJS.ProcessEnv;

/** Whether windows can be shown here. */
export function hasScreen(
  platform: NodeJS.Platform = process.platform,
  environment: Environment = process.env,
): boolean {
  if (platform === 'win32' || platform === 'darwin') return true;
  return Boolean(environment['DISPLAY'] || environment['WAYLAND_DISPLAY']);
}

/** Linux inside Windows, whose browser it can start without a screen of its own. */
const isInWindows = (environment: Environment) => Boolean(environment['WSL_DISTRO_NAME']);

/**
 * Shows an address in the user's browser; undefined where there is no screen to show it on, or where `BROWSER=none` asks
 * for the address alone.
 */
export function browserHere(
  platform: NodeJS.Platform = process.platform,
  environment: Environment = process.env,
): ((url: string) => Promise<void>) | undefined {
  if (environment['BROWSER'] === 'none') return undefined;
  if (!hasScreen(platform, environment) && !isInWindows(environment)) return undefined;
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

export interface Machine {
  readonly environment: Environment;
  readonly user: string;
  readonly hostname: string;
}

const thisMachine = (): Machine => ({
  environment: process.env,
  user: userInfo().username,
  hostname: hostname(),
});

/** What to do where the browser is on another machine, or on the Windows around this one. */
export function wayIn(
  port: number,
  { environment, user, hostname }: Machine = thisMachine(),
): readonly string[] {
  if (environment['SSH_CONNECTION']) {
    // The third word is this machine's address as the caller reached it.
    const host = environment['SSH_CONNECTION'].split(' ')[2] ?? hostname;
    return [
      'From the machine in front of you, make a way to it, and open the address there:',
      `  ssh -N -L ${port}:127.0.0.1:${port} ${user}@${host}`,
    ];
  }
  if (isInWindows(environment)) return ["Open the address in Windows' own browser."];
  return [];
}
