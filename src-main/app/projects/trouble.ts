import type { ProjectErrorCode, ProjectFile, TroubleCode } from '../project/index.ts';

interface Wording {
  readonly text: string;
  readonly hint: string;
}

const kept = 'Nothing is lost: everything up to the last change is kept';

/** What is said of a trouble, and the way out of it. */
export function troubleWording(code: TroubleCode, { path, access }: ProjectFile): Wording {
  if (access !== 'edit') {
    return {
      text: `${path} is no longer there`,
      hint: 'What it last held is still shown. Save a copy to keep it',
    };
  }
  switch (code) {
    case 'changed-outside':
      return {
        text: `${path} was replaced or changed by another program`,
        hint: `${kept}. Take what the file holds now, write yours in its place, or save yours elsewhere`,
      };
    case 'removed':
      return {
        text: `${path} was moved or deleted`,
        hint: `${kept}. Write it there again, save it elsewhere, or put the file back`,
      };
    case 'unreachable':
      return {
        text: `${path} cannot be reached: its folder or drive is gone or at fault`,
        hint: `${kept}. Bring the drive back, or save elsewhere`,
      };
    case 'not-writable':
      return {
        text: `${path} may not be written to any more`,
        hint: `${kept}. Permit writing to the file, or save elsewhere`,
      };
    case 'disk-full':
      return {
        text: `There is no room on the disk of ${path}`,
        hint: `${kept}. Make room, or save elsewhere`,
      };
    default:
      return code satisfies never;
  }
}

/** What a refusal says of the file; undefined where it is about what was asked for. */
export function troubleOf(code: ProjectErrorCode): TroubleCode | undefined {
  switch (code) {
    case 'file-moved':
      return 'changed-outside';
    case 'file-missing':
      return 'removed';
    case 'no-permission':
      return 'not-writable';
    case 'disk-full':
      return 'disk-full';
    case 'folder-missing':
    case 'io-error':
      return 'unreachable';
    default:
      return undefined;
  }
}
