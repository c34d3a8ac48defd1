import { FOREIGN_ALIASES } from './aliases/foreign-aliases';
import { LINKEDIN_ALIASES } from './aliases/linkedin-aliases';
import { MARKET_ALIASES } from './aliases/market-aliases';
import { OFFICIAL_ALIASES } from './aliases/official-aliases';
import { STARTUP_ALIASES } from './aliases/startup-aliases';
import { INDUSTRY_NODES } from './taxonomy';

/** An industry of the taxonomy and the words for it. */
export interface Industry {
  /** Lower snake case; never changes. */
  id: string;
  title: string;
  /** The id of the industry it is a part of; the tree has two levels. */
  parent?: string;
  /** Other words for it, in lower case; id and title count, too. */
  aliases: readonly string[];
}

/** The taxonomy, each root before its parts. Documented in docs/industries.md, which is generated from here. */
export const INDUSTRIES: readonly Industry[] = INDUSTRY_NODES.map((node) => ({
  ...node,
  aliases: [
    ...new Set(
      [STARTUP_ALIASES, LINKEDIN_ALIASES, OFFICIAL_ALIASES, MARKET_ALIASES, FOREIGN_ALIASES].flatMap(
        (source) => source[node.id]?.split('|') ?? [],
      ),
    ),
  ],
}));

const PARENTS = new Map(INDUSTRIES.map(({ id, parent }) => [id, parent]));

/** True if one of the industries is the wanted one or a part of it. */
export function industryMatches(wantedId: string, ids: readonly string[]): boolean {
  return ids.some((id) => id === wantedId || PARENTS.get(id) === wantedId);
}
