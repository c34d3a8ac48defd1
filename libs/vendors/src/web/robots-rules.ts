import robotsParser from 'robots-parser';

/** What a site's robots.txt allows us. */
export interface RobotsRules {
  allows(url: URL): boolean;
  /** Seconds between requests that the site asks for; 0 where it asks for none. */
  crawlDelaySeconds: number;
}

export const ALLOW_ALL: RobotsRules = { allows: () => true, crawlDelaySeconds: 0 };
export const DISALLOW_ALL: RobotsRules = { allows: () => false, crawlDelaySeconds: 0 };

/** Our name in robots.txt. */
export const ROBOT_NAME = 'leadgenorchestrator';

/** Longer patterns match no path we ask for, and with many wildcards they cost more than they say. */
const PATTERN_LENGTH_MAX = 500;
const WILDCARDS_MAX = 10;

/** Reads the robots.txt found at `robotsUrl` (RFC 9309). */
export function readRobots(robotsUrl: URL, text: string): RobotsRules {
  const robots = robotsParser(robotsUrl.href, relevantLines(text));
  return {
    // `undefined`: another origin's rules; those are asked for before its pages are.
    allows: (url) => robots.isAllowed(url.href, ROBOT_NAME) ?? false,
    crawlDelaySeconds: robots.getCrawlDelay(ROBOT_NAME) ?? 0,
  };
}

/**
 * The same rules as far as they concern us. The parser keeps a copy of each rule for each robot of a group, so a file of
 * many robots and many rules would take its product in memory.
 */
function relevantLines(text: string): string {
  const lines: string[] = [];
  for (const raw of text.split(/\r\n|\r|\n/)) {
    const line = (raw.split('#', 1)[0] ?? '').trim();
    const [, name = '', value = ''] = /^([a-z-]+)\s*:(.*)$/i.exec(line) ?? [];
    const kept = relevantLine(name.toLowerCase(), value.trim());
    if (kept !== null && kept !== lines.at(-1)) lines.push(kept);
  }
  return lines.join('\n');
}

function relevantLine(name: string, value: string): string | null {
  switch (name) {
    case 'user-agent': {
      const robot = value.toLowerCase().split('/', 1)[0]?.trim() ?? '';
      return `user-agent: ${robot === '*' || robot === ROBOT_NAME ? robot : 'another'}`;
    }
    case 'allow':
    case 'disallow': {
      const pattern = value.replace(/\*+/g, '*');
      const isTooMuch = pattern.length > PATTERN_LENGTH_MAX || pattern.split('*').length > WILDCARDS_MAX + 1;
      return isTooMuch ? null : `${name}: ${pattern}`;
    }
    case 'crawl-delay':
      return `${name}: ${value}`;
    default:
      return null;
  }
}
