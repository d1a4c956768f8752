import type { Component } from 'svelte';

/** An icon of `icons.ts`. */
export type Icon = Component<{ size?: number | string; strokeWidth?: number | string }>;

/** One line of a menu. */
export type MenuEntry =
  | {
      readonly kind: 'item';
      readonly label: string;
      readonly icon?: Icon | undefined;
      /** `Mod+Z`; shown, not listened to. */
      readonly keys?: string | undefined;
      readonly detail?: string | undefined;
      readonly disabled?: boolean | undefined;
      /** Takes something away. */
      readonly danger?: boolean | undefined;
      readonly run: () => unknown;
    }
  | {
      /** On or off; the menu stays open. */
      readonly kind: 'check';
      readonly label: string;
      readonly checked: boolean;
      readonly disabled?: boolean | undefined;
      readonly run: (checked: boolean) => unknown;
    }
  | {
      /** One of several. */
      readonly kind: 'choice';
      readonly label: string;
      readonly value: string;
      readonly options: readonly {
        readonly value: string;
        readonly label: string;
        readonly icon?: Icon | undefined;
        readonly lang?: string | undefined;
      }[];
      readonly run: (value: string) => unknown;
    }
  | {
      readonly kind: 'sub';
      readonly label: string;
      readonly icon?: Icon | undefined;
      readonly disabled?: boolean | undefined;
      readonly entries: readonly MenuEntry[];
    }
  | { readonly kind: 'heading'; readonly label: string }
  | { readonly kind: 'line' };
