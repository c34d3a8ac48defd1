/** Where an address of the domain was seen; the vendor's own clock is not simulated. */
export function sourcesOf(domain: string): readonly Record<string, unknown>[] {
  return [
    {
      domain,
      uri: `http://${domain}/contact`,
      extracted_on: '2025-01-15',
      last_seen_on: '2025-06-01',
      still_on_page: true,
    },
  ];
}
