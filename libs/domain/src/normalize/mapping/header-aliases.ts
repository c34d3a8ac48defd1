import type { CompanyField } from '#libs/contracts';
import { headerCore, headerKey } from './header-key';

/** How sure a column's name is: `usual` names are believed unless the values contradict, `loose` ones only if the values agree. */
type HeaderStrength = 'usual' | 'loose';

/** What a column's name stands for. */
export interface HeaderMeaning {
  field: CompanyField;
  strength: HeaderStrength;
  /** Lower is better: place in the list of names, less where the name speaks of the company or its seat. */
  rank: number;
}

/** Names without the words for the company or its seat, folded, best first. */
const USUAL: Readonly<Record<CompanyField, string>> = {
  name: 'name|names|trading name|trade name|dba|doing business as|brand|brand name|company|firmenname|unternehmensname|firmierung|nom|raison sociale|denomination|denomination sociale|nom commercial|nombre|razon social|nombre comercial|ragione sociale|denominazione|nome|nome fantasia|razao social|nome azienda|bedrijfsnaam|naam|handelsnaam|foretagsnamn|namn|navn|firmanavn|yrityksen nimi|nazwa|nazwa firmy|nazev|наименование|название|компания|организация|会社名|企業名|公司名称|公司|企业名称|firmanaam|kundenname|display name|organization name|company display name|business name legal|nome da empresa|cliente nombre|unvan|sirket adi|회사명|name for emails|name english|english name|name en|company name en|employer|employer name|current company|current employer|arbeitgeber|firma kunde|denominacion social|denominazione sociale|商号|法人名|企業|会社',
  domain:
    'website|domain|domain name|web site|homepage|home page|website url|homepage url|domain url|web address|url website|web url|site url|website address|webpage|web page|internet address|internetadresse|internet|webseite|website domain|websites|site web|site internet|sitio web|pagina web|web|sito web|sito|sito internet|site|webadresse|internetseite|hjemmeside|hemsida|webbplats|nettside|kotisivu|strona www|strona internetowa|www|webova stranka|сайт|веб сайт|网址|网站|ウェブサイト|ホームページ|홈페이지|website link|email domain|web domain|site address|root domain|primary domain|url homepage|homepage link|adresse web|pagina internet|websitelink|fqdn|website 1|web sitesi|cb url homepage|web page url|internetadresse url|ホームページurl|hp|url ホームページ|webサイト|サイトurl|公式サイト',
  social:
    'linkedin|linkedin url|linkedin page|linkedin profile|linkedin company url|linkedin company page|linkedin link|linked in|facebook|facebook url|facebook page|facebook link|facebook company page|social|social media|social url|social link|social profile|twitter|twitter url|twitter handle|twitter link|x url|instagram|instagram url|xing|xing url|social media link|social network|linkedin profile url|linkedin company profile url|linkedin company profile|linkedin account|linkedin website',
  country:
    'country|country code|country name|country iso|iso country|country region|country iso2|country iso 2|country code 2|nation|country of origin|country territory|land|pays|pais|paese|kraj|maa|stat land|landcode|laenderkennzeichen|landerkennzeichen|zeme|ulke|страна|国家|国|国名|countries|location country|address country|country alpha 2|iso code|country incorporated|country of incorporation|country iso code|countrycode|domicile|state country|나라|국가|pais de origen|code pays|nazione|country 1|geo country',
  region:
    'state|region|province|state province|state region|province state|us state|state code|state name|state or province|region state|region name|region code|bundesland|kanton|canton|departement|provincia|estado|provincie|regione|region province|county|state county|lan|fylke|wojewodztwo|область|регион|省|州|prefecture|territory|federal state|stateprovince|location state|location region|address state|address county|administrative area|comunidad autonoma|uf|state 2|province code|都道府県|都道府县|bundesland kanton|省份|所在省份|지역|시도|voivodeship|wojewodztwo siedziby|vestigingsprovincie',
  city: 'city|town|city name|city town|town city|locality|municipality|ort|stadt|ville|ciudad|citta|cidade|plaats|stad|kommune|miasto|mesto|город|城市|市|kaupunki|standort stadt|location city|address city|metro|metro area|metropolitan area|city location|poblacion|localidad|localite|comune|woonplaats|gemeente|post town|posttown|address post town|sehir|city 1|metro city|municipio|市区町村|市町村|gemeindename|niederlassung ort|vestigingsplaats|luogo|citta sede|sede comune|miejscowosc|postort|obec|所在城市|도시|市区',
  location:
    'location|locations|place|where|based in|city state country|city country|city state|location name|geo|geography|standort|lieu|localisation|localizacion|ubicacion|localita|lokation|plats|местоположение|所在地|full location|city region country|city and country|location text|hq|headquarters|geographic location|area|location city state country|address location|regional location|lokalizacja|locatie|localizacao',
  industry:
    'industry|industries|primary industry|industry name|categories|category|sector|sectors|industry group|industry groups|category groups|category group list|category list|industry sector|industry category|sub industry|subindustry|industry sub category|secondary industry|industry 1|industry 2|industry 3|subsector|sub sector|vertical|verticals|industry vertical|industry tags|market|markets|line of business|branche|industrie|branchen|wirtschaftszweig|secteur|secteur d activite|secteur dactivite|activite|sector de actividad|industria|setor|settore|bransch|bransje|branza|obor|отрасль|行业|業種|所属行业|产业|linkedin industry|industry linkedin|type of industry|type of business|industry type|business category|gics sector|gics industry|gics industry group|gics sub industry|industry classification|industry keywords|branch|branche name|toimiala|sectoren|ramo|ramo de atividade|업종|industry description|naics description|sic description|naics title|sic title|primary sic|industry linkedin v2|industry focus|d b hoovers industry|hoovers industry|primary sic description|us sic description|naics code description|sic code description|actividad|actividad principal|activite principale|libelle naf|libelle activite|libelle ape|cnae descripcion|descripcion cnae|descrizione ateco|industry segment|industry vertical name|ssic description|primary ssic description',
  employees:
    'employees|number of employees|number employees|employee count|employees count|no of employees|no employees|nr of employees|num employees|num of employees|size|employee size|employee range|employees range|headcount|head count|staff|staff count|staff size|team size|size range|employee number|employees number|number of staff|total employees|employee total|employee band|size band|fte|ftes|workforce|workforce size|estimated num employees|estimated employees|estimated number of employees|approx employees|mitarbeiter|mitarbeiterzahl|anzahl mitarbeiter|mitarbeiteranzahl|beschaftigte|unternehmensgrosse|groesse|grosse|effectif|effectifs|nombre d employes|nombre demployes|nombre de salaries|salaries|tranche effectif|taille|empleados|numero de empleados|plantilla|tamano|dipendenti|numero dipendenti|n dipendenti|numero de funcionarios|funcionarios|colaboradores|medewerkers|aantal medewerkers|werknemers|anstallda|antal anstallda|ansatte|antal ansatte|antall ansatte|henkilosto|pracownicy|liczba pracownikow|zamestnanci|сотрудники|численность|количество сотрудников|员工人数|人数|员工数|従業員数|직원수|size employees|people|people count|number of people|num employees enum|employee count range|personnel|emp count|emp size|emp|linkedin employees|linkedin headcount|employees on linkedin|linkedin employee count|numberofemployees|employee count linkedin|company size range|range of employees|staff range|employees 2|total headcount|global employees|number of workers|size code|size class|ma|anzahl ma|ma anzahl|mitarbeitende|anzahl mitarbeitende|anzahl mitarbeiterinnen und mitarbeiter|mitarbeiterinnen|mitarbeiterstand|beschaftigtenzahl|anzahl beschaftigte|no empleados|n empleados|num empleados|numero empleados|empleados totales|total empleados|trabajadores|n trabajadores|nb demployes|nb employes|nb salaries|nb de salaries|effectif salarie|effectif total|effectif moyen|tranche d effectif|tranche deffectif|tranche deffectifs|tranche effectifs|no funcionarios|n funcionarios|num funcionarios|no colaboradores|numero dipendenti totale|addetti|n addetti|numero addetti|employees all sites|employees all locations|employees total all sites|社員数|従業員|職員数|社員数 名|雇员人数|在职人数|company headcount range',
  employees_min:
    'employees min|min employees|minimum employees|employees from|employee count min|employee min|size min|min size|headcount min|min headcount|employees low|employees lower|employees minimum|employee range min|employee range from|mitarbeiter von|mitarbeiter min|employees start|employee range start|lower employees|employee count from|employee count low|employees at least',
  employees_max:
    'employees max|max employees|maximum employees|employees to|employee count max|employee max|size max|max size|headcount max|max headcount|employees high|employees upper|employees maximum|employee range max|employee range to|mitarbeiter bis|mitarbeiter max|employees end|employee range end|upper employees|employee count to|employee count high|employees at most',
  founded:
    'founded|year founded|founded year|founding year|year of foundation|founded in|founded on|founded date|date founded|founding date|foundation year|foundation date|established|year established|established year|established in|year of establishment|est|inception|incorporated|incorporation year|incorporation date|year incorporated|year of incorporation|date of incorporation|date established|founded at|start year|started|year started|since|inception year|inception date|launch year|year launched|launched|grundungsjahr|gegrundet|grundung|gruendungsjahr|gegruendet|annee de creation|date de creation|annee creation|creation|fondee en|fondation|ano de fundacion|fundacion|fundada|ano fundacion|fecha de fundacion|anno di fondazione|fondata|fondazione|ano de fundacao|fundacao|opgericht|oprichtingsjaar|oprichting|grundat|stiftet|stiftelsesar|rok zalozenia|rok zalozeni|год основания|основана|成立时间|成立年份|成立日期|設立|設立年|설립연도|founded date year|year of founding|founded when|perustettu|year formed|formed|formation date|year of formation|anno fondazione|year est|established date|date of establishment|kurulus yili|year born|birth year|gegr|gegr jahr|gegrundet am|gegrundet im jahr|jahr der grundung|grundungsdatum|registration incorporation date|constituida|constitucion|fecha constitucion|fecha de constitucion|data di costituzione|data costituzione|data de abertura|data de fundacao|date de fondation|date creation|annee de fondation|date immatriculation|date d immatriculation|date dimmatriculation|設立年月日|設立年月|創業|創業年|設立日|注册日期|成立|registreringsar|registreringsdatum|startar|stiftet ar|data rejestracji|data zalozenia|datum vzniku|datum zalozeni|oprichtingsdatum|설립일|설립년도|注册时间|成立年',
  description:
    'description|short description|long description|about|about us|overview|summary|tagline|profile|what they do|what we do|activity|activities|bio|blurb|one liner|pitch|elevator pitch|description short|description long|details|information|info|beschreibung|kurzbeschreibung|tatigkeit|tatigkeitsbeschreibung|beschreibung kurz|resume|presentation|a propos|descripcion|descripcion corta|descrizione|descricao|omschrijving|beskrivning|beskrivelse|kuvaus|opis|popis|описание|简介|公司简介|描述|事業内容|説明|설명|seo description|meta description|business description|product description|description 1|desc|text|about company|slogan|mission|mission statement|unternehmensbeschreibung|short desc|linkedin description|linkedin bio|full description|high level description|linkedin about|about the company|purpose|aciklama',
};
/** Names that mean it only if the values agree. */
const LOOSE: Readonly<Partial<Record<CompanyField, string>>> = {
  name: 'title|kunde|vendor|supplier|partner|exhibitor|aussteller|sponsor|member|mitglied|target|opportunity|agency|bank|shop|store|merchant|label|entity|entity name|issuer|institution|facility|publisher|brand owner|fournisseur|cliente|proveedor|cliente nome|manufacturer|company 1|portfolio|portfolio company|deal|project|item|subject|competitor|school|hotel|restaurant|name of the company|subsidiary|dealer|distributor|cliente final|participant|competitors|advertiser',
  domain:
    'url|link|links|website 2|website 3|alternate website|other website|urls|uri|homepage 2|external link|href|email|e mail|email address|mail|e mail address|kontakt email|contact email|work email|business email|emails|email 1|contact e mail|generic email|company email|e mails|email id|correo|correo electronico|courriel|e mailadresse|mailadresse|posta elettronica|info email|profile url|company link|product url|site link|landing page|source url|address url',
  location:
    'address|full address|street address|office address|address line|anschrift|adresse|direccion|indirizzo|endereco|adres|business address|address 1|location address|formatted address|postal address|mailing address|hq address|registered address|address full|complete address',
  country: 'market country|geo|nationality|country 2|origin|iso|iso2|iso3|iso 3|cc|location|jurisdiction',
  industry:
    'tags|keywords|segment|segments|specialties|specialities|focus|field|fields|topic|topics|sic|sic code|sic codes|naics|naics code|naics codes|ssic|ssic code|nace|nace code|nace codes|isic|isic code|wz code|naf|code naf|code ape|ateco|codice ateco|cnae|uk sic|primary sic code|primary naics code|sic code sic text 1|sic code sictext 1|product category|type|business type|class|classification|group|domain area|area of business|field of activity|business line|services|products|expertise|industry code|primary naics|sics|sic 1|sic code 1|naics 1|sbi|sbi code',
  employees:
    'range|n employees|employees estimate|employees exact|band|tier size|total staff|size of business|staffing|capacity',
  founded:
    'year|date|since when|jahr|annee|ano|anno|age|start date|started on|opened|begin|start|registration date|date of registration|registered on|date registered',
  description:
    'notes about|text description|content|business|comment|remarks|specialization|product|product service|short text|long text|body|keywords description|offering|value proposition|solution|technology description|meta|note description',
  region: 'district|area|zone|area name|geo region|division|department region|admin1|admin 1|subdivision',
  city: 'office|metro location|standort|capital|lokal',
};

