import { figures, gauge, graph } from './panels.mjs';

/** Where everything durable is. What Redis itself can tell beyond this is the business of an exporter of its own. */
export const REDIS = {
  uid: 'leadgen-redis',
  title: 'Leadgen: Redis',
  rows: {
    Now: [
      figures('Saves what it holds', 'bool_yes_no', { saves: 'min(leadgen_redis_persistence_ok{{cell}})' }),
      figures('Drops nothing', 'bool_yes_no', { noeviction: 'min(leadgen_redis_noeviction{{cell}})' }),
      figures('Somebody leads', 'bool_yes_no', { leads: 'max(leadgen_leader{{cell}})' }),
      figures('Clock of a worker off by', 's', {
        'the most': 'max(leadgen_worker_clock_skew_seconds{{cell}})',
      }),
    ],
    Memory: [
      gauge(
        'Of maxmemory',
        { used: 'max(leadgen_redis_memory_used_ratio{{cell}})' },
        { warn: 0.7, bad: 0.8 },
      ),
      graph(
        'Of maxmemory (no new runs from 80 % on)',
        'percentunit',
        {
          used: 'max(leadgen_redis_memory_used_ratio{{cell}})',
        },
        { max: 1 },
      ),
    ],
    Reached: [
      graph('By each process', 'bool', {
        '{{job}} {{instance}}': 'min by (job, instance) (leadgen_redis_up{{cell}})',
      }),
      graph('Who leads', 'bool', { '{{instance}}': 'max by (instance) (leadgen_leader{{cell}})' }),
    ],
  },
};
