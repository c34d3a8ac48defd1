import type { Handler, Parser } from 'htmlparser2';
import type { PageContent, PageLink } from './page-content';

/**
 * Deeper pages are made to hurt: the parser's time grows with the square of the depth (400,000 nested elements, 2 MB,
 * held it for 87 s). Real pages stay below a hundred.
 */
const DEPTH_MAX = 400;
const ELEMENTS_MAX = 100_000;
const LINKS_MAX = 3_000;
const RESOURCES_MAX = 500;
const LINK_TEXT_LENGTH_MAX = 100;

/** Elements whose text nobody sees. */
const UNSEEN = new Set([
  'script',
  'style',
  'noscript',
  'template',
  'svg',
  'textarea',
  'select',
  'iframe',
  'object',
]);
/** Elements that do not end a word. */
const INLINE = new Set([
  'abbr',
  'b',
  'code',
  'em',
  'font',
  'i',
  'mark',
  'small',
  'span',
  'strong',
  'sub',
  'sup',
  'u',
  'wbr',
]);

/** Collects a page's content from the parser's events and stops the parser at a limit. */
export class PageReader implements PageContent, Partial<Handler> {
  readonly meta = new Map<string, string>();
  readonly links: PageLink[] = [];
  readonly resources: string[] = [];
  private readonly titleParts: string[] = [];
  private readonly textParts: string[] = [];
  private parser: Parser | undefined;
  private depth = 0;
  private elements = 0;
  private unseenDepth = 0;
  private inTitle = false;
  private openLink: { href: string; text: string } | undefined;

  get title(): string {
    return this.titleParts.join('');
  }

  get text(): string {
    return this.textParts.join('');
  }

  onparserinit(parser: Parser): void {
    this.parser = parser;
  }

  onopentag(name: string, attributes: Record<string, string>): void {
    this.depth += 1;
    this.elements += 1;
    if (this.depth > DEPTH_MAX || this.elements > ELEMENTS_MAX) this.parser?.pause();
    if (UNSEEN.has(name)) this.unseenDepth += 1;
    if (!INLINE.has(name)) this.textParts.push('\n');
    this.openElement(name, attributes);
  }

  ontext(text: string): void {
    if (this.inTitle) this.titleParts.push(text);
    else if (this.unseenDepth === 0) {
      this.textParts.push(text);
      if (this.openLink && this.openLink.text.length < LINK_TEXT_LENGTH_MAX) this.openLink.text += text;
    }
  }

  onclosetag(name: string): void {
    this.depth -= 1;
    if (UNSEEN.has(name)) this.unseenDepth -= 1;
    if (!INLINE.has(name)) this.textParts.push('\n');
    if (name === 'title') this.inTitle = false;
    if (name === 'a') this.openLink = undefined;
  }

  private openElement(name: string, attributes: Record<string, string>): void {
    switch (name) {
      case 'title':
        // An image's title is none of the page's.
        this.inTitle = this.unseenDepth === 0 && this.titleParts.length === 0;
        return;
      case 'meta':
        this.addMeta(attributes);
        return;
      case 'a':
        this.addLink(attributes.href);
        return;
      case 'script':
      case 'img':
        this.addResource(attributes.src);
        return;
      case 'link':
        this.addResource(attributes.href);
    }
  }

  private addMeta(attributes: Record<string, string>): void {
    const name = (attributes.name ?? attributes.property)?.toLowerCase();
    const { content } = attributes;
    if (name !== undefined && content !== undefined && !this.meta.has(name)) this.meta.set(name, content);
  }

  private addLink(href: string | undefined): void {
    if (href === undefined || this.links.length >= LINKS_MAX) return;
    this.openLink = { href, text: '' };
    this.links.push(this.openLink);
  }

  private addResource(address: string | undefined): void {
    if (address !== undefined && this.resources.length < RESOURCES_MAX) this.resources.push(address);
  }
}
