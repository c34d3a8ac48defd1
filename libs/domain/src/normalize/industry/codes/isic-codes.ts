/**
 * Divisions, groups and classes of ISIC Rev. 4 by industry. NACE Rev. 2, UK SIC 2007, WZ 2008, ATECO, CNAE, NAF and
 * Singapore's SSIC refine the same codes with more digits; the longest prefix decides (`62.01`, `62011` → `62`).
 * https://unstats.un.org/unsd/classifications/Econ/isic
 */
export const ISIC_CODES: Readonly<Record<string, string>> = {
  agriculture: '01', forestry_fishing: '02 03', mining: '05 07 08 099 09', oil_gas: '06 091 19 495',
  food_beverage: '10 11 107', wine_spirits: '1101 1102 1103', tobacco_cannabis: '12', apparel: '13 14 15', packaging: '16 17', printing: '18', chemicals: '20', cosmetics: '2042', pharmaceuticals: '21', plastics_rubber: '22',
  building_materials: '23', metals: '24 25', hardware: '26', semiconductors: '261 2611', computer_hardware: '262', telecommunications: '263 61', consumer_electronics: '264', iot: '265', electrical_equipment: '27', batteries: '272', appliances: '275', industrial_machinery: '28',
  automotive: '29', maritime: '301 50', rail: '302', aviation: '303', defense: '304 8422', furniture: '31', manufacturing: '32 33', luxury_jewelry: '321', sporting_goods: '323', toys: '324', medical_devices: '325',
  utilities: '35 36 37', waste_management: '38 39', construction: '41', civil_engineering: '42', building_trades: '43', automotive_retail: '45', wholesale: '46', retail: '47', grocery: '471 472', fashion_retail: '4771', e_commerce: '4791', home_retail: '475',
  transportation: '49', freight: '494 4923', airlines: '51', warehousing: '521', logistics: '52', delivery: '53', hotels: '55', restaurants: '56', publishing: '58', software: '582 62', it_consulting: '6202', news: '5813', video_games: '5821',
  film_video: '591 59', music_audio: '592', broadcasting: '60', wireless: '612', it_services: '6209 6203', web_hosting: '631', internet: '63 6312', financial_services: '64 66', banking: '641', investment_management: '643 663', lending: '6492', insurance: '65 662', capital_markets: '661',
  real_estate: '68', property_management: '6832', legal: '691', accounting: '692', professional_services: '69 74', management_consulting: '70', public_relations: '7021', architecture: '711', engineering_services: '71 712 7112', research: '72', biotechnology: '7211',
  marketing: '73', advertising: '731', market_research: '732', design: '741', photography: '742', translation: '743', veterinary: '75', equipment_rental: '77', staffing: '78', travel_agencies: '79', security_services: '80', facilities_services: '81', business_services: '82', outsourcing: '822', events: '823',
  government: '84', education: '85', schools: '851 852', higher_education: '854', training: '855', hospitals: '861', medical_practices: '862', health_care: '86 87', family_services: '88', childcare: '8891',
  arts: '90 91', gambling: '92', sports: '931', leisure: '93', associations: '94', religion: '9491', politics: '9492', home_services: '95', consumer_services: '96', beauty_services: '9602', wellness_fitness: '9604 9313',
};
