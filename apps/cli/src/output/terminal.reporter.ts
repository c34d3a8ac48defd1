import { basename } from 'node:path';
import type { WriteStream } from 'node:tty';
import pc from 'picocolors';
import { processEnv } from '#libs/config';
import type { RunEvent, RunEventType, RunRecord } from '#libs/contracts';
import { LiveScreen } from '../live/live-screen';
import { drawRun } from '../live/live-view';
import type { ReadProgress } from '../live/read-progress';
import { messageOfResult, type ResultLine } from '../run/result-line';
import { printable } from './printable';
import type { Reporter } from './reporter.port';
import { wayOn } from './way-on';

const MARKS: Readonly<Partial<Record<RunEventType, string>>> = {
  stage_completed: pc.green('✓'),
  run_complete: pc.green('✓'),
  vendor_closed: pc.yellow('‖'),
  run_paused: pc.yellow('‖'),
  vendor_reopened: pc.green('▶'),
  run_resumed: pc.green('▶'),
};

/** What the live view shows anyway, and better. */
const SHOWN_LIVE: readonly RunEventType[] = ['progress', 'stage_started'];

/**
 * Progress for a person: one line per event, then a short summary with the places of the files. On a terminal that can be drawn
 * on, the stages of a run at its lower end as well.
 */
export class TerminalReporter implements Reporter {
  private lastMessage = '';
  private screen: LiveScreen | undefined;
  readonly live: Reporter['live'] | undefined;

  constructor(private readonly stdout: NodeJS.WritableStream) {
    if (isDrawable(stdout)) this.live = (read, signal) => this.draw(stdout, read, signal);
  }

  note(message: string): void {
    this.write(pc.dim(message));
  }

  accepted({ runId, created }: { runId: string; created: boolean }): void {
    this.write(created ? `Run ${pc.bold(runId)}` : `Run ${pc.bold(runId)} (the same request came before)`);
  }

  event({ type, phase, message }: RunEvent): void {
    // The end of the summary and the end of the run say the same.
    if (message === this.lastMessage || (this.screen && SHOWN_LIVE.includes(type))) return;
    this.lastMessage = message;
    this.write(`${MARKS[type] ?? pc.cyan('•')} ${pc.bold(phase.padEnd(9))} ${printable(message)}`);
  }

  heartbeat(run: RunRecord): void {
    if (this.screen) return;
    this.write(pc.dim(`  … ${printable(run.status.message)}`));
  }

  row(): void {
    // A person is shown a table.
  }

  show(text: string): void {
    this.write(text);
  }

  result(result: ResultLine): void {
    if (result.exit_code !== 0) {
      this.write(`${pc.red(result.state)}: ${printable(messageOfResult(result))}`);
    }
    const next = wayOn(result);
    if (next !== undefined) this.note(next);
    if (typeof result.run_dir === 'string') this.write(`Files: ${result.run_dir}`);
    else if (result.files_elsewhere) {
      const [key = ''] = Object.values(result.files_elsewhere as Record<string, string>);
      this.write(`Files: not on this machine; ${key} below the workers’ LEADGEN_STORAGE_DIR`);
    }
    for (const place of Object.values((result.files ?? {}) as Record<string, string>)) {
      this.write(`  ${basename(place)}`);
    }
  }

  private async draw(terminal: WriteStream, read: ReadProgress, signal: AbortSignal): Promise<void> {
    const screen = await LiveScreen.open(terminal);
    this.screen = screen;
    try {
      await drawRun(screen, read, signal);
    } finally {
      this.screen = undefined;
      screen.close();
    }
  }

  private write(line: string): void {
    (this.screen ?? this.stdout).write(`${line}\n`);
  }
}

/** A terminal with a cursor that can be moved. */
function isDrawable(stream: NodeJS.WritableStream): stream is WriteStream {
  return 'isTTY' in stream && stream.isTTY === true && processEnv().TERM !== 'dumb';
}
