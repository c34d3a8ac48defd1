import { SetMetadata, type CustomDecorator } from '@nestjs/common';

export const STARTS_RUNS = 'leadgen:starts-runs';
export const SERVED_WHEN_FULL = 'leadgen:served-when-full';

/** Requests to this route start runs: they are limited by `LEADGEN_API_RUNS_PER_MINUTE`, too. */
export function StartsRuns(): CustomDecorator {
  return SetMetadata(STARTS_RUNS, true);
}

/**
 * Also while the memory of Redis is nearly used up this route is served, since it adds nothing or makes room (cancel, pause).
 * GET, HEAD and DELETE are served in any case; every other route is refused without it.
 */
export function ServedWhenFull(): CustomDecorator {
  return SetMetadata(SERVED_WHEN_FULL, true);
}
