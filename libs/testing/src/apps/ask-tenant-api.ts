import type { TestCell } from './start-test-cell';

export interface TenantApiAnswer {
  status: number;
  headers: Headers;
  /** Undefined for an empty answer. */
  body: unknown;
}

/** Asks `/api/tenants/me<path>` of a cell's API in the name of a tenant; every status is an answer. */
export async function askTenantApi(
  cell: TestCell,
  tenant: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<TenantApiAnswer> {
  const response = await fetch(`${String(cell.api?.ready.url)}/api/tenants/me${path}`, {
    method,
    headers: {
      ...(await cell.authorization(tenant)),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === '' ? undefined : (JSON.parse(text) as unknown),
  };
}
