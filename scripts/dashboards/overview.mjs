import { figures, graph, list } from './panels.mjs';

/** Is the cell well, and if not, where to look. */
export const OVERVIEW = {
  uid: 'leadgen-overview',
  title: 'Leadgen: overview',
  rows: {
    Now: [
      figures('Workers', 'none', { '{{stage}}': 'max by (stage) (leadgen_workers{{cell}})' }),
      figures('Runs under way', 'none', { '{{state}}': 'max by (state) (leadgen_runs_active{{cell}})' }),
      figures('Calls in doubt', 'none', { 'in doubt': 'max(leadgen_calls_in_doubt{{cell}})' }),
      figures('Redis answers', 'none', { '{{job}}': 'min by (job) (leadgen_redis_up{{cell}})' }),
    ],
    Objectives: [
      graph('Runs that failed (objective: under 1 %)', 'percentunit', {
        'over 1 h': 'leadgen:runs_failed:ratio_rate1h{{cell}}',
        'over 3 d': 'leadgen:runs_failed:ratio_rate3d{{cell}}',
      }),
      graph('Work over its budget (objective: under 5 %)', 'percentunit', {
        '{{stage}}, over 6 h': 'leadgen:stage_over_budget:ratio_rate6h{{cell}}',
      }),
      graph('API: 5xx (objective: under 0.1 %) and reads over 250 ms (under 1 %)', 'percentunit', {
        '5xx, over 1 h': 'leadgen:api_errors:ratio_rate1h{{cell}}',
        'slow, over 6 h': 'leadgen:api_slow:ratio_rate6h{{cell}}',
      }),
    ],
    Alerts: [list('Firing', 'none', { '': 'ALERTS{alertstate="firing", alertname=~"Leadgen.+", {cell}}' })],
    Work: [
      graph('Attempts at jobs a second', 'ops', {
        '{{stage}} {{outcome}}': 'sum by (stage, outcome) (rate(leadgen_jobs_total{{cell}}[{window}]))',
      }),
      graph('Oldest job that could be taken', 's', {
        '{{queue}}': 'max by (queue) (leadgen_queue_oldest_waiting_age_seconds{{cell}})',
      }),
    ],
    API: [
      graph('Requests a second', 'reqps', {
        '{{method}} {{route}} {{status_class}}':
          'sum by (method, route, status_class) (rate(leadgen_http_request_duration_seconds_count{{cell}}[{window}]))',
      }),
      graph('95th percentile of answers', 's', {
        '{{method}} {{route}}':
          'histogram_quantile(0.95, sum by (method, route, le) (rate(leadgen_http_request_duration_seconds_bucket{{cell}}[{window}])))',
      }),
    ],
    Processes: [
      graph('Event loop late by', 's', {
        '{{job}} {{instance}}': 'max by (job, instance) (leadgen_event_loop_lag_seconds{{cell}})',
      }),
      graph('Memory', 'bytes', {
        '{{job}} {{instance}}': 'max by (job, instance) (leadgen_process_resident_memory_bytes{{cell}})',
      }),
      graph('Processors used', 'none', {
        '{{job}} {{instance}}':
          'sum by (job, instance) (rate(leadgen_process_cpu_seconds_total{{cell}}[{window}]))',
      }),
      list('Versions', 'none', { '': 'count by (job, version) (leadgen_build_info{{cell}})' }),
    ],
  },
};