/** Columns about persons, money, pictures, numbers and dates of records: whatever else their name says, they are not used. */
const OTHER_THINGS = new Set(
  (
    'contact contacts person persons people founder founders cofounder cofounders ceo cto owner owners investor investors first last middle ' +
    'surname job role position phone telephone tel fax mobile cell logo image images picture photo icon avatar id ids uuid guid key revenue ' +
    'sales turnover umsatz funding raised amount amounts round rounds currency valuation price score rank ranking status satus stage ' +
    'created updated modified language languages timezone latitude longitude lat lng lon coordinates zip zipcode postal postcode plz cap ' +
    'postleitzahl comments source password technologies technology user username manager assigned growth crunchbase angel angellist ' +
    'angelco wellfound pitchbook mattermark dealroom tracxn owler glassdoor ticker isin lei vat tax duns ein blog rss careers privacy ' +
    'support demo video github youtube session combinator acquired acquisition exit ipo percent ratio rating reviews vorname nachname ansprechpartner ' +
    'telefon geschaftsfuhrer prenom telefono telefoon street strasse nummer iban bic gender salutation anrede parent ultimate previous former alexa traffic visits ' +
    'followers likes subscribers employee director executive decision maker capital profit ebitda assets budget spend seniority university degree'
  ).split(' '),
);

