import { Agent, buildConnector } from 'undici';
import type { HttpClient } from '../../http/http-client';
import { CONNECT_MS, UndiciHttpClient } from '../../http/undici-http-client';
import { guardedConnector } from './guarded-connector';
import { isPublicHost } from './public-address';

export interface ReceiverRules {
  /** Nothing leaves the machine: only `loopback` may be sent to. */
  offline: boolean;
  /** Exact origins on this machine that may be sent to, http too, e.g. `http://127.0.0.1:4000`. */
  loopback: readonly string[];
}

/**
 * Why a URL that a tenant named must not be sent to, in words for that tenant; null: it may, as far as its text tells. The
 * address itself is judged as the connection is made.
 */
export function receiverRefusal(text: string, { offline, loopback }: ReceiverRules): string | null {
  if (!URL.canParse(text)) return 'is no URL';
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') return 'must not carry a user or password';
  if (loopback.includes(url.origin)) return null;
  if (url.protocol !== 'https:') return 'must be https';
  if (!isPublicHost(url.hostname)) return 'is not on the public internet';
  return offline ? 'cannot be reached: this deployment is offline' : null;
}

/**
 * Sends to receivers that tenants name: over the public internet, guarded at the dial like the crawler, or to the exact loopback
 * origins of the rules. Ask `receiverRefusal` first.
 */
export function createReceiverClient({ loopback }: ReceiverRules): HttpClient {
  const guarded = guardedConnector();
  const plain = buildConnector({ timeout: CONNECT_MS });
  const allowed = new Set(loopback);
  return new UndiciHttpClient(
    new Agent({
      pipelining: 1,
      connect: (options, callback) => {
        const connect = allowed.has(originOf(options)) ? plain : guarded;
        connect(options, callback);
      },
    }),
    'leadgen-webhooks/1',
  );
}

function originOf({ protocol, hostname, port }: buildConnector.Options): string {
  const host = hostname.includes(':') && !hostname.startsWith('[') ? `[${hostname}]` : hostname;
  return new URL(`${protocol}//${host}${port === '' ? '' : `:${port}`}`).origin;
}
