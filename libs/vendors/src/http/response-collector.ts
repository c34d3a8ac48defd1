import type { Dispatcher } from 'undici';
import { errorCode } from '#libs/kernel';
import { BodyDecoder } from './body-decoder';
import type { HttpHeaders, HttpResult } from './http-client';

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/**
 * One request's end of undici's dispatch: knows whether the request was written, collects the decoded body up to
 * `maxBytes`, and reports the first end there is, once.
 */
export class ResponseCollector implements Dispatcher.DispatchHandler {
  private controller: Dispatcher.DispatchController | undefined;
  private decoder: BodyDecoder | undefined;
  private ended = false;

  constructor(
    private readonly maxBytes: number,
    private readonly report: (result: HttpResult) => void,
  ) {}

  /** Called just before the first byte is written; from here on the request may have had its effect. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.ended) {
      controller.abort(new Error('abandoned before it was sent'));
      return;
    }
    this.controller = controller;
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number, raw: Headers): void {
    const isInformational = status < 200;
    if (isInformational || this.ended) return;
    const headers = joinHeaders(raw);
    const decoder = BodyDecoder.for(headers['content-encoding'], this.maxBytes, {
      whole: (body) => this.end({ kind: 'response', status, headers, body }),
      unreadable: (detail) => this.end({ kind: 'unreadable', status, headers, detail }),
      drained: () => controller.resume(),
    });
    if (decoder) this.decoder = decoder;
    else this.end({ kind: 'unreadable', status, headers, detail: 'an encoding nobody asked for' });
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.decoder?.write(chunk) === false) controller.pause();
  }

  onResponseEnd(): void {
    this.decoder?.end();
  }

  onResponseError(_controller: unknown, error: Error): void {
    this.end({ kind: 'failed', sent: this.controller !== undefined, code: errorCode(error) ?? error.name });
  }

  /** Stops waiting and cuts the connection; a request not yet written never is. */
  abandon(code: 'DEADLINE' | 'ABORTED'): void {
    this.end({ kind: 'failed', sent: this.controller !== undefined, code });
  }

  private end(result: HttpResult): void {
    if (this.ended) return;
    this.ended = true;
    this.decoder?.destroy();
    if (result.kind !== 'response') this.controller?.abort(new Error('the answer is not wanted any more'));
    this.report(result);
  }
}

function joinHeaders(raw: Headers): HttpHeaders {
  const headers = Object.entries(raw).flatMap(([name, value]) =>
    value === undefined ? [] : [[name.toLowerCase(), Array.isArray(value) ? value.join(', ') : value]],
  );
  return Object.fromEntries(headers) as HttpHeaders;
}
