/** One request, read whole. */
export interface SimulatorRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  /** Names in lower case; repeated ones joined. */
  headers: Readonly<Record<string, string | undefined>>;
  body: string;
}
