/** What a provider may ask of a seller, by the word that people read for it. */
const WORDS: [RegExp, RequirementWord][] = [
  [/^external_account$/, 'bankAccount'],
  [/^tos_acceptance\./, 'terms'],
  [/^business_type$/, 'businessType'],
  [/^business_profile\.(mcc|product_description)$/, 'activity'],
  [/^business_profile\.url$/, 'website'],
  [/^business_profile\.support_/, 'contact'],
  [/^company\.name/, 'companyName'],
  [/^company\.(tax_id|registration_number|vat_id)/, 'companyNumber'],
  [/^company\.address/, 'companyAddress'],
  [/^company\.phone$/, 'phone'],
  [/^company\.verification/, 'companyDocument'],
  [/^company\.(directors|executives|owners)_provided$/, 'people'],
  [/^(owners|directors|executives)(\.|$)/, 'people'],
  [/^PERSON\.(first_name|last_name|maiden_name)$/, 'name'],
  [/^PERSON\.dob/, 'birthday'],
  [/^PERSON\.(address|registered_address)/, 'address'],
  [/^PERSON\.email$/, 'email'],
  [/^PERSON\.phone$/, 'phone'],
  [/^PERSON\.(id_number|ssn_last_4)$/, 'idNumber'],
  [/^PERSON\.verification/, 'identityDocument'],
  [/^PERSON\.relationship/, 'role'],
  [/^PERSON\.nationality$/, 'nationality'],
];

export type RequirementWord =
  | 'bankAccount'
  | 'terms'
  | 'businessType'
  | 'activity'
  | 'website'
  | 'contact'
  | 'companyName'
  | 'companyNumber'
  | 'companyAddress'
  | 'companyDocument'
  | 'people'
  | 'name'
  | 'birthday'
  | 'address'
  | 'email'
  | 'phone'
  | 'idNumber'
  | 'identityDocument'
  | 'role'
  | 'nationality';

/** A provider's requirements as people read them, each once; those without a word of ours stay as the provider names them. */
export function toRequirementWords(names: string[]): { words: RequirementWord[]; unknown: string[] } {
  const words = new Set<RequirementWord>();
  const unknown = new Set<string>();
  for (const name of names) {
    const plain = name.replace(/^(individual|representative|person_\w+)\./, 'PERSON.');
    const known = WORDS.find(([pattern]) => pattern.test(plain));
    if (known) words.add(known[1]);
    else unknown.add(name);
  }
  return { words: [...words], unknown: [...unknown] };
}
