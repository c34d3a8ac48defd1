import { createVendorRegistry } from '#libs/vendors';
import { RegistryDesk } from './registry-desk';

describe('the lanes of an enrich process', () => {
  const registry = createVendorRegistry({ access: {}, offline: false });
  const desk = new RegistryDesk(registry, false);
  afterAll(() => registry.close());

  const CAPS = ['hunter', 'hunter.acme', 'apollo', 'lusha.acme', 'web'];
  const served = (kind: 'all' | 'only' | 'except', vendors: string[] = []): string[] =>
    CAPS.filter(desk.servedBy({ kind, vendors }));

  it('are all of them, those it names, or all but those; tenants’ own go with their vendor’s', () => {
    expect(served('all')).toEqual(CAPS);
    expect(served('only', ['hunter'])).toEqual(['hunter', 'hunter.acme']);
    expect(served('except', ['hunter', 'lusha'])).toEqual(['apollo', 'web']);
  });

  it('are served once where one process has what the others except', () => {
    const split = [
      served('except', ['hunter', 'lusha']),
      served('only', ['hunter']),
      served('only', ['lusha']),
    ];
    expect(split.flat().toSorted()).toEqual(CAPS.toSorted());
  });

  it('cannot be those of a vendor that there is not: they would be nobody’s', () => {
    expect(() => served('except', ['hunter', 'huntr'])).toThrow(
      /LEADGEN_ENRICH_LANES names huntr: there are .*hunter/,
    );
  });

  it('are the simulator’s, offline', () => {
    const offline = new RegistryDesk(registry, true).servedBy({ kind: 'only', vendors: ['hunter'] });
    expect(['sim-hunter', 'sim-hunter.acme', 'hunter', 'sim-apollo'].filter(offline)).toEqual([
      'sim-hunter',
      'sim-hunter.acme',
    ]);
  });
});
