import { done, failed, type Answer, type Settings } from '../../contract/index.ts';
import type { UserData } from '../ports.ts';

/** What windows keep for the user. Where the host remembers nothing, it is kept until the program ends. */
export interface UserSettings {
  read(): Settings;
  /** Writes the values named and leaves the others; `null` forgets one. */
  write(values: Settings): Answer<Record<string, never>>;
}

export function createSettings(userData: UserData | undefined): UserSettings {
  let unkept: Settings = {};
  const read = (): Settings => (userData ? settingsOf(userData.read('settings')) : unkept);
  return {
    read,
    write(values) {
      const merged = { ...read(), ...values };
      const next = Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null));
      if (!userData) {
        unkept = next;
        return done({});
      }
      const reason = userData.write('settings', next);
      return reason === undefined ? done({}) : failed('not-kept', { what: 'settings', reason });
    },
  };
}

/** What is not a setting is passed over: the file may have been edited by hand. */
function settingsOf(value: unknown): Settings {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  return Object.fromEntries(
    Object.entries(value).filter(([, item]) =>
      ['string', 'number', 'boolean'].includes(typeof item),
    ),
  );
}
