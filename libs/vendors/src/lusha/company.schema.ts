import { z } from 'zod';

/** A link as a text, or as an object around it: both are sent. */
const linkSchema = z.union([z.string(), z.object({ url: z.string().nullish() })]);

/** What we read of `GET /v2/company`; the vendor sends more. Without data, or without an id in it, it knows no company. */
export const companySchema = z.object({
  data: z
    .object({
      id: z.union([z.number(), z.string()]).nullish(),
      name: z.string().nullish(),
      companySize: z.object({ min: z.number().nullish(), max: z.number().nullish() }).nullish(),
      mainIndustry: z.string().nullish(),
      subIndustry: z.string().nullish(),
      /** A date or a year, as text. */
      founded: z.union([z.string(), z.number()]).nullish(),
      location: z
        .object({
          city: z.string().nullish(),
          country: z.string().nullish(),
          countryIso2: z.string().nullish(),
        })
        .nullish(),
      description: z.string().nullish(),
      /** Two numbers: from, to. */
      revenueRange: z.array(z.unknown()).nullish(),
      social: z.object({ linkedin: linkSchema.nullish() }).nullish(),
      technologies: z.array(z.object({ name: z.string().nullish() })).nullish(),
    })
    .nullish(),
});
export type CompanyData = NonNullable<z.infer<typeof companySchema>['data']>;
