/** The form in which texts are compared: without outer spaces, in small letters, accents kept (`Praha` is `PRAHA`, `Krátký` is not `kratky`). */
export const foldText = (text: string): string => text.trim().normalize('NFC').toLowerCase();

const czech = new Intl.Collator('cs', { sensitivity: 'accent' });

/** Czech order of two folded texts: `ch` after `h`, `č` after `c`. */
export const orderOfTexts = (a: string, b: string): number => czech.compare(a, b);
