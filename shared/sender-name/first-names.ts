/** Common first names in Poland, in the letters that a sender name may hold. */
const names = `
  adam adrian agata agnieszka albert aldona aleksander aleksandra alicja alina amelia anastazja andrzej aneta angelika
  anita anna antoni antonina apolonia arkadiusz artur barbara bartlomiej bartosz beata bernard blanka blazej bogdan
  boguslaw boguslawa bogumila boleslaw bozena bronislaw cecylia celina cezary czeslaw czeslawa dagmara damian daniel danuta
  daria dariusz dawid diana dominik dominika dorota edward edyta eliza elzbieta emil emilia eryk eugeniusz ewa ewelina fabian felicja
  feliks filip franciszek franciszka gabriel gabriela genowefa grazyna grzegorz halina hanna helena henryk hubert ignacy iga igor
  ilona irena ireneusz iwona iza izabela jacek jadwiga jagoda jakub jan janina janusz jaroslaw jerzy joanna jolanta jozef
  jozefa judyta julia julian justyna kacper kaja kajetan kamil kamila karina karol karolina katarzyna kazimierz kazimiera kinga
  klaudia kornelia krystian krystyna krzysztof ksawery laura lech lena leokadia leon leszek lidia lilianna liliana lucja
  lucjan lucyna ludwik ludwika lukasz maciej magda magdalena maja malgorzata marcel marceli marcelina marcin marek maria marian
  marianna mariola mariusz marlena marta martyna maryla maryna marzanna marzena mateusz maurycy maksymilian michal michalina
  mieczyslaw mieczyslawa mikolaj milena milosz miroslaw miroslawa monika nadia natalia natasza nikodem nikola nina norbert olaf
  olga oliwia oliwier oskar ola otylia patrycja patryk paulina pawel piotr pola przemyslaw rafal regina renata robert roman
  roza rozalia roksana ryszard sabina sandra sara sebastian seweryn slawomir stanislaw stanislawa stefan stefania stella sylwester
  sylwia szymon tadeusz tamara teodor teresa tomasz tymon tymoteusz urszula waclaw waldemar walentyna wanda weronika
  wieslaw wieslawa wiktor wiktoria wincenty witold wladyslaw wladyslawa wlodzimierz wojciech wojtek zbigniew zdzislaw
  zdzislawa zenon zofia zosia zuzanna zygmunt zyta
`;

const firstNames: ReadonlySet<string> = new Set(names.split(/\s+/).filter((name) => /^[a-z]+$/.test(name)));

/** Whether a name (its `senderNameKey`) is a first name alone, which operators usually refuse as a sender. */
export function isFirstName(key: string): boolean {
  return firstNames.has(key);
}