const BY_CORE = buildIndex();

/** What a column's name stands for, best first; empty if it is not known or is about something else. */
export function headerMeanings(name: string): readonly HeaderMeaning[] {
  const meanings = meaningsOf(name);
  const [, owner = '', member = ''] = /^(.+)\.([^.]+)$/.exec(name) ?? [];
  if (meanings.length > 0 || member === '' || hasOtherThings(headerKey(owner))) return meanings;
  return meaningsOf(member).map((meaning) => ({ ...meaning, rank: meaning.rank + RANK_OF_MEMBER }));
}

/** `geo.city`, `metrics.employees`: a member of an object nobody knows is behind the object's own. */
const RANK_OF_MEMBER = 30;

function hasOtherThings(key: string): boolean {
  return key.split(' ').some((word) => OTHER_THINGS.has(word));
}

function meaningsOf(name: string): readonly HeaderMeaning[] {
  const key = headerKey(name);
  const { core, hasOwner, hasSeat } = headerCore(key);
  if (core === '') return ownerOnly(key, hasOwner, hasSeat);
  const exact = BY_CORE.get(key);
  const meanings = exact ?? BY_CORE.get(core) ?? [];
  const usual = meanings.some(({ strength }) => strength === 'usual');
  if (!usual && hasOtherThings(key) && !isMail(key)) return [];
  const bonus = (hasOwner ? 0.5 : 0) + (hasSeat ? 0.25 : 0);
  const malus = PERSONS_NAME.test(key) ? 90 : REGISTERS_NAME.test(key) ? 15 : 0;
  return meanings.map((meaning) => ({ ...meaning, rank: meaning.rank - bonus * 20 + malus }));
}

