import { setTimeout as delay } from 'node:timers/promises';
import { EventConnection } from '#libs/testing';

/** Follows a run as a browser's EventSource does: whenever the stream ends, it waits as told and goes on after the last id. */
export class FollowingClient {
  readonly ids: number[] = [];
  /** Answers that were no stream, and streams that broke off instead of being closed. */
  readonly faults: string[] = [];
  connections = 0;
  private connection: EventConnection | undefined;
  private stopped = false;
  private readonly following: Promise<void>;

  constructor(
    private readonly url: string,
    private readonly headers: Readonly<Record<string, string>>,
  ) {
    this.following = this.follow();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.connection?.destroy();
    await this.following;
  }

  /** A method, since it changes while an answer is waited for. */
  private isStopped(): boolean {
    return this.stopped;
  }

  private async follow(): Promise<void> {
    let retryMs = 0;
    while (!this.isStopped()) {
      await delay(retryMs);
      const lastEventId = this.ids.at(-1) ?? 0;
      try {
        this.connection = await EventConnection.open(this.url, {
          headers: this.headers,
          lastEventId,
          onEvent: ({ id }) => this.ids.push(id),
        });
      } catch (error) {
        this.faults.push(String(error));
        continue;
      }
      this.connections += 1;
      const { connection } = this;
      const ended = await connection.ended;
      retryMs = connection.retryMs ?? 0;
      if (this.isStopped()) return;
      if (connection.status !== 200) this.faults.push(`${connection.status} ${connection.text}`);
      if (ended === 'broken') this.faults.push('the stream broke off');
    }
  }
}
