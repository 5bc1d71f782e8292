import { LANGUAGES, type Language } from "~/i18n";
import enFirst from "~/i18n/en/first";
import enRest from "~/i18n/en/rest";
import type { Words } from "~/i18n/namespaces";
import plFirst from "~/i18n/pl/first";
import plRest from "~/i18n/pl/rest";
import ruFirst from "~/i18n/ru/first";
import ruRest from "~/i18n/ru/rest";

/** Dotted keys and their texts. */
export type Texts = Map<string, string>;

const TREES: Record<Language, Record<string, unknown>> = {
  en: together(enFirst, enRest),
  ru: together(ruFirst, ruRest),
  pl: together(plFirst, plRest),
};

/** A namespace may have words in both chunks. */
function together(first: Record<string, Words>, rest: Record<string, Words>): Record<string, Words> {
  const names = new Set([...Object.keys(first), ...Object.keys(rest)]);
  return Object.fromEntries([...names].map((name) => [name, { ...first[name], ...rest[name] }]));
}
const PLURAL = /^(.+)_(zero|one|two|few|many|other)$/;

function flattened(tree: unknown, path: string[] = []): [string, string][] {
  if (typeof tree === "string") return [[path.join("."), tree]];
  return Object.entries(tree as object).flatMap(([key, below]) => flattened(below, [...path, key]));
}

export const NAMESPACES: string[] = [
  ...new Set(LANGUAGES.flatMap((language) => Object.keys(TREES[language]))),
];

const read = new Map<string, Texts>();

export function textsOf(language: Language, namespace: string): Texts {
  const place = `${language}/${namespace}`;
  const texts = read.get(place) ?? new Map(flattened(TREES[language][namespace] ?? {}));
  read.set(place, texts);
  return texts;
}

/** The key as `t` is called with: without the plural suffix, which is one only beside an `_other` and a further form. */
export function calledKey(texts: Texts, key: string): string {
  const base = PLURAL.exec(key)?.[1];
  const isPlural =
    texts.has(`${base}_other`) && ["one", "few", "many"].some((form) => texts.has(`${base}_${form}`));
  return base !== undefined && isPlural ? base : key;
}

/** Every key that a language needs so that `t` can be called with `called`. */
export function neededKeys(texts: Texts, called: string, language: Language): string[] {
  if (texts.has(called)) return [called];
  return new Intl.PluralRules(language).resolvedOptions().pluralCategories.map((form) => `${called}_${form}`);
}

/** Names of the variables that a text takes, in order of the alphabet, each once. */
export function variablesOf(text: string): string[] {
  const found = [...text.matchAll(/\{\{\s*([\w.]+)[^}]*\}\}/g)].map((match) => match[1] ?? "");
  return [...new Set(found)].sort();
}
