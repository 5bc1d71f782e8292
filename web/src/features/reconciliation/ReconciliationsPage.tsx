import { Button } from "@mantine/core";
import { IconPlus, IconScale } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useMay } from "~/domain/person";
import { useAdvertiserOptions } from "~/features/conversions/options";
import { type PageSearch, textOf, usePageState } from "~/frame/search";
import { FilterChips, type FilterSpec } from "~/ui/FilterChips";
import { useGo } from "~/ui/HrefLink";
import { EmptyState, Page } from "~/ui/Page";
import { BeginDrawer } from "./BeginDrawer";
import { STATES } from "./model";
import { ReconciliationTable } from "./ReconciliationTable";
import { useStateWord } from "./StateCell";

function readState(raw: PageSearch) {
  return {
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
  const { advertiser_id, state } = search;
  const specs: FilterSpec[] = [
    { kind: "one", id: "advertiser_id", label: t("column.advertiser"), options: advertisers.options },
    {
      kind: "one",
      id: "state",
      label: t("column.state"),
      options: STATES.map((code) => ({ value: code, label: word(code) })),
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
        filter={{ advertiser_id, state }}
        onClearFilters={() => change({ advertiser_id: undefined, state: undefined })}
        toolbar={
          <FilterChips
            filters={specs}
            values={{ advertiser_id, state }}
            onChange={(values) =>
              change({
                advertiser_id: values.advertiser_id as string | undefined,
                state: values.state as typeof state,
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
