import { removeDiacritics } from '../normalise/remove-diacritics';

/** The given names that most Czechs and Slovaks bear: they tell which part of `Novák Jan` is which. */
const men =
  'Adam Alan Albert Aleš Alexandr Alois Antonín Arnošt Bohumil Bohuslav Boris Břetislav Bruno Ctibor Dalibor Daniel David Denis Dominik Dušan ' +
  'Eduard Emil Erik Evžen Ferdinand Filip František Gustav Hynek Igor Ivan Ivo Jakub Jan Jaromír Jaroslav Jindřich Jiří Jonáš Josef Julius ' +
  'Kamil Karel Kryštof Kristián Ladislav Leoš Libor Lubomír Lubor Luboš Luděk Ludvík Lukáš Marcel Marek Marian Martin Matěj Matouš Matyáš ' +
  'Maxmilián Michael Michal Mikuláš Milan Miloslav Miloš Miroslav Norbert Oldřich Ondřej Otakar Oto Patrik Pavel Petr Přemysl Radek Radim ' +
  'Radomír Radoslav Radovan René Richard Robert Robin Roman Rostislav Rudolf Samuel Šimon Stanislav Štefan Štěpán Tadeáš Teodor Tibor Tobiáš ' +
  'Tomáš Václav Viktor Vilém Vít Vítězslav Vladan Vladimír Vladislav Vlastimil Vlastislav Vojtěch Vratislav Zbyněk Zdeněk Juraj Ján Peter';
const women =
  'Adéla Adriana Alena Alexandra Alice Alžběta Aneta Anežka Anna Barbora Běla Blanka Božena Dagmar Dana Daniela Darina Denisa Diana Dita Dobromila ' +
  'Dominika Drahomíra Edita Eliška Ema Emilie Erika Eva Františka Gabriela Hana Hedvika Helena Ilona Irena Iva Ivana Iveta Jana Jarmila Jaroslava ' +
  'Jindřiška Jiřina Jitka Johana Jolana Josefa Julie Kamila Karolína Kateřina Klára Kristina Kristýna Květa Květoslava Lada Laura Lenka Leona Libuše Linda ' +
  'Lucie Ludmila Magdaléna Marcela Marie Markéta Marta Martina Michaela Milada Milena Miloslava Miroslava Monika Naděžda Natálie Nela Nikola ' +
  'Olga Pavla Pavlína Petra Radka Renata Romana Růžena Sabina Sára Šárka Simona Soňa Stanislava Štěpánka Tamara Tereza Valerie Vendula Věra ' +
  'Veronika Viktorie Vladimíra Vlasta Zdena Zdeňka Zdenka Zora Zuzana Žaneta Žofie Mária Katarína';

const given = new Set(`${men} ${women}`.split(' ').map(fold));

/** Whether a word is a common given name, in any case, with or without its accents. */
export const isGivenName = (word: string): boolean => given.has(fold(word));

function fold(word: string): string {
  return removeDiacritics(word).toLowerCase();
}
