import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import type { Words } from "./namespaces";

/** The languages of the screens; the first is spoken where a word is missing. */
export const LANGUAGES = ["en", "ru", "pl"] as const;
export type Language = (typeof LANGUAGES)[number];

/** A language's name in itself. */
export const LANGUAGE_NAMES: Record<Language, string> = { en: "English", ru: "Русский", pl: "Polski" };

type Catalogue = () => Promise<{ default: Record<string, Words> }>;
/** Two chunks a language: what the first page says, and the rest. */
const CATALOGUES: Record<Language, { first: Catalogue; rest: Catalogue }> = {
  en: { first: () => import("./en/first"), rest: () => import("./en/rest") },
  ru: { first: () => import("./ru/first"), rest: () => import("./ru/rest") },
  pl: { first: () => import("./pl/first"), rest: () => import("./pl/rest") },
};

const LANGUAGE_KEY = "tributary.language";

function asLanguage(tag: string | null | undefined): Language | undefined {
  const short = tag?.slice(0, 2).toLowerCase();
  return LANGUAGES.find((language) => language === short);
}

/** What the person chose here, else what the browser asks for. */
export function preferredLanguage(): Language {
  const asked = navigator.languages.map(asLanguage).find((language) => language !== undefined);
  return asLanguage(localStorage.getItem(LANGUAGE_KEY)) ?? asked ?? "en";
}

export function hasChosenLanguage(): boolean {
  return asLanguage(localStorage.getItem(LANGUAGE_KEY)) !== undefined;
}

/** Both chunks may have words of one namespace, and either may come first. */
const DEEP = true;
const loaded = new Map<Catalogue, Promise<void>>();
let wantsAll = false;

function load(language: Language, catalogue: Catalogue): Promise<void> {
  const known = loaded.get(catalogue) ?? add(language, catalogue);
  loaded.set(catalogue, known);
  return known;
}

async function add(language: Language, catalogue: Catalogue): Promise<void> {
  const { default: namespaces } = await catalogue();
  for (const [namespace, words] of Object.entries(namespaces))
    i18next.addResourceBundle(language, namespace, words, DEEP);
}

/** Everything but the first page needs this before it is drawn. */
export function allWords(): Promise<void> {
  wantsAll = true;
  const language = asLanguage(i18next.language) ?? "en";
  return load(language, CATALOGUES[language].rest);
}

export async function startLanguage(language: Language): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    defaultNS: "ui",
    resources: {},
    returnNull: false,
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  });
  await speak(language);
}

/** Switches every screen to a language; `remember` keeps it for the next visit. */
export async function speak(language: Language, remember = false): Promise<void> {
  const { first, rest } = CATALOGUES[language];
  await Promise.all([load(language, first), wantsAll ? load(language, rest) : undefined]);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
  if (remember) localStorage.setItem(LANGUAGE_KEY, language);
}
