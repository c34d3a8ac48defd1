import type { Settings } from '#libs/config';
import type { Logger } from '#libs/observability';
import type { Reporter } from './output/reporter.port';
import type { ResultLine } from './run/result-line';

/** What every command is given. */
export interface CommandContext {
  /** Read at the first look, so that help needs none. Throws `config_invalid`. */
  readonly settings: Settings;
  readonly logger: Logger;
  /** Aborted by Ctrl-C and SIGTERM, with the exit code (128 + the signal) as its reason: stop, clean up, end. */
  signal: AbortSignal;
  /** Machine-readable lines, or a person's terminal when stdout is one and `json` is false. */
  reporter(json: boolean): Reporter;
  /** Of the result that was reported; a command that reports none may set it. */
  exitCode: number;
  /** Reports the result, which decides the exit code. */
  end(result: ResultLine, reporter: Reporter): void;
}
