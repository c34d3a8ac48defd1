import { askVendor } from '../../../test/ask-vendor';
import { zerobounce } from './zerobounce';

const ADDRESSES = Array.from({ length: 200 }, (_, i) => `somebody@company-${i}.com.invalid`);
const batch = (emails: readonly string[]) =>
  askVendor(zerobounce, 'POST', '/v2/validatebatch', {
    api_key: 'simulated-zerobounce',
    email_batch: emails.map((email_address) => ({ email_address, ip_address: '' })),
  });

describe('batches', () => {
  it('say of every address what it is told alone, each bought for itself', () => {
    const alone = ADDRESSES.map((email) =>
      askVendor(zerobounce, 'GET', `/v2/validate?ip_address=&email=${email}`),
    );
    const { json, purchase } = batch(ADDRESSES);
    expect(json).toEqual({ email_batch: alone.map((answer) => answer.json as unknown), errors: [] });
    expect(purchase).toEqual(alone.map((answer) => answer.purchase));
  });

  it('tell what is no address, for nothing', () => {
    expect(batch(['', 'a@b.example'])).toMatchObject({
      json: { email_batch: [{ address: 'a@b.example' }], errors: [{ email_address: '' }] },
      purchase: [{ input: { email: 'a@b.example' } }],
    });
  });

  it('are refused beyond 200 addresses, and without any', () => {
    expect(batch([...ADDRESSES, 'one@too.many'])).toMatchObject({ status: 400, purchase: null });
    expect(askVendor(zerobounce, 'POST', '/v2/validatebatch', {})).toMatchObject({
      status: 400,
      purchase: null,
    });
  });

  it('carry their key in the body', () => {
    const request = { path: {}, query: new URLSearchParams(), headers: {}, body: '{"api_key":"k"}' };
    expect(zerobounce.apiKey(request)).toBe('k');
    expect(zerobounce.apiKey({ ...request, body: 'nonsense' })).toBeNull();
  });
});
