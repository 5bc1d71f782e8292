import { Button, SegmentedControl, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useMay } from "~/domain/person";
import { useAdvertiserOptions } from "~/features/conversions/options";
import { type PageSearch, textOf, usePageState } from "~/frame/search";
import { FilterChips, type FilterSpec } from "~/ui/FilterChips";
import { Page } from "~/ui/Page";
import { AdvertiserShares } from "./AdvertiserShares";
import { AskDrawer } from "./AskDrawer";
import { APPEAL_STATES, SCRUB_STATES } from "./model";
import { RequestDrawer } from "./RequestDrawer";
import { ScrubTable } from "./ScrubTable";
import { TermsDrawer } from "./TermsDrawer";
import { useScrubWords } from "./useScrubWords";

const VIEWS = ["requests", "advertisers"] as const;

function readState(raw: PageSearch) {
  return {
    view: VIEWS.find((view) => view === textOf(raw, "view")) ?? "requests",
    advertiser_id: textOf(raw, "advertiser_id"),
    state: SCRUB_STATES.find((state) => state === textOf(raw, "state")),
    appeal_state: APPEAL_STATES.find((state) => state === textOf(raw, "appeal_state")),
    /** What is open beside: a request's id, `new`, or the terms of an advertiser by its id. */
    open: textOf(raw, "open"),
  };
}

/** What advertisers ask to have removed, and how much of what was approved each had removed. */
export default function ScrubsPage() {
  const { t } = useTranslation("scrubs");
  const [search, change] = usePageState(readState);
  const mayAsk = useMay("scrubs:write");
  const maySeeShares = useMay("billing:read");
  const mayDecide = useMay("scrubs:decide");
  const { advertiser_id, state, appeal_state, open } = search;
  const view = maySeeShares ? search.view : "requests";
  const close = () => change({ open: undefined });
  const views = { requests: t("view.requests"), advertisers: t("view.advertisers") };
  const ask = (
    <Button variant="default" onClick={() => change({ open: "new" })}>
      {t("ask.for_advertiser")}
    </Button>
  );
  return (
    <Page title={t("title")} subtitle={t("subtitle")} action={mayAsk && ask}>
      <Stack gap="md">
        {maySeeShares && (
          <SegmentedControl
            aria-label={t("title")}
            data={VIEWS.map((each) => ({ value: each, label: views[each] }))}
            value={view}
            onChange={(chosen) => change({ view: chosen as typeof view })}
            style={{ alignSelf: "flex-start" }}
          />
        )}
        {view === "advertisers" ? (
          <AdvertiserShares onTerms={mayDecide ? (id) => change({ open: id }, { push: true }) : undefined} />
        ) : (
          <ScrubTable
            side="staff"
            filter={{ advertiser_id, state, appeal_state }}
            open={open}
            onOpen={(row) => change({ open: row.request_id }, { push: true })}
            onClearFilters={() =>
              change({ advertiser_id: undefined, state: undefined, appeal_state: undefined })
            }
            toolbar={<Filters search={search} onChange={change} />}
            emptyText={t("none_staff")}
          />
        )}
      </Stack>
      {open?.startsWith("scq_") && <RequestDrawer key={open} id={open} onClose={close} />}
      {mayDecide && open?.startsWith("adv_") && (
        <TermsDrawer key={open} advertiserId={open} onClose={close} />
      )}
      {mayAsk && open === "new" && <AskDrawer onClose={close} />}
    </Page>
  );
}

interface FiltersProps {
  search: ReturnType<typeof readState>;
  onChange: (change: Partial<ReturnType<typeof readState>>) => void;
}

function Filters({ search, onChange }: FiltersProps) {
  const { t } = useTranslation("scrubs");
  const words = useScrubWords();
  const advertisers = useAdvertiserOptions();
  const specs: FilterSpec[] = [
    { kind: "one", id: "advertiser_id", label: t("column.advertiser"), options: advertisers.options },
    {
      kind: "one",
      id: "state",
      label: t("column.state"),
      options: SCRUB_STATES.map((code) => ({ value: code, label: words.state[code] })),
    },
    {
      kind: "one",
      id: "appeal_state",
      label: t("column.appeal"),
      options: APPEAL_STATES.map((code) => ({ value: code, label: words.appeal[code] })),
    },
  ];
  const { advertiser_id, state, appeal_state } = search;
  return (
    <FilterChips
      filters={specs}
      values={{ advertiser_id, state, appeal_state }}
      onChange={(values) =>
        onChange({
          advertiser_id: values.advertiser_id as string | undefined,
          state: values.state as typeof state,
          appeal_state: values.appeal_state as typeof appeal_state,
        })
      }
    />
  );
}
