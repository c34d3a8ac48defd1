import { SentinelConnector, type RedisOptions } from 'ioredis';

const SENTINEL_PORT = 26_379;

/** How long a connection given up may take to close; ioredis keeps the process alive for that long even after it has. */
export const DISCONNECT_MS = 300;

/** Where a Redis is, as ioredis and BullMQ take it: its URL, or how to ask Sentinels for the primary of the moment. */
export type ServerOptions =
  | { url: string }
  | (Required<
      Pick<RedisOptions, 'sentinels' | 'name' | 'failoverDetector' | 'disconnectTimeout' | 'Connector'>
    > &
      Pick<RedisOptions, 'username' | 'password' | 'sentinelPassword' | 'db'>);

/**
 * `redis://…` and `rediss://…` as they stand. `redis+sentinel://[user:password@]host[:port]/name[/db]` asks the Sentinel there,
 * and further ones (`?sentinel=host:port`, as often as there are), for the primary that they call `name`; user and password are
 * Redis's, `&sentinel_password=` is the Sentinels' own. A client that asks Sentinels also hears from them of a failover, and
 * leaves a primary that still answers but is none any more.
 */
export function serverOptions(url: string): ServerOptions {
  if (!url.startsWith('redis+sentinel:')) return { url };
  const { host, searchParams, pathname, username, password } = new URL(url);
  const [, name = '', db] = pathname.split('/');
  const sentinelPassword = searchParams.get('sentinel_password');
  return {
    sentinels: [host, ...searchParams.getAll('sentinel')].map(sentinelAt),
    name: decodeURIComponent(name),
    failoverDetector: true,
    disconnectTimeout: DISCONNECT_MS,
    Connector: TidyConnector as NonNullable<RedisOptions['Connector']>,
    ...(username !== '' && { username: decodeURIComponent(username) }),
    ...(password !== '' && { password: decodeURIComponent(password) }),
    ...(sentinelPassword !== null && { sentinelPassword }),
    ...(db !== undefined && { db: Number(db) }),
  };
}

/**
 * Stops listening to the Sentinels when the connection has closed; the next one listens anew. ioredis does so on `disconnect`
 * only, so a client that says goodbye with `quit`, as BullMQ's do, would keep its process from ending. And it gives its
 * connections to Sentinels none of its settings: each that is closed twice would keep the process for two seconds more.
 */
class TidyConnector extends SentinelConnector {
  constructor(options: ConstructorParameters<typeof SentinelConnector>[0]) {
    super(options);
    const inside = this as unknown as AsksSentinels;
    const connectToSentinel = inside.connectToSentinel.bind(inside);
    inside.connectToSentinel = (address, settings) =>
      connectToSentinel(address, { ...settings, disconnectTimeout: DISCONNECT_MS });
  }

  override async connect(
    emit: Parameters<SentinelConnector['connect']>[0],
  ): ReturnType<SentinelConnector['connect']> {
    const stream = await super.connect(emit);
    stream.once('close', () => this.disconnect());
    return stream;
  }
}

/** Private to ioredis, which has no setting for it. */
interface AsksSentinels {
  connectToSentinel(address: object, settings?: RedisOptions): unknown;
}

function sentinelAt(address: string): { host: string; port: number } {
  const { hostname, port } = new URL(`redis://${address}`);
  return { host: hostname.replace(/^\[|\]$/g, ''), port: port === '' ? SENTINEL_PORT : Number(port) };
}
