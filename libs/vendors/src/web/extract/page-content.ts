/** What a page says, before anything is made of it. */
export interface PageContent {
  title: string;
  /** `name` or `property` of `<meta>` in lower case → content; the first of each name counts. */
  meta: ReadonlyMap<string, string>;
  /** Text people see, block by block: no scripts, styles, templates or comments. */
  text: string;
  links: readonly PageLink[];
  /** Addresses of scripts, style sheets and images as written: hints at what the site is built with. */
  resources: readonly string[];
}

/** A link as written. */
export interface PageLink {
  href: string;
  text: string;
}
