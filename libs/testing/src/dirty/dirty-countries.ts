/** A country with the ways people write it, written down here by hand: the rules under test must not mark themselves. */
export interface DirtyCountry {
  /** ISO 3166-1 alpha-2. */
  code: string;
  spellings: readonly string[];
  cities: readonly string[];
  legalForms: readonly string[];
  /** Public suffixes its companies use. */
  suffixes: readonly string[];
}

const country = (
  code: string,
  spellings: string,
  cities: string,
  legalForms: string,
  suffixes: string,
): DirtyCountry => ({
  code,
  spellings: spellings.split('|'),
  cities: cities.split('|'),
  legalForms: legalForms.split('|'),
  suffixes: suffixes.split('|'),
});

export const DIRTY_COUNTRIES: readonly DirtyCountry[] = [
  country(
    'US',
    'US|USA|U.S.A.|U.S.|United States|United States of America|the United States|usa',
    'Austin|Boston|Denver|Chicago',
    'Inc.|Inc|, Inc.|LLC|Corp.|Corporation|L.L.C.|, LLC',
    'com|io|us|ai|co',
  ),
  country(
    'DE',
    'DE|DEU|Germany|Deutschland|germany|GERMANY',
    'Berlin|München|Köln|Hamburg',
    'GmbH|AG|GmbH & Co. KG|UG|gmbh',
    'de|com|io',
  ),
  country(
    'GB',
    'GB|GBR|UK|United Kingdom|U.K.|Great Britain|England|uk',
    'London|Leeds|Bristol',
    'Ltd|Limited|Ltd.|PLC|LTD',
    'co.uk|com|uk|org.uk',
  ),
  country('FR', 'FR|FRA|France|FRANCE|france', 'Paris|Lyon|Nîmes', 'SAS|SARL|S.A.|S.A.S.', 'fr|com'),
  country(
    'NL',
    'NL|NLD|Netherlands|The Netherlands|Nederland|Holland',
    'Utrecht|Delft',
    'B.V.|BV|N.V.',
    'nl|com',
  ),
  country('SE', 'SE|SWE|Sweden|Sverige|SWEDEN', 'Malmö|Stockholm', 'AB', 'se|com'),
  country('ES', 'ES|ESP|Spain|España|spain', 'Madrid|A Coruña', 'S.L.|S.A.|SL', 'es|com|com.es'),
  country('IT', 'IT|ITA|Italy|Italia|ITALY', 'Milano|Torino', 'S.r.l.|SpA|Srl|S.p.A.', 'it|com'),
  country('BR', 'BR|BRA|Brazil|Brasil|BRAZIL', 'São Paulo|Curitiba', 'Ltda|S.A.|Ltda.', 'com.br|com'),
  country('CH', 'CH|CHE|Switzerland|Schweiz|Suisse', 'Zürich|Genève', 'AG|GmbH|SA', 'ch|com'),
  country('AT', 'AT|AUT|Austria|Österreich', 'Wien|Graz', 'GmbH|AG', 'at|co.at'),
  country(
    'IN',
    'IN|IND|India|INDIA|india',
    'Pune|Chennai',
    'Pvt Ltd|Private Limited|Pvt. Ltd.',
    'in|co.in|com',
  ),
  country('AU', 'AU|AUS|Australia|australia', 'Sydney|Perth', 'Pty Ltd|Pty. Ltd.|Pty Limited', 'com.au|com'),
  country('CA', 'CA|CAN|Canada|CANADA', 'Toronto|Montréal', 'Inc.|Ltd.|Corp.', 'ca|com'),
  country('JP', 'JP|JPN|Japan|日本|JAPAN', 'Tokyo|Osaka', 'K.K.|Co., Ltd.', 'co.jp|jp|com'),
  country('PL', 'PL|POL|Poland|Polska', 'Kraków|Gdynia', 'Sp. z o.o.|S.A.|sp. z o.o.', 'pl|com.pl|com'),
  country('DK', 'DK|DNK|Denmark|Danmark', 'Aarhus|Odense', 'A/S|ApS', 'dk|com'),
  country('NO', 'NO|NOR|Norway|Norge', 'Oslo|Tromsø', 'AS|ASA', 'no|com'),
  country('FI', 'FI|FIN|Finland|Suomi', 'Espoo|Oulu', 'Oy|Oyj', 'fi|com'),
  country('IE', 'IE|IRL|Ireland|Éire|Republic of Ireland', 'Dublin|Cork', 'Ltd|Limited|DAC', 'ie|com'),
  country('PT', 'PT|PRT|Portugal|PORTUGAL', 'Porto|Lisboa', 'Lda|Lda.|S.A.', 'pt|com'),
  country('SG', 'SG|SGP|Singapore|singapore', 'Singapore', 'Pte Ltd|Pte. Ltd.', 'sg|com.sg|com'),
  country('MX', 'MX|MEX|Mexico|México', 'Puebla|Mérida', 'S.A. de C.V.|S de RL de CV', 'com.mx|mx'),
  country('CZ', 'CZ|CZE|Czech Republic|Czechia|Česko', 'Brno|Praha', 's.r.o.|a.s.', 'cz|com'),
  country(
    'KR',
    'KR|KOR|South Korea|Korea, Republic of|Republic of Korea',
    'Busan|Seoul',
    'Co., Ltd.|Inc.',
    'co.kr|kr|com',
  ),
  country('IL', 'IL|ISR|Israel|ISRAEL', 'Haifa|Tel Aviv', 'Ltd|Ltd.', 'co.il|com'),
  country('ZA', 'ZA|ZAF|South Africa|south africa', 'Durban|Cape Town', '(Pty) Ltd|Pty Ltd', 'co.za|com'),
  country('AE', 'AE|ARE|United Arab Emirates|UAE|U.A.E.', 'Dubai|Sharjah', 'LLC|FZE', 'ae|com'),
  country('TR', 'TR|TUR|Turkey|Türkiye', 'Bursa|Izmir', 'A.Ş.|Ltd. Şti.|Ltd.', 'com.tr|com'),
  country('NZ', 'NZ|NZL|New Zealand|new zealand', 'Dunedin|Napier', 'Limited|Ltd', 'co.nz|nz'),
];
