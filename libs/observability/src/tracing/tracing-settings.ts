/** Where traces go, and which. */
export interface TracingSettings {
  /** Base URL of an OTLP receiver; `/v1/traces` is added to its path. */
  endpoint?: string | undefined;
  /** The whole URL, in place of the base. Neither: nothing is traced. */
  tracesEndpoint?: string | undefined;
  headers: Readonly<Record<string, string>>;
  tracesHeaders: Readonly<Record<string, string>>;
  sampler:
    | 'always_on'
    | 'always_off'
    | 'traceidratio'
    | 'parentbased_always_on'
    | 'parentbased_always_off'
    | 'parentbased_traceidratio';
  /** Of the samplers that go by one. */
  ratio: number;
  serviceName: string;
  disabled: boolean;
}

/** The URL that spans are posted to, as the standard makes it of the two; `undefined`: nothing is traced. */
export function tracesUrl({ endpoint, tracesEndpoint, disabled }: TracingSettings): string | undefined {
  if (disabled) return undefined;
  if (tracesEndpoint !== undefined) return tracesEndpoint;
  if (endpoint === undefined) return undefined;
  const url = new URL(endpoint);
  url.pathname = `${url.pathname.replace(/\/$/, '')}/v1/traces`;
  return url.href;
}
