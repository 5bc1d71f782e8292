import { useTranslation } from "react-i18next";
import type { Simulation } from "./queries";

/** Which conversions of the window were tried, where not all were. */
export function Meant({ simulation }: { simulation: Simulation }) {
  const { t, i18n } = useTranslation("simulations");
  const { partners = [], goals = [], countries = [], sources = [] } = simulation.only;
  const regions = new Intl.DisplayNames([i18n.language], { type: "region", fallback: "code" });
  const named = (ids: string[]) => ids.map((id) => simulation.labels[id] ?? id).join(", ");
  const parts = [
    partners.length > 0 && t("only.partners", { list: named(partners) }),
    goals.length > 0 && t("only.goals", { list: named(goals) }),
    countries.length > 0 &&
      t("only.countries", { list: countries.map((country) => regions.of(country) ?? country).join(", ") }),
    sources.length > 0 && t("only.sources", { list: sources.join(", ") }),
  ].filter((part) => part !== false);
  if (parts.length === 0) return null;
  return (
    <>
      {" · "}
      {t("only.title", { list: parts.join("; ") })}
    </>
  );
}
