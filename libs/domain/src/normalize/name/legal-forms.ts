/**
 * Legal forms as they stand behind a company's name, folded. A form of several words is listed whole. `Group` and `Holding`
 * are not among them: beside `Acme GmbH` there is often an `Acme Holding GmbH`, which is another company.
 */
const FORMS =
  'inc|incorporated|company|llc|l l c|limited liability company|limited liability partnership|limited partnership|public limited company|ltd|limited|ltda|limitada|llp|lllp|lp|l p|plc|corp|corporation|co|pllc|pc|p c|pbc|' +
  'gmbh|g m b h|mbh|gesmbh|ges mbh|ges m b h|gesellschaft mbh|gesellschaft mit beschrankter haftung|aktiengesellschaft|kommanditgesellschaft|offene handelsgesellschaft|unternehmergesellschaft|eingetragener verein|eingetragene genossenschaft|gmbh und co kg|ug|ug haftungsbeschrankt|haftungsbeschrankt|ag|kg|kgaa|ohg|gbr|ev|e v|eg|e g|ek|e k|ggmbh|se|co kg|co kgaa|und co kg|partg|partg mbb|' +
  'sa|s a|sas|s a s|sasu|sarl|s a r l|sarlu|eurl|sci|snc|s n c|scop|selarl|spa|s p a|srl|s r l|srls|s c|scrl|sprl|bvba|societe anonyme|societe par actions simplifiee|societe a responsabilite limitee|societe civile immobiliere|societe en nom collectif|societa per azioni|unipersonale|a socio unico|societa cooperativa|s coop a r l|societa a responsabilita limitata|asbl|vzw|cvba|' +
  'sl|s l|slu|s l u|sau|s a u|s coop|sociedad limitada|sociedad limitada unipersonal|sociedad de responsabilidad limitada|sociedad anonima|sociedad anonima unipersonal|sociedad cooperativa|ltda me|ltda epp|limitada|sa de cv|s a de c v|s de rl de cv|s de rl|srl de cv|sapi de cv|sab de cv|sac|s a c|eirl|spa chile|lda|unipessoal lda|eireli|s a b de c v|' +
  'besloten vennootschap|naamloze vennootschap|bv|b v|nv|n v|vof|cv|' +
  'aktiebolag|aktieselskab|anpartsselskab|aksjeselskap|osakeyhtio|ab|a b|publ|oy|oyj|ab publ|as|a s|asa|a s a|aps|ivs|hf|ehf|ans|' +
  'pty|pty ltd|pty limited|proprietary limited|pte|pte ltd|pte limited|private limited|pvt|pvt ltd|p ltd|p limited|pvt limited|opc|' +
  'kk|k k|kabushiki kaisha|kabushiki gaisha|godo kaisha|gk|yk|co ltd|co limited|company limited|company ltd|co inc|株式会社|有限会社|合同会社|㈱|有限公司|股份有限公司|有限责任公司|集团|주식회사|유한회사|' +
  'sdn bhd|sdn|bhd|berhad|tbk|jsc|ojsc|cjsc|pjsc|ooo|oao|zao|pao|ao|ооо|оао|зао|пао|ао|ип|тов|' +
  'sro|s r o|as cz|sp z o o|sp z oo|spz oo|sp zoo|spzoo|spolka z oo|spolka z ograniczona odpowiedzialnoscia|sp j|spj|sp k|spolka z o o|spolka akcyjna|kft|zrt|nyrt|bt|doo|d o o|dd|d d|ad|ead|ood|eood|uab|sia|ou|oue|as ee|sh p k|shpk|dooel|' +
  'as tr|ltd sti|a s tr|san ve tic|fze|fzco|fz llc|wll|w l l|saoc|qsc|ksc|' +
  'unlimited|dac|clg|cic|cio|gie|ooo ltd|inh';

const BY_LENGTH = new Map<number, Set<string>>();
for (const form of FORMS.split('|')) {
  const length = form.split(' ').length;
  const forms = BY_LENGTH.get(length) ?? new Set();
  BY_LENGTH.set(length, forms.add(form));
}
const LENGTHS = [...BY_LENGTH.keys()].sort((a, b) => b - a);

/** How many words at the end of a folded name are a legal form; 0 if none are. The longest form counts. */
export function legalFormWords(words: readonly string[]): number {
  for (const length of LENGTHS) {
    if (length < words.length && BY_LENGTH.get(length)?.has(words.slice(-length).join(' ')) === true)
      return length;
  }
  return 0;
}
