import { useTranslation } from "react-i18next";

/** The name of a country by its ISO 3166-1 code, in the person's language. */
export function useCountryName(): (code: string | null | undefined) => string {
  const { t, i18n } = useTranslation("reports");
  const names = new Intl.DisplayNames([i18n.language], { type: "region", fallback: "code" });
  return (code) => (code ? (names.of(code) ?? code) : t("unknown_country"));
}
