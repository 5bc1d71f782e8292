import { Button } from "@mantine/core";
import { IconPlus, IconScale } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { usePeriod } from "~/domain/period";
import { useMay } from "~/domain/person";
import { useAdvertiserOptions } from "~/features/conversions/options";
import { isMonth, monthOptions } from "~/features/payouts/months";
import { type PageSearch, textOf, usePageState } from "~/frame/search";
import { todayIn } from "~/ui/dates";
import { FilterChips, type FilterSpec } from "~/ui/FilterChips";
import { useFormat } from "~/ui/format";
import { useGo } from "~/ui/HrefLink";
import { EmptyState, Page } from "~/ui/Page";
import { BeginDrawer } from "./BeginDrawer";
import { STATES } from "./model";
import { ReconciliationTable } from "./ReconciliationTable";
import { useStateWord } from "./StateCell";

function readState(raw: PageSearch) {
  const month = textOf(raw, "month");
  const undecided = textOf(raw, "undecided");
  return {
    month: isMonth(month) ? month : undefined,
    undecided: undecided === "true" ? true : undecided === "false" ? false : undefined,
    advertiser_id: textOf(raw, "advertiser_id"),
    state: STATES.find((state) => state === textOf(raw, "state")),
    /** `new` while one is begun. */
    form: textOf(raw, "form"),
  };
}

/** Advertisers' figures beside ours, a period after another. */
export default function ReconciliationsPage() {
  const { t } = useTranslation("reconciliation");
  const [search, change] = usePageState(readState);
  const go = useGo();
  const mayReconcile = useMay("reconciliation:write");
  const word = useStateWord();
  const advertisers = useAdvertiserOptions();
  const format = useFormat();
  const { timezone } = usePeriod();
  const { advertiser_id, state, month, undecided } = search;
  const specs: FilterSpec[] = [
    { kind: "one", id: "advertiser_id", label: t("column.advertiser"), options: advertisers.options },
    {
      kind: "one",
      id: "state",
      label: t("column.state"),
      options: STATES.map((code) => ({ value: code, label: word(code) })),
    },
    {
      kind: "one",
      id: "month",
      label: t("column.month"),
      options: monthOptions(todayIn(timezone), format, month),
    },
    {
      kind: "one",
      id: "undecided",
      label: t("column.waits"),
      options: [
        { value: "true", label: t("waits.for_decisions") },
        { value: "false", label: t("waits.for_none") },
      ],
    },
  ];
  const start = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => change({ form: "new" })}>
      {t("begin.title")}
    </Button>
  );
  return (
    <Page title={t("title")} subtitle={t("subtitle")} action={mayReconcile && start}>
      <ReconciliationTable
        filter={{ advertiser_id, state, month, undecided }}
        onClearFilters={() =>
          change({ advertiser_id: undefined, state: undefined, month: undefined, undecided: undefined })
        }
        toolbar={
          <FilterChips
            filters={specs}
            values={{ advertiser_id, state, month, undecided: undecided?.toString() }}
            onChange={(values) =>
              change({
                advertiser_id: values.advertiser_id as string | undefined,
                state: values.state as typeof state,
                month: values.month as string | undefined,
                undecided: values.undecided === undefined ? undefined : values.undecided === "true",
              })
            }
          />
        }
        empty={
          <EmptyState
            icon={<IconScale size={28} stroke={1.5} />}
            title={t("none")}
            text={t("none_text")}
            action={mayReconcile && start}
          />
        }
      />
      {mayReconcile && search.form === "new" && (
        <BeginDrawer
          advertiserId={advertiser_id}
          onClose={() => change({ form: undefined })}
          onBegun={(id) => go(`/reconciliation/${id}`)}
        />
      )}
    </Page>
  );
}
