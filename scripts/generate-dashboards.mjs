// Writes Grafana's dashboards from their descriptions in scripts/dashboards.
import { dashboardJson } from './dashboards/dashboard-json.mjs';
import { OVERVIEW } from './dashboards/overview.mjs';
import { REDIS } from './dashboards/redis.mjs';
import { RUNS } from './dashboards/runs.mjs';
import { VENDORS_AND_MONEY } from './dashboards/vendors-and-money.mjs';
import { publishGenerated } from './generated/publish-generated.mjs';

const text = (dashboard) => JSON.stringify(dashboardJson(dashboard));

process.exitCode = await publishGenerated(
  {
    'ops/grafana/dashboards/overview.json': text(OVERVIEW),
    'ops/grafana/dashboards/vendors-and-money.json': text(VENDORS_AND_MONEY),
    'ops/grafana/dashboards/runs.json': text(RUNS),
    'ops/grafana/dashboards/redis.json': text(REDIS),
  },
  { script: 'generate-dashboards.mjs' },
);
