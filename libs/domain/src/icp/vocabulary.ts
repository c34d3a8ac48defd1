// SEAM
export const INDUSTRIES: readonly {
  id: string;
  title: string;
  parent?: string;
  aliases: readonly string[];
}[] = [
  { id: 'software', title: 'Software', aliases: ['saas', 'analytics'] },
  { id: 'retail', title: 'Retail', aliases: ['shops'] },
  { id: 'gambling', title: 'Gambling', aliases: [] },
  { id: 'manufacturing', title: 'Manufacturing', aliases: [] },
  { id: 'fintech', title: 'Fintech', parent: 'software', aliases: [] },
];
export function resolveIndustry(text: string): string | null {
  const t = text.trim().toLowerCase();
  return (
    INDUSTRIES.find((i) => i.id === t || i.title.toLowerCase() === t || i.aliases.includes(t))?.id ?? null
  );
}
export function industryMatches(wantedId: string, ids: readonly string[]): boolean {
  return ids.some((id) => id === wantedId || INDUSTRIES.find((i) => i.id === id)?.parent === wantedId);
}
export function normalizeCountry(text: string): string | null {
  return (
    { germany: 'DE', de: 'DE', france: 'FR', fr: 'FR', us: 'US', usa: 'US', gb: 'GB' }[
      text.trim().toLowerCase()
    ] ?? null
  );
}
export function normalizeDomain(text: string): string | null {
  const m = /^(?:https?:\/\/)?(?:www\.)?([a-z0-9-]+\.[a-z]{2,})(?:\/.*)?$/i.exec(text.trim());
  return m?.[1]?.toLowerCase() ?? null;
}
