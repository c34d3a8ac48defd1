import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';

export interface ReceivedEvent {
  id: number;
  type: string;
  /** Parsed JSON. */
  data: Record<string, unknown>;
}

export interface EventConnectionOptions {
  headers?: Readonly<Record<string, string>>;
  lastEventId?: number | string;
  onEvent?: (event: ReceivedEvent) => void;
}

/** One connection of a client of server-sent events, which does not reconnect by itself. */
export class EventConnection {
  readonly events: ReceivedEvent[] = [];
  /** What the server last asked to wait before reconnecting. */
  retryMs: number | undefined;
  heartbeats = 0;
  /** Of an answer that is no stream. */
  text = '';
  /** How it ended: the server closed it in order, or it broke off. */
  readonly ended: Promise<'closed' | 'broken'>;

  private constructor(
    private readonly response: IncomingMessage,
    private readonly onEvent: (event: ReceivedEvent) => void,
  ) {
    response.setEncoding('utf8');
    let rest = '';
    response.on('data', (piece: string) => {
      this.text += this.isStream ? '' : piece;
      const frames = (rest + piece).split('\n\n');
      rest = frames.pop() ?? '';
      for (const frame of frames) this.take(frame);
    });
    this.ended = new Promise((resolve) => {
      response.on('error', () => resolve('broken'));
      response.on('close', () => resolve(response.complete ? 'closed' : 'broken'));
    });
  }

  /** Resolves once the answer's head is there, whatever its status. */
  static async open(url: string, options: EventConnectionOptions = {}): Promise<EventConnection> {
    const { headers, lastEventId, onEvent = () => undefined } = options;
    const request = get(url, {
      // A connection of its own: one that is kept alive could be closed by the server as it is used again.
      agent: false,
      headers: { ...headers, ...(lastEventId !== undefined && { 'last-event-id': String(lastEventId) }) },
    });
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    request.on('error', () => undefined);
    return new EventConnection(response, onEvent);
  }

  get status(): number {
    return this.response.statusCode ?? 0;
  }

  get headers(): IncomingMessage['headers'] {
    return this.response.headers;
  }

  get ids(): number[] {
    return this.events.map(({ id }) => id);
  }

  /** Stops reading, as a client does that is too slow. */
  pause(): void {
    this.response.pause();
  }

  resume(): void {
    this.response.resume();
  }

  /** Leaves without a word. */
  destroy(): void {
    this.response.destroy();
  }

  private get isStream(): boolean {
    return this.headers['content-type']?.startsWith('text/event-stream') ?? false;
  }

  private take(frame: string): void {
    const fields = new Map(
      frame.split('\n').map((line) => {
        const colon = line.indexOf(':');
        return [line.slice(0, colon), line.slice(colon + 1).trim()];
      }),
    );
    if (fields.has('')) this.heartbeats += 1;
    if (fields.has('retry')) this.retryMs = Number(fields.get('retry'));
    const data = fields.get('data');
    if (data === undefined) return;
    const event = {
      id: Number(fields.get('id')),
      type: fields.get('event') ?? '',
      data: JSON.parse(data) as ReceivedEvent['data'],
    };
    this.events.push(event);
    this.onEvent(event);
  }
}
