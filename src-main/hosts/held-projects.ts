import { openingMethods, type Answer, type Backend, type ProjectState } from '../contract/index.ts';

type Place = Pick<ProjectState, 'project' | 'file'>;

/** What one page has open, learned from its calls: a window's, or a browser tab's. */
export interface HeldProjects {
  /** The file of the project that was opened last and is open still. */
  readonly file: string | undefined;
  /** Takes note of a call of the page and its answer. */
  heed(method: string, payload: unknown, answer: Answer<unknown>): void;
  hold(place: Place): void;
  /** Holds it until the page has opened it by itself. */
  offer(place: Place): void;
  /** Closes what the page has left open, as when it is gone or begins anew. */
  release(): Promise<void>;
}

export function heldProjects(
  backend: Backend,
  onChange: (file: string | undefined) => void,
): HeldProjects {
  /** Once for each time that it was opened, the last one last. */
  let places: Place[] = [];
  let offered: Place | undefined;
  let file: string | undefined;

  function show(now: string | undefined): void {
    if (now === file) return;
    file = now;
    onChange(file);
  }

  function hold(place: Place): void {
    places.push(place);
    show(place.file);
  }

  const close = ({ project }: Place) => backend.call('project.close', { project });

  function letGo(project: string): void {
    const at = places.findLastIndex((place) => place.project === project);
    if (at >= 0) places.splice(at, 1);
    show(places.at(-1)?.file);
  }

  return {
    get file() {
      return file;
    },
    hold,
    offer(place) {
      offered = place;
      show(place.file);
    },
    heed(method, payload, answer) {
      if (!answer.ok) return;
      if (openingMethods.has(method)) {
        const opened = answer.value as Place;
        hold(opened);
        if (offered?.project === opened.project) {
          void close(offered);
          offered = undefined;
        }
      }
      if (method === 'project.saveAs') {
        const saved = answer.value as Place;
        places = places.map((place) => (place.project === saved.project ? saved : place));
        show(places.at(-1)?.file);
      }
      if (method === 'project.close') letGo((payload as Pick<Place, 'project'>).project);
    },
    async release() {
      const left = offered ? [...places, offered] : places;
      places = [];
      offered = undefined;
      await Promise.all(left.map(close));
    },
  };
}
