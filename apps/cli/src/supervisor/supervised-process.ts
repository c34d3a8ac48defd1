import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { appError } from '#libs/contracts';
import { lastWords } from './last-words';
import { RestartPolicy } from './restart-policy';

export interface ProcessDefinition {
  /** For messages and the log file, e.g. `enrich-2`. */
  name: string;
  /** The built entry file. */
  entry: string;
  env: Readonly<Record<string, string | undefined>>;
  /** Where its stdout and stderr go. */
  logFile: string;
  /** What a start after a crash is given in addition, from what the first one announced: others know its address. */
  envOfRestart?: (ready: ReadyMessage) => Readonly<Record<string, string>>;
}

/** What a process announces once it can work. */
export type ReadyMessage = Readonly<Record<string, unknown>>;

const BOOT_MS = 15_000;
/** A little over the 25 s a process may drain, so that it can end by itself. */
const STOP_MS = 27_000;
const TAIL_CHARACTERS = 8_000;

/**
 * One child process that is kept running: it tells when it is ready, is started again when it crashes, and is asked to
 * drain when it is to stop. It has a session of its own, so that Ctrl-C reaches only its supervisor, and it notices
 * its supervisor's death by the closed IPC channel.
 */
export class SupervisedProcess {
  private child: ChildProcess | undefined;
  private stopping = false;
  private readonly policy = new RestartPolicy();
  private readonly log: WriteStream;
  private tail = '';
  private restartEnv: Readonly<Record<string, string>> = {};

  /** `onGivenUp` is told once, when the process has crashed too often. */
  constructor(
    private readonly definition: ProcessDefinition,
    private readonly onGivenUp: (error: Error) => void,
  ) {
    this.log = createWriteStream(definition.logFile, { flags: 'a' });
    // A full disk must not end what is supervised; what it says is kept in memory, too.
    this.log.on('error', (error) => this.remember(`${error.message}\n`));
  }

  /** Starts it and answers what it announced when ready. Throws `supervised_process_failed` if it does not get there. */
  async start(): Promise<ReadyMessage> {
    const child = this.spawn();
    const boot = new AbortController();
    try {
      const [message] = (await Promise.race([
        once(child, 'message', { signal: boot.signal }),
        once(child, 'exit', { signal: boot.signal }).then(() => {
          throw this.failed('ended before it was ready');
        }),
        delay(BOOT_MS, undefined, { signal: boot.signal }).then(() => {
          throw this.failed(`was not ready in ${BOOT_MS / 1000} s`);
        }),
      ])) as [ReadyMessage];
      this.restartEnv = this.definition.envOfRestart?.(message) ?? {};
      child.once('exit', () => void this.restart());
      return message;
    } catch (error) {
      child.kill('SIGKILL');
      throw error;
    } finally {
      boot.abort();
    }
  }

  /** SIGTERM, then waits for its drain; SIGKILL if that takes too long. */
  async stop(): Promise<void> {
    this.stopping = true;
    const { child } = this;
    if (child?.exitCode === null && child.signalCode === null) {
      const patience = new AbortController();
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      const late = delay(STOP_MS, 'late', { signal: patience.signal }).catch(() => 'in time');
      if ((await Promise.race([ended, late])) === 'late') child.kill('SIGKILL');
      patience.abort();
      await ended;
    }
    this.log.end();
  }

  private spawn(): ChildProcess {
    const { entry, env } = this.definition;
    const child = fork(entry, [], {
      env: { ...env, ...this.restartEnv },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      detached: true,
    });
    for (const output of [child.stdout, child.stderr]) {
      output?.on('data', (piece: Buffer) => {
        // Its last words may come after its end.
        if (this.log.writable) this.log.write(piece);
        this.remember(piece.toString());
      });
    }
    child.on('error', (error) => this.remember(`${error.message}\n`));
    this.child = child;
    return child;
  }

  /** Asked anew after each wait. */
  private isStopping(): boolean {
    return this.stopping;
  }

  private remember(words: string): void {
    this.tail = (this.tail + words).slice(-TAIL_CHARACTERS);
  }

  private async restart(): Promise<void> {
    if (this.isStopping()) return;
    const waitMs = this.policy.afterCrash(performance.now());
    if (waitMs === undefined) {
      this.onGivenUp(this.failed('crashed too often'));
      return;
    }
    await delay(waitMs);
    if (this.isStopping()) return;
    try {
      await this.start();
    } catch {
      // It did not come up: that is the next crash. Its log has the reason, and the last one is told.
      await this.restart();
    }
  }

  private failed(how: string): Error {
    const { name, logFile } = this.definition;
    const last = lastWords(this.tail);
    return appError(
      'supervised_process_failed',
      `${name} ${how}; its log is ${logFile}${last && `\n${last}`}`,
    );
  }
}
