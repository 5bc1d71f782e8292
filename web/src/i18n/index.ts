import i18next from "i18next";
import { initReactI18next } from "react-i18next";

/** The languages of the screens; the first is spoken where a word is missing. */
export const LANGUAGES = ["en", "ru", "pl"] as const;
export type Language = (typeof LANGUAGES)[number];

/** A language's name in itself. */
export const LANGUAGE_NAMES: Record<Language, string> = { en: "English", ru: "Русский", pl: "Polski" };

type Words = Record<string, unknown>;
/** One chunk for each language, so that a visitor loads one. */
const CATALOGUES: Record<Language, () => Promise<{ default: Record<string, Words> }>> = {
  en: () => import("./en"),
  ru: () => import("./ru"),
  pl: () => import("./pl"),
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

async function load(language: Language): Promise<void> {
  if (i18next.hasResourceBundle(language, "ui")) return;
  const { default: catalogue } = await CATALOGUES[language]();
  for (const [namespace, words] of Object.entries(catalogue))
    i18next.addResourceBundle(language, namespace, words);
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
  await load(language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
  if (remember) localStorage.setItem(LANGUAGE_KEY, language);
}
