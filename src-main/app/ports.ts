/** What the use cases need from outside. Hosts hand over implementations; tests hand over small ones of their own. */

import type { Opening } from '../contract/index.ts';
import type { ProjectStore } from './project/project-file.ts';

export type { ProjectFile, ProjectStore } from './project/project-file.ts';

/** The samples that come with the program. */
export interface ExampleLibrary {
  /** Their names, in the order in which they are shown. */
  list(): Promise<readonly string[]>;
  /** A sample's text form, or undefined where there is none of that name. */
  read(name: string): Promise<string | undefined>;
}

export interface Ports {
  readonly examples: ExampleLibrary;
  /** The design that the program was started with, where there is one. */
  readonly opened?: () => Opening | undefined;
  /** Absent where the host has no place for project files. */
  readonly projects?: ProjectStore;
}
