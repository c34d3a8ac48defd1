import { loadSettings, type Settings } from '#libs/config';
import { createLogger, type Logger } from '#libs/observability';
import type { CommandContext } from './command-context';
import { NdjsonReporter } from './output/ndjson.reporter';
import type { Reporter } from './output/reporter.port';
import { TerminalReporter } from './output/terminal.reporter';
import type { ResultLine } from './run/result-line';

/** What commands are given by this very process: its environment, its streams, its signals. */
export class ProcessContext implements CommandContext {
  /** Of the result that was reported, if one was. */
  exitCode = 0;
  private loadedSettings: Settings | undefined;
  private createdLogger: Logger | undefined;

  constructor(readonly signal: AbortSignal) {}

  get settings(): Settings {
    if (this.loadedSettings) return this.loadedSettings;
    const settings = loadSettings();
    for (const warning of settings.warnings) process.stderr.write(`${warning}\n`);
    return (this.loadedSettings = settings);
  }

  get logger(): Logger {
    this.createdLogger ??= createLogger({ app: 'cli', level: this.settings.runtime.logLevel });
    return this.createdLogger;
  }

  reporter(json: boolean): Reporter {
    return json || !process.stdout.isTTY
      ? new NdjsonReporter(process.stdout, process.stderr)
      : new TerminalReporter(process.stdout);
  }

  end(result: ResultLine, reporter: Reporter): void {
    this.exitCode = this.signal.aborted ? Number(this.signal.reason) : result.exit_code;
    reporter.result({ ...result, exit_code: this.exitCode });
  }
}
