import { z } from 'zod';

/** What the walk learns from a company's own website. At most ~1 KB: parsed facts, no page text. */
export const websiteFactsSchema = z.object({
  url: z.string(),
  title: z.string().nullable(),
  description: z.string().nullable(),
  emails: z.array(z.string()).max(10),
  phones: z.array(z.string()).max(5),
  socials: z.array(z.string()).max(10),
  technologies: z.array(z.string()).max(20),
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

/** One vendor operation each, with what goes in and what comes out: the same whichever vendor serves it. */
export const OPERATIONS = {
  crawl_website: { input: z.object({ domain: z.string() }), output: websiteFactsSchema },
  find_contacts: {
    input: z.object({ domain: z.string(), titles: z.array(z.string()) }),
    output: contactsFoundSchema,
  },
  verify_email: { input: z.object({ email: z.string() }), output: emailVerificationSchema },
} as const;
export type Operation = keyof typeof OPERATIONS;
export type OperationInput<Op extends Operation> = z.infer<(typeof OPERATIONS)[Op]['input']>;
export type OperationOutput<Op extends Operation> = z.infer<(typeof OPERATIONS)[Op]['output']>;
