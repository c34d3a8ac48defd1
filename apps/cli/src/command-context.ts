import type { Settings } from '#libs/config';
import type { Logger } from '#libs/observability';
import type { Reporter } from './output/reporter.port';
import type { ResultLine } from './run/result-line';

/** What every command is given. */
export interface CommandContext {
  settings: Settings;
  logger: Logger;
  /** Aborted by Ctrl-C and SIGTERM: stop, clean up, end with 128 + the signal. */
  signal: AbortSignal;
  /** Machine-readable lines, or a person's terminal when stdout is one and `json` is false. */
  reporter(json: boolean): Reporter;
  /** Reports the result, which decides the exit code. */
  end(result: ResultLine, reporter: Reporter): void;
}
