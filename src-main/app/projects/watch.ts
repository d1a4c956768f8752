import type { Announcer } from '../events.ts';
import type { Ports, ProjectFile, ProjectStore } from '../ports.ts';
import type { TroubleCode } from '../project/index.ts';
import type { OpenProject } from './open-project.ts';
import { troubleWording } from './trouble.ts';

/** Looks after the files of open projects: who else writes to them, and whether they are still there. */
export interface Watch {
  /** Looks now, and tells what is new. True where the project can be written to. */
  look(project: OpenProject): boolean;
  /** Tells what is wrong, once. */
  say(project: OpenProject, code: TroubleCode): void;
  /** The trouble is over, by whatever end. */
  over(project: OpenProject): void;
  /** Begins to look at times; ends by itself when nothing is open. */
  begin(): void;
  end(): void;
}

interface Watching {
  readonly ports: Ports;
  readonly store: ProjectStore;
  readonly announcer: Announcer;
  readonly open: ReadonlyMap<string, OpenProject>;
  /** Goes on with what the file holds now. */
  readonly goOnWith: (project: OpenProject, file: ProjectFile) => void;
}

/** How often is looked. */
const intervalMs = 2000;
/** Reading along takes no more than this part of the time. */
const readingShare = 1 / 10;

export function createWatch({ ports, store, announcer, open, goOnWith }: Watching): Watch {
  const { clock, files } = ports;
  const { tell } = announcer;
  let stop: (() => void) | undefined;

  function say(project: OpenProject, code: TroubleCode): void {
    if (project.trouble === code) return;
    project.trouble = code;
    const { file, handle } = project;
    rescue(project);
    const payload = { project: handle, code, file: file.path };
    tell({ event: 'project.trouble', payload: { ...payload, ...troubleWording(code, file) } });
  }

  /** What stands in memory alone is put on a disk, beside the designs, until its own file is back or another is chosen. */
  function rescue(project: OpenProject): void {
    const { file, open } = project;
    if (file.isAttached || file.access !== 'edit' || project.rescue !== undefined) return;
    const path = files?.freeDesignPath(`${open.design.name} (recovered)`);
    if (path !== undefined && file.saveCopy(path).ok) project.rescue = path;
  }

  function over(project: OpenProject): void {
    project.stamp = '';
    if (project.rescue !== undefined) files?.remove(project.rescue);
    project.rescue = undefined;
    if (project.trouble === undefined) return;
    project.trouble = undefined;
    const payload = { project: project.handle, file: project.file.path };
    tell({ event: 'project.recovered', payload });
  }

  /** Takes the file up again where it holds what memory holds; else the reason why not. */
  function reattach(project: OpenProject): TroubleCode | undefined {
    const { file } = project;
    const { path } = file;
    const wanted = file.digest();
    // For reading first: a file that is not ours is not touched.
    const seen = store.open(path, { readOnly: true });
    if (!seen.ok) return seen.error.code === 'io-error' ? 'unreachable' : 'changed-outside';
    const isSame = seen.value.digest() === wanted;
    seen.value.close();
    if (!isSame) return 'changed-outside';
    const next = store.open(path);
    if (!next.ok) return next.error.code === 'io-error' ? 'unreachable' : 'changed-outside';
    if (next.value.access !== 'edit' || next.value.digest() !== wanted) {
      next.value.close();
      return next.value.access === 'edit' ? 'changed-outside' : 'not-writable';
    }
    file.close();
    project.file = next.value;
    return undefined;
  }

  function lookAtOwn(project: OpenProject): boolean {
    const { trouble, stamp } = project.file.look();
    if (project.file.isAttached) {
      if (trouble === undefined) over(project);
      else say(project, trouble);
      return trouble === undefined;
    }
    let found = stamp === '' ? (trouble ?? 'unreachable') : (project.trouble ?? 'changed-outside');
    const isNew = stamp !== project.stamp || project.trouble === 'unreachable';
    if (stamp !== '' && isNew) {
      const reason = reattach(project);
      if (reason === undefined) {
        over(project);
        return true;
      }
      found = reason;
    }
    project.stamp = stamp;
    say(project, found);
    return false;
  }

  /** What the one who edits the file has saved since. */
  function readAlong(project: OpenProject): boolean {
    const { file } = project;
    const { trouble, stamp } = file.look();
    if (trouble !== undefined) {
      say(project, trouble);
      return false;
    }
    over(project);
    if (stamp === project.stamp || clock.now() < project.restUntilMs) return false;
    const from = clock.now();
    const next = store.open(file.path, { readOnly: true });
    if (next.ok) {
      project.stamp = stamp;
      if (next.value.digest() === file.digest()) next.value.close();
      else {
        file.close();
        goOnWith(project, next.value);
      }
    }
    const now = clock.now();
    project.restUntilMs = now + (now - from) / readingShare;
    return false;
  }

  const look = (project: OpenProject) =>
    project.file.access === 'edit' ? lookAtOwn(project) : readAlong(project);

  const self: Watch = {
    look,
    say,
    over,
    begin() {
      stop ??= clock.every(intervalMs, () => {
        for (const project of open.values()) {
          // A defect here must not end what is open; the next edit meets it again, and its answer says so.
          try {
            look(project);
          } catch {
            continue;
          }
        }
        if (open.size === 0) self.end();
      });
    },
    end() {
      stop?.();
      stop = undefined;
    },
  };
  return self;
}
