import type { OpenAPIObject } from '@nestjs/swagger';
import { AnswerContract, type GivenAnswer } from './answer-contract';
import { collectionOf, cursorOf, KnownIds } from './known-ids';
import type { PlannedRequest } from './request-arbitrary';

const TIMEOUT_MS = 30_000;
/** Requests under way at once. */
const LANES = 8;
/** An answer that does not end by itself: its first piece is read, and the connection closed. */
const STREAM = 'text/event-stream';

/** What came of many requests. */
export interface FuzzResult {
  /** How often each status was answered, by operation. */
  statuses: Record<string, Record<number, number>>;
  /** Each with the request that led to it. */
  breaches: string[];
}

/** Sends planned requests to a running API and holds its answers against its document. */
export class ContractFuzzer {
  private readonly known = new KnownIds();
  private readonly contract: AnswerContract;

  constructor(
    private readonly api: { url: string; authorization: string },
    document: OpenAPIObject,
  ) {
    this.contract = new AnswerContract(document);
  }

  async run(requests: readonly PlannedRequest[]): Promise<FuzzResult> {
    const result: FuzzResult = { statuses: {}, breaches: [] };
    const queue = requests.values();
    const lane = async (): Promise<void> => {
      for (const request of queue) await this.judge(request, result);
    };
    await Promise.all(Array.from({ length: LANES }, lane));
    return result;
  }

  private async judge(planned: PlannedRequest, { statuses, breaches }: FuzzResult): Promise<void> {
    const { operation, path } = planned;
    const operationId = String(operation.operationId);
    const { url, init } = this.toRequest(planned);
    try {
      const answer = await receive(await fetch(url, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) }));
      const counts = (statuses[operationId] ??= {});
      counts[answer.status] = (counts[answer.status] ?? 0) + 1;
      const breach = this.contract.breach(operation, answer);
      if (breach !== undefined) breaches.push(`${breach}\n  ${described(url, init)}`);
      else if (answer.type.endsWith('json')) this.known.learn(JSON.parse(answer.text), { path, operationId });
    } catch (error) {
      breaches.push(`${operationId}: ${String(error)}\n  ${described(url, init)}`);
    }
  }

  private toRequest({ operation, method, path, params, body }: PlannedRequest): {
    url: string;
    init: RequestInit;
  } {
    const headers = new Headers({ authorization: this.api.authorization });
    const query = new URLSearchParams();
    let filled = path;
    for (const { name, in: place, value, known } of params) {
      const kind = kindOf(name, place, path, String(operation.operationId));
      const met = known === undefined ? undefined : this.known.pick(kind, known);
      const text = met ?? textOf(value);
      if (place === 'path') filled = filled.replace(`{${name}}`, segment(text));
      else if (place === 'query') query.append(name, text);
      else headers.set(name, text.replaceAll(/[^\x20-\x7e]/g, '').slice(0, 2_000));
    }
    const url = `${this.api.url}${filled}${query.size > 0 ? `?${query.toString()}` : ''}`;
    const init: RequestInit = { method: method.toUpperCase(), headers };
    if (body) init.body = this.toBody(body, headers);
    return { url, init };
  }

  private toBody(
    { type, value, known }: NonNullable<PlannedRequest['body']>,
    headers: Headers,
  ): string | FormData {
    if (type === 'multipart/form-data') {
      const form = new FormData();
      form.append('file', new Blob([textOf(value)]), 'companies.csv');
      return form;
    }
    headers.set('content-type', type);
    if (!type.endsWith('json') || typeof value !== 'object' || value === null) return textOf(value);
    const members = Object.entries(value).map(([name, member]: [string, unknown]): [string, unknown] => [
      name,
      this.known.pick(name, known) ?? member,
    ]);
    return JSON.stringify(Array.isArray(value) ? value : Object.fromEntries(members));
  }
}

function kindOf(name: string, place: string, path: string, operationId: string): string {
  if (place === 'path') return collectionOf(path);
  return name === 'cursor' ? cursorOf(operationId) : name;
}

function textOf(value: unknown): string {
  return (typeof value === 'string' ? value : JSON.stringify(value)).toWellFormed();
}

/** Neither of these is a segment of its own: the path would be another route's. */
function segment(text: string): string {
  return text === '' || text === '.' || text === '..' ? '-' : encodeURIComponent(text.slice(0, 2_000));
}

async function receive(response: Response): Promise<GivenAnswer> {
  const type = (response.headers.get('content-type') ?? '').split(';')[0] ?? '';
  if (type !== STREAM) return { status: response.status, type, text: await response.text() };
  const reader = response.body?.getReader();
  const piece = await reader?.read();
  await reader?.cancel();
  return { status: response.status, type, text: Buffer.from(piece?.value ?? []).toString() };
}

function described(url: string, { method, headers, body }: RequestInit): string {
  const sent = [...(headers as Headers)].filter(([name]) => name !== 'authorization');
  return `${String(method)} ${url} ${JSON.stringify(sent)} ${typeof body === 'string' ? body.slice(0, 2_000) : ''}`;
}
