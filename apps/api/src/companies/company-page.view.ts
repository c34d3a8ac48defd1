import { ApiProperty } from '@nestjs/swagger';
import { COMPANY_STANDINGS, type CompanyStanding, type JudgedRow } from './company-standing';

/** A company of a run's input, or a row that is none, and what became of it. */
export class CompanyStandingView {
  @ApiProperty({
    type: String,
    nullable: true,
    pattern: '^c_[a-z2-7]{16}$',
    description: 'Null for a rejected row.',
  })
  company_id!: string | null;

  @ApiProperty({ type: String, nullable: true })
  name!: string | null;

  @ApiProperty({ type: String, nullable: true })
  domain!: string | null;

  @ApiProperty({
    type: 'array',
    items: { type: 'integer', minimum: 1 },
    minItems: 1,
    description: 'Data rows of the input that became this company, counted from 1.',
  })
  source_rows!: readonly number[];

  @ApiProperty({
    enum: COMPANY_STANDINGS,
    description:
      '`skipped`: scored, with something left out for lack of budget or patience; `in_doubt`: scored, and how a call ended is not known; `unfinished`: the run ended first.',
  })
  standing!: CompanyStanding;

  @ApiProperty({
    type: Number,
    nullable: true,
    minimum: 0,
    maximum: 100,
    description: 'How well the input alone fits the profile.',
  })
  pre_score!: number | null;

  @ApiProperty({ type: Number, nullable: true, minimum: 0, maximum: 100 })
  score!: number | null;

  @ApiProperty({ type: [String], description: 'Why, a sentence each.' })
  reasons!: readonly string[];
}

export class CompanyPageView {
  @ApiProperty({
    type: [CompanyStandingView],
    description: 'In the order of normalized.jsonl, then the rejected rows.',
  })
  data!: CompanyStandingView[];

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'A page may hold fewer than asked for; the last one has null here.',
  })
  next_cursor!: string | null;
}

export function companyStandingView(row: JudgedRow): CompanyStandingView {
  const { company, sourceRows, standing, preScore, score, reasons } = row;
  return {
    company_id: company?.company_id ?? null,
    name: company?.name ?? null,
    domain: company?.domain ?? null,
    source_rows: sourceRows,
    standing,
    pre_score: preScore,
    score,
    reasons,
  };
}
