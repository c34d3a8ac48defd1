import Table from 'cli-table3';
import pc from 'picocolors';
import type { Lead, LeadContact, ListedLead } from '#libs/contracts';
import { readableUsd } from '#libs/kernel';
import { printable } from './printable';

const BUCKET_COLOUR = { A: pc.green, B: pc.yellow, C: pc.dim } as const;

/** The leads as a table a salesperson reads: who, how good, why, and whom to write to. */
export function leadsTable(leads: readonly ListedLead[]): string {
  const table = new Table({
    head: ['#', 'Company', 'Score', 'Why', 'Contact'].map((title) => pc.bold(title)),
    colWidths: [4, 26, 11, 46, 40],
    wordWrap: true,
    style: { head: [], border: [] },
  });
  for (const lead of leads) {
    const { company, facts } = lead;
    const place = [company.city, facts?.country ?? company.country].filter(Boolean).join(', ');
    const name = printable(company.name ?? company.domain ?? company.company_id);
    table.push([
      lead.rank ?? '–',
      [pc.bold(name), company.domain, printable(place), sizeText(facts?.employees ?? null)]
        .filter(Boolean)
        .join('\n'),
      scoreCell(lead),
      whyCell(lead),
      contactCell(lead),
    ]);
  }
  return table.toString();
}

/** Why, and what happened there lately: something to begin a conversation with. */
function whyCell({ score, signals: [newest] }: ListedLead): string {
  return [printable(score.rationale), ...(newest ? [pc.dim(printable(`News: ${newest.title}`))] : [])].join(
    '\n',
  );
}

/** The score, how much of what it rests on is known, and what finding that out cost. */
function scoreCell({ score, cost_micro_usd: cost }: ListedLead): string {
  const { bucket, confidence } = score;
  return [
    `${BUCKET_COLOUR[bucket](bucket)} ${score.score}`,
    pc.dim(`${Math.round(confidence * 100)}% known`),
    pc.dim(`$${readableUsd(cost)}`),
  ].join('\n');
}

function sizeText(employees: Lead['company']['employees']): string | null {
  if (employees === null) return null;
  const { min, max } = employees;
  return `${max === null ? `${min}+` : min === max ? min : `${min}–${max}`} people`;
}

function contactCell({ contacts, problems }: ListedLead): string {
  const contact = contacts.find(({ verdict }) => verdict === 'valid') ?? contacts[0];
  if (!contact) return pc.dim(printable(problems[0] ?? 'none found'));
  const lines = [
    fullName(contact),
    contact.title,
    contact.email && `${contact.email} (${contact.verdict ?? 'not verified'})`,
  ];
  return printable(lines.filter(Boolean).join('\n'));
}

function fullName({ first_name: first, last_name: last }: LeadContact): string {
  return [first, last].filter(Boolean).join(' ');
}
