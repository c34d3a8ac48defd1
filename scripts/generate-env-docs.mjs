// Writes docs/env.md and .env.example from the variables the code declares.
import { Command } from 'commander';
import { built } from './generated/built.mjs';
import { publishGenerated, table } from './generated/publish-generated.mjs';

const { ENV_CATALOGUE } = built('libs/config/src/index');
const { VENDORS } = built('libs/vendors/src/registry/vendor-list');
const { addRunOptions } = built('apps/cli/src/run/run-options');

const CONCERNS = {
  runtime: 'Every process',
  redis: 'Redis',
  clock: 'Clock',
  vendorPlans: 'Plans with vendors',
  tenantTerms: 'Tenants',
  webhooks: 'Webhooks',
  sealing: 'Sealed secrets',
  suppression: 'Suppression lists',
  storage: 'Object storage',
  workers: 'Workers',
  datasets: 'Datasets',
  api: 'API',
  access: 'Access to the API',
  chat: 'Chat',
  legacy: 'Paths of the system before',
  client: 'Commands that call the API',
  admin: 'Admin port',
  metrics: 'Metrics port',
  tracing: 'Traces',
  simulator: 'Vendor simulator',
};

const sections = [
  ...Object.entries(ENV_CATALOGUE).map(([concern, variables]) => ({
    title: titleOf(concern),
    variables: Object.values(variables),
  })),
  {
    title: 'Vendors',
    note: 'A vendor without its key is left out of the waterfall. Offline, the base URLs are the simulator’s.',
    variables: VENDORS.flatMap(({ descriptor }) => vendorVariables(descriptor)),
  },
  {
    title: 'Flags of `leadgen run`',
    note: 'For cron and CI: each stands for the flag named, which wins over it.',
    variables: addRunOptions(new Command())
      .options.filter(({ envVar }) => envVar !== undefined)
      .map(({ envVar, long, description, defaultValue }) => ({
        name: envVar,
        defaultText: defaultValue,
        description: `\`${long}\`: ${description}`,
      })),
  },
];

function vendorVariables({ id, title, auth, defaultBaseUrl, docsUrl }) {
  const prefix = `VENDOR_${id.toUpperCase()}`;
  const key = {
    name: `${prefix}_API_KEY`,
    description: `Key of ${title} (${docsUrl}).`,
    secret: true,
  };
  const baseUrl = {
    name: `${prefix}_BASE_URL`,
    description: `Address of ${title}, to be replaced by a proxy’s or the simulator’s only.`,
    defaultText: defaultBaseUrl ?? undefined,
  };
  return auth === 'none' ? [baseUrl] : [key, baseUrl];
}

/** A concern that has no title yet would be told by its name in the code. */
function titleOf(concern) {
  const title = CONCERNS[concern];
  if (title === undefined) throw new Error(`${concern}: give it a title in ${import.meta.filename}`);
  return title;
}

const code = (text) => (text === undefined || text === '' ? '–' : `\`${text}\``);

const markdown = [
  '# Environment variables',
  '<!-- Written by scripts/generate-env-docs.mjs: change the declarations in the code. -->',
  'An empty variable counts as not set. A wrong one is refused at start, all of them at once: exit 78 for a server process, ' +
    '2 for the CLI. A name that is a slip away from one of these is warned of, and ignored. ' +
    'A secret is never printed, and can be read from the file that `<NAME>_FILE` names.',
  ...sections.flatMap(({ title, note, variables }) => [
    `## ${title}`,
    ...(note === undefined ? [] : [note]),
    table(
      ['variable', 'default', 'secret', 'what it is'],
      variables.map(({ name, defaultText, description, secret }) => [
        secret ? `\`${name}\`, \`${name}_FILE\`` : `\`${name}\``,
        code(defaultText),
        secret ? 'yes' : '',
        description,
      ]),
    ),
  ]),
].join('\n\n');

const example = [
  '# Written by scripts/generate-env-docs.mjs: change the declarations in the code. docs/env.md has the same in tables.',
  '# Uncomment what you change; the values shown are the defaults.',
  ...sections.flatMap(({ title, variables }) => [
    '',
    `# ── ${title.replaceAll('`', '')}`,
    ...variables.flatMap(({ name, defaultText = '', description, secret }) => [
      '',
      `# ${description.replaceAll('`', '')}`,
      `# ${name}=${/[\s#"']/.test(defaultText) ? JSON.stringify(defaultText) : defaultText}`,
      ...(secret ? [`# ${name}_FILE=`] : []),
    ]),
  ]),
  '',
].join('\n');

process.exitCode = await publishGenerated(
  { 'docs/env.md': markdown, '.env.example': example },
  { script: 'generate-env-docs.mjs' },
);
