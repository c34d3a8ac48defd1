import { figures, gauge, graph } from './panels.mjs';

/** What is bought, what it costs, and what stands in the way of buying more. */
export const VENDORS_AND_MONEY = {
  uid: 'leadgen-vendors',
  title: 'Leadgen: vendors and money',
  rows: {
    Money: [
      figures('Spent in 24 h', 'currencyUSD', {
        '{{vendor}}': 'sum by (vendor) (increase(leadgen_vendor_cost_usd_total{{cell}}[24h]))',
      }),
      graph(
        'Spent an hour',
        'currencyUSD',
        {
          '{{vendor}}': 'sum by (vendor) (rate(leadgen_vendor_cost_usd_total{{cell}}[{window}])) * 3600',
        },
        { stack: true },
      ),
      gauge(
        'Budgets used (the fullest of its kind)',
        {
          '{{scope}}': 'max by (scope) (leadgen_budget_used_ratio{{cell}})',
        },
        { warn: 0.8, bad: 1 },
      ),
      graph('Calls a minute that a budget refused', 'none', {
        '{{scope}}': 'sum by (scope) (rate(leadgen_budget_refusals_total{{cell}}[{window}])) * 60',
      }),
    ],
    Caps: [
      gauge(
        'Windows used',
        {
          '{{vendor}} {{credential}} {{window}}':
            'max by (vendor, credential, window) (leadgen_cap_used_units{{cell}} / (leadgen_cap_limit_units{{cell}} > 0))',
        },
        { warn: 0.9, bad: 1 },
      ),
      graph('Closed', 'bool', {
        '{{vendor}} {{credential}}': 'max by (vendor, credential) (leadgen_cap_closed{{cell}})',
      }),
      graph('Opens in', 's', {
        '{{vendor}} {{credential}}':
          'max by (vendor, credential) (leadgen_cap_closed_until_timestamp_seconds{{cell}} > 0) - time()',
      }),
    ],
    Requests: [
      graph('Requests a second', 'reqps', {
        '{{vendor}} {{outcome}}':
          'sum by (vendor, outcome) (rate(leadgen_vendor_requests_total{{cell}}[{window}]))',
      }),
      graph('95th percentile of answers', 's', {
        '{{vendor}} {{op}}':
          'histogram_quantile(0.95, sum by (vendor, op, le) (rate(leadgen_vendor_request_duration_seconds_bucket{{cell}}[{window}])))',
      }),
      graph('Answers with something in them', 'percentunit', {
        '{{vendor}} {{op}}':
          'sum by (vendor, op) (rate(leadgen_vendor_requests_total{outcome="ok", {cell}}[{window}])) / sum by (vendor, op) (rate(leadgen_vendor_requests_total{outcome=~"ok|empty", {cell}}[{window}]))',
      }),
    ],
    'Not paid twice': [
      graph('Answered from the ledger, a second', 'ops', {
        '{{vendor}} {{kind}}': 'sum by (vendor, kind) (rate(leadgen_ledger_hits_total{{cell}}[{window}]))',
      }),
      graph('Calls in doubt', 'none', { 'in doubt': 'max(leadgen_calls_in_doubt{{cell}})' }),
      graph('Tokens a second', 'none', {
        '{{vendor}} {{direction}}':
          'sum by (vendor, direction) (rate(leadgen_llm_tokens_total{{cell}}[{window}]))',
      }),
    ],
  },
};
