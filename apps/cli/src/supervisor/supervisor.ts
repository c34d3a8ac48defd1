import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { SupervisedProcess, type ProcessDefinition, type ReadyMessage } from './supervised-process';

/** The apps' folder of this build, seen from `dist/apps/cli/src/supervisor`. */
const APPS = join(__dirname, '../../..');

export interface SupervisorOptions {
  /** Every process writes `<logDir>/<name>.log`. */
  logDir: string;
  /** Where the apps are; those of this build unless said otherwise. */
  apps?: string;
  /** Told once, when a process cannot be kept running. */
  onGivenUp: (error: Error) => void;
}

export interface StartOptions extends Pick<ProcessDefinition, 'envOfRestart'> {
  instances?: number;
}

/** Keeps a set of our own processes running, and stops them together. */
export class Supervisor {
  /** Processes whose starts overlapped; each group was started when the one before it was ready. */
  private groups: SupervisedProcess[][] = [];
  private starting = 0;

  constructor(private readonly options: SupervisorOptions) {}

  /**
   * Starts an app once (or `instances` times, numbered); answers what each announced when ready.
   * Throws `supervised_process_failed` if one does not get ready.
   */
  async start(
    app: string,
    env: Readonly<Record<string, string | undefined>>,
    { instances = 1, envOfRestart }: StartOptions = {},
  ): Promise<readonly ReadyMessage[]> {
    const { logDir, onGivenUp, apps = APPS } = this.options;
    await mkdir(logDir, { recursive: true });
    const group = this.currentGroup();
    const names = instances === 1 ? [app] : Array.from({ length: instances }, (_, i) => `${app}-${i + 1}`);
    const started = names.map((name) => {
      const entry = join(apps, app, 'src/main.js');
      const child = new SupervisedProcess(
        { name, entry, env, logFile: join(logDir, `${name}.log`), ...(envOfRestart && { envOfRestart }) },
        onGivenUp,
      );
      group.push(child);
      return child.start();
    });
    this.starting += 1;
    try {
      return await Promise.all(started);
    } finally {
      this.starting -= 1;
    }
  }

  /** Stops the last started group first: whoever serves others, as the simulator serves workers, outlives them. */
  async stop(): Promise<void> {
    for (const group of this.groups.splice(0).reverse()) {
      await Promise.all(group.map((child) => child.stop()));
    }
  }

  private currentGroup(): SupervisedProcess[] {
    const last = this.groups.at(-1);
    if (last && this.starting > 0) return last;
    const group: SupervisedProcess[] = [];
    this.groups.push(group);
    return group;
  }
}
