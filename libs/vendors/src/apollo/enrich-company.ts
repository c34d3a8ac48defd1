import { saysSomething, toFirmographics } from '../answers/firmographics';
import { jsonCall } from '../http/json-call';
import { apolloDescriptor } from './apollo.descriptor';
import { organizationSchema } from './organization.schema';

/** Firm data by domain. */
export const enrichCompany = jsonCall(apolloDescriptor, 'enrich_company', {
  request: ({ domain }, { apiKey }) => ({
    method: 'GET',
    path: '/api/v1/organizations/enrich',
    query: { domain },
    headers: { 'x-api-key': apiKey ?? '' },
  }),
  schema: organizationSchema,
  read: ({ organization }) => {
    // "If no credit-consuming data is found, the request consumes 0 credits."
    if (!organization) return { kind: 'empty', units: 0 };
    const headcount = organization.estimated_num_employees;
    const firm = toFirmographics({
      name: organization.name,
      employees: { min: headcount, max: headcount },
      industry: organization.industry,
      founded: organization.founded_year,
      country: organization.country,
      city: organization.city,
      description: organization.short_description,
      linkedin: organization.linkedin_url,
      revenueUsd: organization.annual_revenue,
      technologies: organization.technology_names,
    });
    return saysSomething(firm) ? { kind: 'ok', value: firm, units: 1 } : { kind: 'empty', units: 1 };
  },
});
