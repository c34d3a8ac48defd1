import { z } from 'zod';

/** What the walk learns from a company's own website. At most ~2 KB: parsed facts and the beginning of the text. */
export const websiteFactsSchema = z.object({
  url: z.string(),
  title: z.string().nullable(),
  description: z.string().nullable(),
  emails: z.array(z.string()).max(10),
  phones: z.array(z.string()).max(5),
  socials: z.array(z.string()).max(10),
  technologies: z.array(z.string()).max(20),
  /** The beginning of the page's own prose, for reading by a model; null where there is none. */
  excerpt: z.string().max(800).nullable().default(null),
});
export type WebsiteFacts = z.infer<typeof websiteFactsSchema>;

export const contactSchema = z.object({
  first_name: z.string().nullable(),
  last_name: z.string().nullable(),
  title: z.string().nullable(),
  email: z.string().nullable(),
  /** 0–100, the vendor's own confidence in the address; null where it gives none. */
  confidence: z.int().min(0).max(100).nullable(),
});
export type Contact = z.infer<typeof contactSchema>;

export const contactsFoundSchema = z.object({ contacts: z.array(contactSchema).max(10) });
export type ContactsFound = z.infer<typeof contactsFoundSchema>;

export const EMAIL_VERDICTS = ['valid', 'invalid', 'catch_all', 'unknown', 'do_not_mail'] as const;
export const emailVerificationSchema = z.object({ email: z.string(), verdict: z.enum(EMAIL_VERDICTS) });
export type EmailVerification = z.infer<typeof emailVerificationSchema>;

/** What a vendor of firm data knows of a company. Nulls are explicit. At most ~1 KB. */
export const firmographicsSchema = z.object({
  name: z.string().max(200).nullable(),
  /** As far as the vendor tells: an exact number is `min = max`, "5001+" has no `max`. */
  employees: z.object({ min: z.int().min(0), max: z.int().min(0).nullable() }).nullable(),
  /** In the vendor's own words. */
  industry: z.string().max(120).nullable(),
  founded: z.int().min(1000).max(2100).nullable(),
  /** ISO 3166-1 alpha-2. */
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .nullable(),
  city: z.string().max(120).nullable(),
  description: z.string().max(400).nullable(),
  /** URL of its page in a business network. */
  linkedin: z.string().max(300).nullable(),
  /** Yearly, in whole US dollars. */
  revenue_usd: z.int().min(0).nullable(),
  technologies: z.array(z.string().max(60)).max(20),
});
export type Firmographics = z.infer<typeof firmographicsSchema>;

/** An address found for one named person. */
export const foundEmailSchema = z.object({
  email: z.string().max(254),
  /** 0–100, the vendor's own; null where it gives none. */
  confidence: z.int().min(0).max(100).nullable(),
  title: z.string().max(120).nullable(),
});
export type FoundEmailAddress = z.infer<typeof foundEmailSchema>;

export const SIGNAL_KINDS = ['funding', 'hiring', 'expansion', 'product', 'news'] as const;
/** Something that happened at a company lately. */
export const signalSchema = z.object({
  kind: z.enum(SIGNAL_KINDS),
  title: z.string().max(200),
  url: z.string().max(500),
  /** ISO 8601 date; null where the vendor gives none. */
  date: z.string().max(30).nullable(),
});
export type Signal = z.infer<typeof signalSchema>;
export const signalsFoundSchema = z.object({ signals: z.array(signalSchema).max(5) });
export type SignalsFound = z.infer<typeof signalsFoundSchema>;

/** What a model read out of a company's own text. Every value is grounded: each quote stands in the text word for word. */
export const companyProfileSchema = z.object({
  summary: z.string().max(300).nullable(),
  products: z.array(z.string().max(80)).max(5),
  sells_to: z.enum(['businesses', 'consumers', 'both']).nullable(),
  quotes: z.array(z.string().max(200)).max(5),
});
export type CompanyProfile = z.infer<typeof companyProfileSchema>;

/** One vendor operation each, with what goes in and what comes out: the same whichever vendor serves it. */
export const OPERATIONS = {
  crawl_website: { input: z.object({ domain: z.string() }), output: websiteFactsSchema },
  /** Firm data by domain. */
  enrich_company: { input: z.object({ domain: z.string() }), output: firmographicsSchema },
  /** `text`: the website's excerpt. */
  read_profile: {
    input: z.object({ domain: z.string(), text: z.string().max(800) }),
    output: companyProfileSchema,
  },
  find_contacts: {
    input: z.object({ domain: z.string(), titles: z.array(z.string()) }),
    output: contactsFoundSchema,
  },
  /** The business address of one named person of the company. */
  find_email: {
    input: z.object({ domain: z.string(), first_name: z.string(), last_name: z.string() }),
    output: foundEmailSchema,
  },
  verify_email: { input: z.object({ email: z.string() }), output: emailVerificationSchema },
  find_signals: {
    input: z.object({ domain: z.string(), name: z.string() }),
    output: signalsFoundSchema,
  },
} as const;
export type Operation = keyof typeof OPERATIONS;
export type OperationInput<Op extends Operation> = z.infer<(typeof OPERATIONS)[Op]['input']>;
export type OperationOutput<Op extends Operation> = z.infer<(typeof OPERATIONS)[Op]['output']>;
