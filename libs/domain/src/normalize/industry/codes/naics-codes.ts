/**
 * NAICS 2022 codes by industry; the longest prefix of a code decides (`541511` → `5415`).
 * https://www.census.gov/naics/
 */
export const NAICS_CODES: Readonly<Record<string, string>> = {
  agriculture: '11 111 112 115', forestry_fishing: '113 114',
  mining: '21 212 213113 213114 213115', oil_gas: '211 213111 213112 324 4247 486 4571 447 213',
  utilities: '22 221', renewable_energy: '221114 221115 221116 221117 221111',
  construction: '23 236', civil_engineering: '237', building_trades: '238',
  manufacturing: '31 32 33 339 3399', food_beverage: '311 312 31211 4244', wine_spirits: '31212 31213 31214 4248', tobacco_cannabis: '3122 42494 459991', apparel: '313 314 315 316 4243',
  packaging: '321 322 32221 32222 42413', printing: '323', chemicals: '325 4246', pharmaceuticals: '3254 4242 456110 45611 44611', cosmetics: '32562', plastics_rubber: '326',
  building_materials: '327 4233', metals: '331 332 4235', industrial_machinery: '333 4238', semiconductors: '3344', computer_hardware: '3341 42343', hardware: '334', consumer_electronics: '3343 449210 44921 443', telecommunications: '3342 517', iot: '3345',
  electrical_equipment: '335 4236', appliances: '3352', batteries: '33591', automotive: '3361 3362 3363 8111 4231', aerospace_defense: '3364', aviation: '336411 336412 336413', space: '336414 336415 336419', rail: '3365 482', maritime: '3366 483 4883', furniture: '337 4232', medical_devices: '3391 42345',
  luxury_jewelry: '33991 42394 45831 44831', sporting_goods: '33992 42391 459110 45911 45111', toys: '33993 42392 45912 45112',
  wholesale: '42 423 424 425', retail: '44 45 455 459 452 453 456 457', automotive_retail: '441', home_retail: '444 4491 442', grocery: '445', fashion_retail: '458 448', e_commerce: '4541 45411 455219',
  transportation: '48 485 487 488', airlines: '481 4881', freight: '484', delivery: '49 491 492', warehousing: '493', logistics: '4885 48851 541614', mobility: '4853 5321 532111',
  media: '51 516', software: '5132 511210 51121 541511', publishing: '5131 511 513', news: '513110 51311 51111 516210 51921', film_video: '5121', music_audio: '5122', broadcasting: '5161 5151 515', wireless: '517112 517312 51731', web_hosting: '518', internet: '519 51929 51913',
  financial_services: '52 523', banking: '521 5221', lending: '5222 5223', payments: '52232', capital_markets: '5231 5232', investment_management: '5239 525', insurance: '524', venture_capital: '52391',
  real_estate: '53 531', property_management: '53131', equipment_rental: '532', professional_services: '54 541', legal: '5411', accounting: '5412', architecture: '54131 54132', engineering_services: '5413', design: '5414', it_services: '5415',
  management_consulting: '5416', research: '5417', biotechnology: '541714', marketing: '5418', advertising: '54181 54185', public_relations: '54182', market_research: '54191', photography: '54192', translation: '54193', veterinary: '54194', human_resources: '541612',
  business_services: '55 551 56 561 5614', outsourcing: '56142', staffing: '5613', travel_agencies: '5615', security_services: '5616', facilities_services: '5612 5617', events: '56192 7113', waste_management: '562',
  education: '61 611', schools: '6111', higher_education: '6112 6113', training: '6114 6115 6116', health_care: '62 621 6214 6215 6216 6219 623', medical_practices: '6211 6212 6213', mental_health: '621112 62133 62142', hospitals: '622', family_services: '624', childcare: '6244',
  arts: '71 711 712', sports: '7112', leisure: '713', gambling: '7132', wellness_fitness: '71394', hotels: '721', travel_hospitality: '72', restaurants: '722',
  consumer_services: '81 812', home_services: '811', beauty_services: '8121', religion: '8131', charity: '8132', nonprofit: '813 8133', associations: '8134 8139', pet_products: '81291 45991', public_sector: '92', government: '921 923 924 925 926', law_enforcement: '922', defense: '928110 92811', politics: '81394',
};
