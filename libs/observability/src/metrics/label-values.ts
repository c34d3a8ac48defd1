import { LANE_WORKERS, RUN_SOURCES, STAGES, type StageName } from '#libs/contracts';

/** Values that more than one metric's label takes. */
export const STAGE_NAMES = Object.keys(STAGES) as StageName[];
/** Of the stages, and those that serve lanes only. */
export const WORKERS = [...STAGE_NAMES, LANE_WORKERS] as const;
export const BUDGETED_STAGES = ['plan', 'normalize', 'enrich', 'export'] as const;
export const SOURCES = RUN_SOURCES;
/** The terminal states of a run. */
export const ENDED_STATES = ['needs_input', 'completed', 'partial', 'failed', 'cancelled'] as const;
export const BUDGETS = ['tenant_day', 'vendor_day', 'run'] as const;
export const CREDENTIALS = ['platform', 'own'] as const;
export const HTTP_METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'other'] as const;
export const STATUS_CLASSES = ['1xx', '2xx', '3xx', '4xx', '5xx'] as const;

/** How a request to a vendor ended: the ends of the vendor port, whose type is held against these where calls are counted. */
export const VENDOR_OUTCOMES = [
  'ok',
  'empty',
  'pending',
  'rate_limited',
  'quota_exhausted',
  'auth_failed',
  'bad_request',
  'vendor_error',
  'bad_response',
  'timeout_before_send',
  'timeout_after_send',
] as const;

export const VENDOR = { boundedBy: 'one folder per vendor in libs/vendors' } as const;
export const OPERATION = { boundedBy: 'the operations of the contracts, seven' } as const;
export const SINK = { boundedBy: 'the sinks of the contracts, one folder each' } as const;
export const QUEUE = {
  boundedBy:
    'one per stage, `webhook`, `schedule`, `run-handover`, and a lane per vendor: `enrich.<vendor>`, or ' +
    '`enrich.<vendor>.own` for those of all tenants’ own keys together; offline `enrich.sim-<vendor>`',
} as const;

export const EVERY_PROCESS = ['api', 'normalize', 'enrich', 'export'] as const;
export const STAGE_WORKERS = ['normalize', 'enrich', 'export'] as const;
export const LEADER = ['leader'] as const;
