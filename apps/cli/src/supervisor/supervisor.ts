import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { SupervisedProcess } from './supervised-process';

/** The apps' folder of this build, `dist/apps`. */
const APPS = join(__dirname, '../../..');

export interface SupervisorOptions {
  /** Every process writes `<logDir>/<name>.log`. */
  logDir: string;
  /** Told once, when a process cannot be kept running. */
  onGivenUp: (error: Error) => void;
}

/** Keeps a set of our own processes running, and stops them together. */
export class Supervisor {
  private readonly processes: SupervisedProcess[] = [];

  constructor(private readonly options: SupervisorOptions) {}

  /**
   * Starts an app once (or `instances` times, numbered); answers what each announced when ready.
   * Throws `supervised_process_failed` if one does not get ready.
   */
  async start(
    app: string,
    env: Readonly<Record<string, string | undefined>>,
    instances = 1,
  ): Promise<readonly Readonly<Record<string, unknown>>[]> {
    const { logDir, onGivenUp } = this.options;
    await mkdir(logDir, { recursive: true });
    const names = instances === 1 ? [app] : Array.from({ length: instances }, (_, i) => `${app}-${i + 1}`);
    const started = names.map((name) => {
      const entry = join(APPS, app, 'src/main.js');
      const child = new SupervisedProcess(
        { name, entry, env, logFile: join(logDir, `${name}.log`) },
        onGivenUp,
      );
      this.processes.push(child);
      return child.start();
    });
    return Promise.all(started);
  }

  /** Stops the last started first: whoever serves others outlives them. */
  async stop(): Promise<void> {
    await Promise.all(this.processes.splice(0).map((child) => child.stop()));
  }
}
