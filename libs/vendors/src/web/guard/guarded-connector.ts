import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import { CONNECT_MS } from '../../http/undici-http-client';
import { isPublicAddress, isPublicHost } from './public-address';

/** Resolves a name to all its addresses, as `dns.lookup` with `all`. */
export type LookupAll = (
  hostname: string,
  options: { all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses?: LookupAddress[]) => void,
) => void;

/** The code of a connection that the guard refused to make. */
const REFUSED_ADDRESS = 'REFUSED_ADDRESS';

/**
 * Connects to the public internet only. The check stands at the dial, on the address dialled: a redirect, a reconnect or
 * a name that resolves differently the second time is checked like the first request. A name with one private address
 * among its public ones is refused whole.
 */
export function guardedConnector(lookup: LookupAll = systemLookup): buildConnector.connector {
  const connect = buildConnector({ timeout: CONNECT_MS, lookup: publicLookup(lookup) });
  return (options, callback) => {
    if (isPublicHost(options.hostname)) connect(options, callback);
    else callback(refusal(options.hostname), null);
  };
}

/** Connects to one given address, whatever host the request names: how websites are simulated. */
export function fixedConnector(address: URL): buildConnector.connector {
  const connect = buildConnector({ timeout: CONNECT_MS });
  return (options, callback) =>
    connect(
      {
        ...options,
        protocol: address.protocol,
        hostname: address.hostname.replace(/^\[(.*)\]$/, '$1'),
        host: address.host,
        port: address.port,
      },
      callback,
    );
}

function publicLookup(lookup: LookupAll): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { all: true }, (error, addresses = []) => {
      const [first] = addresses;
      if (error) callback(error, []);
      else if (!first || !addresses.every(({ address }) => isPublicAddress(address))) {
        callback(refusal(hostname), []);
      } else if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

function refusal(hostname: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${hostname} is not on the public internet`), { code: REFUSED_ADDRESS });
}
