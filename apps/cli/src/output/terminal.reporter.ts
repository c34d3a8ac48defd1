import { basename } from 'node:path';
import pc from 'picocolors';
import type { RunEvent, RunEventType, RunRecord } from '#libs/contracts';
import { messageOfResult, type ResultLine } from '../run/result-line';
import { printable } from './printable';
import type { Reporter } from './reporter.port';

const MARKS: Readonly<Partial<Record<RunEventType, string>>> = {
  stage_completed: pc.green('✓'),
  run_complete: pc.green('✓'),
  vendor_closed: pc.yellow('‖'),
  run_paused: pc.yellow('‖'),
  vendor_reopened: pc.green('▶'),
  run_resumed: pc.green('▶'),
};

/** Progress for a person: one line per event, then a short summary with the places of the files. */
export class TerminalReporter implements Reporter {
  private lastMessage = '';

  constructor(private readonly stdout: NodeJS.WritableStream) {}

  note(message: string): void {
    this.write(pc.dim(message));
  }

  accepted({ runId, created }: { runId: string; created: boolean }): void {
    this.write(created ? `Run ${pc.bold(runId)}` : `Run ${pc.bold(runId)} (the same request came before)`);
  }

  event({ type, phase, message }: RunEvent): void {
    // The end of the summary and the end of the run say the same.
    if (message === this.lastMessage) return;
    this.lastMessage = message;
    this.write(`${MARKS[type] ?? pc.cyan('•')} ${pc.bold(phase.padEnd(9))} ${printable(message)}`);
  }

  heartbeat(run: RunRecord): void {
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
    if (typeof result.run_dir === 'string') this.write(`Files: ${result.run_dir}`);
    for (const place of Object.values((result.files ?? {}) as Record<string, string>)) {
      this.write(`  ${basename(place)}`);
    }
  }

  private write(line: string): void {
    this.stdout.write(`${line}\n`);
  }
}
