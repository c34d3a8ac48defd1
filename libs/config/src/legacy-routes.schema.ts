import { z } from 'zod';
import { toError } from '#libs/kernel';

/** What a route of the system before this one can stand for, and the method it must have. */
const LEGACY_ACTIONS = {
  run: 'POST',
  status: 'GET',
  events: 'GET',
  leads: 'GET',
  pause: 'POST',
  resume: 'POST',
  cancel: 'POST',
} as const;
export type LegacyAction = keyof typeof LEGACY_ACTIONS;

/** Where this API's own routes are: an old path below one of them would hide it. */
export const OWN_PATHS = [
  '/api/orchestrations',
  '/api/datasets',
  '/api/doubts',
  '/api/tenants',
  '/api/usage',
  '/api/vendors',
  '/api/docs',
  '/health',
] as const;

const THREAD = ':thread_id';

export interface LegacyRoute {
  method: 'GET' | 'POST';
  /** Segments of the path; `:thread_id` stands for any one. */
  segments: readonly string[];
  action: LegacyAction;
}

export interface LegacyRoutes {
  deprecatedAt: Date;
  sunsetAt: Date;
  routes: readonly LegacyRoute[];
}

const fileSchema = z.strictObject({
  deprecated: z.iso.date(),
  sunset: z.iso.date(),
  routes: z.record(z.string(), z.enum(Object.keys(LEGACY_ACTIONS) as [LegacyAction, ...LegacyAction[]])),
});

/** Old routes as JSON: `{"deprecated":"2026-10-01","sunset":"2027-01-31","routes":{"POST /chat/pre-sdr":"run"}}`. */
export const legacyRoutesSchema = z.string().transform((text, context): LegacyRoutes => {
  const refuse = (message: string): void => {
    context.addIssue({ code: 'custom', message });
  };
  const given = fileSchema.safeParse(jsonOf(text, refuse));
  if (!given.success) {
    refuse(z.prettifyError(given.error).replaceAll('\n', ' '));
    return z.NEVER;
  }
  const { deprecated, sunset, routes } = given.data;
  if (sunset < deprecated) refuse(`sunset ${sunset} is before deprecated ${deprecated}`);
  return Object.freeze({
    deprecatedAt: new Date(deprecated),
    sunsetAt: new Date(sunset),
    routes: Object.entries(routes).flatMap(([route, action]) => legacyRoute(route, action, refuse)),
  });
});

function jsonOf(text: string, refuse: (message: string) => void): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    refuse(`is not JSON (${toError(error).message})`);
    return undefined;
  }
}

function legacyRoute(route: string, action: LegacyAction, refuse: (message: string) => void): LegacyRoute[] {
  const [, method, path = ''] = /^(GET|POST) (\/\S*)$/.exec(route) ?? [];
  const segments = path.split('/').slice(1);
  const threads = segments.filter((segment) => segment.startsWith(':'));
  if (method !== LEGACY_ACTIONS[action]) {
    refuse(`${JSON.stringify(route)}: write "${LEGACY_ACTIONS[action]} /old/path" for ${action}`);
  } else if (OWN_PATHS.some((own) => path === own || path.startsWith(`${own}/`))) {
    refuse(`${JSON.stringify(route)}: that path is this API's own`);
  } else if (action === 'run' ? threads.length > 0 : threads.join() !== THREAD) {
    refuse(
      `${JSON.stringify(route)}: ${action} takes ${action === 'run' ? 'no parameter' : `${THREAD} once`} in its path`,
    );
  } else {
    return [{ method: LEGACY_ACTIONS[action], segments, action }];
  }
  return [];
}
