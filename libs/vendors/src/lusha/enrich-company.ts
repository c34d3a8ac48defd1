import { saysSomething, toFirmographics, type RawFirm } from '../answers/firmographics';
import { jsonCall } from '../http/json-call';
import { companySchema, type CompanyData } from './company.schema';
import { lushaDescriptor } from './lusha.descriptor';

/** Firm data by domain. Of a range of revenues, the lower end: at least so much. */
export const enrichCompany = jsonCall(lushaDescriptor, 'enrich_company', {
  request: ({ domain }, { apiKey }) => ({
    method: 'GET',
    path: '/v2/company',
    query: { domain },
    headers: { api_key: apiKey ?? '' },
  }),
  schema: companySchema,
  read: ({ data }) => {
    // "No credit is deducted for requests that return no match."
    if (data?.id === undefined || data.id === null) return { kind: 'empty', units: 0 };
    const firm = toFirmographics(rawFirm(data));
    return saysSomething(firm) ? { kind: 'ok', value: firm, units: 1 } : { kind: 'empty', units: 1 };
  },
});

function rawFirm(data: CompanyData): RawFirm {
  const { location, social } = data;
  const [revenue] = data.revenueRange ?? [];
  return {
    name: data.name,
    employees: data.companySize,
    industry: data.subIndustry ?? data.mainIndustry,
    founded: data.founded,
    country: location?.countryIso2 ?? location?.country,
    city: location?.city,
    description: data.description,
    linkedin: typeof social?.linkedin === 'string' ? social.linkedin : social?.linkedin?.url,
    revenueUsd: typeof revenue === 'number' ? revenue : null,
    technologies: data.technologies?.map(({ name }) => name),
  };
}