/** A person's where another column has companies; where none has, perhaps the company's. */
const PERSONS_NAME = /^(?:full|lead|prospect|lead full|prospect full|display) name$/;

/** What a register calls a company, behind what everybody calls it. */
const REGISTERS_NAME = /^(?:full )?(?:legal|registered)(?: company| business)? name$/;

/** The name in the register or the one over the shop's door: each may stand where the other is missing. */
const COMPANYS_OTHER_NAME =
  /^(?:(?:full )?(?:legal|registered|trading|trade|brand)(?: company| business)? name|(?:company|business|organi[sz]ation|account) name|dba|doing business as|raison sociale|nom commercial|enseigne|razon social|nombre comercial|denominacion social|ragione sociale|denominazione(?: sociale)?|razao social|nome fantasia|handelsnaam|商号)$/;

/** True for a column that can only be a company's name, never a person's. */
export function isCompanysName(name: string): boolean {
  return COMPANYS_OTHER_NAME.test(headerKey(name));
}

/** True if the name is about persons, money, pictures … and not about what this program reads. */
export function isAboutOtherThings(name: string): boolean {
  return headerMeanings(name).length === 0 && hasOtherThings(headerKey(name));
}

/** True for a column of e-mail addresses by its name. */
export function isMail(key: string): boolean {
  return /\b(?:e ?mails?|mail|correo|courriel)\b/.test(key) && !key.includes('domain');
}

