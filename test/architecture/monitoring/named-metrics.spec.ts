import { listedMetrics, runtimeMetricNames } from '#libs/observability';
import { readRepositoryFile, repositoryFiles } from '../repository';

/** What people read, and what they set: none of it is read by a Prometheus that would say so. */
const TEXTS =
  /^(docs\/.*\.md|[A-Z]+\.md|helm\/leadgen\/(.*\.(md|yaml|json|txt|tpl))|ops\/.*\.yml|docker-compose\.yml)$/;

describe('a metric that is named in docs, in the chart or in a configuration', () => {
  it('is one of the catalogue', async () => {
    const known = new Set([
      ...listedMetrics().flatMap(({ name, series }) => [name, ...series]),
      ...(await runtimeMetricNames()),
    ]);
    const named = repositoryFiles()
      .filter((path) => TEXTS.test(path))
      .flatMap((path) =>
        [...readRepositoryFile(path).matchAll(/\bleadgen_[a-z0-9_]*[a-z0-9]/g)].map(([name]) => ({
          path,
          name,
        })),
      );
    expect(named.length).toBeGreaterThan(200);
    expect(named.filter(({ name }) => !known.has(name))).toEqual([]);
  });
});
