import type { Supply } from '../../../src-main/contract/vocabulary.ts';
import { IconClose, IconForward, IconMirror, IconPod, IconProxy } from '../../ui/icons.ts';
import type { Icon } from '../../ui/menu.ts';

/** How it is got, as a picture. */
export const supplyIcons: Readonly<Record<Supply, Icon>> = {
  direct: IconForward,
  proxy: IconProxy,
  mirror: IconMirror,
  bundle: IconPod,
  nowhere: IconClose,
};
