import { ENV_CATALOGUE } from '#libs/config';
import { EXIT_CODES, exitCodesText } from './exit-codes';

/** Pages of `leadgen help` about what all commands have in common. */
export const HELP_TOPICS: Readonly<Record<string, () => string>> = {
  'exit-codes': exitCodesPage,
  environment: environmentPage,
  output: outputPage,
};

function exitCodesPage(): string {
  return `Exit codes of leadgen

${exitCodesText(EXIT_CODES.map(([code]) => code))}

The last line of stdout says the same in its exit_code. docs/errors.md lists the codes of errors with what to do.`;
}

/** What is read by commands; the servers' own variables are in docs/env.md. */
const SHOWN = [
  ENV_CATALOGUE.redis.url,
  ENV_CATALOGUE.runtime.dataDir,
  ENV_CATALOGUE.runtime.offline,
  ENV_CATALOGUE.runtime.cell,
  ENV_CATALOGUE.runtime.logLevel,
  ENV_CATALOGUE.vendorPlans.file,
  ENV_CATALOGUE.tenantTerms.file,
];

function environmentPage(): string {
  const variables = SHOWN.map(({ name, description }) => `  ${name}\n      ${description}`);
  return `Variables that leadgen reads

${variables.join('\n')}
  ORCHESTRATOR_TENANT_ID, _INPUT, _ICP_PAYLOAD, _COMPANIES, _LIMIT, _TIMEOUT_S, …
      Each flag of a run: leadgen run --help names the variable behind each.
  VENDOR_<ID>_API_KEY, VENDOR_<ID>_BASE_URL
      A vendor's key and, where it is not the usual one, its address.
  NO_COLOR
      Not empty: no colours. FORCE_COLOR: colours also where the output is no terminal.

A secret can also be read from the file that <NAME>_FILE names. An empty variable counts as not set.
docs/env.md lists all, those of the servers, too.`;
}

function outputPage(): string {
  return `What leadgen prints

On a terminal: text for a person. leadgen run and leadgen status --wait show a live view of the stages; what scrolls by
stays as a transcript. Where stdout is no terminal, or with --json: NDJSON, one object a line, the last of them
  {"event":"result","exit_code":0,"state":"completed",…}
whatever happened. leadgen run tells status changes, and a heartbeat where nothing happens for 15 seconds:
  {"event":"status","id":2,"type":"run_start","state":"running","status":{"phase":"plan","message":"Planning",…}}
  {"event":"heartbeat","state":"running","status":{…}}
leadgen leads --csv prints CSV and nothing else.

What is said to a person goes to stderr there, and so do logs: JSON lines with "service":"orchestrator".`;
}
