import { toError } from '#libs/kernel';
import { EXIT } from './exit-code';

/** What a signal ends the process with: 128 and its number. */
const SIGNAL_EXIT = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;
const SIGPIPE_EXIT = 141;

/**
 * A signal that is aborted, with the exit code as its reason, when the command is to end: by Ctrl-C, SIGTERM, a closed terminal,
 * or an output that takes nothing more. Whoever works stops, cleans up and ends. A second Ctrl-C is an order: the process ends at
 * once, and what it started ends when it does.
 */
export function endOfProcess(): AbortSignal {
  const stop = new AbortController();
  for (const [signal, exitCode] of Object.entries(SIGNAL_EXIT)) {
    process.on(signal, () => {
      if (stop.signal.aborted) process.exit(exitCode);
      stop.abort(exitCode);
    });
  }
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // Told again with every line that is still written.
    if (!stop.signal.aborted) stop.abort(exitOfLostOutput(error));
    process.exitCode = Number(stop.signal.reason);
  });
  process.stderr.on('error', nobodyToTell);
  return stop.signal;
}

/** A reader that has left (`| head`) and a terminal that is gone are told nothing; who redirected to a full disk is. */
function exitOfLostOutput(error: NodeJS.ErrnoException): number {
  if (error.code === 'EPIPE') return SIGPIPE_EXIT;
  if (error.code === 'EIO' || error.code === 'ENXIO') return SIGNAL_EXIT.SIGHUP;
  const { message } = toError(error);
  process.stderr.write(
    `leadgen: stdout cannot be written (${message}): is the disk it is redirected to full?\n`,
  );
  return EXIT.failed;
}

function nobodyToTell(): void {
  // What is said on stderr is for people: if nobody reads it, the command goes on.
}
