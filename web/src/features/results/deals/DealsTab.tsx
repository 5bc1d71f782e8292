import { Select, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useAdvertiserOptions } from "~/features/conversions/options";
import { type PageSearch, textOf, usePageState } from "~/frame/search";
import { ErrorState } from "~/ui/Page";
import { SkeletonBlock } from "~/ui/Skeletons";
import { DealList } from "./DealList";
import { FormulaSection } from "./FormulaSection";
import { formulaQuery } from "./queries";

function readState(raw: PageSearch) {
  return { brand: textOf(raw, "brand"), open: textOf(raw, "open") };
}

/** What is agreed with a brand: how its net revenue is worked out, and what share of it partners have. */
export function DealsTab() {
  const { t } = useTranslation("results");
  const [search, change] = usePageState(readState);
  const { options } = useAdvertiserOptions();
  const brand = search.brand ?? options[0]?.value;
  return (
    <Stack gap="xl">
      <Select
        label={t("column.brand")}
        data={options}
        value={brand ?? null}
        onChange={(chosen) => change({ brand: chosen ?? undefined, open: undefined })}
        allowDeselect={false}
        searchable
        maw={320}
      />
      {brand && (
        <OfBrand
          key={brand}
          brand={brand}
          open={search.open}
          onOpen={(open) => change({ open }, { push: open !== undefined })}
        />
      )}
    </Stack>
  );
}

interface Props {
  brand: string;
  open: string | undefined;
  onOpen: (open: string | undefined) => void;
}

function OfBrand({ brand, open, onOpen }: Props) {
  const { t } = useTranslation("results");
  const { data: formula, error, refetch } = useQuery(formulaQuery(brand));
  if (error && formula === undefined) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (formula === undefined) return <SkeletonBlock height={240} />;
  return (
    <>
      <FormulaSection brand={brand} formula={formula} open={open} onOpen={onOpen} />
      {formula ? (
        <DealList brand={brand} currency={formula.currency} open={open} onOpen={onOpen} />
      ) : (
        <Text c="dimmed">{t("formula_first")}</Text>
      )}
    </>
  );
}
