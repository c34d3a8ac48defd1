import { ApiProperty } from '@nestjs/swagger';
import type { ListedLead } from '#libs/contracts';

/** Leads as the API shows them: what a line of `leads.jsonl` holds. */
export class LeadPageView {
  @ApiProperty({ type: 'array', items: { $ref: '#/components/schemas/Lead' } })
  data!: ListedLead[];

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'A page may hold fewer leads than asked for; the last one has null here.',
  })
  next_cursor!: string | null;

  @ApiProperty({
    description:
      'False: there is no final ranking (yet). Leads then come in the order of the shortlist, as far as they are finished, without a rank.',
  })
  ranked!: boolean;
}
