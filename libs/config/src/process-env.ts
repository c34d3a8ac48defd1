import type { Env } from './load-settings';

/** The process's whole environment, for handing on to child processes; settings are read by `loadSettings`. */
export function processEnv(): Env {
  return process.env;
}
