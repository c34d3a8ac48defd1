/** A panel draws one or more expressions; `{cell}` in them becomes the matcher of the chosen cell. */

/** Lines over time. `lines` maps a legend, as Grafana writes it (`{{label}}`), to PromQL. */
export function graph(title, unit, lines, more = {}) {
  return { kind: 'timeseries', title, unit, lines, ...more };
}

/** Figures as they are now. */
export function figures(title, unit, lines, more = {}) {
  return { kind: 'stat', title, unit, lines, ...more };
}

/** A table, one row per series, of what is now. */
export function list(title, unit, lines, more = {}) {
  return { kind: 'table', title, unit, lines, ...more };
}

/** Shares from 0 to 1 as bars, yellow from `warn` on and red from `bad` on. */
export function gauge(title, lines, { warn, bad }) {
  return { kind: 'bargauge', title, unit: 'percentunit', lines, max: 1, thresholds: [warn, bad] };
}
