import { otlpHeadersSchema } from './otlp-headers.schema';

describe('headers of an OTLP receiver', () => {
  it('are pairs with commas between, values percent-encoded', () => {
    expect(otlpHeadersSchema.parse('x-api-key=ls_123=, Langsmith-Project=lead%20gen')).toEqual({
      'x-api-key': 'ls_123=',
      'Langsmith-Project': 'lead gen',
    });
    expect(otlpHeadersSchema.parse('')).toEqual({});
  });

  it.each(['x-api-key', 'a b=c', '=c', 'a=%', 'x-api-key:abc'])('%j is refused', (text) => {
    expect(otlpHeadersSchema.safeParse(text).success).toBe(false);
  });
});