/** `Company`, `Firma`: the name. `HQ`, `Head Office`: where it is. */
function ownerOnly(key: string, hasOwner: boolean, hasSeat: boolean): readonly HeaderMeaning[] {
  if (hasSeat) return [{ field: 'location', strength: 'usual', rank: 5 }];
  if (!hasOwner || NO_NAMES.has(key)) return [];
  return [{ field: 'name', strength: 'usual', rank: -10 }];
}

const NO_NAMES = new Set([
  'data',
  'properties',
  'attributes',
  'the',
  'of',
  'primary',
  'main',
  'current',
  'official',
  'de',
  'la',
  'di',
  's',
  'lead',
  'legal',
  'full',
]);

function buildIndex(): ReadonlyMap<string, readonly HeaderMeaning[]> {
  const index = new Map<string, HeaderMeaning[]>();
  const add = (field: CompanyField, strength: HeaderStrength, list: string): void => {
    list.split('|').forEach((alias, i) => {
      const key = headerKey(alias);
      const meaning = { field, strength, rank: strength === 'usual' ? i : 100 + i };
      for (const form of new Set([key, headerCore(key).core])) {
        const known = index.get(form) ?? [];
        if (form !== '' && !known.some((other) => other.field === field))
          index.set(form, [...known, meaning]);
      }
    });
  };
  for (const field of Object.keys(USUAL) as CompanyField[]) add(field, 'usual', USUAL[field]);
  for (const [field, list] of Object.entries(LOOSE)) add(field as CompanyField, 'loose', list);
  return index;
}
