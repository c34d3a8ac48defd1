import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startWebhookReceiver, waitUntil, type TestCell, type WebhookReceiver } from '#libs/testing';
import { localAlertmanager, localPrometheus, shortenedRules } from './shortened-configuration';
import { startTool, toolPath, type ToolProcess } from './tool-process';

const JOBS = ['api', 'normalize', 'enrich', 'export'];

/** An alert as a receiver is told of it. */
export interface ToldAlert {
  status: 'firing' | 'resolved';
  receiver: string;
  labels: Readonly<Record<string, string>>;
  annotations: Readonly<Record<string, string>>;
}

export interface Sample {
  metric: Readonly<Record<string, string>>;
  value: [number, string];
}

/** A real Prometheus and a real Alertmanager that look after a cell, and somebody who is told. */
export class LiveMonitoring {
  private constructor(
    private readonly folder: string,
    private readonly receiver: WebhookReceiver,
  ) {}

  private readonly servers: ToolProcess[] = [];
  private prometheus = '';

  static async start(cell: TestCell): Promise<LiveMonitoring> {
    const folder = await mkdtemp(join(tmpdir(), 'leadgen-monitoring-'));
    const monitoring = new LiveMonitoring(folder, await startWebhookReceiver());
    try {
      await writeTargets(folder, cell);
      const alertmanager = await monitoring.startAlertmanager();
      await monitoring.startPrometheus(alertmanager);
      return monitoring;
    } catch (error) {
      await monitoring.stop();
      throw error;
    }
  }

  private async startAlertmanager(): Promise<ToolProcess> {
    const configuration = await this.write('alertmanager.yml', localAlertmanager(this.receiver.origin));
    const alertmanager = await startTool(await toolPath('alertmanager'), (address) => [
      `--config.file=${configuration}`,
      `--storage.path=${join(this.folder, 'alertmanager')}`,
      `--web.listen-address=${address}`,
      '--cluster.listen-address=',
    ]);
    this.servers.push(alertmanager);
    return alertmanager;
  }

  private async startPrometheus({ address: alertmanager }: ToolProcess): Promise<void> {
    const rulesFile = await this.write('rules.yml', shortenedRules());
    const targetsOf = (job: string): string => join(this.folder, `${job}.json`);
    const configuration = await this.write(
      'prometheus.yml',
      localPrometheus({ rulesFile, targetsOf, alertmanager }),
    );
    const prometheus = await startTool(await toolPath('prometheus'), (address) => [
      `--config.file=${configuration}`,
      `--storage.tsdb.path=${join(this.folder, 'prometheus')}`,
      `--web.listen-address=${address}`,
      '--log.level=warn',
    ]);
    this.servers.unshift(prometheus);
    this.prometheus = prometheus.address;
  }

  /** From now on Prometheus asks the processes that the cell has now. */
  async follow(cell: TestCell): Promise<void> {
    await writeTargets(this.folder, cell);
  }

  /** All that was told so far, oldest first. */
  get told(): ToldAlert[] {
    return this.receiver.received.flatMap(({ body }) => {
      const { receiver, alerts } = JSON.parse(body) as { receiver: string; alerts: ToldAlert[] };
      return alerts.map((alert) => ({ ...alert, receiver }));
    });
  }

  /** Waits until the receiver is told that this alert fires, or has ended; answers what it was told. */
  async untilTold(
    alert: string,
    status: ToldAlert['status'],
    { timeoutMs, labels = {} }: { timeoutMs: number; labels?: Readonly<Record<string, string>> },
  ): Promise<ToldAlert> {
    const wanted = Object.entries({ alertname: alert, ...labels });
    const last = (): ToldAlert | undefined =>
      this.told.findLast((one) => wanted.every(([label, value]) => one.labels[label] === value));
    await waitUntil(() => last()?.status === status, {
      timeoutMs,
      what: `${alert} is ${status}`,
      everyMs: 100,
    }).catch((error: unknown) => {
      const heard = this.told.map((one) => `${one.labels.alertname} ${one.status}`);
      throw new Error(`told so far: ${heard.join(', ') || 'nothing'}`, { cause: error });
    });
    return last() as ToldAlert;
  }

  /** What Prometheus answers at this moment. Throws what it says of an expression it does not take. */
  async query(expression: string): Promise<Sample[]> {
    const url = `http://${this.prometheus}/api/v1/query?query=${encodeURIComponent(expression)}`;
    const answer = (await (await fetch(url)).json()) as { data?: { result: Sample[] }; error?: string };
    if (!answer.data) throw new Error(`${expression}: ${answer.error}`);
    return answer.data.result;
  }

  async stop(): Promise<void> {
    for (const server of this.servers) await server.stop();
    await this.receiver.close();
    await rm(this.folder, { recursive: true, force: true });
  }

  private async write(name: string, text: string): Promise<string> {
    const path = join(this.folder, name);
    await writeFile(path, text);
    return path;
  }
}

/** Renamed into place, so that Prometheus never reads half a file. */
async function writeTargets(folder: string, { apps }: TestCell): Promise<void> {
  for (const job of JOBS) {
    const targets = apps
      .filter(({ name, ready }) => name === job && ready.metricsUrl !== undefined)
      .map(({ ready }) => new URL(String(ready.metricsUrl)).host);
    const draft = join(folder, `${job}.draft`);
    await writeFile(draft, JSON.stringify([{ targets }]));
    await rename(draft, join(folder, `${job}.json`));
  }
}
