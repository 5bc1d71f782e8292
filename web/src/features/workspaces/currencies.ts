import { useMemo } from "react";
import { useTranslation } from "react-i18next";

/** Active currencies of ISO 4217 that the server keeps books in. */
export const CURRENCIES: readonly string[] = `
  AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP
  CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR
  IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU
  MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG
  SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV
  WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG`
  .trim()
  .split(/\s+/);

/** What most programmes report in comes first in the list. */
const USUAL = ["EUR", "USD", "GBP", "PLN", "RUB"];

/** Currency by country, where it is not the euro. */
const OF_REGION: Readonly<Record<string, string>> = {
  AU: "AUD",
  BR: "BRL",
  BY: "BYN",
  CA: "CAD",
  CH: "CHF",
  CZ: "CZK",
  DK: "DKK",
  GB: "GBP",
  GE: "GEL",
  HU: "HUF",
  IN: "INR",
  JP: "JPY",
  KZ: "KZT",
  NO: "NOK",
  PL: "PLN",
  RO: "RON",
  RS: "RSD",
  RU: "RUB",
  SE: "SEK",
  TR: "TRY",
  UA: "UAH",
  US: "USD",
  UZ: "UZS",
};

/** The currency of the country that the browser's languages speak of; the euro where they speak of none. */
export function guessCurrency(languages: readonly string[]): string {
  for (const tag of languages) {
    const region = regionOf(tag);
    if (region) return OF_REGION[region] ?? "EUR";
  }
  return "EUR";
}

/** Plain `en` says nothing of a country, where plain `pl` does. */
function regionOf(tag: string): string | undefined {
  try {
    const locale = new Intl.Locale(tag);
    return locale.region ?? (locale.language === "en" ? undefined : locale.maximize().region);
  } catch {
    return undefined;
  }
}

/** Currencies to choose from, with their names in the person's language. */
export function useCurrencyOptions(current?: string): { value: string; label: string }[] {
  const { i18n } = useTranslation();
  return useMemo(() => {
    const names = new Intl.DisplayNames(i18n.language, { type: "currency" });
    const codes = new Set([...USUAL, ...CURRENCIES, ...(current ? [current] : [])]);
    return [...codes].map((code) => ({ value: code, label: labelled(code, names) }));
  }, [i18n.language, current]);
}

function labelled(code: string, names: Intl.DisplayNames): string {
  const name = /^[A-Z]{3}$/.test(code) ? names.of(code) : undefined;
  return name && name !== code ? `${code} · ${name}` : code;
}
