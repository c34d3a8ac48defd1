import { Controller, Get } from '@nestjs/common';
import { routesOf, routesOfController } from '../../test/api-routes';
import { serveApi, type ServedApi } from '../../test/served-api';

/** What anybody may see. A route that is to be added here needs a reason. */
const PUBLIC = ['GET /health/live', 'GET /health/ready'];

/** The page that describes the API, and what it loads. */
const DESCRIPTION = '/api/docs';

@Controller('forgotten')
class ForgottenController {
  @Get(':id')
  show(): string {
    return 'nobody said who may see this';
  }
}

describe('the routes of the API', () => {
  let api: ServedApi;

  beforeAll(async () => {
    api = await serveApi();
  });
  afterAll(() => api.stop());

  it('each say who may use them, and only these are for anybody', () => {
    const routes = routesOf(api.app);
    expect(routes.length).toBeGreaterThan(10);
    expect(routes.filter(({ access }) => access === undefined)).toEqual([]);
    const open = routes
      .filter(({ access }) => access === 'public')
      .map(({ method, path }) => `${method} ${path}`);
    expect(open.sort()).toEqual(PUBLIC);
  });

  it('are all of them: whatever Express serves besides comes from the description', () => {
    const known = new Set(routesOf(api.app).map(({ method, path }) => `${method} ${path}`));
    const served = api.app
      .getHttpAdapter()
      .getInstance()
      .router.stack.flatMap(({ route }) =>
        route === undefined || route.path.startsWith(DESCRIPTION)
          ? []
          : route.stack.map(({ method }) => `${method.toUpperCase()} ${route.path}`),
      );
    expect([...new Set(served)].sort()).toEqual([...known].sort());
  });

  it('would be caught without a decorator', () => {
    expect(routesOfController(ForgottenController)).toEqual([
      { method: 'GET', path: '/forgotten/:id', access: undefined },
    ]);
  });
});
