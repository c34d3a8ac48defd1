import { z } from 'zod';

/** What we read of `GET /api/v1/organizations/enrich`; the vendor sends more. Without an organization it knows none. */
export const organizationSchema = z.object({
  organization: z
    .object({
      name: z.string().nullish(),
      estimated_num_employees: z.number().nullish(),
      industry: z.string().nullish(),
      founded_year: z.number().nullish(),
      country: z.string().nullish(),
      city: z.string().nullish(),
      short_description: z.string().nullish(),
      linkedin_url: z.string().nullish(),
      annual_revenue: z.number().nullish(),
      technology_names: z.array(z.string()).nullish(),
    })
    .nullish(),
});
