import type { LanguageCode } from '../../i18n/language.svelte.ts';
import { searchGuide, isPageId, pageIds, type GuidePage, type PageId } from './guide.ts';

const loads: Readonly<Record<LanguageCode, () => Promise<{ pages: readonly GuidePage[] }>>> = {
  en: () => import('./pages-en.ts'),
  ko: () => import('./pages-ko.ts'),
};

/** A place in the guide. */
export interface GuidePlace {
  readonly page: PageId;
  /** The id of a heading; absent: the top. */
  readonly section?: string;
}

/** Who reads the guide: where they are, and what they look for. */
export class Reader {
  #pages = $state.raw<readonly GuidePage[]>([]);
  #loaded: LanguageCode | undefined;
  #place = $state.raw<GuidePlace>({ page: pageIds[0] });
  #before = $state.raw<readonly GuidePlace[]>([]);
  #query = $state('');
  readonly #found = $derived(searchGuide(this.#pages, this.#query));
  readonly #page = $derived(this.#pages.find(({ id }) => id === this.#place.page));

  get pages() {
    return this.#pages;
  }
  get page(): GuidePage | undefined {
    return this.#page;
  }
  /** Another object each time that somebody goes somewhere, also to where they are. */
  get place(): GuidePlace {
    return this.#place;
  }
  get query(): string {
    return this.#query;
  }
  get found() {
    return this.#found;
  }
  get canGoBack(): boolean {
    return this.#before.length > 0;
  }

  /** Reads the pages of a language; the place stays. */
  async load(code: LanguageCode): Promise<void> {
    if (this.#loaded === code) return;
    this.#loaded = code;
    const { pages } = await loads[code]();
    // Another language may have been asked for meanwhile.
    if (this.#loaded === code) this.#pages = pages;
  }

  look(query: string): void {
    this.#query = query;
  }

  go(place: GuidePlace): void {
    this.#before = [...this.#before, this.#place];
    this.#place = place;
  }

  /** Follows a link of the page that is read. */
  follow(page: string | undefined, section: string | undefined): void {
    const target = page ?? this.#place.page;
    if (isPageId(target)) this.go({ page: target, ...(section === undefined ? {} : { section }) });
  }

  back(): void {
    const last = this.#before.at(-1);
    if (!last) return;
    this.#before = this.#before.slice(0, -1);
    this.#place = { ...last };
  }
}
