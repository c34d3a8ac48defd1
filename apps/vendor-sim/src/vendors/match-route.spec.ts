import { matchRoute } from './match-route';
import type { SimulatedRoute } from './simulated-vendor.port';

function aRoute(method: 'GET' | 'POST', path: string): SimulatedRoute {
  return { method, path, op: path, answer: () => ({ status: 200, json: null, purchase: null }) };
}
const ROUTES = [
  aRoute('GET', '/v2/runs/last'),
  aRoute('GET', '/v2/runs/:run'),
  aRoute('POST', '/v2/runs/:run/items/:item'),
];

describe('a route with names in its path', () => {
  it.each([
    ['GET', '/v2/runs/last', '/v2/runs/last', {}],
    ['GET', '/v2/runs/r1', '/v2/runs/:run', { run: 'r1' }],
    ['GET', '/v2/runs/me~it%2Fself', '/v2/runs/:run', { run: 'me~it/self' }],
    ['POST', '/v2/runs/r1/items/7', '/v2/runs/:run/items/:item', { run: 'r1', item: '7' }],
  ])('%s %s is %s', (method, path, route, values) => {
    expect(matchRoute(ROUTES, method, path)).toMatchObject({
      kind: 'found',
      route: { path: route },
      path: values,
    });
  });

  it.each(['/v2/runs', '/v2/runs/', '/v2/runs/r1/', '/v2/runs/r1/items', '/v2/runs/%E0%A4%A'])(
    'is not at %s',
    (path) => {
      expect(matchRoute(ROUTES, 'GET', path)).toEqual({ kind: 'no_path' });
    },
  );

  it('says when only the method is wrong', () => {
    expect(matchRoute(ROUTES, 'POST', '/v2/runs/r1')).toEqual({ kind: 'other_method' });
  });
});
