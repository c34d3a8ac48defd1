import { appError, SUPPRESSION_KINDS, type SuppressionKind } from '#libs/contracts';
import { counted } from '#libs/kernel';
import type { SuppressionEntry, SuppressionLists } from '#libs/tenancy';
import type { SuppressionSubject } from '#libs/vendor-gate';
import type { ActorOptions } from '../audit/actor';
import type { Verb } from '../output/verb';
import { typedText } from '../typed/text-file';
import { typedTenant } from '../typed/tenant-id';
import { withTenancy } from './tenancy-cell';

/** What may be typed behind the verbs, not checked yet. */
interface SuppressOptions extends ActorOptions {
  json?: boolean;
  tenantId?: string;
  email?: string[];
  domain?: string[];
  company?: string[];
  file?: string;
}

export type SuppressVerb = Verb<SuppressOptions>;

/** So many ids in one command. */
const CHUNK = 1_000;

export const add: SuppressVerb = change('added', async (lists, tenantId, subjects) => {
  const entries = await lists.add(tenantId, subjects);
  return entries.filter(({ added }) => added).length;
});

export const remove: SuppressVerb = change('removed', (lists, tenantId, subjects) =>
  lists.remove(tenantId, subjects),
);

export const check: SuppressVerb = async (options, context) => {
  const tenantId = typedTenant(options.tenantId);
  const entries = await entriesOf(options);
  const subjects = await subjectsOf(entries);
  return withTenancy(context, options, async ({ suppressions }) => {
    const answers = (await (await suppressions()).find(tenantId, subjects)).map(({ isListed }) => isListed);
    const suppressed = answers.filter(Boolean).length;
    const lines = entries.map(
      ({ kind, value }, i) => `${answers[i] ? 'suppressed' : 'free'}  ${kind} ${value}`,
    );
    return {
      text: lines.join('\n'),
      message: `${suppressed} of ${counted(subjects.length, 'entry', 'entries')} suppressed`,
      suppressed: answers,
    };
  });
};

/** Renames what was listed before the deployment had a key; of all tenants where none is named. */
export const rekey: SuppressVerb = async (options, context) => {
  const tenantId = options.tenantId === undefined ? undefined : typedTenant(options.tenantId);
  return withTenancy(
    context,
    options,
    async ({ hasSuppressionKey, suppressions, directory, audit, actor }) => {
      if (!hasSuppressionKey) {
        throw appError(
          'usage',
          'which key? set LEADGEN_SUPPRESSION_KEY_FILE as for the other processes of the cell',
        );
      }
      const lists = await suppressions();
      let rekeyed = 0;
      for (const tenant of tenantId === undefined ? await directory.list() : [tenantId]) {
        const changed = await lists.rekey(tenant);
        rekeyed += changed;
        if (changed === 0) continue;
        const details = { changed };
        await audit.record({
          tenantId: tenant,
          actor,
          action: 'suppressions.rekeyed',
          target: 'suppressions',
          details,
        });
      }
      const message = `${counted(rekeyed, 'entry', 'entries')} written anew under the key`;
      return { text: message, message, changed: rekeyed };
    },
  );
};

function change(
  what: 'added' | 'removed',
  act: (
    lists: SuppressionLists,
    tenantId: string,
    subjects: readonly SuppressionSubject[],
  ) => Promise<number>,
): SuppressVerb {
  return async (options, context) => {
    const tenantId = typedTenant(options.tenantId);
    const subjects = await subjectsOf(await entriesOf(options));
    return withTenancy(context, options, async (cell) => {
      const lists = await cell.suppressions();
      let changed = 0;
      for (let start = 0; start < subjects.length; start += CHUNK) {
        changed += await act(lists, tenantId, subjects.slice(start, start + CHUNK));
      }
      const count = await lists.count(tenantId);
      const { actor } = cell;
      const details = { changed, count };
      await cell.audit.record({
        tenantId,
        actor,
        action: `suppressions.${what}`,
        target: 'suppressions',
        details,
      });
      const message = `${changed} of ${counted(subjects.length, 'entry', 'entries')} ${what}; ${count} on the list`;
      return { text: message, message, changed, count };
    });
  };
}

async function subjectsOf(entries: readonly SuppressionEntry[]): Promise<SuppressionSubject[]> {
  const { suppressionSubject } = await import('#libs/tenancy');
  return entries.map((entry, i) => suppressionSubject(entry, `${entry.kind} ${i + 1}`));
}

async function entriesOf(options: SuppressOptions): Promise<SuppressionEntry[]> {
  const typed = SUPPRESSION_KINDS.flatMap((kind) => (options[kind] ?? []).map((value) => ({ kind, value })));
  const entries = [...typed, ...(options.file === undefined ? [] : linesOf(await typedText(options.file)))];
  if (entries.length > 0) return entries;
  throw appError(
    'usage',
    'who? pass --email, --domain or --company, or --file <path> (- for stdin) with lines like email,ada@acme.example',
  );
}

function linesOf(content: string): SuppressionEntry[] {
  return content.split(/\r?\n/).flatMap((line, i) => {
    if (line.trim() === '') return [];
    const comma = line.indexOf(',');
    const kind = line.slice(0, Math.max(0, comma)).trim();
    if (!isKind(kind)) {
      throw appError(
        'usage',
        `--file, line ${i + 1}: begin with ${SUPPRESSION_KINDS.join(', ')} and a comma`,
      );
    }
    return [{ kind, value: line.slice(comma + 1).trim() }];
  });
}

function isKind(word: string): word is SuppressionKind {
  return (SUPPRESSION_KINDS as readonly string[]).includes(word);
}
