import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';

/** Where the program keeps what is its user's, by the habits of the system. */
export interface UserFolders {
  /** Settings, the list of recent projects, the marks of drafts. */
  readonly data: string;
  /** Designs that were not given another place. */
  readonly designs: string;
  readonly documents: string;
  readonly home: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

export function userFolders(
  environment: Environment = process.env,
  platform: NodeJS.Platform = process.platform,
  home = homedir(),
): UserFolders {
  const documents = documentsFolder(environment, platform, home);
  const named = (name: string) => {
    const value = environment[name];
    return value === undefined || value === '' ? undefined : resolve(value);
  };
  return {
    data: named('HOPSCOPE_DATA') ?? dataFolder(environment, platform, home),
    designs: named('HOPSCOPE_DESIGNS') ?? join(documents, 'Hopscope'),
    documents,
    home,
  };
}

function dataFolder(environment: Environment, platform: NodeJS.Platform, home: string): string {
  if (platform === 'win32') {
    return join(environment['APPDATA'] || join(home, 'AppData', 'Roaming'), 'Hopscope');
  }
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Hopscope');
  const configured = environment['XDG_CONFIG_HOME'];
  // The specification has a relative path ignored.
  const folder = configured?.startsWith('/') ? configured : join(home, '.config');
  return join(folder, 'hopscope');
}

/** On Linux the desktop says in user-dirs.dirs what the folder is called in the user's language. */
function documentsFolder(
  environment: Environment,
  platform: NodeJS.Platform,
  home: string,
): string {
  const usual = join(home, 'Documents');
  if (platform === 'win32' || platform === 'darwin') return usual;
  const given = environment['XDG_DOCUMENTS_DIR'];
  if (given?.startsWith('/')) return given;
  const configured = environment['XDG_CONFIG_HOME'];
  const folder = configured?.startsWith('/') ? configured : join(home, '.config');
  try {
    const text = readFileSync(join(folder, 'user-dirs.dirs'), 'utf8');
    const value = /^XDG_DOCUMENTS_DIR="((?:\$HOME)?\/[^"]*)"/m.exec(text)?.[1];
    const path = value?.replace(/^\$HOME/, home);
    // Where the folder was switched off, it is said to be the home folder itself.
    if (path !== undefined && resolve(path) !== resolve(home)) return path;
  } catch {
    // No such file on machines without a desktop.
  }
  return usual;
}
