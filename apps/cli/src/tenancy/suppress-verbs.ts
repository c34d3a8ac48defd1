import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { appError, SUPPRESSION_KINDS, type SuppressionKind } from '#libs/contracts';
import { counted, toError } from '#libs/kernel';
import type { SuppressionEntry } from '#libs/tenancy';
import type { CommandContext } from '../command-context';
import { tenantOf } from '../vendors/vendors-options';
import { withTenancy, type TenancyCell } from './tenancy-cell';

/** What may be typed behind the verbs, not checked yet. */
export interface SuppressOptions {
  json?: boolean;
  tenantId?: string;
  email?: string[];
  domain?: string[];
  company?: string[];
  file?: string;
}

type Outcome = { text: string; message: string } & Record<string, unknown>;
export type SuppressVerb = (options: SuppressOptions, context: CommandContext) => Promise<Outcome>;

/** So many ids in one command. */
const CHUNK = 1_000;

export const add: SuppressVerb = change('added', async ({ suppressions }, tenantId, ids) => {
  const added = await suppressions.add(tenantId, ids);
  return added.filter(Boolean).length;
});

export const remove: SuppressVerb = change('removed', ({ suppressions }, tenantId, ids) =>
  suppressions.remove(tenantId, ids),
);

export const check: SuppressVerb = async (options, context) => {
  const tenantId = tenantOf(options.tenantId);
  const entries = await entriesOf(options);
  const ids = await idsOf(tenantId, entries);
  return withTenancy(context, async ({ suppressions }) => {
    const answers = await suppressions.has(tenantId, ids);
    const suppressed = answers.filter(Boolean).length;
    const lines = entries.map(
      ({ kind, value }, i) => `${answers[i] ? 'suppressed' : 'free'}  ${kind} ${value}`,
    );
    return {
      text: lines.join('\n'),
      message: `${suppressed} of ${counted(ids.length, 'entry', 'entries')} suppressed`,
      suppressed: answers,
    };
  });
};

function change(
  what: 'added' | 'removed',
  act: (cell: TenancyCell, tenantId: string, ids: readonly string[]) => Promise<number>,
): SuppressVerb {
  return async (options, context) => {
    const tenantId = tenantOf(options.tenantId);
    const ids = await idsOf(tenantId, await entriesOf(options));
    return withTenancy(context, async (cell) => {
      let changed = 0;
      for (let start = 0; start < ids.length; start += CHUNK) {
        changed += await act(cell, tenantId, ids.slice(start, start + CHUNK));
      }
      const count = await cell.suppressions.count(tenantId);
      const { actor } = cell;
      const details = { changed, count };
      await cell.audit.record({
        tenantId,
        actor,
        action: `suppressions.${what}`,
        target: 'suppressions',
        details,
      });
      const message = `${changed} of ${counted(ids.length, 'entry', 'entries')} ${what}; ${count} on the list`;
      return { text: message, message, changed, count };
    });
  };
}

async function idsOf(tenantId: string, entries: readonly SuppressionEntry[]): Promise<string[]> {
  const { suppressionId } = await import('#libs/tenancy');
  return entries.map((entry, i) => suppressionId(tenantId, entry, `${entry.kind} ${i + 1}`));
}

async function entriesOf(options: SuppressOptions): Promise<SuppressionEntry[]> {
  const typed = SUPPRESSION_KINDS.flatMap((kind) => (options[kind] ?? []).map((value) => ({ kind, value })));
  const entries = [...typed, ...(options.file === undefined ? [] : linesOf(await readLines(options.file)))];
  if (entries.length > 0) return entries;
  throw appError(
    'usage',
    'who? pass --email, --domain or --company, or --file <path> (- for stdin) with lines like email,ada@acme.example',
  );
}

async function readLines(path: string): Promise<string> {
  if (path === '-') return text(process.stdin);
  return readFile(path, 'utf8').catch((error: unknown) => {
    throw appError('usage', `--file ${path}: ${toError(error).message}`, { cause: error });
  });
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
