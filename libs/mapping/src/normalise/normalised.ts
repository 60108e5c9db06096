/** The normalised text, or why the value cannot be read: a phrase that goes on from "the value", without the value itself. */
export type Normalised = string | { readonly unreadable: string };
export type Normaliser = (text: string) => Normalised;
