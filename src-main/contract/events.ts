import type { MenuCommand } from './bridge.ts';
import type { Edit } from '../model/edits.ts';
import type { ProjectState } from './methods.ts';

/** What the backend tells without being asked. One line a member. */
export interface Events {
  /** A project changed: by this window, by another one, by undoing. `edits` lead from the revision before to `state`'s. */
  'project.changed': {
    readonly state: ProjectState;
    readonly edits: readonly Edit[];
    /** The window that asked for it, as it named itself. */
    readonly origin?: string;
  };
  /** The file was changed, replaced or removed by someone else, or cannot be written to. Said once. */
  'project.trouble': {
    readonly project: string;
    readonly code: 'changed-outside' | 'removed' | 'not-writable' | 'disk-full' | 'unreachable';
    readonly file: string;
    readonly text: string;
    readonly hint: string;
  };
  /** The trouble is over. */
  'project.recovered': { readonly project: string; readonly file: string };
  /** How far a run has come. */
  'run.progress': { readonly run: string; readonly done: number; readonly total: number };
  /** The backend's process ended and a new one has taken its place, with the same projects open: read again what is shown. */
  'backend.restarted': { readonly reason: string };
  /** It runs and has not answered for a while (`hosts/process/heartbeat.ts`), or it answers again. */
  'backend.answers': { readonly answers: boolean };
  /** It ended and could not be started again. */
  'backend.lost': { readonly reason: string };
  /** The page lost its host, and has it again: what happened meanwhile was not told, so read again what is shown. */
  'host.connection': { readonly connected: boolean };
  /** The system asks for a file to be opened: double click, drop on the icon, second start. */
  'host.open': { readonly file: string };
  /** A menu item of the system's menu bar was chosen; the page knows what to do. */
  'host.command': { readonly command: MenuCommand };
}

export type EventName = keyof Events;
export type BackendEvent = {
  readonly [Name in EventName]: { readonly event: Name; readonly payload: Events[Name] };
}[EventName];

export type Listener = (event: BackendEvent) => void;
export type Unsubscribe = () => void;
