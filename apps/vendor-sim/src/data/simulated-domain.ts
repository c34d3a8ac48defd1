/** Addresses of simulated people and companies end in `.invalid` (RFC 2606): no mail to them can ever leave. */
export function mailDomain(domain: string): string {
  return `${domain.toLowerCase()}.invalid`;
}

/** `zencoder.com` → `Zencoder`, `blue-bottle.co.uk` → `Blue Bottle`: how the company would write itself. */
export function brandName(domain: string): string {
  const [label = domain] = domain.toLowerCase().split('.');
  return label
    .split(/[-_]+/)
    .filter((word) => word !== '')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ');
}
