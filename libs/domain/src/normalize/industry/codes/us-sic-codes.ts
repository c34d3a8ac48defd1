/**
 * Groups of the US Standard Industrial Classification (1987) by industry; the longest prefix decides (`7372` → `737`).
 * https://www.sec.gov/search-filings/standard-industrial-classification-sic-code-list
 */
export const US_SIC_CODES: Readonly<Record<string, string>> = {
  agriculture: '01 02 07', forestry_fishing: '08 09', mining: '10 12 14', oil_gas: '13 29 46 517 492 5541', construction: '15', civil_engineering: '16', building_trades: '17',
  food_beverage: '20 514', wine_spirits: '2082 2084 2085 518', tobacco_cannabis: '21', apparel: '22 23 31 513', packaging: '24 26', furniture: '25', printing: '275 276 278 279', publishing: '27 272 273 274', news: '271', chemicals: '28', pharmaceuticals: '283 5122 5912', biotechnology: '2836', cosmetics: '2844', plastics_rubber: '30',
  building_materials: '32', metals: '33 34', industrial_machinery: '35', computer_hardware: '357 5045', hardware: '36', consumer_electronics: '365 5731', telecommunications: '366 481 482 489 48', semiconductors: '3674', electrical_equipment: '361 362 364', appliances: '363', automotive: '371 75', aviation: '372', maritime: '373 44', rail: '374 40', space: '376', iot: '38 382', medical_devices: '384 5047', manufacturing: '39', luxury_jewelry: '391', toys: '3944', sporting_goods: '3949',
  transportation: '41 47', freight: '42', warehousing: '4225', delivery: '43 4215', airlines: '45', travel_agencies: '472', logistics: '473', wireless: '4812', broadcasting: '483 484', utilities: '49', waste_management: '4953',
  wholesale: '50 51', home_retail: '52 57', retail: '53 59', grocery: '54 541', automotive_retail: '55', fashion_retail: '56', restaurants: '58 581', e_commerce: '5961',
  banking: '60 602 603', lending: '61', capital_markets: '62', insurance: '63 64 631 633 641', real_estate: '65', investment_management: '67 628', venture_capital: '6799', hotels: '70 701', consumer_services: '72', beauty_services: '723 724', business_services: '73', advertising: '731', staffing: '736', software: '737 7371 7372', it_services: '7370 7373 7374 7376 7379', security_services: '738', photography: '7335', equipment_rental: '735', facilities_services: '734',
  home_services: '76', film_video: '78', leisure: '79', sports: '794', health_care: '80', medical_practices: '801 802 803 804', hospitals: '806', legal: '81 811', education: '82', higher_education: '822', schools: '821', family_services: '83', childcare: '835', arts: '84', associations: '86', religion: '866', engineering_services: '871', architecture: '8712', accounting: '872', research: '873', management_consulting: '874', public_relations: '8743',
  government: '91 93 94 95 96', law_enforcement: '92', defense: '97',
};
