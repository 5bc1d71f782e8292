import { Button, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/ui/format";
import { KeyValues } from "~/ui/KeyValues";
import { Section } from "~/ui/Page";
import { When } from "~/ui/When";
import { FormulaDrawer } from "./FormulaDrawer";
import type { Formula } from "./queries";
import { useFormulaText } from "./useFormulaText";

interface Props {
  brand: string;
  /** Null where nothing is agreed yet. */
  formula: Formula | null;
  open: string | undefined;
  onOpen: (open: string | undefined) => void;
}

/** How the brand's net revenue is worked out, and the door to agreeing on it anew. */
export function FormulaSection({ brand, formula, open, onOpen }: Props) {
  const { t } = useTranslation("results");
  const { number } = useFormat();
  const inWords = useFormulaText();
  const closes = formula?.close_after_days;
  return (
    <Section
      title={t("formula_title")}
      hint={t("formula_hint")}
      action={
        <Button variant={formula ? "default" : "filled"} onClick={() => onOpen("formula")}>
          {formula ? t("formula_change") : t("formula_agree")}
        </Button>
      }
    >
      {formula ? (
        <KeyValues
          items={[
            { label: t("formula"), value: <Text fw={600}>{inWords(formula.terms)}</Text> },
            { label: t("currency"), value: formula.currency },
            {
              label: t("closes"),
              value:
                closes == null
                  ? t("closes_by_hand")
                  : t("closes_after", { count: closes, shown: number(closes) }),
            },
            { label: t("agreed_on"), value: <When value={formula.created_at} as="date" /> },
            { label: t("version"), value: number(formula.version) },
          ]}
        />
      ) : (
        <Text c="dimmed">{t("formula_none")}</Text>
      )}
      {open === "formula" && (
        <FormulaDrawer brand={brand} formula={formula} onClose={() => onOpen(undefined)} />
      )}
    </Section>
  );
}
