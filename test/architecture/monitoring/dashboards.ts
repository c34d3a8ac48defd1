import { readRepositoryFile, repositoryFiles } from '../repository';

/** One line of a panel. */
export interface DashboardLine {
  dashboard: string;
  panel: string;
  legend: string;
  /** As Grafana would send it, for all cells. */
  expr: string;
}

interface Dashboard {
  uid: string;
  panels: { id: number; title: string; type: string; targets?: { expr: string; legendFormat: string }[] }[];
}

export const DASHBOARDS = ['overview', 'redis', 'runs', 'vendors-and-money'];

export function readDashboards(): (Dashboard & { name: string })[] {
  return repositoryFiles()
    .filter((path) => /^ops\/grafana\/dashboards\/.*\.json$/.test(path))
    .map((path) => ({
      name: path.slice(path.lastIndexOf('/') + 1, -'.json'.length),
      ...(JSON.parse(readRepositoryFile(path)) as Dashboard),
    }));
}

export function dashboardLines(): DashboardLine[] {
  return readDashboards().flatMap(({ name, panels }) =>
    panels.flatMap(({ title, targets = [] }) =>
      targets.map(({ expr, legendFormat }) => ({
        dashboard: name,
        panel: title,
        legend: legendFormat,
        expr: expr.replaceAll('$__rate_interval', '1m').replaceAll('$cell', '.*'),
      })),
    ),
  );
}
